"""App registration."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "chuangwen.documents"
    verbose_name = "公文"
