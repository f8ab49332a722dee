"""What stands outside the points 加减分: how it changes the total, and what every criterion cost and gave it."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from rulebook.scoring.exact import total
from rulebook.scoring.standard import TOTAL, Criterion, Node, Standard
from rulebook.scoring.tree import ABSENT, NOTHING, Line
from rulebook.scoring.weighing import Trees


class Change(NamedTuple):
    """What a criterion cost and gave a total, in points of it."""

    key: str
    lost: Fraction
    bonus: Fraction = NOTHING


def with_changes(standard: Standard, root: Line, lines: Sequence[Line]) -> Line:
    """Return the total with the bonuses (at most the cap, those of indicators included) and deductions to it.

    A total set to zero keeps nothing; the floor holds last, but gives no more than what was examined can.
    """
    least = min(standard.floor, root.possible)
    if root.zeroed_by:
        return root._replace(got=max(NOTHING, least))
    bonus = total([root.bonus, *(line.bonus for line in lines)])
    given = bonus if standard.bonus_cap is None else min(bonus, standard.bonus_cap)
    taken = total(line.bonus - line.got for line in lines)
    got = root.got - root.bonus + given - taken
    return root._replace(got=max(got, least), bonus=given, taken=taken)


def contributions(
    standard: Standard, root: Line, lines: Mapping[str, Line], trees: Trees
) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """Return what each criterion cost the total and gave it; they add up to its loss and to its bonus.

    Where the floor spared points or the cap cut bonuses off, everybody's part shrinks alike.
    """
    found = [
        change for share, tree in trees for change in descend(standard, tree, standard.root, share * root.possible)
    ]
    if root.zeroed_by:
        found = [Change(key, root.lost / len(root.zeroed_by)) for key in root.zeroed_by]
    else:
        to_total = [lines[one.key] for one in standard.criteria if one.to == TOTAL and one.key in lines]
        found += [Change(line.key, line.bonus - line.got, line.bonus) for line in to_total]
    giving = {one.key for one in standard.criteria if one.role == "bonus"}
    costs = added((change.key, change.lost) for change in found if change.key not in giving)
    gifts = added((change.key, change.bonus) for change in found if change.key in giving)
    return scaled(costs, root.lost), scaled(gifts, root.bonus)


def added(pairs: Iterator[tuple[str, Fraction]]) -> dict[str, Fraction]:
    """Add values by key, in order of first appearance."""
    found: dict[str, list[Fraction]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: total(values) for key, values in found.items()}


def scaled(parts: dict[str, Fraction], target: Fraction) -> dict[str, Fraction]:
    """Shrink parts alike so that they add up to a target."""
    whole = total(parts.values())
    if not whole or whole == target:
        return parts
    return {key: value * target / whole for key, value in parts.items()}


def descend(standard: Standard, lines: Mapping[str, Line], node: Node, points: Fraction) -> Iterator[Change]:
    """Yield what each criterion below a node lost and gave of the points the node counts for."""
    line = lines[node.key]
    if line.zeroed_by:
        for key in line.zeroed_by:
            yield Change(key, points / len(line.zeroed_by))
        return
    whole = total(line.counted.values())
    for child in node.children:
        if isinstance(child, Criterion) and child.to == "parent" and child.key in lines:
            yield own(node, line, lines, child, points / line.possible)
        if child.key not in line.counted:
            continue
        share = points * line.counted[child.key] / whole
        if lines[child.key].state == ABSENT:
            yield from absent(standard, child, share)
        elif isinstance(child, Criterion):
            yield Change(child.key, share * (1 - lines[child.key].rate))
        else:
            yield from descend(standard, lines, child, share)


def own(node: Node, line: Line, lines: Mapping[str, Line], child: Criterion, factor: Fraction) -> Change:
    """Return what a bonus or deduction of an indicator itself came to: deductions share what they took."""
    change = lines[child.key]
    if child.role == "bonus":
        return Change(child.key, NOTHING, factor * change.bonus)
    siblings = [lines[one.key] for one in node.children if isinstance(one, Criterion) and one.to == "parent"]
    asked = total(one.bonus - one.got for one in siblings)
    return Change(child.key, factor * line.taken * -change.got / asked if asked else NOTHING)


def absent(standard: Standard, child: Node | Criterion, share: Fraction) -> Iterator[Change]:
    """Yield the points lost below something not applicable where the standard gives it zero."""
    below = [child] if isinstance(child, Criterion) else [c for c in child.walk() if isinstance(c, Criterion)]
    asked = [criterion for criterion in below if not criterion.role]
    for criterion in asked if standard.na_policy == "zero" else ():
        yield Change(criterion.key, share / len(asked))
