"""Under a closed gate losses add up to that of the indicator, and the page says why (product.md, promise 3)."""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.urls import reverse

from chuangwen.inspections.models import Answer
from chuangwen.scores import gates
from rulebook import scoring
from tests.factories.organisations import client_of, county
from tests.factories.places import make_place, make_type
from tests.factories.published import make_round, publish_spec, small_spec
from tests.factories.scoring import answer, make_visit, tell

pytestmark = pytest.mark.django_db
OK, BAD = Answer.Mark.QUALIFIED, Answer.Mark.NOT_QUALIFIED


@pytest.fixture
def closed() -> SimpleNamespace:
    """Two criteria of 8 points, one of which lost 1.50, below a gate that did not hold."""
    world = county()
    kind = make_type(world.tenant)
    spec = small_spec(kind.code)
    gate = {"kind": "gate", "target": "env"}
    spec["nodes"][0]["criteria"].append({"key": "plan", "text": "有工作计划", "points": "0", "rule": gate})
    for row in spec["nodes"][0]["criteria"]:
        row.pop("place_types", None)
    visit = make_visit(make_round(publish_spec(world.jurisdiction, spec)), make_place(world.bureau, kind))
    answer(visit, "plan", BAD)
    answer(visit, "litter", BAD, count=3)
    answer(visit, "signs", OK)
    tell(visit, later=True)
    return SimpleNamespace(world=world, round=visit.round)


def page_of(closed, query: str):
    return client_of(closed.world.office).get(f"{reverse('scores:round', args=[closed.round.uuid])}?{query}")


def test_the_losses_of_criteria_and_gate_add_up_to_that_of_the_indicator(closed) -> None:
    page = page_of(closed, "node=env")
    below = page.context["below"]
    own = sum(Fraction(row.lost) for row in below.criteria)
    assert [words for words, _ in below.taken] == ["底线未过，本项不得分"]
    assert own + Fraction(below.taken[0][1]) == Fraction(below.row.lost)
    assert 0 < own < Fraction(below.row.lost)
    said = page.content.decode()
    assert said.count("合计，与本项失分相符") == 1
    assert said.count('<span class="sub">底线未过，本项不得分</span>') == 1


NESTED = {
    "key": "s",
    "nodes": [
        {
            "key": "env",
            "name": "公共环境",
            "children": [
                {
                    "key": "street",
                    "label": "Ⅱ-1",
                    "criteria": [
                        {"key": "litter", "points": "5", "rule": {"kind": "per_occurrence", "each": "1"}},
                        {"key": "ban", "points": "0", "rule": {"kind": "gate", "target": "street"}},
                    ],
                }
            ],
            "criteria": [
                {"key": "plan", "points": "0", "rule": {"kind": "gate", "target": "env"}},
                {"key": "signs", "points": "3", "rule": {"kind": "pass_rate"}},
            ],
        },
        {
            "key": "service",
            "name": "窗口服务",
            "criteria": [
                {"key": "queue", "points": "5", "weight": "8", "rule": {"kind": "pass_rate"}},
                {"key": "seats", "points": "5", "weight": "2", "rule": {"kind": "pass_rate"}},
            ],
        },
    ],
}
FOUND = {"litter": 2, "ban": 1, "plan": 1, "queue": 1}


def nested() -> tuple[scoring.SubjectResult, dict[str, scoring.Node]]:
    """A closed gate above another, beside an indicator whose weights are not its points; its indicators by key."""
    standard, frame = scoring.compile_standard(NESTED), scoring.Frame.of([("p", "road", "u")])
    counts = [(one.key, FOUND.get(one.key, 0)) for one in standard.criteria]
    rows = [scoring.Answer("p", key, 0, BAD if count else OK, count) for key, count in counts]
    subject = scoring.score(standard, scoring.reduce(standard, frame, scoring.Answers.of(standard, frame, rows))).whole
    return subject, {one.key: one for one in standard.root.walk() if isinstance(one, scoring.Node)}


@pytest.mark.parametrize(
    ("key", "lost", "own", "taken"),
    [
        ("street", 5, 2, [("底线未过，本项不得分", 3)]),
        ("env", 8, 2, [("底线未过，本项不得分", 3), ("底线未过，“Ⅱ-1”不得分", 3)]),
        ("service", 8, 5, [("按权重和同级折算的部分", 3)]),
        (
            "total",
            16,
            7,
            [("底线未过，“公共环境”不得分", 3), ("底线未过，“Ⅱ-1”不得分", 3), ("按权重和同级折算的部分", 3)],
        ),
    ],
)
def test_nested_gates_and_weights_are_named_each_with_its_part(key, lost, own, taken) -> None:
    subject, nodes = nested()
    found = gates.taken_in(subject, nodes[key])
    assert [(row.words, row.lost) for row in found] == taken
    assert (subject.lines[key].lost, gates.losses_in(subject, nodes[key])) == (lost, own)
    assert own + sum(row.lost for row in found) == lost


def test_an_indicator_without_a_gate_has_nothing_besides_its_criteria(closed) -> None:
    answer_page = page_of(closed, "node=service")
    below = answer_page.context["below"]
    assert (below.taken, "底线未过，本项不得分</td>" in answer_page.content.decode()) == ([], False)


def test_a_criterion_under_it_says_that_its_points_do_not_count(closed) -> None:
    why = page_of(closed, "criterion=signs").context["why"]
    assert why.closed == ["底线“有工作计划”未过，“公共环境”整项不得分：这一条得的 3.00 分不计"]


def test_the_gate_says_how_much_it_took_besides(closed) -> None:
    taken = page_of(closed, "node=env").context["below"].taken[0][1]
    why = page_of(closed, "criterion=plan").context["why"]
    assert why.closed == [f"底线未过，“公共环境”除各条自己失的分以外，再失 {taken} 分"]
