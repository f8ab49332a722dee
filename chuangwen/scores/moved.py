"""What moves when some problems are put right: the total, and the ranks of units with their gaps."""

from collections.abc import Sequence
from dataclasses import dataclass

from chuangwen.organisations.models import Organisation
from chuangwen.scores import live, queries
from chuangwen.scores.first import Look, Opened, Said
from chuangwen.scores.inputs import compiled, visits_of
from rulebook import scoring


@dataclass(frozen=True)
class UnitMove:
    """A unit before and after, in words."""

    unit_id: int
    name: str
    got: tuple[str, str]
    rank: tuple[str, str]
    above: tuple[str, str]  # how far behind the one above
    is_mended: bool  # some of the problems are its own; else the others moved around it

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        return self.got, self.rank, self.above


@dataclass(frozen=True)
class Moved:
    """The total before and after, its gain, and the units whose score, rank or gap moves."""

    problems: int
    before: str
    after: str
    gain: Said
    is_nothing: bool
    units: Sequence[UnitMove]


def moved(look: Look, picked: Sequence[Opened]) -> Moved:
    """Put these problems right and see; with none picked, how things stand."""
    records = [row.record for row in picked]
    subject = look.subject(row.answer.criterion.key for row in picked)
    after = scoring.put_right(subject, records).total if records else subject.total
    gain = after.got - subject.total.got
    published = (after.published_got or 0) - (subject.total.published_got or 0)
    return Moved(
        problems=len(picked),
        before=subject.total.shown_got,
        after=after.shown_got,
        gain=look.said(gain, published),
        is_nothing=gain == 0,
        units=_units(look, picked),
    )


def _units(look: Look, picked: Sequence[Opened]) -> list[UnitMove]:
    """Units that move; whoever does not see the whole round sees only the own ones move."""
    mended = {row.answer.visit.unit_id for row in picked}
    if not mended:
        return []
    entries = queries.entries_of(live.subject_rows(look.round, "unit"))
    results = live.scored(look.round, visits_of(look.round).filter(unit_id__in=mended)).units
    standard = compiled(look.round)
    moves = scoring.moves(entries, results, [row.record for row in picked], least_coverage=standard.least_coverage)
    own = {unit.pk for unit in look.choices}
    shown = [move for move in moves if look.whole or move.key in own]
    names = Organisation.objects.in_bulk([move.key for move in shown])
    found = [_unit(move, str(names[move.key]), look.digits, move.key in mended) for move in shown]
    return sorted(found, key=lambda one: not one.is_mended)


def _unit(move: scoring.Move, name: str, digits: int, is_mended: bool) -> UnitMove:
    pair = (move.before, move.after)

    def text(value: int | None) -> str:
        return "" if value is None else scoring.shown(value, digits)

    return UnitMove(
        unit_id=int(str(move.key)),
        name=name,
        got=tuple(text(place.score) or "未测" for place in pair),
        rank=tuple(f"{place.rank}{'（并列）' if place.tied else ''}" if place.rank else "不排" for place in pair),
        above=tuple(text(place.above) for place in pair),
        is_mended=is_mended,
    )
