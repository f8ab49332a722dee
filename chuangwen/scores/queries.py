"""What the score pages show: the tree, the ranking of units, and why a criterion lost its points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from uuid import UUID

from django.db.models import Q, QuerySet

from chuangwen.base.files import attachments_of
from chuangwen.base.models import Attachment
from chuangwen.inspections.models import Answer, Round
from chuangwen.inspections.queries import governed_rounds, visible_rounds, visible_visits
from chuangwen.inspections.wording import phenomenon
from chuangwen.organisations.models import Organisation, Person
from chuangwen.organisations.queries import scope_of, visible_units
from chuangwen.places.models import PlaceType
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import visible_to as visible_problems
from chuangwen.scores import divisions, gates, live
from chuangwen.scores.inputs import answer_of, compiled, visits_of
from chuangwen.scores.models import Forecast, Line, Run, SubjectTotal
from chuangwen.standards.checklists import Item
from chuangwen.standards.entering import by_ordinal
from chuangwen.standards.models import Criterion
from rulebook import scoring
from rulebook.scoring.result import SubjectResult
from rulebook.scoring.subjects import UNIT
from rulebook.workflows import PROBLEM

MOST_RECORDS = 300
MOST_LETTERS = 26  # of a criterion in the tree


@dataclass(frozen=True)
class TreeRow:
    """One line of the tree as the page shows it: everything is text, so that a thousand lines are written quickly."""

    key: str
    label: str
    name: str
    level: int
    is_criterion: bool
    got: str
    possible: str
    lost: str
    share: str  # got ÷ possible to three places, for the bar
    coverage: str  # 已测 / 应测
    tested: bool
    remark: str = ""
    is_closed: bool = False  # a gate set it to zero


@dataclass(frozen=True)
class Ranked:
    """One unit (or type) in the ranking."""

    subject_id: int
    name: str  # in full, as papers and sheets write it
    shown: str  # as pages do: the short name of a unit
    got: str
    possible: str
    rank: int | None
    tied: bool
    above: str
    below: str
    examined: int
    expected: int
    remark: str = ""
    got_value: int | None = None  # × 10^digits
    possible_value: int | None = None
    above_value: int | None = None  # how far behind the one above


@dataclass(frozen=True)
class RecordLoss:
    """One record behind a loss, with what became of it."""

    answer: Answer
    what: str  # which of several lines of the criterion, and how much was found
    lost: str
    problem: Problem | None
    shape: str
    photos: list[Attachment] = field(default_factory=list)


@dataclass(frozen=True)
class Why:
    """Why a criterion lost points: its rule in words, the sum, the records that add up to the loss."""

    criterion: Criterion
    reason: scoring.Reason
    lost: str
    records: list[RecordLoss]
    closed: list[str]  # what gates above it mean for it
    unrecorded: str  # what no single record can be named for (empty in the ordinary case)
    more: int


@dataclass(frozen=True)
class Part:
    """What of a round is looked at: all of it, or one subject (unit, type, place, region)."""

    kind: str = ""
    key: int | None = None

    @property
    def query(self) -> str:
        """The part as it stands in an address, with the & that follows."""
        return f"{self.kind}={self.key}&" if self.kind else ""

    @property
    def unit_id(self) -> int | None:
        return self.key if self.kind == UNIT else None


@dataclass(frozen=True)
class Below:
    """An indicator looked at: what each criterion below it lost of its own points, most first, and what closed gates
    and weights took besides: the losses add up to that of the indicator."""

    row: TreeRow
    criteria: list[TreeRow]
    taken: list[tuple[str, str]]


def visible_runs(person: Person) -> QuerySet[Run]:
    """Frozen runs of the rounds a person governs; others see their own units on the round's page."""
    return Run.objects.filter(round__in=governed_rounds(person).values("pk"))


def visible_forecasts(person: Person) -> QuerySet[Forecast]:
    """Forecasts of the rounds a person governs; nobody else sees any."""
    return Forecast.objects.filter(round__in=governed_rounds(person).values("pk"))


def scored_rounds(person: Person) -> QuerySet[Round]:
    """Rounds whose score a person may open: governed ones, and released ones. Who examines a round does not see how
    it stands, least of all when he is a contact of one of its units."""
    governed = Q(jurisdiction_id__in=scope_of(person).jurisdiction_ids)
    return visible_rounds(person).filter(governed | Q(state=Round.State.RELEASED))


def sees_whole(person: Person, round: Round) -> bool:
    """Only the office of the round sees the whole of it; units and leaders see their own units."""
    return round.jurisdiction_id in scope_of(person).jurisdiction_ids


