"""App registration."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "chuangwen.places"
    verbose_name = "点位"
