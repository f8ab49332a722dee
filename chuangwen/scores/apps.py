"""App registration."""

from django.apps import AppConfig


class ScoresConfig(AppConfig):
    name = "chuangwen.scores"
    verbose_name = "计分"
