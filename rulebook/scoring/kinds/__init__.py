"""The kinds of rule. Adding one: a file in this folder with a `Rule` and its `compile_rule`, and a line here."""

from collections.abc import Mapping

from rulebook.scoring.kinds.bands import Bands
from rulebook.scoring.kinds.bands import compile_rule as bands
from rulebook.scoring.kinds.base import Compiler, Rule
from rulebook.scoring.kinds.bonus import Bonus
from rulebook.scoring.kinds.bonus import compile_rule as bonus
from rulebook.scoring.kinds.capped_ratio import CappedRatio
from rulebook.scoring.kinds.capped_ratio import compile_rule as capped_ratio
from rulebook.scoring.kinds.checklist import Checklist
from rulebook.scoring.kinds.checklist import compile_rule as checklist
from rulebook.scoring.kinds.clean_places import CleanPlaces
from rulebook.scoring.kinds.clean_places import compile_rule as clean_places
from rulebook.scoring.kinds.completion import Completion
from rulebook.scoring.kinds.completion import compile_rule as completion
from rulebook.scoring.kinds.density import Density
from rulebook.scoring.kinds.density import compile_rule as density
from rulebook.scoring.kinds.gate import Gate
from rulebook.scoring.kinds.gate import compile_rule as gate
from rulebook.scoring.kinds.manual import Manual
from rulebook.scoring.kinds.manual import compile_rule as manual
from rulebook.scoring.kinds.metric import Metric
from rulebook.scoring.kinds.metric import compile_rule as metric
from rulebook.scoring.kinds.negative_list import NegativeList
from rulebook.scoring.kinds.negative_list import compile_rule as negative_list
from rulebook.scoring.kinds.pass_rate import PassRate
from rulebook.scoring.kinds.pass_rate import compile_rule as pass_rate
from rulebook.scoring.kinds.per_occurrence import PerOccurrence
from rulebook.scoring.kinds.per_occurrence import compile_rule as per_occurrence
from rulebook.scoring.kinds.per_step import PerStep
from rulebook.scoring.kinds.per_step import compile_rule as per_step
from rulebook.scoring.kinds.rate import Rate
from rulebook.scoring.kinds.rate import compile_rule as rate
from rulebook.scoring.kinds.scale import Scale
from rulebook.scoring.kinds.scale import compile_rule as scale
from rulebook.scoring.kinds.shortfall import Shortfall
from rulebook.scoring.kinds.shortfall import compile_rule as shortfall
from rulebook.scoring.kinds.survey import Survey
from rulebook.scoring.kinds.survey import compile_rule as survey
from rulebook.scoring.kinds.veto import Veto
from rulebook.scoring.kinds.veto import compile_rule as veto

REGISTERED: tuple[tuple[type[Rule], Compiler], ...] = (
    (Checklist, checklist),
    (Bands, bands),
    (CappedRatio, capped_ratio),
    (PerOccurrence, per_occurrence),
    (Gate, gate),
    (PassRate, pass_rate),
    (PerStep, per_step),
    (Shortfall, shortfall),
    (Density, density),
    (Rate, rate),
    (Completion, completion),
    (Survey, survey),
    (Scale, scale),
    (Manual, manual),
    (Metric, metric),
    (Bonus, bonus),
    (CleanPlaces, clean_places),
    (NegativeList, negative_list),
    (Veto, veto),
)
KINDS: Mapping[str, Compiler] = {rule.name: compiler for rule, compiler in REGISTERED}
LABELS: Mapping[str, str] = {rule.name: rule.label for rule, _ in REGISTERED}
ROLES: Mapping[str, frozenset[str]] = {rule.name: rule.roles for rule, _ in REGISTERED}
ENDLESS: Mapping[str, frozenset[str]] = {rule.name: rule.endless for rule, _ in REGISTERED}
