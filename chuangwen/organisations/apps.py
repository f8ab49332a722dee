"""App registration."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "chuangwen.organisations"
    verbose_name = "单位与人员"
