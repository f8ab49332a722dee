"""The contexts of the forecast's pages: what is asked, and what came of it in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chuangwen.inspections.models import Round
from chuangwen.scores.histogram import Picture, picture
from chuangwen.scores.inputs import compiled
from chuangwen.scores.models import Forecast
from chuangwen.standards.checklists import types_of
from rulebook import scoring
from rulebook.forecast import ASSUMED

MOST = 15  # criteria named
GENERAL = ("drawn_like_ours", "same_eyes", "nothing_rectified")
UNSURE = {
    "few_seen": "看得少，推想不准",
    "one_seen": "只看过 1 处，它的起伏没有算到",
    "all_drawn": "全部都测",
    "as_seen": "不在抽取之列，照看到的计",
}
BETWEEN = {"quarters": ("25", "75"), "tenths": ("10", "90"), "twentieths": ("2.5", "97.5")}


@dataclass(frozen=True)
class Kind:
    """A type of place: what is drawn of it, what it may cost and bring, and what is unsure about it."""

    name: str
    population: int
    seen: int
    drawn: int
    gain: str
    share: str
    unsure: str


@dataclass(frozen=True)
class Line:
    """A criterion or indicator: its expected rate and loss, and its share of the ups and downs."""

    key: str
    label: str
    name: str
    is_criterion: bool
    rate: str
    loss: str
    share: str


def percent(share: float) -> str:
    """A share for people: whole per cents, the ends never quite reached by simulation."""
    if 0 < share < 0.01:
        return "不到 1%"
    if 0.99 < share < 1:
        return "99% 以上"
    return f"{100 * share:.0f}%"


def forecast_page(row: Forecast) -> dict[str, Any]:
    """A forecast with its numbers in words; only how far it is while it is worked out."""
    page: dict[str, Any] = {"forecast": row, "round": row.round, "percent_done": round(100 * row.share)}
    if row.state != Forecast.State.DONE:
        return page
    found, standard = row.outcome, compiled(row.round)
    names = dict(types_of(row.round.version).values_list("code", "name"))
    reach = found["reach"][0][1] if found["reach"] else None
    return page | {
        "found": found,
        "mean": f"{found['mean']:.{standard.digits}f}",
        "between": {key: tuple(_score(found, each, standard) for each in ends) for key, ends in BETWEEN.items()},
        "reach": None if reach is None else _chance(reach),
        "unscored": percent(found["unscored"]) if found["unscored"] else "",
        "picture": _picture(row),
        "kinds": _kinds(found, names),
        "lines": _lines(found, standard),
        "general": [ASSUMED[code] for code in GENERAL],
        "not_counted": _not_counted(found, names),
        "left_out": [(standard.criteria[standard.number[key]], why) for key, why in found["left_out"]],
        "hows": _hows(found, standard),
        "across": percent(found["across"][0]) if found["across"][0] >= 0.005 else "",
    }


def _chance(share: float) -> str:
    """The chance to reach a score, as simulated draws show it."""
    return {0.0: "没有一次抽得到", 1.0: "每次抽取都达到"}.get(share, f"可能是 {percent(share)}")


def _score(found: Mapping[str, Any], each: str, standard: scoring.Standard) -> str:
    return scoring.shown(found["quantiles"][each], standard.digits)


def _picture(row: Forecast) -> Picture:
    found, scale = row.outcome, 10 ** compiled(row.round).digits
    bars = [(float(Fraction(low)), float(Fraction(high)), draws) for low, high, draws in found["bars"]]
    likely = found["quantiles"]["10"] / scale, found["quantiles"]["90"] / scale
    wanted = row.wanted
    return picture(bars, found["mean"], likely, None if wanted is None else float(wanted))


def _kinds(found: Mapping[str, Any], names: Mapping[str, str]) -> list[Kind]:
    """Types by how much of the ups and downs comes from them; beside each what is unsure."""
    unsure = {kind: UNSURE[code] for code, kind, _, _ in found["assumed"] if code in UNSURE}
    return [
        Kind(
            name=names.get(key, key),
            population=population,
            seen=seen,
            drawn=drawn,
            gain=_points(gain),
            share=percent(variance),
            unsure=unsure.get(key, ""),
        )
        for key, seen, population, drawn, variance, _, gain in found["kinds"]
    ]


def _lines(found: Mapping[str, Any], standard: scoring.Standard) -> list[Line]:
    by_key = {line.key: line for line in standard.lines}
    rows = [(by_key[key], rate, loss, share) for key, rate, loss, share in found["criteria"] if key in by_key][:MOST]
    return [_line(*row) for row in rows]


def _line(line: scoring.Node | scoring.Criterion, rate: float, loss: float, share: float) -> Line:
    is_criterion = isinstance(line, scoring.Criterion)
    name = line.text if isinstance(line, scoring.Criterion) else line.name
    return Line(line.key, line.label, name, is_criterion, percent(rate), _points(loss), percent(max(share, 0)))


def _points(value: float) -> str:
    return f"{max(value, 0):.2f}"


def _not_counted(found: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, list[str]]:
    """Types of which nothing is reckoned, by the reason: never looked at, or not drawn."""
    kept: dict[str, list[str]] = {"none_seen": [], "not_drawn": []}
    for code, kind, _, _ in found["assumed"]:
        if code in kept:
            kept[code].append(names.get(kind, kind))
    return kept


def _hows(found: Mapping[str, Any], standard: scoring.Standard) -> list[tuple[str, str]]:
    """What is reckoned by simulated draws, and why: criteria and indicators by their names."""
    by_key = {line.key: line for line in standard.lines}
    rows: Sequence[tuple[str, str]] = found["hows"]
    return [
        ("总得分" if key == scoring.TOTAL else (by_key[key].label or by_key[key].name), said)
        for key, said in rows
        if key in by_key or key == scoring.TOTAL
    ]


def earlier(round: Round) -> list[tuple[Forecast, str]]:
    """The forecasts made of a round, newest first, with the mean."""
    rows = Forecast.objects.filter(round=round).select_related("asked_by").order_by("-pk")[:20]
    digits = compiled(round).digits
    return [(row, f"{row.outcome['mean']:.{digits}f}" if row.outcome else "") for row in rows]