def subject_for(person: Person, round: Round, part: Part, *, looked_at: str = "") -> SubjectResult | None:
    """The subject a person may see: all of them the office, others what is theirs; None = not theirs."""
    if part.key is not None:
        return live.subject_of(round, part.kind, part.key) if _sees(person, round, part) else None
    return live.whole_of(round, looked_at=(looked_at,)) if sees_whole(person, round) else None


def _sees(person: Person, round: Round, part: Part) -> bool:
    whole = sees_whole(person, round)
    if part.kind == UNIT:
        looked_at = visible_visits(person).filter(round=round, unit_id=part.key).exists()
        return looked_at and (whole or visible_units(person).filter(pk=part.key).exists())
    if part.kind == divisions.own_kind(round):
        return part.key in divisions.seen_by(person, round, part.kind)
    return whole and part.kind == divisions.TYPE


def tree_rows(subject: SubjectResult) -> list[TreeRow]:
    """The lines of a subject in reading order, the total first."""
    return [_tree_row(subject, line) for line in subject.lines.values()]


def below(subject: SubjectResult, key: str) -> Below | None:
    """An indicator's criteria by what they lost; None if the standard has no such indicator."""
    node = next((line for line in subject.standard.lines if line.key == key and isinstance(line, scoring.Node)), None)
    if node is None or key not in subject.lines:
        return None
    inside = [line.key for line in node.walk() if isinstance(line, scoring.Criterion)]
    lines = sorted((subject.lines[key] for key in inside if key in subject.lines), key=lambda line: -line.lost)
    taken = gates.taken_in(subject, node)
    shown = gates.shown_losses(subject.lines[key], [one.lost for one in (*lines, *taken)])
    rows = [_tree_row(subject, line) for line in lines]
    criteria = [replace(row, lost=text) if row.tested else row for row, text in zip(rows, shown, strict=False)]
    rest = zip(taken, shown[len(lines) :], strict=True)
    return Below(_tree_row(subject, subject.lines[key]), criteria, [(one.words, text) for one, text in rest])


def _tree_row(subject: SubjectResult, line: scoring.Line) -> TreeRow:
    scored = line.state == scoring.SCORED
    digits = line.digits
    possible = line.possible if scored else line.full
    return TreeRow(
        key="" if line.key == scoring.TOTAL else line.key,
        label=line.label,
        name=line.name if line.kind != "criterion" else shortened(line.name),
        level=line.level,
        is_criterion=line.kind == "criterion",
        got=line.shown_got,
        possible=scoring.shown(scoring.rounded(possible, digits), digits),
        lost=_lost(line) if scored else "",
        share=f"{float(line.rate):.3f}" if scored else "",
        coverage=f"{line.examined} / {line.expected}",
        tested=scored,
        remark="" if scored else _remark(subject, line),
        is_closed=scored and bool(line.zeroed_by),
    )


