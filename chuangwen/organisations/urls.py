"""Signing in; units, regions, people, areas."""

from django.urls import path

from chuangwen.organisations.views import accounts, areas, people, regions, setting_up, sign_in, units

app_name = "organisations"
urlpatterns = [
    path("login/", sign_in.login, name="login"),
    path("logout/", sign_in.logout, name="logout"),
    path("password/", sign_in.own_password, name="own-password"),
    path("activate/", sign_in.activate, name="activate"),
    path("first-run/", setting_up.first_run, name="first-run"),
    path("jurisdiction/", setting_up.jurisdiction, name="jurisdiction"),
    path("units/", units.index, name="units"),
    path("units/new/", units.new, name="unit-new"),
    path("units/<int:pk>/", units.page, name="unit"),
    path("units/<int:pk>/edit/", units.edit, name="unit-edit"),
    path("units/<int:pk>/rename/", units.rename, name="unit-rename"),
    path("units/<int:pk>/move/", units.move, name="unit-move"),
    path("units/<int:pk>/archive/", units.archive, name="unit-archive"),
    path("units/<int:pk>/restore/", units.restore, name="unit-restore"),
    path("regions/", regions.index, name="regions"),
    path("regions/new/", regions.new, name="region-new"),
    path("regions/<int:pk>/", regions.edit, name="region"),
    path("regions/<int:pk>/archive/", regions.archive, name="region-archive"),
    path("regions/<int:pk>/restore/", regions.restore, name="region-restore"),
    path("people/", people.index, name="people"),
    path("people/new/", people.new, name="person-new"),
    path("people/slips/", accounts.slips, name="slips"),
    path("people/<int:pk>/", people.page, name="person"),
    path("people/<int:pk>/edit/", people.edit, name="person-edit"),
    path("people/<int:pk>/memberships/", people.add_membership, name="membership-new"),
    path("memberships/<int:pk>/end/", people.end_membership, name="membership-end"),
    path("people/<int:pk>/reset/", accounts.reset, name="person-reset"),
    path("people/<int:pk>/deactivate/", accounts.deactivate, name="person-deactivate"),
    path("people/<int:pk>/reactivate/", accounts.reactivate, name="person-reactivate"),
    path("areas/", areas.index, name="areas"),
    path("areas/new/", areas.new, name="area-new"),
    path("areas/<int:pk>/", areas.edit, name="area"),
]
