"""App registration."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "chuangwen.inspections"
    verbose_name = "轮次"

    def ready(self) -> None:
        from chuangwen.base import exports, files, history, imports
        from chuangwen.inspections import queries, result_workbooks, workbooks
        from chuangwen.inspections.models import Answer
        from chuangwen.problems import rulings

        files.rule(Answer, queries.may_read_answer)
        rulings.register_mended(queries.SOURCE, queries.mended)
        for spec in (workbooks.VISITS, workbooks.ANSWERS):
            exports.register(spec)
        imports.register(result_workbooks.RESULTS)
        imports.name_uses({"inspections.visit": "轮次", "inspections.framerow": "抽样名册"})
        history.label(
            {
                "inspections.round_created": "新建",
                "inspections.round_edited": "修改",
                "inspections.round_drawn": "抽样",
                "inspections.round_opened": "开始",
                "inspections.round_end_moved": "改结束日期",
                "inspections.round_closed": "结束",
                "inspections.round_released": "公开",
                "inspections.team_added": "建组",
                "inspections.team_edited": "调整分组",
                "inspections.team_removed": "去掉一组",
                "inspections.visits_assigned": "分点位",
                "inspections.visit_reassigned": "改派",
                "inspections.place_added": "指定点位",
                "inspections.place_replaced": "替换点位",
                "inspections.visit_submitted": "交点位",
                "inspections.units_listed": "列入录入",
                "inspections.unit_unlisted": "移出录入",
                "inspections.results_entered": "录入",
                "inspections.results_taken_back": "撤回录入",
                "inspections.results_imported": "导入结果",
                "inspections.answer_corrected": "更正",
                "inspections.visit_handed_over": "改记责任单位",
                "inspections.na_decided": "裁定缺项",
            }
        )
