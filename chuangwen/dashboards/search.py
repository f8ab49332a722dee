"""Search `/`: units, places and problems whose name, code or number holds the words; only what the person may see."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from chuangwen.organisations.models import Organisation, Person
from chuangwen.organisations.queries import visible_units
from chuangwen.places.models import Place
from chuangwen.places.queries import visible_to as visible_places
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import visible_to as visible_problems

MOST = 20


@dataclass(frozen=True)
class Hit:
    title: str
    sub: str
    url: str


@dataclass(frozen=True)
class Group:
    """Hits of one kind; `more` says that there are further ones, `url` lists them all."""

    title: str
    hits: list[Hit]
    more: bool
    url: str


def search(person: Person, text: str) -> list[Group]:
    """Up to MOST hits of each kind; nothing for an empty text."""
    words = text.split()
    if not words:
        return []
    units = _matching(visible_units(person), words, "name", "short_name", "code").order_by("path")
    places = _matching(visible_places(person), words, "name", "code").select_related("type", "owner").order_by("code")
    problems = _matching(visible_problems(person), words, "title", "number").select_related("unit").order_by("-id")
    groups = [
        _group("单位", units, _unit_hit, "organisations:units", text),
        _group("点位", places, _place_hit, "places:places", text),
        _group("问题", problems, _problem_hit, "problems:ledger", text),
    ]
    return [group for group in groups if group.hits]


def _matching(rows: QuerySet, words: list[str], *fields: str) -> QuerySet:
    for word in words:
        condition = Q()
        for field in fields:
            condition |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(condition)
    return rows


def _group(title: str, rows: QuerySet, hit: Callable[..., Hit], url: str, text: str) -> Group:
    found = list(rows[: MOST + 1])
    address = f"{reverse(url)}?{urlencode({'q': text})}"
    return Group(title, [hit(row) for row in found[:MOST]], len(found) > MOST, address)


def _unit_hit(unit: Organisation) -> Hit:
    return Hit(unit.name, unit.code, reverse("organisations:unit", args=[unit.pk]))


def _place_hit(place: Place) -> Hit:
    return Hit(place.name, f"{place.code} · {place.type} · {place.owner}", reverse("places:place", args=[place.pk]))


def _problem_hit(problem: Problem) -> Hit:
    sub = f"{problem.number} · {problem.get_state_display()} · {problem.unit or '责任单位未定'}"
    return Hit(problem.title, sub, reverse("problems:problem", args=[problem.uuid]))
