"""App registration."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "chuangwen.base"
    verbose_name = "基础"
