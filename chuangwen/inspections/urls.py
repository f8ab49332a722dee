"""Rounds, draws, teams, visits and answers."""

from django.urls import path

from chuangwen.inspections.views import answers, draws, results, rounds, teams, visits

app_name = "inspections"
urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="round-new"),
    path("rounds/<uuid:uuid>/", rounds.round, name="round"),
    path("rounds/<uuid:uuid>/edit/", rounds.edit, name="round-edit"),
    path("rounds/<uuid:uuid>/open/", rounds.open, name="round-open"),
    path("rounds/<uuid:uuid>/end/", rounds.end, name="round-end"),
    path("rounds/<uuid:uuid>/close/", rounds.close, name="round-close"),
    path("rounds/<uuid:uuid>/release/", rounds.release, name="round-release"),
    path("rounds/<uuid:uuid>/draw/", draws.draw, name="round-draw"),
    path("rounds/<uuid:uuid>/drawn/", draws.drawn, name="round-drawn"),
    path("rounds/<uuid:uuid>/frame/", draws.frame, name="round-frame"),
    path("rounds/<uuid:uuid>/places/add/", visits.add, name="place-add"),
    path("rounds/<uuid:uuid>/teams/", teams.teams, name="teams"),
    path("rounds/<uuid:uuid>/teams/<int:pk>/", teams.edit, name="team"),
    path("rounds/<uuid:uuid>/teams/<int:pk>/remove/", teams.remove, name="team-remove"),
    path("rounds/<uuid:uuid>/assign/", teams.assign, name="assign"),
    path("rounds/<uuid:uuid>/visits/", visits.visits, name="visits"),
    path("rounds/<uuid:uuid>/answers/", answers.answers, name="answers"),
    path("rounds/<uuid:uuid>/results/", results.results, name="results"),
    path("rounds/<uuid:uuid>/results/sheet/", results.sheet, name="results-sheet"),
    path("rounds/<uuid:uuid>/results/enter/", results.enter, name="results-enter"),
    path("rounds/<uuid:uuid>/results/units/", results.units, name="results-units"),
    path("rounds/<uuid:uuid>/results/units/looked-at/", results.units_looked_at, name="results-units-looked-at"),
    path("visits/<uuid:uuid>/unlist/", results.unlist, name="visit-unlist"),
    path("visits/<uuid:uuid>/", visits.visit, name="visit"),
    path("visits/<uuid:uuid>/reassign/", visits.reassign, name="visit-reassign"),
    path("visits/<uuid:uuid>/replace/", visits.replace, name="visit-replace"),
    path("answers/<uuid:uuid>/correct/", answers.correct, name="answer-correct"),
    path("answers/<uuid:uuid>/grant/", answers.grant, name="na-grant"),
    path("answers/<uuid:uuid>/refuse/", answers.refuse, name="na-refuse"),
]
