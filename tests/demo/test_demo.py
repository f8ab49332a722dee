"""The demo's two stories, played from the Excel files on, come out with the figures of their sources."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from chuangwen.assessments.models import Result
from chuangwen.base.models import Tenant
from chuangwen.demo import bureau, county, playing
from chuangwen.documents.models import Document
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.organisations.models import Area, AreaPart, Membership, Organisation, Region, Role
from chuangwen.places.models import Place
from chuangwen.problems.models import Problem


def counted(rows: QuerySet[Any], field: str, *values: str) -> dict[str, int]:
    """How many rows have each of the values."""
    found = Counter(rows.values_list(field, flat=True))
    return {value: found[value] for value in values}


def rounds_of(tenant: Tenant) -> list[tuple[object, ...]]:
    """Period, teams, places, of them examined, state."""
    return [
        (r.starts_on, r.ends_on, r.teams.count(), r.visits.count(), r.visits.filter(state="submitted").count(), r.state)
        for r in Round.objects.filter(tenant=tenant).order_by("starts_on")
    ]


def played_bureau(tenant: Tenant) -> dict[str, object]:
    units = Organisation.objects.filter(tenant=tenant)
    circulars = Document.objects.filter(tenant=tenant, kind="circular", state="issued").order_by("dated_on")
    notices = Document.objects.filter(tenant=tenant, kind="notice", state="issued")
    return {
        "units": counted(units, "kind", "公司", "收费站"),
        "offices": units.filter(name__in=bureau.OFFICES, kind="处室").count(),
        "leaders": Membership.objects.filter(tenant=tenant, role=Role.LEADER).count(),
        "areas": sorted(Area.objects.filter(tenant=tenant).values_list("name", flat=True)),
        "companies in areas": AreaPart.objects.filter(area__tenant=tenant).values("organisation").distinct().count(),
        "rounds": rounds_of(tenant),
        "circulars": list(circulars.values_list("dated_on", flat=True)),
        "days of notices": sorted(set(notices.values_list("dated_on", flat=True))),
        "problems left with the office": Problem.objects.filter(tenant=tenant, state="pending").count(),
    }


def played_county(tenant: Tenant) -> dict[str, object]:
    units, places = Organisation.objects.filter(tenant=tenant), Place.objects.filter(tenant=tenant)
    villages = Region.objects.filter(tenant=tenant, kind="村")
    assessed = Answer.objects.filter(tenant=tenant, visit__round__kind=Round.Kind.MOCK)
    feedback = Problem.objects.filter(tenant=tenant, source_kind="feedback")
    return {
        "units": units.count(),
        "communities": Region.objects.filter(tenant=tenant, kind="社区").count(),
        "villages": (villages.filter(parent__kind="街道").count(), villages.filter(parent__kind="乡镇").count()),
        "places": counted(places, "type__name", "住宅小区", "主次干道"),
        "at least 20 types": places.values("type").distinct().count() >= 20,
        "rounds": [row[2:] for row in rounds_of(tenant)],
        "about 1,200 observations": 1_000 <= assessed.count() <= 1_400,
        "examined in the future": Visit.objects.filter(tenant=tenant, submitted_at__gt=timezone.now()).count(),
        "feedback of the level above": feedback.count(),
        "feedback left with the office": feedback.filter(state="pending").count(),
        "put right before it was imported": feedback.filter(closed_on__lte=date(2026, 6, 30)).count(),
        "results of the level above": counted(Result.objects.filter(tenant=tenant), "how", "code", "near", "none"),
    }


BUREAU = {
    "units": {"公司": 9, "收费站": 80},
    "offices": 3,
    "leaders": 3,
    "areas": sorted(bureau.AREAS),
    "companies in areas": 9,
    "rounds": [
        (date(2026, 3, 17), date(2026, 3, 24), 2, 45, 45, "released"),
        (date(2026, 3, 31), date(2026, 4, 11), 2, 45, 45, "released"),
    ],
    "circulars": [date(2026, 3, 25), date(2026, 4, 17)],
    "days of notices": [date(2026, 3, 25), date(2026, 4, 17)],
    "problems left with the office": 0,
}
COUNTY = {
    "units": 60,
    "communities": 7,
    "villages": (3, 20),
    "places": {"住宅小区": 42, "主次干道": 32},
    "at least 20 types": True,
    "rounds": [(4, 78, 78, "released"), (4, 30, 14, "open")],
    "about 1,200 observations": True,
    "examined in the future": 0,
    "feedback of the level above": 20,
    "feedback left with the office": 0,
    "put right before it was imported": 12,
    "results of the level above": {"code": 78, "near": 12, "none": 1},
}


@pytest.mark.django_db
def test_both_stories_give_the_figures_of_their_sources() -> None:
    """S0: A2, A3, A4, C3, D4 · S4: A3, C4, C7."""
    said: list[str] = []
    passwords = {playing.play_bureau(said.append), playing.play_county(said.append)}
    assert played_bureau(Tenant.objects.get(name=bureau.INSTALLATION)) == BUREAU
    assert played_county(Tenant.objects.get(name=county.INSTALLATION)) == COUNTY
    assert (len(passwords), len(said)) == (2, 3), "an installation has a password of its own, a round is announced"
