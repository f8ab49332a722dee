"""App registration."""

from django.apps import AppConfig


class ScoresConfig(AppConfig):
    name = "chuangwen.scores"
    verbose_name = "计分"

    def ready(self) -> None:
        from chuangwen.base import exports, history, imports
        from chuangwen.problems import rulings
        from chuangwen.scores.composites.workbooks import RANKING, SCORES
        from chuangwen.scores.rulings import behind
        from chuangwen.scores.workbooks import FIRST

        history.label({"scores.frozen": "定分", "scores.forecast_made": "预估", "scores.forecast_asked": "预估"})
        history.label(
            {
                "scores.composite_made": "起草",
                "scores.composite_shaped": "改各部分",
                "scores.composite_entered": "录入得分",
                "scores.composite_imported": "导入得分",
                "scores.composite_restored": "撤回导入",
                "scores.composite_published": "公布",
                "scores.composite_discarded": "删掉综合考评草稿",
            }
        )
        imports.register(SCORES)
        exports.register(FIRST)
        exports.register(RANKING)
        rulings.register("answer", behind)
