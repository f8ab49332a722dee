"""Registered numbers of a round's score: total, possible, rate, coverage, and each unit's score and rank.

Papers print them: they come from the latest frozen run, so that what is announced is what was frozen.
"""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.urls import reverse
from django.utils import timezone

from chuangwen.base.figures import Figure
from chuangwen.base.templatetags.words import day
from chuangwen.inspections.models import Round
from chuangwen.scores import live, queries
from chuangwen.scores.inputs import compiled
from chuangwen.scores.models import Run
from rulebook import scoring

RATE_DIGITS = 2


@dataclass(frozen=True)
class Source:
    """Where the numbers come from: the latest frozen run 定分, or the records as they stand while none is frozen."""

    run: Run | None
    url: str
    said: str
    as_of: date

    @classmethod
    def of(cls, round: Round, as_of: date) -> "Source":
        run = queries.latest_run(round)
        if run is None:
            return cls(None, reverse("scores:round", args=[round.uuid]), "还没有定分，按现在的记录算", as_of)
        on = timezone.localdate(run.as_of)
        return cls(run, reverse("scores:run", args=[run.uuid]), f"取自{day(on)}第 {run.number} 次定分", on)

    def figure(self, name: str, label: str, value: int, scale: int, unit: str, definition: str) -> Figure:
        text = scoring.shown(value, scale)
        return Figure(name, label, value, text, unit, f"{definition}；{self.said}", self.url, self.as_of)


def of_round(round: Round, *, as_of: date) -> dict[str, Figure]:
    """The whole round's figures by name; empty while nothing was examined."""
    source = Source.of(round, as_of)
    if source.run:
        line, digits = queries.run_total(source.run), source.run.digits
        got, possible = source.run.got, source.run.possible
        rate = Fraction(got, possible) if possible else Fraction(1)
        coverage = Fraction(line.examined, line.expected) if line.expected else Fraction(1)
    else:
        total = live.whole_of(round).total
        if total.state != scoring.SCORED:
            return {}
        digits, rate, coverage = total.digits, total.rate, total.coverage
        got, possible = scoring.rounded(total.got, digits), scoring.rounded(total.possible, digits)
    rows = (
        ("score.total", "总得分", got, digits, "分", f"按{round.version.label}计算，未测不计"),
        ("score.possible", "应得分", possible, digits, "分", "已测指标的满分合计"),
        ("score.rate", "得分率", scoring.rounded(rate * 100, RATE_DIGITS), RATE_DIGITS, "%", "总得分 ÷ 应得分"),
        (
            "score.coverage",
            "测评覆盖率",
            scoring.rounded(coverage * 100, RATE_DIGITS),
            RATE_DIGITS,
            "%",
            "已测的（点位、标准）÷ 应测的（点位、标准），缺项不计",
        ),
    )
    return {row[0]: source.figure(*row) for row in rows}


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
    source = Source.of(round, as_of)
    ranks = queries.kept_ranking(source.run) if source.run else queries.ranking(round)
    return [_unit_figures(row, compiled(round).digits, source) for row in ranks]


def _unit_figures(row: queries.Ranked, digits: int, source: Source) -> UnitFigures:
    if source.run is None:
        source = replace(source, url=f"{source.url}?unit={row.subject_id}")

    def figure(name: str, label: str, value: int | None, scale: int, unit: str, definition: str) -> Figure | None:
        if value is None:
            return None
        return source.figure(f"{name}.u{row.subject_id}", f"{row.name}{label}", value, scale, unit, definition)

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
