"""Signing in; units, regions, people."""

from django.urls import path

from chuangwen.organisations.views import sign_in

app_name = "organisations"
urlpatterns = [
    path("login/", sign_in.login, name="login"),
    path("logout/", sign_in.logout, name="logout"),
    path("password/", sign_in.own_password, name="own-password"),
]
