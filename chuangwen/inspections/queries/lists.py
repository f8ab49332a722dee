"""Lists of rounds, visits and answers: the page, its count and its export ask the same function."""

from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.inspections.queries.rounds import visible_answers, visible_rounds, visible_visits
from chuangwen.organisations.models import Person
from chuangwen.places.models import PlaceType

AT = {"field": Visit.IN_THE_FIELD, "units": (Visit.State.ENTERED,)}  # looked at, or entered for units
MARKS = {"bad": 2, "good": 1, "none": 0, "absent": 3, "asked": 4}


def listed_rounds(person: Person, query: Any) -> QuerySet[Round]:
    """Rounds for a query string (q, state, kind) with how many visits they have and how many were submitted."""
    rounds = visible_rounds(person).select_related("version", "version__standard", "jurisdiction")
    if text := query.get("q", "").strip():
        rounds = rounds.filter(name__icontains=text)
    if query.get("state") in Round.State.values:
        rounds = rounds.filter(state=query["state"])
    if query.get("kind") in Round.Kind.values:
        rounds = rounds.filter(kind=query["kind"])
    seen = Q(visits__in=visible_visits(person).filter(state__in=Visit.IN_THE_FIELD).values("pk"))
    return rounds.annotate(
        visit_count=Count("visits", filter=seen),
        submitted_count=Count("visits", filter=seen & Q(visits__state=Visit.State.SUBMITTED)),
    )


def listed_visits(person: Person, round: Round | None, query: Any) -> QuerySet[Visit]:
    """Visits for a query string (q, state, team, type, origin) with the number of findings."""
    visits = visible_visits(person).select_related("place", "place_type", "unit", "team", "round")
    if round is not None:
        visits = visits.filter(round=round)
    if text := query.get("q", "").strip():
        visits = visits.filter(Q(place__name__icontains=text) | Q(place__code__icontains=text))
    if query.get("state") in Visit.State.values:
        visits = visits.filter(state=query["state"])
    else:
        visits = visits.filter(state__in=Visit.IN_THE_FIELD)
    if query.get("origin") in Visit.Origin.values:
        visits = visits.filter(origin=query["origin"])
    if query.get("team") == "none":
        visits = visits.filter(team__isnull=True)
    for name, field in (("team", "team_id"), ("type", "place_type_id"), ("unit", "unit_id")):
        if (number := _number(query.get(name))) is not None:
            visits = visits.filter(**{field: number})
    return visits.annotate(bad_count=Count("answers", filter=Q(answers__mark=Answer.Mark.NOT_QUALIFIED)))


def listed_answers(person: Person, round: Round | None, query: Any) -> QuerySet[Answer]:
    """Answers for a query string (mark, at, type, unit, team, criterion, corrected, q), newest finding first by key."""
    answers = visible_answers(person).select_related(
        "visit", "visit__unit", "visit__team", "place", "criterion", "not_applicable"
    )
    if round is not None:
        answers = answers.filter(round=round)
    if (mark := MARKS.get(query.get("mark", ""))) is not None:
        answers = answers.filter(mark=mark)
    elif query.get("mark") == "seen":
        answers = answers.filter(mark__in=(Answer.Mark.QUALIFIED, Answer.Mark.NOT_QUALIFIED))
    if (states := AT.get(query.get("at", ""))) is not None:
        answers = answers.filter(visit__state__in=states)
    if query.get("corrected") == "1":
        answers = answers.filter(corrected=True)
    if query.get("spot") == "1":
        answers = answers.filter(fixed_on_spot=True)
    if text := query.get("q", "").strip():
        answers = answers.filter(
            Q(place__name__icontains=text) | Q(criterion__text__icontains=text) | Q(note__icontains=text)
        )
    fields = {"type": "visit__place_type_id", "unit": "visit__unit_id", "team": "visit__team_id"}
    for name, field in {**fields, "criterion": "criterion_id", "place": "place_id"}.items():
        if (number := _number(query.get(name))) is not None:
            answers = answers.filter(**{field: number})
    return answers


def types_of_round(round: Round) -> QuerySet[PlaceType]:
    """The types of the places in a round."""
    return PlaceType.objects.filter(pk__in=Visit.objects.filter(round=round).values("place_type")).order_by("code")


def by_team(round: Round) -> list[dict[str, Any]]:
    """Per team: visits, submitted, left, findings, the last time something came in. One query."""
    rows = Visit.objects.filter(round=round, state__in=Visit.IN_THE_FIELD).values("team_id")
    submitted = Q(state=Visit.State.SUBMITTED)
    return list(
        rows.annotate(total=Count("pk"), done=Count("pk", filter=submitted), last=Max("submitted_at"))
        .annotate(left=F("total") - F("done"))
        .order_by("team__name", "team_id")
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
