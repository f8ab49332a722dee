"""The scores of the parts: of a frozen run 定分, else of the round as it stands and said so, or entered by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils import timezone

from chuangwen.inspections.models import Round
from chuangwen.scores import divisions, live
from chuangwen.scores.composites.spec import EXTRAS, entered_parts
from chuangwen.scores.composites.subjects import WHOLE_ID
from chuangwen.scores.inputs import compiled, visits_of
from chuangwen.scores.models import Composite, CompositePart, CompositeScore, Line, Run, SubjectTotal
from rulebook.scoring.composing import Score, score_of

RUN, ROUND, ENTERED = "run", "round", "entered"
Scores = dict[int, Score | None]


@dataclass(frozen=True)
class Source:
    """Where the scores of one part come from; a provisional one moves with the records."""

    kind: str
    said: str
    uuid: str = ""
    scores: Scores = field(default_factory=dict)
    entered: Mapping[int, CompositeScore] = field(default_factory=dict)

    @property
    def provisional(self) -> bool:
        return self.kind == ROUND and bool(self.scores)


@dataclass(frozen=True)
class Gathered:
    """By part its source; what is added or deducted on top, by subject."""

    sources: dict[str, Source]
    extras: dict[str, dict[int, CompositeScore]]

    @property
    def provisional(self) -> list[str]:
        return [key for key, source in self.sources.items() if source.provisional]


def gather(composite: Composite, parts: Sequence[CompositePart]) -> Gathered:
    """The scores of every part: two queries for all frozen runs, one for what is entered."""
    rounds = {part.key: part.round for part in parts if part.round}
    sources = _of_rounds(composite.kind, rounds)
    rows: dict[str, dict[int, CompositeScore]] = {}
    for row in CompositeScore.objects.filter(composite=composite).select_related("entered_by"):
        rows.setdefault(row.column, {})[row.subject_id] = row
    for part in entered_parts(parts):
        own = rows.get(part.key, {})
        scores: Scores = {key: typed_score(row.got, part.points) for key, row in own.items()}
        sources[part.key] = Source(ENTERED, "录入" if own else "还没有录入", scores=scores, entered=own)
    return Gathered(sources, {column: rows.get(column, {}) for column in EXTRAS})


def typed_score(got: str, points: str) -> Score:
    """A score as somebody else published it: with the places it was written with."""
    return Score(Fraction(got), Fraction(points or 100), len(got.partition(".")[2]))


def _of_rounds(kind: str, rounds: Mapping[str, Round]) -> dict[str, Source]:
    runs = Run.objects.filter(round__in=list(rounds.values()), got__isnull=False).order_by("number")
    last = {run.round_id: run for run in runs}
    lines: dict[int, list[Line]] = {}
    for line in Line.objects.filter(run__in=list(last.values()), subject_kind=kind, node_key=""):
        lines.setdefault(line.run_id, []).append(line)
    found = {}
    for key, round in rounds.items():
        run = last.get(round.pk)
        found[key] = _of_run(round, run, lines.get(run.pk, ())) if run else _as_it_stands(kind, round)
    return found


def _of_run(round: Round, run: Run, lines: Iterable[Line]) -> Source:
    said = f"{round.name} {timezone.localdate(run.as_of).isoformat()} 第 {run.number} 次定分"
    scores = {line.subject_id: _scaled(line, run.digits, line.reason.get("barred", "")) for line in lines}
    return Source(RUN, said, str(run.uuid), scores)


def _scaled(line: Line | SubjectTotal, digits: int, barred: str) -> Score | None:
    """A kept total as a score; None where there is none (未测)."""
    if line.got is None or not line.possible:
        return None
    return Score(*(Fraction(value, 10**digits) for value in (line.got, line.possible)), digits, _words(barred))


def _words(barred: str) -> tuple[str, ...]:
    return (barred,) if barred else ()


def _as_it_stands(kind: str, round: Round) -> Source:
    scores = _live(kind, round)
    said = "未定分，按现在的记录" if scores else "还没有结果"
    return Source(ROUND, f"{round.name} {said}", str(round.uuid), scores)


def _live(kind: str, round: Round) -> Scores:
    """The totals of a round nobody has frozen yet; empty where nothing is examined or it has no such subjects."""
    if round.state == Round.State.DRAFT or not visits_of(round).exists():
        return {}
    if kind == Composite.Kind.WHOLE:
        score = score_of(live.whole_of(round))
        return {WHOLE_ID: score} if score else {}
    if kind not in divisions.kinds_of(round):
        return {}
    barred = _barred(kind, round)
    rows = live.subject_rows(round, kind)
    scores = {row.subject_id: _scaled(row, compiled(round).digits, barred.get(row.subject_id, "")) for row in rows}
    return scores if any(scores.values()) else {}


def _barred(kind: str, round: Round) -> dict[int, str]:
    """Whom a veto takes out, in words: looked at only where the standard has vetoes."""
    if all(one.role != "veto" for one in compiled(round).criteria):
        return {}
    result = live.scored(round, visits_of(round))
    return {int(str(key)): one.barred for key, one in result.divided(divisions.by_place(round, kind)).items()}
