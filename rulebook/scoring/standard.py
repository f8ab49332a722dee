"""A compiled standard 测评体系: a frozen tree of nodes and criteria, found by key, with the hash of its content."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rulebook.scoring.kinds.base import MARK, MEASURE, NUMBER, OCCURRENCES, PAIR, Ask, Rule
from rulebook.scoring.subjects import ANYWHERE, ITSELF, division_of, label_of

TOTAL = "total"
FORMS = (MARK, OCCURRENCES, NUMBER, MEASURE, PAIR)  # from what asks least to what asks most
VOICE = 1000  # an answer of assessor number a has its ordinal + VOICE × a


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A criterion 测评标准: its rules, and how they combine into one rate of its points.

    With a role (bonus, deduction, veto) it stands outside the points: `points` is then its cap, 0 for none.
    """

    key: str
    label: str
    text: str
    method: str
    place_types: tuple[str, ...]
    points: Fraction
    weight: Fraction
    rules: tuple[Rule, ...]
    combine: str  # sum, min or product of the rules
    level: int
    role: str = ""
    to: str = ""  # of a role: total or parent
    precedence: tuple[str, ...] = ()  # methods of the rules, the strongest first
    assessors: tuple[int, ...] = (0,)  # numbers of those who assess it

    @cached_property
    def ordinals(self) -> tuple[int, ...]:
        """Return every ordinal its answers may have."""
        own = sorted({ordinal for rule in self.rules for ordinal in rule.ordinals})
        return tuple(VOICE * assessor + ordinal for assessor in self.assessors for ordinal in own)

    def concerns(self, place_type: str) -> bool:
        """Say whether it is examined at places of a type; where it names none, at all but units themselves 单位本身."""
        named = self.place_types or (ANYWHERE,)
        return place_type in named or (ANYWHERE in named and place_type != ITSELF)

    def readers(self, ordinal: int) -> tuple[Rule, ...]:
        """Return the rules that read an ordinal, whoever assessed."""
        return tuple(rule for rule in self.rules if ordinal % VOICE in rule.ordinals)

    def rule_of(self, ordinal: int) -> Rule:
        """Return the first rule that reads an ordinal."""
        return self.readers(ordinal)[0]

    def asks(self) -> tuple[Ask, ...]:
        """Return what is entered at a place, for each ordinal; of several rules that read one, what asks the most."""
        found: dict[int, Ask] = {}
        for ask in (ask for rule in self.rules if not rule.derived for ask in rule.asks()):
            former = found.setdefault(ask.ordinal, ask)
            found[ask.ordinal] = max(former, ask, key=lambda one: FORMS.index(one.form))
        return tuple(found[ordinal] for ordinal in sorted(found))

    def amount(self, rate: Fraction) -> Fraction:
        """Return what a bonus or deduction comes to, in points and at most its cap."""
        rule = self.rules[0]
        found = rule.frame.points * abs(rule.origin - rate)
        return min(found, self.points) if rule.frame.capped else found


