"""Search `/`: units, places, problems and people by name, code or number; only what the person may see."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from chuangwen.organisations.models import Organisation, Person, Role
from chuangwen.organisations.queries import LIST_ORDER, by_unit, visible_people, visible_units, with_posts
from chuangwen.places.models import Place
from chuangwen.places.queries import visible_to as visible_places
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import visible_to as visible_problems

MOST = 20
ACCOUNTS = frozenset({Role.OFFICE, Role.SYSTEM})  # whose pages of people there are


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
    people = visible_people(person) if person.roles & ACCOUNTS else Person.objects.none()
    people = by_unit(with_posts(_matching(people, words, "name", "username"), person), person).order_by(*LIST_ORDER)
    groups = [
        _group("单位", units, _unit_hit, "organisations:units", text),
        _group("点位", places, _place_hit, "places:places", text),
        _group("问题", problems, _problem_hit, "problems:ledger", text),
        _group("人员", people, _person_hit, "organisations:people", text),
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


def _person_hit(person: Person) -> Hit:
    posts = "、".join(f"{post.organisation} {post.get_role_display()}" for post in person.posts)
    sub = f"{person.username} · {posts}" if posts else person.username
    return Hit(person.name, sub, reverse("organisations:person", args=[person.pk]))


def _problem_hit(problem: Problem) -> Hit:
    sub = f"{problem.number} · {problem.get_state_display()} · {problem.unit or '责任单位未定'}"
    return Hit(problem.title, sub, reverse("problems:problem", args=[problem.uuid]))
