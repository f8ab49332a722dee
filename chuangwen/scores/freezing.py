"""When a round can be frozen; and its result as lines to keep: the whole, units, place types, with rank and reason."""

from collections.abc import Iterator

from chuangwen.base.errors import Refused
from chuangwen.inspections.models import NotApplicable, Round
from chuangwen.inspections.queries import governs
from chuangwen.organisations.models import Person
from chuangwen.scores import divisions
from chuangwen.scores.models import Line, Run
from rulebook import scoring
from rulebook.scoring.result import SubjectResult


def may_freeze(actor: Person, round: Round, reason: str) -> None:
    """Refused, with why, when the round cannot be frozen now."""
    if not governs(actor, round):
        raise Refused("这一轮不归本办管，由办这一轮的创建办定分。")
    if round.state not in (Round.State.CLOSED, Round.State.RELEASED):
        raise Refused(f"本轮现在是“{round.get_state_display()}”。先结束本轮，再定分。")
    waiting = NotApplicable.objects.filter(answer__round=round, state=NotApplicable.State.ASKED).count()
    if waiting:
        raise Refused(f"还有 {waiting} 项缺项没有裁定。先在轮次页裁定，再定分。")
    if not reason and Run.objects.filter(round=round).exists():
        raise Refused("本轮已定过分。再定一次要写明原因。", field="reason")


def lines_of(run: Run, result: scoring.Result) -> list[Line]:
    """Every line of a result in reading order; units and the standard's own subjects are ranked by their totals."""
    found = list(_subject(run, "whole", 0, result.whole))
    ranks = ranks_of(result.standard, {key: subject.total for key, subject in result.units.items()})
    for key, subject in result.units.items():
        found += _subject(run, "unit", int(str(key)), subject, ranks[key].rank)
    if own := divisions.own_kind(run.round):
        found += _own_subjects(run, own, result)
    codes = {code: number for number, code in enumerate(sorted(result.place_types))}
    for code, subject in result.place_types.items():
        found += _subject(run, "type", codes[code], subject)
    for position, line in enumerate(found):
        line.position = position
    return found


def _own_subjects(run: Run, kind: str, result: scoring.Result) -> Iterator[Line]:
    """Places or regions the standard judges: total and indicators; there may be thousands, their criteria are left."""
    parts = result.divided(divisions.by_place(run.round, kind))
    ranks = ranks_of(result.standard, {key: subject.total for key, subject in parts.items()})
    for key, subject in parts.items():
        lines = _subject(run, kind, int(str(key)), subject, ranks[key].rank)
        yield from (line for line in lines if line.node_key not in result.standard.number)


def ranks_of(standard: scoring.Standard, totals: dict[object, scoring.Line]) -> dict[object, object]:
    """The rank of every unit by published total; ties share the better rank, too little coverage has none."""
    entries = [scoring.Entry(key, line.published_got, line.coverage) for key, line in totals.items()]
    return {place.key: place for place in scoring.rank(entries, least_coverage=standard.least_coverage)}


def _subject(run: Run, kind: str, key: int, subject: SubjectResult, rank: int | None = None) -> Iterator[Line]:
    for line in subject.lines.values():
        yield Line(
            run=run,
            subject_kind=kind,
            subject_id=key,
            node_key="" if line.key == scoring.TOTAL else line.key,
            got=line.published_got,
            possible=line.published_possible,
            lost=line.published_lost,
            examined=line.examined,
            expected=line.expected,
            rank=rank if line.key == scoring.TOTAL else None,
            reason=_reason(subject, line),
        )


def _reason(subject: SubjectResult, line: scoring.Line) -> dict[str, object]:
    """Why a criterion lost points, as data; the sum and the places behind it. Empty where nothing was lost.

    Of the total: what bars the subject (a veto).
    """
    if line.key == scoring.TOTAL and subject.barred:
        return {"barred": subject.barred}
    if line.kind != "criterion" or not line.lost:
        return {"state": line.state} if line.state != scoring.SCORED else {}
    why = scoring.reason(subject, line.key)
    return {
        "rules": list(why.rules),
        "lines": [[row.text, row.shown] for row in why.lines],
        "sentences": list(why.sentences),
        "places": {str(key): str(lost) for key, lost in scoring.place_losses(subject, line.key).items() if lost},
    }
