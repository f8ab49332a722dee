"""Scores of rounds, and frozen runs."""

from django.urls import path

from chuangwen.scores import views

app_name = "scores"
urlpatterns = [
    path("scores/", views.scores, name="scores"),
    path("scores/<uuid:uuid>/", views.round, name="round"),
    path("scores/<uuid:uuid>/first/", views.first, name="first"),
    path("scores/<uuid:uuid>/forecast/", views.forecast_new, name="forecast-new"),
    path("scores/<uuid:uuid>/freeze/", views.freeze, name="freeze"),
    path("scores/forecasts/<uuid:uuid>/", views.forecast, name="forecast"),
    path("scores/runs/<uuid:uuid>/", views.run, name="run"),
]
