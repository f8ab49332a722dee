"""The kinds of rule. Adding one: a file in this folder with a `Rule` and its `compile_rule`, and a line here."""

from collections.abc import Mapping

from rulebook.scoring.kinds.bands import Bands
from rulebook.scoring.kinds.bands import compile_rule as bands
from rulebook.scoring.kinds.base import Compiler, Rule
from rulebook.scoring.kinds.capped_ratio import CappedRatio
from rulebook.scoring.kinds.capped_ratio import compile_rule as capped_ratio
from rulebook.scoring.kinds.checklist import Checklist
from rulebook.scoring.kinds.checklist import compile_rule as checklist
from rulebook.scoring.kinds.gate import Gate
from rulebook.scoring.kinds.gate import compile_rule as gate
from rulebook.scoring.kinds.pass_rate import PassRate
from rulebook.scoring.kinds.pass_rate import compile_rule as pass_rate
from rulebook.scoring.kinds.per_occurrence import PerOccurrence
from rulebook.scoring.kinds.per_occurrence import compile_rule as per_occurrence
from rulebook.scoring.kinds.per_step import PerStep
from rulebook.scoring.kinds.per_step import compile_rule as per_step

REGISTERED: tuple[tuple[type[Rule], Compiler], ...] = (
    (Checklist, checklist),
    (Bands, bands),
    (CappedRatio, capped_ratio),
    (PerOccurrence, per_occurrence),
    (Gate, gate),
    (PassRate, pass_rate),
    (PerStep, per_step),
)
KINDS: Mapping[str, Compiler] = {rule.name: compiler for rule, compiler in REGISTERED}
LABELS: Mapping[str, str] = {rule.name: rule.label for rule, _ in REGISTERED}
