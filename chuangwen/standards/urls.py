"""Assessment systems: list, version, criteria, import and export."""

from django.urls import path

from chuangwen.standards import views

app_name = "standards"
urlpatterns = [
    path("standards/", views.standards, name="standards"),
    path("standards/<uuid:uuid>/", views.version, name="version"),
]
