"""Rolling criteria up the tree: weights over what was examined, not applicable, gates, methods, floor."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from rulebook.scoring.exact import rounded, shown, total
from rulebook.scoring.outcomes import Outcome
from rulebook.scoring.standard import Criterion, Node, Standard

SCORED, ABSENT, UNTESTED = "scored", "not_applicable", "not_examined"
STATE_WORDS: Mapping[str, str] = {SCORED: "", ABSENT: "缺项", UNTESTED: "未测"}
NOTHING = Fraction(0)
EMPTY: Mapping[str, Fraction] = MappingProxyType({})
VETO_WORDS: Mapping[bool, str] = {True: "否决", False: "无"}


class Line(NamedTuple):
    """One line of a result. `got` and `possible` are exact and 0 unless the state is scored.

    `counted` holds the weight each child counted with (empty below a closed gate). `bonus` is the part of `got` that
    stands above the points, `taken` what deductions took from this very line; a line with a role has nothing possible
    and a signed `got`: possible − lost + bonus = got. A tuple, because a total makes one for every criterion: a frozen
    dataclass takes five times as long.
    """

    key: str
    label: str
    name: str
    kind: str  # node, criterion
    level: int
    state: str
    full: Fraction
    got: Fraction
    possible: Fraction
    examined: int
    expected: int
    digits: int
    published: bool
    zeroed_by: tuple[str, ...] = ()
    counted: Mapping[str, Fraction] = EMPTY
    role: str = ""  # bonus, deduction, veto, or group: a node of nothing but such
    bonus: Fraction = NOTHING
    taken: Fraction = NOTHING
    barred: bool = False

    @property
    def lost(self) -> Fraction:
        """Return what was lost, deductions included, exactly."""
        return self.possible + self.bonus - self.got

    @property
    def rate(self) -> Fraction:
        """Return the part of the possible points that was got."""
        return self.got / self.possible if self.possible else Fraction(1)

    @property
    def published_got(self) -> int | None:
        """Return the published score × 10^digits; None where there is none or its level is not published."""
        return rounded(self.got, self.digits) if self.published and self.state == SCORED else None

    @property
    def published_possible(self) -> int | None:
        """Return the published possible points × 10^digits."""
        return rounded(self.possible, self.digits) if self.published and self.state == SCORED else None

    @property
    def published_bonus(self) -> int | None:
        """Return the published bonus × 10^digits."""
        return rounded(self.bonus, self.digits) if self.published and self.state == SCORED else None

    @property
    def published_lost(self) -> int | None:
        """Return published possible + bonus − score, so that the four add up as shown."""
        got, possible, bonus = self.published_got, self.published_possible, self.published_bonus
        return None if got is None or possible is None or bonus is None else possible + bonus - got

    @property
    def shown_got(self) -> str:
        """Write the score with its declared places, or 未测, 缺项; a bonus with its sign; a veto in a word."""
        if self.role == "veto" and self.state == SCORED:
            return VETO_WORDS[self.barred]
        text = shown(rounded(self.got, self.digits), self.digits)
        return STATE_WORDS[self.state] or (f"+{text}" if self.role and self.got > 0 else text)

    @property
    def coverage(self) -> Fraction:
        """Return examined ÷ expected; 1 where nothing was expected."""
        return Fraction(self.examined, self.expected) if self.expected else Fraction(1)


Chooser = Callable[[Criterion], bool]
Child = tuple[Node | Criterion, Line]
SIGNS: Mapping[str, int] = {"bonus": 1, "deduction": -1}


@dataclass(frozen=True)
class Roller:
    """Rolls up one subject; `wanted` leaves out criteria (of other methods) as if they were not in the standard.

    With an `assessor`, as if only this one had assessed.
    """

    standard: Standard
    outcomes: Mapping[str, Outcome]
    subject: int
    wanted: Chooser
    lines: dict[str, Line]
    zeroed: Mapping[str, tuple[str, ...]]
    assessor: int | None

    def criterion(self, criterion: Criterion) -> Line:
        """Make the line of a criterion; one with a role gives or takes points and has none itself."""
        outcome, at = self.outcomes[criterion.key], self.subject
        rate = outcome.rate(at, self.assessor)
        state = ABSENT if rate is None and outcome.absent[at] else UNTESTED if rate is None else SCORED
        role = criterion.role
        amount = criterion.amount(rate) if rate is not None and role in SIGNS else NOTHING
        return self.keep(
            Line(
                key=criterion.key,
                label=criterion.label,
                name=criterion.text,
                kind="criterion",
                level=criterion.level,
                state=state,
                full=criterion.points,
                got=SIGNS[role] * amount if role in SIGNS else NOTHING if role else criterion.points * (rate or 0),
                possible=criterion.points if state == SCORED and not role else NOTHING,
                examined=outcome.examined[at],
                expected=outcome.expected[at],
                digits=self.standard.digits,
                published=self.standard.publishes(criterion),
                role=role,
                bonus=amount if role == "bonus" else NOTHING,
                barred=outcome.barred[at],
            )
        )

    def keep(self, line: Line) -> Line:
        """Remember a line by its key."""
        self.lines[line.key] = line
        return line

    def node(self, node: Node) -> Line | None:
        """Make the line of a node from its children; None where all of them are left out."""
        below = [(child, self.child(child)) for child in node.children]
        known = [(child, line) for child, line in below if line is not None]
        if not known:
            return None
        if node.outside:
            counted: Mapping[str, Fraction] = EMPTY
            state, got, possible = SCORED, total(line.got for _, line in known), NOTHING
            bonus, taken = total(line.bonus for _, line in known), NOTHING
        else:
            state, got, possible, counted = self.weigh(node, known)
            bonus = self.bonus_below(node, known, possible, counted)
            got, bonus, taken = changed(got, bonus, [line for child, line in known if to_parent(child)], state)
        zeroed_by = self.zeroed.get(node.key, ())
        if zeroed_by and state == SCORED:
            got, bonus, taken, counted = NOTHING, NOTHING, NOTHING, {}
        return self.keep(
            Line(
                key=node.key,
                label=node.label,
                name=node.name,
                kind="node",
                level=node.level,
                state=state,
                full=node.points,
                got=got,
                possible=possible,
                examined=sum(line.examined for _, line in known if not line.role),
                expected=sum(line.expected for _, line in known if not line.role),
                digits=self.standard.digits,
                published=self.standard.publishes(node),
                zeroed_by=zeroed_by,
                counted=counted,
                role="group" if node.outside else "",
                bonus=bonus,
                taken=taken,
            )
        )

    def bonus_below(
        self, node: Node, known: Sequence[Child], possible: Fraction, counted: Mapping[str, Fraction]
    ) -> Fraction:
        """Return what bonuses of indicators below come to in the points of a node."""
        parts = [self.share(child, line.bonus) for child, line in known if line.bonus and child.key in counted]
        return possible * total(parts) / total(counted.values()) if parts else NOTHING

    def child(self, child: Node | Criterion) -> Line | None:
        """Make the line of a child, if it is wanted."""
        if isinstance(child, Node):
            return self.node(child)
        return self.criterion(child) if self.wanted(child) else None

    def weigh(self, node: Node, known: Sequence[Child]) -> tuple[str, Fraction, Fraction, Mapping[str, Fraction]]:
        """Return state, got, possible, and the weight each child counted with; a base is given in full.

        What was not examined is left out, and with leave_out also out of possible.
        """
        if node.base:
            return SCORED, node.points, node.points, {}
        weighty = [(child, line) for child, line in known if child.weight]
        scored = [(child, line) for child, line in weighty if line.state == SCORED]
        absent = [child for child, line in weighty if line.state == ABSENT]
        if not scored:
            all_absent = bool(weighty) and len(absent) == len(weighty)
            return ABSENT if all_absent else UNTESTED, Fraction(0), Fraction(0), {}
        policy, possible = self.standard.na_policy, node.points
        counted = {child.key: self.share(child, line.possible) for child, line in scored}
        parts = [self.share(child, line.got) for child, line in scored]
        if policy != "renormalise":
            counted |= {child.key: child.weight for child in absent}
            parts += [child.weight for child in absent if policy == "full"]
        whole = total(counted.values())
        if self.standard.untested == "leave_out":
            dropped = {child.key for child in absent} if policy == "renormalise" else set()
            possible = possible * whole / total(child.weight for child, _ in known if child.key not in dropped)
        return SCORED, possible * total(parts) / whole, possible, counted

    def share(self, child: Node | Criterion, points: Fraction) -> Fraction:
        """Return points of a child in the measure of its weight."""
        factor = self.standard.factors.get(child.key)
        return points if factor is None else factor * points


def to_parent(child: Node | Criterion) -> bool:
    """Say whether a line changes the score of its indicator."""
    return isinstance(child, Criterion) and child.to == "parent"


def changed(got: Fraction, bonus: Fraction, own: Sequence[Line], state: str) -> tuple[Fraction, Fraction, Fraction]:
    """Return got, bonus and what deductions took, after an indicator's own bonuses and deductions.

    Deductions take at most what was got without any bonus; so one finding more never raises a score, whatever is
    capped above.
    """
    if state != SCORED or not own:
        return got, bonus, NOTHING
    more = total(line.bonus for line in own)
    taken = min(total(line.bonus - line.got for line in own), max(got - bonus, NOTHING))
    return got + more - taken, bonus + more, taken


def roll_up(
    standard: Standard,
    outcomes: Sequence[Outcome],
    subject: int,
    wanted: Chooser = lambda _: True,
    assessor: int | None = None,
) -> dict[str, Line]:
    """Return the lines of one subject in reading order; empty when no criterion is wanted."""
    zeroed: dict[str, tuple[str, ...]] = {}
    for outcome in outcomes:
        for key in outcome.tripped[subject]:
            zeroed[key] = (*zeroed.get(key, ()), outcome.criterion.key)
    by_key = {outcome.criterion.key: outcome for outcome in outcomes}
    lines: dict[str, Line] = {}
    Roller(standard, by_key, subject, wanted, lines, zeroed, assessor).node(standard.root)
    return {line.key: lines[line.key] for line in standard.lines if line.key in lines}
