"""What a circular says of its round: places drawn and examined, scores and ranks."""

from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Max
from django.utils import timezone

from chuangwen.base.figures import Figure
from chuangwen.documents.figures.section import Section
from chuangwen.inspections import figures as inspections
from chuangwen.inspections.models import Round, Visit
from chuangwen.organisations.models import Person
from chuangwen.scores import figures as scores
from rulebook import scoring

PRINTED = ("inspections.places", "inspections.submitted", "inspections.examined")
RATE_DIGITS = 1


def round_section(person: Person, round: Round, *, as_of: date) -> Section:
    """Places drawn, examined, coverage, records; the units looked at."""
    known = {figure.name: figure for figure in inspections.of_round(person, round)}
    drawn, examined = known["inspections.places"], known["inspections.submitted"]
    units = round.visits.filter(state=Visit.State.SUBMITTED).values("unit_id").distinct().count()
    figures = [
        _units(units, examined),
        *(known[name] for name in PRINTED),
        _coverage(drawn, examined),
    ]
    facts = {
        "name": round.name,
        "kind": round.get_kind_display(),
        "first_day": round.starts_on.isoformat(),
        "last_day": last_day(round).isoformat(),
    }
    return Section("round", facts, figures)


def _units(number: int, examined: Figure) -> Figure:
    words, rows = "已交的点位所属的责任单位，没有测到的不算", examined.records_url
    return Figure("round.units", "测到的责任单位", number, str(number), "个", words, rows, examined.as_of)


def last_day(round: Round) -> date:
    """The day of the last look, where the round was over before its planned end; otherwise the planned end."""
    sent = round.visits.filter(state=Visit.State.SUBMITTED).aggregate(last=Max("submitted_at"))["last"]
    if sent is None:
        return round.ends_on
    return max(round.starts_on, min(round.ends_on, timezone.localdate(sent)))


def _coverage(drawn: Figure, examined: Figure) -> Figure:
    share = Fraction(examined.value or 0, drawn.value or 1) * 100
    value = scoring.rounded(share, RATE_DIGITS)
    return Figure(
        name="round.coverage",
        label="点位覆盖率",
        value=value,
        text=scoring.shown(value, RATE_DIGITS),
        unit="%",
        definition=f"已交的点位 {examined.text} ÷ 本轮点位 {drawn.text}",
        records_url=drawn.records_url,
        as_of=drawn.as_of,
    )


def score_section(round: Round, *, as_of: date) -> Section:
    """Total, change against the round before, and the table of ranks; nothing where nothing was examined."""
    total = scores.of_round(round, as_of=as_of)
    if not total:
        return Section("score", {})
    figures = [total[name] for name in ("score.total", "score.possible", "score.rate")]
    change = _change(round, total["score.total"], as_of)
    rows, ranked = [], []
    for unit in scores.of_units(round, as_of=as_of):
        cells = {"rank": unit.rank, "score": unit.score, "rate": unit.rate, "gap": unit.gap}
        rows.append(_ranked(unit, cells))
        ranked += [figure for figure in cells.values() if figure]
    facts: dict[str, Any] = {"ranking": rows}
    if change:
        figures.append(change)
        facts["rose"] = (change.value or 0) >= 0
    return Section("score", facts, figures + ranked)


def _ranked(unit: scores.UnitFigures, cells: dict[str, Figure | None]) -> dict[str, Any]:
    names = {key: figure.name if figure else None for key, figure in cells.items()}
    return {**names, "unit": unit.name, "tied": unit.tied, "remark": unit.remark}


def _types_examined(round: Round) -> frozenset[int]:
    rows = round.visits.filter(state__in=(Visit.State.SUBMITTED, Visit.State.ENTERED)).order_by()
    return frozenset(rows.values_list("place_type_id", flat=True).distinct())


def _change(round: Round, total: Figure, as_of: date) -> Figure | None:
    """Against the last round that is its like; None when there is none to compare with.

    Its like: of the same kind, by the same standard version, at the same types of place. Three places beside a mock
    assessment of a whole county make a difference, but no rise.
    """
    earlier = Round.objects.filter(
        jurisdiction_id=round.jurisdiction_id, version_id=round.version_id, kind=round.kind, ends_on__lt=round.starts_on
    )
    rows = earlier.exclude(state=Round.State.DRAFT).select_related("version").order_by("-ends_on", "-id")
    types = _types_examined(round)
    before = next((row for row in rows if _types_examined(row) == types), None)
    known = scores.of_round(before, as_of=as_of).get("score.total") if before else None
    if known is None or known.value is None or total.value is None:
        return None
    digits = len(total.text.partition(".")[2])
    return Figure(
        name="score.change",
        label="比上轮同类检查",
        value=total.value - known.value,
        text=scoring.shown(abs(total.value - known.value), digits),
        unit="分",
        definition=f"本轮 {total.text} − {before.name} {known.text}，取差数；上轮是同类的检查，点位类型也相同",
        records_url=known.records_url,
        as_of=as_of,
    )
