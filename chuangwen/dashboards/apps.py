"""App registration."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "chuangwen.dashboards"
    verbose_name = "待办"
