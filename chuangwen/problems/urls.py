"""URL names of this app."""

from django.urls import path

from chuangwen.problems.views import bulk, ledger, new, problem

app_name = "problems"
urlpatterns = [
    path("problems/", ledger.ledger, name="ledger"),
    path("problems/new/", new.new, name="problem-new"),
    path("problems/bulk/", bulk.bulk, name="bulk"),
    path("problems/text/", bulk.text, name="text"),
    path("problems/views/", ledger.keep_view, name="view-keep"),
    path("problems/views/<int:pk>/drop/", ledger.drop_view, name="view-drop"),
    path("problems/<uuid:uuid>/", problem.problem, name="problem"),
    path("problems/<uuid:uuid>/<str:verb>/", problem.step, name="step"),
]
