"""App registration."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "chuangwen.problems"
    verbose_name = "问题"
