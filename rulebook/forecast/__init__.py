"""Forecast 预测 of a formal assessment: which scores the assessors may come to, from what we saw ourselves.

    plan = {"road": Stratum(population=40, drawn=3), ...}      # how many there are of each type, how many they draw
    found = forecast(standard, sums, plan, lines=[Fraction(85)])
    found.mean  found.deviation  found.quantiles  found.reach  found.bars  found.kinds  found.criteria  found.hows

Must not know where the sums come from. Method, formulas and assumptions: docs/decisions/0042-forecast.md.
"""

from rulebook.forecast.assumptions import ASSUMED, REASONS, Assumption, How
from rulebook.forecast.effort import TooLong
from rulebook.forecast.exact import Exact, Moments
from rulebook.forecast.forecasting import Bar, Forecast, Reach, forecast
from rulebook.forecast.ground import Stratum
from rulebook.forecast.shares import Across, CriterionShare, KindShare

__all__ = [
    "ASSUMED",
    "REASONS",
    "Across",
    "Assumption",
    "Bar",
    "CriterionShare",
    "Exact",
    "Forecast",
    "How",
    "KindShare",
    "Moments",
    "Reach",
    "Stratum",
    "TooLong",
    "forecast",
]
