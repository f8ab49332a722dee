"""The problem workflow as tables (D1, D2, D3)."""

import pytest

from rulebook.workflows import PROBLEM, NotPossible, allowed, by_source, next_state

PATHS = [
    (["hand_out", "sign", "report", "close"], "closed"),
    (["hand_out", "sign", "report", "send_back", "report", "close", "reopen"], "fixing"),
    (["hand_out", "object", "uphold_objection", "reassign", "hand_out"], "handed_out"),
    (["hand_out", "object", "reject_objection", "report"], "review"),
    (["fix_on_spot", "close"], "closed"),
    (["hand_out", "sign", "ask_extension", "grant_extension"], "fixing"),
    (["hand_out", "sign", "ask_extension", "refuse_extension", "redate", "report"], "review"),
    (["hand_out", "sign", "reassign"], "handed_out"),
    (["withdraw"], "withdrawn"),
]


@pytest.mark.parametrize(
    ("verbs", "end"), PATHS, ids=lambda value: "→".join(value) if isinstance(value, list) else value
)
def test_verbs_lead_from_pending_to(verbs, end):
    state = "pending"
    for verb in verbs:
        state = next_state(PROBLEM, state, verb)
    assert state == end


def test_an_upheld_objection_may_withdraw_the_problem():
    assert next_state(PROBLEM, "appeal", "uphold_objection", "withdrawn") == "withdrawn"


def test_a_choice_the_verb_does_not_have_is_refused():
    with pytest.raises(NotPossible, match="异议成立后不能转为“已销号”"):
        next_state(PROBLEM, "appeal", "uphold_objection", "closed")


def test_a_verb_in_the_wrong_state_says_what_the_state_is():
    with pytest.raises(NotPossible, match="现在是“待签收”，不能销号"):
        next_state(PROBLEM, "handed_out", "close")


@pytest.mark.parametrize(
    ("state", "role", "verbs"),
    [
        ("pending", "contact", ()),
        ("handed_out", "contact", ("sign", "object", "fix_on_spot")),
        ("fixing", "contact", ("report", "ask_extension", "object", "fix_on_spot")),
        ("review", "contact", ()),
        ("review", "inspector", ("close", "send_back")),
        ("review", "leader", ()),
        ("closed", "supervisor", ("reopen",)),
        ("withdrawn", "office", ()),
    ],
)
def test_a_role_is_offered_only_its_own_verbs(state, role, verbs):
    assert allowed(PROBLEM, state, [role]) == verbs


def test_every_state_but_the_withdrawn_leads_on_and_every_state_can_be_reached():
    verbs = by_source(PROBLEM)
    assert [state for state, found in verbs.items() if not found] == ["withdrawn"]
    reached, waiting = set(), ["pending"]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += [next_state(PROBLEM, state, verb) for verb in verbs[state]]
    assert reached == {state.key for state in PROBLEM.states}


def test_closing_and_sending_back_need_another_person_than_the_one_who_reported_or_recorded():
    assert [row.verb for row in PROBLEM.transitions if row.other_person] == ["close", "send_back", "confirm_spot"]


def test_labels_and_shapes_are_those_of_the_design():
    assert [(state.label, state.css) for state in PROBLEM.states] == [
        ("待交办", "st-none"),
        ("待签收", "st-sign"),
        ("整改中", "st-fix"),
        ("待复核", "st-review"),
        ("退回", "st-returned"),
        ("异议", "st-appeal"),
        ("已销号", "st-closed"),
        ("已撤销", "st-none"),
    ]