def shortened(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def _lost(line: scoring.Line) -> str:
    kept = line.published_lost
    return scoring.shown(scoring.rounded(line.lost, line.digits) if kept is None else kept, line.digits)


def _remark(subject: SubjectResult, line: scoring.Line) -> str:
    if line.state == scoring.ABSENT:
        return {"renormalise": "缺项，按同级折算", "full": "缺项，按规定给满分", "zero": "缺项，按规定不给分"}[
            subject.standard.na_policy
        ]
    return "按同级折算" if subject.standard.untested == "renormalise" else "不计 0 分"


def ranking(round: Round, kind: str = "unit", only: set[int] | None = None) -> list[Ranked]:
    """Subjects of a kind by published total; `only` shows some of them with the rank they have among all."""
    rows = live.subject_rows(round, kind)
    names = divisions.names_of(kind, [row.subject_id for row in rows])
    found = _ranking(compiled(round), rows, names, divisions.shown_names(kind, names))
    return found if only is None else [row for row in found if row.subject_id in only]


def kept_ranking(run: Run, kind: str = UNIT) -> list[Ranked]:
    """Subjects of a frozen run, under the names of that day; those of one rank in the order of the live ranking."""
    names = {int(key): name for key, name in run.names.get(kind, {}).items()}
    rows = run.lines.filter(subject_kind=kind, node_key="").order_by("subject_id")
    return _ranking(compiled(run.round), list(rows), names, divisions.shown_names(kind, names))


def _ranking(
    standard: scoring.Standard,
    rows: Sequence[SubjectTotal | Line],
    names: Mapping[int, str],
    shown: Mapping[int, str],
) -> list[Ranked]:
    places = scoring.rank(entries_of(rows), least_coverage=standard.least_coverage)
    by_id = {row.subject_id: row for row in rows}
    said = {key: (name, shown[key]) for key, name in names.items()}
    return [_ranked(place, by_id[place.key], said[place.key], standard.digits) for place in places]


def entries_of(rows: Sequence[SubjectTotal | Line]) -> list[scoring.Entry]:
    """Kept totals as the rulebook ranks them."""
    coverage = (Fraction(row.examined, row.expected) if row.expected else Fraction(1) for row in rows)
    return [scoring.Entry(row.subject_id, row.got, one) for row, one in zip(rows, coverage, strict=True)]


def _ranked(place, row: SubjectTotal | Line, said: tuple[str, str], digits: int) -> Ranked:
    def text(value: int | None) -> str:
        return "" if value is None else scoring.shown(value, digits)

    return Ranked(
        subject_id=row.subject_id,
        name=said[0],
        shown=said[1],
        got=text(row.got) or "未测",
        possible=text(row.possible),
        rank=place.rank,
        tied=place.tied,
        above=text(place.above),
        below=text(place.below),
        examined=row.examined,
        expected=row.expected,
        remark=place.reason,
        got_value=row.got,
        possible_value=row.possible,
        above_value=place.above,
    )


def why(person: Person, round: Round, subject: SubjectResult, key: str, part: Part) -> Why | None:
    """Explain one criterion of a subject by its records; None if the standard has no such criterion."""
    criterion = Criterion.objects.filter(version_id=round.version_id, key=key).first()
    if criterion is None or key not in subject.standard.number:
        return None
    records = _records(person, round, criterion, part)
    losses = scoring.explain(subject, key, [(row.pk, answer_of(row, key)) for row in records])
    by_answer = {loss.record: loss for loss in losses if loss.record is not None}
    nameless = [loss for loss in losses if loss.record is None]
    lossy = [row for row in records if by_answer[row.pk].exact]
    shown = lossy[:MOST_RECORDS]
    digits = subject.standard.digits
    problems = {
        row.source_uuid: row
        for row in visible_problems(person).filter(source_kind="answer", source_uuid__in=[row.uuid for row in shown])
    }
    photos = attachments_of(list(shown))
    items = by_ordinal(criterion, subject.standard)
    return Why(
        criterion=criterion,
        reason=scoring.reason(subject, key),
        lost=_lost(subject.lines[key]),
        closed=gates.said_of(subject, key),
        records=[
            _record(row, words_of(items, row), scoring.shown(by_answer[row.pk].shown, digits), problems, photos)
            for row in shown
        ],
        unrecorded=scoring.shown(nameless[0].shown, digits) if nameless else "",
        more=len(lossy) - len(shown),
    )


def words_of(items: Mapping[int, Item], answer: Answer) -> str:
    """What was found, as its problem says it; of a rating only which line of the criterion it is of and how much."""
    item = items.get(answer.ordinal)
    if item is None:
        return answer.note
    if answer.mark == Answer.Mark.NOT_QUALIFIED and not (answer.note or item.is_voice):
        return phenomenon(item, answer.count, answer.base)
    return "：".join(
        filter(None, (item.text if item.head else "", answer.note or item.written(answer.count, answer.base)))
    )


def _record(
    answer: Answer,
    what: str,
    lost: str,
    problems: Mapping[UUID, Problem],
    photos: Mapping[int, list[Attachment]],
) -> RecordLoss:
    problem = problems.get(answer.uuid)
    shape = PROBLEM.state(problem.state).css if problem else ""
    return RecordLoss(answer, what, lost, problem, shape, photos[answer.pk])


def _records(person: Person, round: Round, criterion: Criterion, part: Part) -> list[Answer]:
    rows = Answer.objects.filter(round=round, criterion=criterion, visit__in=visible_visits(person))
    if part.key is not None:
        rows = rows.filter(visit__in=divisions.visits_in(round, part.kind, [part.key]))
    return list(rows.select_related("place", "visit__unit").order_by("place__code", "ordinal"))


def units_in(person: Person, round: Round) -> list[Organisation]:
    """The units of a round in the person's sight, by tree order."""
    units = visible_units(person) if not sees_whole(person, round) else Organisation.objects.all()
    return list(units.filter(visits__round=round).distinct().order_by("path"))


def types_in(round: Round) -> list[PlaceType]:
    """The place types of a round."""
    return list(PlaceType.objects.filter(pk__in=visits_of(round).values("place_type")).order_by("name"))


def latest_run(round: Round) -> Run | None:
    """The run frozen last; one without a total to show is none."""
    runs = Run.objects.select_related("round__version").defer("round__version__spec")
    return runs.filter(round=round, got__isnull=False).order_by("-number").first()


def run_total(run: Run) -> Line:
    """The kept line of the whole."""
    return run.lines.get(subject_kind="whole", node_key="")


def run_lines(run: Run, part: Part = Part()) -> list[Line]:
    """The kept lines of the whole or of one subject, in reading order."""
    return list(run.lines.filter(subject_kind=part.kind or "whole", subject_id=part.key or 0))
