"""App registration."""

from django.apps import AppConfig


class MobileConfig(AppConfig):
    name = "chuangwen.mobile"
    verbose_name = "现场"