@dataclass(frozen=True, kw_only=True)
class Node:
    """A node 指标 of the tree; `points` is what it is worth in full, `weight` its share in the node above."""

    key: str
    label: str
    name: str
    points: Fraction
    weight: Fraction
    children: "tuple[Node | Criterion, ...]"
    level: int

    @cached_property
    def base(self) -> bool:
        """Say whether its points are given at the start, only bonuses and deductions standing below."""
        return bool(self.points) and all(is_outside(child) for child in self.children)

    @cached_property
    def outside(self) -> bool:
        """Say whether it only groups what stands outside the points."""
        return not self.points and all(is_outside(child) for child in self.children)

    def walk(self) -> "Iterator[Node | Criterion]":
        """Yield this node and all below it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()
            else:
                yield child


def is_outside(line: Node | Criterion) -> bool:
    """Say whether a line stands outside the points."""
    return line.outside if isinstance(line, Node) else bool(line.role)


@dataclass(frozen=True, kw_only=True, eq=False)
class Standard:
    """Everything a score depends on besides the answers; equal and hashed by its content."""

    key: str
    title: str
    digits: int
    publish_levels: tuple[str, ...]  # empty: every level
    na_policy: str
    untested: str  # renormalise or leave_out
    least_coverage: Fraction
    floor: Fraction
    place_types: Mapping[str, tuple[str, Fraction]]  # label, weight
    methods: Mapping[str, tuple[str, Fraction | None]]  # label, weight
    assessors: Mapping[str, tuple[str, Fraction]]  # label, weight; an answer names one by its number here
    assessors_combine: str  # criterion or total
    districts: Mapping[str, tuple[str, Fraction]]  # label, weight
    bonus_cap: Fraction | None
    subject: str  # which kind it judges (subjects.SUBJECTS); empty: units
    divide_by: str  # how a round is divided into them; empty: as the kind usually is
    root: Node
    content_hash: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Standard) and self.content_hash == other.content_hash

    def __hash__(self) -> int:
        return hash(self.content_hash)

    @cached_property
    def lines(self) -> tuple[Node | Criterion, ...]:
        """Return root, nodes and criteria in reading order."""
        return tuple(self.root.walk())

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria in reading order: their position is their number in every column."""
        return tuple(line for line in self.lines if isinstance(line, Criterion))

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Return the number of each criterion by key."""
        return {criterion.key: i for i, criterion in enumerate(self.criteria)}

    @cached_property
    def clean(self) -> tuple[int, ...]:
        """Return the numbers of the criteria that count clean places."""
        return tuple(i for i, one in enumerate(self.criteria) if one.rules[0].name == "clean_places")

    @cached_property
    def type_weights(self) -> Mapping[str, Fraction]:
        """Return the weight of each place type that is named."""
        return {kind: weight for kind, (_, weight) in self.place_types.items()}

    @cached_property
    def slots(self) -> tuple[tuple[int, int], ...]:
        """Return every (criterion number, ordinal) that can be answered, in order."""
        return tuple((i, ordinal) for i, criterion in enumerate(self.criteria) for ordinal in criterion.ordinals)

    @cached_property
    def slot_of(self) -> Mapping[tuple[int, int], int]:
        """Return the row of the sums of each (criterion number, ordinal)."""
        return {pair: slot for slot, pair in enumerate(self.slots)}

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """Return the key of the node above each line."""
        return {child.key: line.key for line in self.lines if isinstance(line, Node) for child in line.children}

    @cached_property
    def factors(self) -> Mapping[str, Fraction]:
        """Return weight ÷ points of each line where they differ: its points become its part of the node above."""
        lines = (line for line in self.lines if line.points and line.weight != line.points)
        return {line.key: line.weight / line.points for line in lines}

    @cached_property
    def entangled(self) -> bool:
        """Say whether one answer may change the score otherwise than through its own criterion and those above it."""
        vetoed = any(one.role == "veto" for one in self.criteria)
        return bool(self.clean or self.districts or self.assessors or vetoed)

    @property
    def division(self) -> str:
        """Return what a round is divided by into subjects: whole, unit, place or region."""
        return division_of(self.subject, self.divide_by)

    @property
    def subject_label(self) -> str:
        """Return what people call one of its subjects, such as 窗口."""
        return label_of(self.subject, self.divide_by)

    @property
    def weighs_methods(self) -> bool:
        """Say whether the total is formed by method, with weights."""
        return any(weight is not None for _, weight in self.methods.values())

    @property
    def weighs_assessors(self) -> bool:
        """Say whether the total is formed by assessor."""
        return bool(self.assessors) and self.assessors_combine == TOTAL

    def publishes(self, line: Node | Criterion) -> bool:
        """Say whether a line's level has published, that is rounded, values."""
        name = "criterion" if isinstance(line, Criterion) else str(line.level)
        return not self.publish_levels or name in self.publish_levels
