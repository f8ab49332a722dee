"""Pages of the phone in the field."""

from django.urls import path

from chuangwen.mobile import views

app_name = "mobile"
urlpatterns = [
    path("", views.today, name="today"),
    path("done/", views.done, name="done"),
    path("me/", views.me, name="me"),
    path("places/<str:code>/", views.place, name="place"),
    path("visits/<uuid:uuid>/", views.visit, name="visit"),
    path("visits/<uuid:uuid>/meaning/", views.meaning, name="meaning"),
    path("visits/<uuid:uuid>/receipt/", views.receipt, name="receipt"),
]
