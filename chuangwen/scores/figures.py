"""Registered numbers of a round's score: total, possible, rate, coverage, and each unit's score and rank."""

from dataclasses import dataclass
from datetime import date

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
    rank: Figure | None
    above: str
    tied: bool
    remark: str


def of_units(round: Round, *, as_of: date) -> list[UnitFigures]:
    """Every unit of the round in the order of the ranking."""
    base, digits = reverse("scores:round", args=[round.uuid]), compiled(round).digits
    found = []
    for row in queries.ranking(round):
        url = f"{base}?unit={row.subject_id}"
        score = rank = None
        if row.got_value is not None:
            text = scoring.shown(row.got_value, digits)
            words = f"{row.name}各点位的得分"
            score = Figure(f"score.u{row.subject_id}", "单位得分", row.got_value, text, "分", words, url, as_of)
        if row.rank is not None:
            words = "按公布的单位得分由高到低，同分并列"
            rank = Figure(f"rank.u{row.subject_id}", "名次", row.rank, str(row.rank), "名", words, url, as_of)
        found.append(UnitFigures(row.subject_id, row.name, score, rank, row.above, row.tied, row.remark))
    return found
