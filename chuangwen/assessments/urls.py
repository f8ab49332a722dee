"""Assessments of the level above, their result tables, and ours beside them."""

from django.urls import path

from chuangwen.assessments.views import assessments, comparing, tables

app_name = "assessments"
urlpatterns = [
    path("assessments/", assessments.assessments, name="assessments"),
    path("assessments/new/", assessments.new, name="new"),
    path("assessments/<uuid:uuid>/", assessments.assessment, name="assessment"),
    path("assessments/<uuid:uuid>/edit/", assessments.edit, name="edit"),
    path("assessments/<uuid:uuid>/match/", assessments.match, name="match"),
    path("assessments/<uuid:uuid>/types/", assessments.types, name="types"),
    path("assessments/<uuid:uuid>/files/<uuid:batch>/", assessments.file, name="file"),
    path("assessments/<uuid:uuid>/compare/", comparing.compare, name="compare"),
    path("assessments/<uuid:uuid>/threshold/", comparing.threshold, name="threshold"),
    path("assessments/<uuid:uuid>/import/", tables.new, name="table-new"),
    path("assessments/imports/<uuid:uuid>/columns/", tables.columns, name="table-columns"),
    path("assessments/imports/<uuid:uuid>/", tables.table, name="table"),
]
