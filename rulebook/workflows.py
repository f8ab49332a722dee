"""Workflows 流程 as tables: states, and the verbs that lead from one to the next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

OFFICE, CONTACT, LEADER, INSPECTOR, SUPERVISOR = "office", "contact", "leader", "inspector", "supervisor"


class State(NamedTuple):
    """A state: key, Chinese label, the CSS class of its shape, and whether the work has ended."""

    key: str
    label: str
    css: str
    final: bool = False


@dataclass(frozen=True, kw_only=True)
class Transition:
    """A verb: from which states, to which (None: it stays), by whom, and what must come with it."""

    verb: str
    label: str
    sources: tuple[str, ...]
    to: str | None
    roles: frozenset[str]
    needs_words: bool = False
    needs_photos: bool = False
    needs_date: bool = False
    other_person: bool = False  # not the person who reported or recorded the rectification
    before_expiry: bool = False
    alternatives: tuple[str, ...] = ()  # other states the actor may choose instead of `to`


@dataclass(frozen=True)
class Workflow:
    """The states and transitions of one kind of thing."""

    name: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    def state(self, key: str) -> State:
        """Return a state; KeyError for an unknown one."""
        return {state.key: state for state in self.states}[key]

    def verb(self, key: str, state: str = "") -> Transition:
        """Return the transition of a verb, the one from this state if it has several; KeyError for an unknown verb."""
        rows = [transition for transition in self.transitions if transition.verb == key]
        if not rows:
            raise KeyError(key)
        return next((row for row in rows if state in row.sources), rows[0])


class NotPossible(ValueError):
    """A verb that cannot be used in this state; the message says what the state is."""


def next_state(workflow: Workflow, state: str, verb: str, choice: str | None = None) -> str:
    """Return the state a verb leads to; `choice` picks one of its alternatives.

    Raises NotPossible when the verb does not start from this state or cannot lead to the choice.
    """
    transition, now = workflow.verb(verb, state), workflow.state(state)
    if state not in transition.sources:
        raise NotPossible(f"现在是“{now.label}”，不能{transition.label}")
    if choice is None or choice == transition.to:
        return transition.to or state
    if choice not in transition.alternatives:
        raise NotPossible(f"{transition.label}后不能转为“{workflow.state(choice).label}”")
    return choice


def allowed(workflow: Workflow, state: str, roles: Collection[str]) -> tuple[str, ...]:
    """Return the verbs that someone with these roles can use in a state, in the order of the table."""
    return tuple(
        transition.verb
        for transition in workflow.transitions
        if state in transition.sources and not transition.roles.isdisjoint(roles)
    )


def by_source(workflow: Workflow) -> Mapping[str, tuple[str, ...]]:
    """Return for every state the verbs that start from it."""
    every = {role for transition in workflow.transitions for role in transition.roles}
    return {state.key: allowed(workflow, state.key, every) for state in workflow.states}


OPEN_STATES = ("handed_out", "fixing", "returned")
CHECKERS = frozenset({OFFICE, INSPECTOR, SUPERVISOR})
UNIT = frozenset({CONTACT, OFFICE})  # the office may act for a unit that never logs in 代签、代录
OWNERS = frozenset({OFFICE})

PROBLEM = Workflow(
    "问题",
    states=(
        State("pending", "待交办", "st-none"),
        State("handed_out", "待签收", "st-sign"),
        State("fixing", "整改中", "st-fix"),
        State("review", "待复核", "st-review"),
        State("returned", "退回", "st-returned"),
        State("appeal", "异议", "st-appeal"),
        State("closed", "已销号", "st-closed", final=True),
        State("withdrawn", "已撤销", "st-none", final=True),
    ),
    transitions=(
        Transition(verb="hand_out", label="交办", sources=("pending",), to="handed_out", roles=OWNERS, needs_date=True),
        Transition(verb="sign", label="签收", sources=("handed_out",), to="fixing", roles=UNIT),
        Transition(
            verb="report",
            label="报送整改",
            sources=("fixing", "returned"),
            to="review",
            roles=UNIT,
            needs_words=True,
            needs_photos=True,
        ),
        Transition(verb="close", label="销号", sources=("review",), to="closed", roles=CHECKERS, other_person=True),
        Transition(
            verb="send_back",
            label="退回重改",
            sources=("review",),
            to="returned",
            roles=CHECKERS,
            needs_words=True,
            other_person=True,
        ),
        Transition(
            verb="ask_extension",
            label="申请延期",
            sources=("fixing", "returned"),
            to=None,
            roles=UNIT,
            needs_words=True,
            needs_date=True,
            before_expiry=True,
        ),
        Transition(
            verb="grant_extension",
            label="准予延期",
            sources=("fixing", "returned"),
            to=None,
            roles=OWNERS,
            needs_date=True,
        ),
        Transition(
            verb="refuse_extension",
            label="不予延期",
            sources=("fixing", "returned"),
            to=None,
            roles=OWNERS,
            needs_words=True,
        ),
        Transition(verb="object", label="提出异议", sources=OPEN_STATES, to="appeal", roles=UNIT, needs_words=True),
        Transition(
            verb="uphold_objection",
            label="异议成立",
            sources=("appeal",),
            to="pending",
            roles=OWNERS,
            needs_words=True,
            alternatives=("withdrawn", "handed_out"),  # handed out anew to the unit it belongs to
        ),
        Transition(
            verb="reject_objection",
            label="异议不成立",
            sources=("appeal",),
            to="fixing",
            roles=OWNERS,
            needs_words=True,
        ),
        Transition(
            verb="fix_on_spot",  # not yet handed out, the unit does not see it
            label="当场整改",
            sources=("pending",),
            to="review",
            roles=CHECKERS,
            needs_photos=True,
        ),
        Transition(
            verb="confirm_spot",  # the inspector's record is the evidence: put right before anybody was told of it
            label="复核销号",
            sources=("pending",),
            to="closed",
            roles=OWNERS,
            other_person=True,
        ),
        Transition(
            verb="fix_on_spot",
            label="当场整改",
            sources=OPEN_STATES,
            to="review",
            roles=UNIT | CHECKERS,
            needs_photos=True,
        ),
        Transition(
            verb="reopen",
            label="重开",
            sources=("closed",),
            to="fixing",
            roles=CHECKERS,
            needs_words=True,
            needs_date=True,
        ),
        Transition(
            verb="withdraw",
            label="撤销",
            sources=("pending", *OPEN_STATES, "review", "appeal"),
            to="withdrawn",
            roles=OWNERS,
            needs_words=True,
        ),
        Transition(verb="reassign", label="改责任单位", sources=("pending",), to=None, roles=OWNERS),
        Transition(
            verb="reassign",
            label="改责任单位",
            sources=("handed_out", "fixing", "returned", "appeal"),
            to="handed_out",
            roles=OWNERS,
            needs_words=True,
        ),
        Transition(
            verb="redate",
            label="改期限",
            sources=OPEN_STATES,
            to=None,
            roles=OWNERS,
            needs_words=True,
            needs_date=True,
        ),
        Transition(
            verb="reword",
            label="改写法",
            sources=("pending", *OPEN_STATES, "review", "appeal"),
            to=None,
            roles=OWNERS,
            needs_words=True,
        ),
        Transition(verb="urge", label="催办", sources=OPEN_STATES, to=None, roles=OWNERS),
    ),
)
