"""Problems from a ledger kept elsewhere 原台账 or from the level above 上级反馈: with their dates and states."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from chuangwen.organisations.models import Jurisdiction, Organisation, Person
from chuangwen.places.models import Place
from chuangwen.problems.models import NumberCounter, Problem, ProblemStep
from chuangwen.problems.numbers import keep_batches, lock_counter
from chuangwen.problems.queries import Acting, acting_as

State = Problem.State
OURS = re.compile(r"(\d{4})-(\d{4,9})")
NOON = time(12)


@dataclass(frozen=True)
class Entry:
    """One row as it stood there. number "" = give it one. The clock is not started: the deadline is the one given."""

    title: str
    found_on: date
    number: str = ""
    label: str = ""
    place: Place | None = None
    place_text: str = ""
    criterion_text: str = ""
    unit: Organisation | None = None
    responsible: str = ""
    deadline: date | None = None
    state: str = State.PENDING
    closed_on: date | None = None
    measures: str = ""


def batch_of(jurisdiction: Jurisdiction, label: str) -> UUID | None:
    """Entries with the same source belong together, whichever file they came in."""
    return uuid5(NAMESPACE_URL, f"problems:{jurisdiction.pk}:{label}") if label else None


def import_problems(*, actor: Person, jurisdiction: Jurisdiction, kind: str, entries: Sequence[Entry]) -> list[Problem]:
    """Write the entries in bulk; returns their problems, in order. The import's transaction holds it and records it."""
    numbers = _numbers(jurisdiction, entries)
    rows = [_row(jurisdiction, kind, entry, number) for entry, number in zip(entries, numbers, strict=True)]
    problems = Problem.objects.bulk_create(rows, batch_size=500)
    acting = acting_as(actor)
    pairs = zip(problems, entries, strict=True)
    steps = [step for problem, entry in pairs for step in _steps(problem, entry, acting)]
    ProblemStep.objects.bulk_create(steps, batch_size=500)
    keep_batches(problems)
    return problems


def _numbers(jurisdiction: Jurisdiction, entries: Sequence[Entry]) -> list[str]:
    """The numbers given stay; the others follow after the highest one given or taken."""
    last = {entry.found_on.year: 0 for entry in entries}
    for found in filter(None, (OURS.fullmatch(entry.number) for entry in entries)):
        last[int(found[1])] = max(last.get(int(found[1]), 0), int(found[2]))
    for year in sorted(last):
        last[year] = max(last[year], lock_counter(jurisdiction.tenant_id, jurisdiction.pk, year))
    numbers = []
    for entry in entries:
        if not entry.number:
            last[entry.found_on.year] += 1
        numbers.append(entry.number or f"{entry.found_on.year}-{last[entry.found_on.year]:04d}")
    for year, value in last.items():
        NumberCounter.objects.filter(jurisdiction=jurisdiction, year=year).update(last=value)
    return numbers


def _row(jurisdiction: Jurisdiction, kind: str, entry: Entry, number: str) -> Problem:
    told = entry.state != State.PENDING
    closed = entry.state == State.CLOSED
    in_time = entry.closed_on <= entry.deadline if closed and entry.deadline else None
    return Problem(
        tenant_id=jurisdiction.tenant_id,
        jurisdiction=jurisdiction,
        number=number,
        title=entry.title[:200],
        source_kind=kind,
        batch_uuid=batch_of(jurisdiction, entry.label),
        batch_label=entry.label,
        place=entry.place,
        place_text=entry.place_text,
        criterion_text=entry.criterion_text,
        unit=entry.unit,
        responsible=entry.responsible,
        state=entry.state,
        found_on=entry.found_on,
        handed_out_at=_noon(entry.found_on) if told else None,
        deadline=entry.deadline,
        state_at=_noon(entry.closed_on or entry.found_on),
        reported_on=entry.closed_on,
        on_time=in_time,
        closed_on=entry.closed_on,
    )


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, NOON))


def _steps(problem: Problem, entry: Entry, acting: Acting) -> list[ProblemStep]:
    """Found on its day, entered today as it then stood; closed on its day."""
    found = _step(problem, "found", State.PENDING, _noon(entry.found_on), entry.label or "原台账")
    entered = _step(problem, "import", problem.state, timezone.now(), acting.label_at(problem))
    entered.actor, entered.words, entered.date = acting.person, entry.measures, entry.deadline
    if entry.closed_on is None:
        return [found, entered]
    return [found, entered, _step(problem, "close", State.CLOSED, _noon(entry.closed_on), "原台账")]


def _step(problem: Problem, verb: str, to: str, at: datetime, label: str) -> ProblemStep:
    return ProblemStep(
        tenant_id=problem.tenant_id, problem=problem, verb=verb, to_state=to, at=at, actor_label=label[:100]
    )


def steps_made(entry: Entry) -> int:
    """How many steps an entry's problem has as long as nobody has touched it."""
    return 3 if entry.closed_on else 2
