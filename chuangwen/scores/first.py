"""What to put right first 先改哪些: the open problems of a round, what each is worth, what moves when some are mended.

All is worked out on the round as it stands now, as if the findings had never been made; a frozen run stays as it is.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from chuangwen.inspections.models import Answer, AnswerCorrection, Round, Visit
from chuangwen.organisations.models import Organisation, Person
from chuangwen.organisations.queries import area_grounds
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import OPEN
from chuangwen.problems.queries import visible_to as visible_problems
from chuangwen.scores import live, queries
from chuangwen.scores.inputs import answer_of, compiled, visits_of
from rulebook import scoring
from rulebook.scoring.result import SubjectResult

BY = {"problem": "逐件", "unit": "按单位", "type": "按点位类型", "leader": "按包片领导"}
FINER = 2  # more places than the score has, where a gain is written exactly
SLOW = 200  # problems tried one by one where every trial scores the round whole


@dataclass(frozen=True)
class Said:
    """A gain as scores show it, and before they are rounded."""

    text: str
    exact: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Look:
    """What of a round is looked at: all of it (units is None) or some units; with the units to choose from."""

    person: Person
    round: Round
    choices: tuple[Organisation, ...]
    units: tuple[int, ...] | None
    whole: bool  # may the person see all of it?

    @property
    def unit(self) -> Organisation | None:
        """The single unit looked at."""
        only = self.units[0] if self.units is not None and len(self.units) == 1 else None
        return next((unit for unit in self.choices if unit.pk == only), None)

    @property
    def visits(self) -> QuerySet[Visit]:
        visits = visits_of(self.round)
        return visits if self.units is None else visits.filter(unit_id__in=self.units)

    @property
    def digits(self) -> int:
        return compiled(self.round).digits

    def subject(self, keys: Iterable[str]) -> SubjectResult:
        """Its score as it stands, with the sums of these criteria at hand."""
        if self.units is None:
            return live.whole_of(self.round, looked_at=frozenset(keys))
        return live.scored(self.round, self.visits).whole

    def said(self, exact: Fraction, published: int) -> "Said":
        """A gain in figures. published: by how much the scores as shown differ, scaled, so that they add up."""
        least = scoring.shown(1, self.digits)
        text = f"不到 {least}" if exact > 0 and not published else scoring.shown(published, self.digits)
        return Said(text, scoring.written(exact, self.digits + FINER))


def look_of(person: Person, round: Round, unit_id: int | None) -> Look | None:
    """Whoever sees the whole round starts with it, others with all their units; None: not theirs to see."""
    whole = queries.sees_whole(person, round)
    choices = tuple(queries.units_in(person, round))
    own = tuple(unit.pk for unit in choices)
    if unit_id is not None:
        return Look(person, round, choices, (unit_id,), whole) if unit_id in own else None
    return Look(person, round, choices, None if whole else own, whole) if whole or own else None


@dataclass(frozen=True)
class Opened:
    """An open problem with the record it came from."""

    problem: Problem
    answer: Answer

    @property
    def key(self) -> str:
        return f"p{self.problem.pk}"

    @property
    def record(self) -> scoring.Answer:
        return answer_of(self.answer, self.answer.criterion.key)


def opened(look: Look, only: Collection[int] | None = None) -> list[Opened]:
    """The open problems of the round the person sees, where the record counts in what is looked at: three queries.

    Two problems of one record are one record: the later one is named. only: keys of the problems wanted.
    """
    problems = visible_problems(look.person).filter(batch_uuid=look.round.uuid, source_kind="answer", state__in=OPEN)
    problems = problems if only is None else problems.filter(pk__in=only)
    sources = problems.values("source_uuid")
    corrections = AnswerCorrection.objects.filter(answer__round=look.round, uuid__in=sources)
    corrected = dict(corrections.values_list("uuid", "answer_id"))
    answers = Answer.objects.filter(round=look.round, visit__in=look.visits.values("pk"))
    answers = answers.filter(Q(uuid__in=sources) | Q(pk__in=corrections.values("answer_id")))
    by_key: dict[object, Answer] = {}
    for answer in answers.select_related("criterion", "visit__unit", "visit__place_type", "place__region"):
        by_key[answer.uuid] = by_key[answer.pk] = answer
    found: dict[int, Opened] = {}
    for problem in problems.select_related("unit", "jurisdiction").order_by("pk"):
        answer = by_key.get(problem.source_uuid) or by_key.get(corrected.get(problem.source_uuid))
        if answer:
            found[answer.pk] = Opened(problem, answer)
    return list(found.values())


@dataclass(frozen=True)
class Worth:
    """One line of the list: a problem or a group of them, and what putting it right, alone, would add."""

    key: str
    label: str
    members: Sequence[Opened]
    gain: Said
    each: Said
    is_nothing: bool

    @property
    def one(self) -> Opened:
        return self.members[0]


@dataclass(frozen=True)
class Groups:
    """Problems by what they are listed under."""

    labels: Mapping[str, str]
    members: Mapping[str, Sequence[Opened]]

    def picked(self, keys: Iterable[str]) -> list[Opened]:
        """The problems of the groups of these keys, each once."""
        found = {one.key: one for key in keys for one in self.members.get(key, ())}
        return list(found.values())


def grouped(look: Look, rows: Sequence[Opened], by: str) -> Groups:
    """Problems one by one, or by the unit whose score they count in, by place type, by the area's leader."""
    labels: dict[str, str] = {}
    members: dict[str, list[Opened]] = {}
    areas = area_grounds(look.round.jurisdiction_id, timezone.localdate()) if by == "leader" else []
    for row in rows:
        visit, region = row.answer.visit, row.answer.place.region
        if by == "unit":
            names = [(f"u{visit.unit_id}", str(visit.unit))]
        elif by == "type":
            names = [(f"t{visit.place_type_id}", visit.place_type.name)]
        elif by == "leader":
            held = [one for one in areas if one.holds(visit.unit.path, region.path if region else "")]
            names = [(f"a{one.area.pk}", f"{one.area.name}（{one.leader or '还没有领导'}）") for one in held]
            names = names or [("a0", "没有包片")]
        else:
            names = [(row.key, row.problem.title)]
        for key, label in names:
            labels[key] = label
            members.setdefault(key, []).append(row)
    return Groups(labels, members)


