"""Below a closed gate 底线未过: what the gate itself took, so that losses under an indicator add up to its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rulebook import scoring
from rulebook.scoring.result import SubjectResult

OTHER = "按权重和同级折算的部分"


@dataclass(frozen=True)
class Taken:
    """A loss that is no criterion's own, in words."""

    words: str
    lost: Fraction


def shown_losses(line: scoring.Line, parts: Sequence[Fraction]) -> list[str]:
    """Parts of a line's loss in figures that add up to the loss as shown."""
    target = scoring.rounded(line.lost, line.digits) if line.published_lost is None else line.published_lost
    rounded = scoring.largest_remainder(parts, target, line.digits)
    return [scoring.shown(part, line.digits) for part in rounded]


def closed_nodes(subject: SubjectResult, node: scoring.Node) -> Iterator[scoring.Node]:
    """The node and those below it that a gate set to zero."""
    inside = (one for one in node.walk() if isinstance(one, scoring.Node))
    return (one for one in inside if one.key in subject.lines and subject.lines[one.key].zeroed_by)


def losses_in(subject: SubjectResult, node: scoring.Node) -> Fraction:
    """What the criteria below a node lost themselves."""
    keys = (one.key for one in node.walk() if isinstance(one, scoring.Criterion))
    return sum((subject.lines[key].lost for key in keys if key in subject.lines), Fraction(0))


def taken_in(subject: SubjectResult, node: scoring.Node) -> list[Taken]:
    """What makes the criteria's losses up to the node's: each closed gate's part, then what weights changed."""
    found: list[Taken] = []
    whole = subject.lines[node.key].lost - losses_in(subject, node)
    for one in closed_nodes(subject, node):
        part = gate_loss(subject, one)
        found.append(
            Taken("底线未过，本项不得分" if one is node else f"底线未过，“{one.label or one.name}”不得分", part)
        )
    rest = whole - sum((row.lost for row in found), Fraction(0))
    return [*found, Taken(OTHER, rest)] if rest else found


def gate_loss(subject: SubjectResult, node: scoring.Node) -> Fraction:
    """What a closed gate took from its node besides what was lost below, by other closed gates too."""
    inner = [one for one in closed_nodes(subject, node) if one is not node]
    others = sum((gate_loss(subject, one) for one in inner), Fraction(0))
    return subject.lines[node.key].lost - losses_in(subject, node) - others


def said_of(subject: SubjectResult, key: str) -> list[str]:
    """What closed gates above a criterion mean for it: its points do not count, or it is itself the gate."""
    above = (one for one in subject.standard.lines if isinstance(one, scoring.Node) and one.key in subject.lines)
    said = []
    for node in above:
        gates = subject.lines[node.key].zeroed_by
        if not gates or key not in {one.key for one in node.walk()}:
            continue
        name = f"“{node.label or node.name}”"
        if key in gates:
            lost = scoring.written(gate_loss(subject, node), subject.standard.digits)
            said.append(f"底线未过，{name}除各条自己失的分以外，再失 {lost} 分")
        else:
            said.append(f"底线“{named(subject, gates)}”未过，{name}整项不得分：这一条得的 {got(subject, key)} 分不计")
    return said


def named(subject: SubjectResult, keys: Sequence[str]) -> str:
    return "”“".join(subject.lines[key].label or subject.lines[key].name for key in keys)


def got(subject: SubjectResult, key: str) -> str:
    return subject.lines[key].shown_got
