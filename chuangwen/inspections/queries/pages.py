"""What the office's page of a round shows: progress per team, what is left, the strata of the draw."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from chuangwen.base.files import attachments_of
from chuangwen.base.models import Attachment
from chuangwen.inspections.models import Answer, Round, Team, Visit
from chuangwen.inspections.queries.lists import by_team
from chuangwen.inspections.queries.results import has_entered, is_looked_at, still_missing
from chuangwen.inspections.queries.sheets import compiled
from chuangwen.organisations.models import Person
from chuangwen.places.models import PlaceType
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import visible_to as visible_problems
from chuangwen.standards.checklists import Section

LEFT_SHOWN = 3


@dataclass(frozen=True)
class TeamRow:
    """One team's progress; `team` is None for the places nobody has yet."""

    team: Team | None
    members: list[str]
    total: int
    done: int
    left: int
    bad: int
    last: datetime | None
    waiting: list[Visit] = field(default_factory=list)
    speaks: str = ""  # the assessor 测评主体 it speaks for

    @property
    def who(self) -> str:
        """王立 等 3 人."""
        if len(self.members) <= 2:
            return "、".join(self.members)
        return f"{self.members[0]} 等 {len(self.members)}\u00a0人"

    @property
    def where(self) -> str:
        """The first places left, then how many there are."""
        names = "、".join(visit.place.name for visit in self.waiting[:LEFT_SHOWN])
        return f"{names} 等 {self.left}\u00a0处" if self.left > LEFT_SHOWN else names

    @property
    def kinds(self) -> str:
        names = list(dict.fromkeys(visit.place_type.name for visit in self.waiting))
        return names[0] if len(names) == 1 else f"{len(names)}\u00a0类"


@dataclass(frozen=True)
class Stratum:
    """One type in the draw: how many stood in the frame, are in the round, were submitted."""

    type: PlaceType
    frame: int
    drawn: int
    done: int


@dataclass(frozen=True)
class Step:
    """One of the phases at the head of the page."""

    label: str
    note: str
    state: str  # done, now, or empty


@dataclass(frozen=True)
class RoundPage:
    """Everything of the page except the registered figures."""

    teams: list[TeamRow]
    strata: list[Stratum]
    steps: list[Step]
    total: int
    done: int
    bad: int
    frame: int
    asked: int
    without_team: int
    units: int
    enters: bool  # the standard has results that are entered and not looked at
    looks: bool  # and others for which somebody goes to a place
    missing: str  # what of the entered ones is not there yet

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def taken(self) -> list[Stratum]:
        return [row for row in self.strata if row.drawn]

    @property
    def passed_over(self) -> list[Stratum]:
        return [row for row in self.strata if not row.drawn]

    @property
    def has_teams(self) -> bool:
        return any(row.team for row in self.teams)

    @property
    def behind(self) -> list[TeamRow]:
        return [row for row in self.teams if row.left]


def round_page(round: Round) -> RoundPage:
    """Twelve queries, however many teams and places."""
    rows = _teams(round)
    strata = _strata(round)
    total, done = sum(row.total for row in rows), sum(row.done for row in rows)
    return RoundPage(
        teams=rows,
        strata=strata,
        steps=_steps(round, total),
        total=total,
        done=done,
        bad=sum(row.bad for row in rows),
        frame=sum(stratum.frame for stratum in strata),
        asked=round.answers.filter(mark=Answer.Mark.NA_ASKED).count(),
        without_team=sum(row.total for row in rows if row.team is None),
        units=round.visits.filter(state__in=Visit.IN_THE_FIELD).values("unit_id").distinct().count(),
        enters=has_entered(round),
        looks=is_looked_at(round),
        missing=still_missing(round),
    )


def _teams(round: Round) -> list[TeamRow]:
    teams = round.teams.prefetch_related("members__membership__person").order_by("id")
    counts = {row["team_id"]: row for row in by_team(round)}
    bad = Answer.objects.filter(round=round, mark=Answer.Mark.NOT_QUALIFIED).order_by()
    findings = dict(bad.values_list("visit__team_id").annotate(Count("pk")))
    waiting: dict[int | None, list[Visit]] = {}
    left = round.visits.filter(state=Visit.State.ASSIGNED).select_related("place", "place_type")
    for visit in left.order_by("place__code"):
        waiting.setdefault(visit.team_id, []).append(visit)
    nobody: list[Team | None] = [None] if None in counts else []
    empty = {"total": 0, "done": 0, "left": 0, "last": None}
    rows = []
    for team in [*teams, *nobody]:
        key = team.pk if team else None
        row: dict[str, Any] = counts.get(key, empty)
        names = [member.membership.person.name for member in team.members.all()] if team else []
        numbers = {name: row[name] for name in empty}
        extra = {"waiting": waiting.get(key, []), "speaks": _speaks(round, team)}
        rows.append(TeamRow(team, names, bad=findings.get(key, 0), **extra, **numbers))
    return rows


