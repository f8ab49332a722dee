"""App registration."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "chuangwen.standards"
    verbose_name = "测评体系"
