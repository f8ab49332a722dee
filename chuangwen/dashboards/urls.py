"""Home and search."""

from django.urls import path

from chuangwen.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("more/", views.more, name="more"),
]