def _speaks(round: Round, team: Team | None) -> str:
    known = compiled(round.version).assessors
    first = next(iter(known), "")
    return known.get(team.assessor or first, ("",))[0] if team else ""


def _strata(round: Round) -> list[Stratum]:
    standing = round.visits.filter(state__in=Visit.IN_THE_FIELD).order_by()
    numbers = {"total": Count("pk"), "done": Count("pk", filter=Q(state=Visit.State.SUBMITTED))}
    visits = {row[0]: row[1:] for row in standing.values_list("place_type_id").annotate(**numbers)}
    sizes = {code: size for code, (size, _) in round.draw.get("strata", {}).items()}
    types = PlaceType.objects.filter(Q(pk__in=visits) | Q(code__in=sizes), tenant_id=round.tenant_id)
    return [Stratum(kind, sizes.get(kind.code, 0), *visits.get(kind.pk, (0, 0))) for kind in types.order_by("code")]


def _steps(round: Round, total: int) -> list[Step]:
    """抽点 → 实地 → 结束 → 公开, with what is known of each."""
    order = [Round.State.DRAFT, Round.State.OPEN, Round.State.CLOSED, Round.State.RELEASED]
    at = order.index(Round.State(round.state))
    today = timezone.localdate()
    gone, left = (today - round.starts_on).days + 1, (round.ends_on - today).days
    field = f"第 {gone} 天，剩 {left} 天" if gone > 0 and left >= 0 else ("已过截止日期" if left < 0 else "还没到日子")
    drawn = timezone.localtime(round.drawn_at) if round.drawn_at else None
    notes = [
        f"{drawn.month}月{drawn.day}日 已抽，共 {total} 处" if drawn else (f"指定 {total} 处" if total else "还没有抽"),
        field if at == 1 else f"{round.starts_on.month}月{round.starts_on.day}日起",
        "裁定缺项、更正记录" if at == 2 else f"{round.ends_on.month}月{round.ends_on.day}日",
        "责任单位可以看到" if at == 3 else "公开前责任单位看不到",
    ]
    labels = ["抽点", "实地", "结束汇总", "公开"]
    states = ["done" if i < at or at == 3 else "now" if i == at else "" for i in range(4)]
    return [Step(*row) for row in zip(labels, notes, states, strict=True)]


@dataclass(frozen=True)
class Line:
    """One answer on the page of a visit, with its photos, its problem and what was corrected."""

    answer: Answer
    text: str
    head: str
    code: str
    number: str
    named: str  # the number by what it is called: 合格数 8，共查数 10
    photos: list[Attachment]
    problem: Problem | None
    corrections: list[Any]


def lines_of(person: Person, visit: Visit, sheet: list[Section]) -> list[tuple[str, list[Line]]]:
    """(section, its answers) in the order of the checklist; four queries."""
    rows = visit.answers.select_related("criterion", "not_applicable", "provenance__entered_by").prefetch_related(
        "corrections__actor"
    )
    answers = {(row.criterion_id, row.ordinal): row for row in rows}
    photos = attachments_of(list(answers.values()), role="before")
    uuids = [row.uuid for row in answers.values() if row.mark == Answer.Mark.NOT_QUALIFIED or row.corrected]
    problems = {row.source_uuid: row for row in visible_problems(person).filter(source_uuid__in=uuids)}
    found = []
    for section in sheet:
        lines = []
        for item in section.items:
            standing = (answers.get((item.criterion.pk, ordinal)) for ordinal in item.ordinals)
            answer = next(filter(None, standing), None)
            if answer is None:
                continue
            looked_at, kept = answer.mark in (1, 2), (answer.count, answer.base)
            number, named = (item.written(*kept), item.named(*kept)) if looked_at else ("", "")
            extra = (photos[answer.pk], problems.get(answer.uuid), list(answer.corrections.all()))
            lines.append(Line(answer, item.text, item.head, item.code, number, named, *extra))
        found.append((section.title, lines))
    return found


def replacement_of(visit: Visit) -> Visit | None:
    """The visit that was made instead of this one."""
    return Visit.objects.select_related("place").filter(replaces=visit).first()
