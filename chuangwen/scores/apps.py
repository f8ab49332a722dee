"""App registration."""

from django.apps import AppConfig

from chuangwen.base import history


class ScoresConfig(AppConfig):
    name = "chuangwen.scores"
    verbose_name = "计分"

    def ready(self) -> None:
        history.label({"scores.frozen": "定分"})
