"""Home, search and history."""

from django.urls import path

from chuangwen.dashboards import views

app_name = "dashboards"
urlpatterns = [path("", views.home, name="home"), path("more/", views.more, name="more")]
