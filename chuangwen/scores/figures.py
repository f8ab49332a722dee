"""Registered numbers of a round's score: total, possible, rate, coverage, and each unit's score and rank."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.urls import reverse

from chuangwen.base.figures import Figure
from chuangwen.inspections.models import Round
from chuangwen.scores import live, queries
from chuangwen.scores.inputs import compiled
from rulebook import scoring

RATE_DIGITS = 2


def of_round(round: Round, *, as_of: date) -> dict[str, Figure]:
    """The whole round's figures by name; empty while nothing was examined."""
    total = live.whole_of(round).total
    if total.state != scoring.SCORED:
        return {}
    url = reverse("scores:round", args=[round.uuid])
    digits = total.digits
    rows = (
        (
            "score.total",
            "总得分",
            scoring.rounded(total.got, digits),
            digits,
            "分",
            f"按{round.version.label}计算，未测不计",
        ),
        ("score.possible", "应得分", scoring.rounded(total.possible, digits), digits, "分", "已测指标的满分合计"),
        ("score.rate", "得分率", scoring.rounded(total.rate * 100, RATE_DIGITS), RATE_DIGITS, "%", "总得分 ÷ 应得分"),
        (
            "score.coverage",
            "测评覆盖率",
            scoring.rounded(total.coverage * 100, RATE_DIGITS),
            RATE_DIGITS,
            "%",
            "已测的（点位、标准）÷ 应测的（点位、标准），缺项不计",
        ),
    )
    return {
        name: Figure(name, label, value, scoring.shown(value, scale), unit, definition, url, as_of)
        for name, label, value, scale, unit, definition in rows
    }


@dataclass(frozen=True)
class UnitFigures:
    """One unit in the ranking, its numbers registered; no score = not examined, no rank = with the reason."""

    unit_id: int
    name: str
    score: Figure | None
    rate: Figure | None
    rank: Figure | None
    gap: Figure | None  # to the one above; none for the first
    tied: bool
    remark: str


def of_units(round: Round, *, as_of: date) -> list[UnitFigures]:
    """Every unit of the round in the order of the ranking."""
    digits = compiled(round).digits
    return [_unit_figures(round, row, digits, as_of) for row in queries.ranking(round)]


def _unit_figures(round: Round, row: queries.Ranked, digits: int, as_of: date) -> UnitFigures:
    url = f"{reverse('scores:round', args=[round.uuid])}?unit={row.subject_id}"

    def figure(name: str, label: str, value: int | None, scale: int, unit: str, definition: str) -> Figure | None:
        if value is None:
            return None
        text, key = scoring.shown(value, scale), f"{name}.u{row.subject_id}"
        return Figure(key, f"{row.name}{label}", value, text, unit, definition, url, as_of)

    share = Fraction(row.got_value, row.possible_value) if row.got_value is not None and row.possible_value else None
    rate = None if share is None else scoring.rounded(share * 100, RATE_DIGITS)
    return UnitFigures(
        unit_id=row.subject_id,
        name=row.name,
        score=figure("score", "得分", row.got_value, digits, "分", "本单位各点位的得分"),
        rate=figure("rate", "得分率", rate, RATE_DIGITS, "%", "单位得分 ÷ 单位应得分"),
        rank=figure("rank", "名次", row.rank, 0, "名", "按公布的单位得分由高到低，同分并列"),
        gap=figure("gap", "与上一名差距", row.above_value, digits, "分", "上一名单位得分 − 本单位得分"),
        tied=row.tied,
        remark=row.remark,
    )
