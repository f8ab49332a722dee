"""App registration."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "chuangwen.assessments"
    verbose_name = "上级测评"

    def ready(self) -> None:
        from chuangwen.assessments.exports import COMPARISON
        from chuangwen.assessments.workbooks import RESULTS
        from chuangwen.base import exports, history, imports

        history.label(
            {
                "assessments.created": "新建",
                "assessments.edited": "改",
                "assessments.columns_mapped": "认列",
                "assessments.results_imported": "导入结果表",
                "assessments.pointed": "对应指标",
                "assessments.types_pointed": "对应点位类型",
            }
        )
        exports.register(COMPARISON)
        imports.register(RESULTS)
        imports.name_uses({"assessments.assessment": "上级测评", "assessments.result": "上级测评的结果"})
