"""App registration."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "chuangwen.inspections"
    verbose_name = "轮次"
