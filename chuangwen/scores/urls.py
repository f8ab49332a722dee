"""Scores of rounds, frozen runs, composites."""

from django.urls import path

from chuangwen.scores import views
from chuangwen.scores.composites import views as composites

app_name = "scores"
urlpatterns = [
    path("scores/", views.scores, name="scores"),
    path("scores/<uuid:uuid>/", views.round, name="round"),
    path("scores/<uuid:uuid>/first/", views.first, name="first"),
    path("scores/<uuid:uuid>/forecast/", views.forecast_new, name="forecast-new"),
    path("scores/<uuid:uuid>/freeze/", views.freeze, name="freeze"),
    path("scores/forecasts/<uuid:uuid>/", views.forecast, name="forecast"),
    path("scores/runs/<uuid:uuid>/", views.run, name="run"),
    path("scores/composites/", composites.composites, name="composites"),
    path("scores/composites/new/", composites.new, name="composite-new"),
    path("scores/composites/<uuid:uuid>/", composites.composite, name="composite"),
    path("scores/composites/<uuid:uuid>/parts/", composites.parts, name="composite-parts"),
    path("scores/composites/<uuid:uuid>/entered/", composites.entered, name="composite-entered"),
    path("scores/composites/<uuid:uuid>/entered/sheet/", composites.sheet, name="composite-sheet"),
    path("scores/composites/<uuid:uuid>/publish/", composites.publish, name="composite-publish"),
    path("scores/composites/<uuid:uuid>/discard/", composites.discard, name="composite-discard"),
]
