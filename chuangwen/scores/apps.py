"""App registration."""

from django.apps import AppConfig


class ScoresConfig(AppConfig):
    name = "chuangwen.scores"
    verbose_name = "计分"

    def ready(self) -> None:
        from chuangwen.base import exports, history
        from chuangwen.problems import rulings
        from chuangwen.scores.rulings import behind
        from chuangwen.scores.workbooks import FIRST

        history.label({"scores.frozen": "定分", "scores.forecast_made": "预估", "scores.forecast_asked": "预估"})
        exports.register(FIRST)
        rulings.register("answer", behind)
