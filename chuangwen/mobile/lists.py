"""What the phone lists: open places of the person's teams, those handed in, and what a receipt says."""

from collections import Counter
from typing import Any

from django.db.models import Count, Q

from chuangwen.inspections import queries
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import members_of_office, scope_of

Mark = Answer.Mark
ENDED = (Round.State.CLOSED, Round.State.RELEASED)


def today(person: Person, text: str) -> dict[str, Any]:
    """Open places by round and team, in order of region and code; `text` filters by name or code."""
    rows = queries.own_visits(person).distinct().select_related("round", "team", "place__region", "place_type")
    standing = list(rows.order_by("round__ends_on", "round_id", "team_id", "place__region__path", "place__code"))
    wanted = [visit for visit in standing if _fits(visit, text.strip())]
    groups: dict[tuple[int, int | None], list[Visit]] = {}
    for visit in wanted:
        if visit.state == Visit.State.ASSIGNED:
            groups.setdefault((visit.round_id, visit.team_id), []).append(visit)
    done = sum(visit.state == Visit.State.SUBMITTED for visit in standing)
    return {
        "groups": list(groups.values()),
        "total": len(standing),
        "done": done,
        "left": len(standing) - done,
        "text": text,
        "missing": "",
    }


def _fits(visit: Visit, text: str) -> bool:
    return not text or text in visit.place.name or text.lower() in visit.place.code.lower()


def done(person: Person) -> dict[str, Any]:
    """The last places handed in by the person or the person's teams, whatever became of their rounds.

    `left`: their places in rounds that ended without them; what was typed there is still on the phone.
    """
    teams = queries.of_teams(scope_of(person)).values("pk")
    rows = queries.visible_visits(person).select_related("place", "place_type", "round")
    left = rows.filter(pk__in=teams, state=Visit.State.ASSIGNED, round__state__in=ENDED)
    rows = rows.filter(Q(submitted_by=person) | Q(pk__in=teams), state=Visit.State.SUBMITTED)
    visits = list(rows.select_related("submitted_by").order_by("-submitted_at", "-id")[:100])
    answers = Answer.objects.filter(visit__in=visits, mark=Mark.NOT_QUALIFIED).order_by()
    bad = dict(answers.values_list("visit_id").annotate(Count("pk")))
    for visit in visits:
        visit.bad_count = bad.get(visit.pk, 0)
    return {
        "visits": visits,
        "left": left.order_by("-round__ends_on", "round_id", "place__code")[:100],
    }


def around(person: Person, visit: Visit) -> dict[str, Any]:
    """What a checklist says besides its items: may it still be handed in, and whom to ask where not."""
    ended = visit.state == Visit.State.ASSIGNED and visit.round.state in ENDED
    return {
        "visit": visit,
        "ended": ended,
        "may_submit": not ended and queries.may_answer(person, visit),
        "office": members_of_office(visit.round.jurisdiction) if ended else [],
    }


def receipt(person: Person, visit: Visit) -> dict[str, Any]:
    """What was handed in as it stands: findings with their photos, numbers that were entered, and how many of each."""
    sections = queries.lines_of(person, visit, queries.sheet_of(visit))
    lines = [line for _, section in sections for line in section]
    marks = Counter(line.answer.mark for line in lines)
    return {
        "bad": [line for line in lines if line.answer.mark == Mark.NOT_QUALIFIED],
        "numbers": [line for line in lines if line.answer.mark == Mark.QUALIFIED and line.named],
        "bad_count": marks[Mark.NOT_QUALIFIED],
        "good_count": marks[Mark.QUALIFIED],
        "none_count": marks[Mark.NOT_EXAMINED],
        "asked_count": marks[Mark.NA_ASKED] + marks[Mark.NOT_APPLICABLE],
        "photo_count": sum(len(line.photos) for line in lines),
    }