@dataclass(frozen=True)
class Trial:
    """The problems of a look, grouped, with the score they are tried on."""

    look: Look
    groups: Groups

    @cached_property
    def subject(self) -> SubjectResult:
        rows = (row for members in self.groups.members.values() for row in members)
        return self.look.subject(row.answer.criterion.key for row in rows)

    @property
    def records(self) -> Mapping[Hashable, Sequence[scoring.Answer]]:
        return {key: [row.record for row in members] for key, members in self.groups.members.items()}

    @property
    def is_slow(self) -> bool:
        """Would the list take too long, every trial scoring all places again?"""
        return self.subject.standard.entangled and len(self.groups.members) > SLOW

    def worths(self) -> list[Worth]:
        """Every group by what it gains for each problem, the most first."""
        found, groups = scoring.cheapest(self.subject, self.records), self.groups
        return [
            Worth(
                key=str(worth.key),
                label=groups.labels[str(worth.key)],
                members=groups.members[str(worth.key)],
                gain=self.look.said(worth.gain.total, worth.gain.shown_total),
                each=self.look.said(worth.each, self._each(worth)),
                is_nothing=worth.gain.total == 0,
            )
            for worth in found
        ]

    def _each(self, worth: scoring.Worth) -> int:
        """What one of a group gains on an average, scaled; a single one as much as its group."""
        return worth.gain.shown_total if worth.records == 1 else scoring.rounded(worth.each, self.look.digits)

    def plan(self, budget: int) -> list[tuple[list[Opened], Said, str]]:
        """What to put right with so many problems, in order: those of each step, its gain, the total after it."""
        steps = scoring.plan(self.subject, self.records, budget).steps
        return [
            (
                self.groups.picked(map(str, step.keys)),
                self.look.said(step.gain.total, step.gain.shown_total),
                self.written(step.published),
            )
            for step in steps
        ]

    def written(self, value: int | None) -> str:
        return "" if value is None else scoring.shown(value, self.look.digits)
