"""App registration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "chuangwen.demo"
    verbose_name = "示例"
