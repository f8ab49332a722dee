"""A result as lines to keep: the whole, every unit and every place type, with rank and reason."""

from collections.abc import Iterator

from chuangwen.scores.models import Line, Run
from rulebook import scoring
from rulebook.scoring.result import SubjectResult


def lines_of(run: Run, result: scoring.Result) -> list[Line]:
    """Every line of a result in reading order; ranks stand on the totals of units."""
    found = list(_subject(run, "whole", 0, result.whole))
    ranks = ranks_of(result.standard, {key: subject.total for key, subject in result.units.items()})
    for key, subject in result.units.items():
        found += _subject(run, "unit", int(str(key)), subject, ranks[key].rank)
    codes = {code: number for number, code in enumerate(sorted(result.place_types))}
    for code, subject in result.place_types.items():
        found += _subject(run, "type", codes[code], subject)
    for position, line in enumerate(found):
        line.position = position
    return found


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
    """Why a criterion lost points, as data; the sum and the places behind it. Empty where nothing was lost."""
    if line.kind != "criterion" or not line.lost:
        return {"state": line.state} if line.state != scoring.SCORED else {}
    why = scoring.reason(subject, line.key)
    return {
        "rules": list(why.rules),
        "lines": [[row.text, row.shown] for row in why.lines],
        "sentences": list(why.sentences),
        "places": {str(key): str(lost) for key, lost in scoring.place_losses(subject, line.key).items() if lost},
    }
