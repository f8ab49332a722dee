"""The URL map; each app's urls.py names its pages, and every view says who may open it (base.access)."""

from django.urls import include, path

urlpatterns = [
    path("", include("chuangwen.dashboards.urls")),
    path("", include("chuangwen.base.urls")),
    path("", include("chuangwen.organisations.urls")),
    path("", include("chuangwen.places.urls")),
    path("", include("chuangwen.standards.urls")),
    path("", include("chuangwen.inspections.urls")),
    path("", include("chuangwen.problems.urls")),
    path("", include("chuangwen.scores.urls")),
    path("", include("chuangwen.assessments.urls")),
    path("", include("chuangwen.documents.urls")),
    path("m/", include("chuangwen.mobile.urls")),
]
handler403 = "chuangwen.dashboards.views.forbidden"
handler404 = "chuangwen.dashboards.views.not_found"
handler500 = "chuangwen.dashboards.views.broken"
