"""C1: rules proposed from the words beside them; criteria without a rule are decided one after another."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.base.models import Event
from chuangwen.standards import actions
from chuangwen.standards.models import Criterion, StandardVersion
from chuangwen.standards.proposals import BESIDE, proposed
from tests.factories.organisations import World
from tests.factories.standards import add_criterion, add_indicator, draft_standard, published_standard

LITTER = "路面干净，每发现一处垃圾扣0.5分，最多扣2分。"
DOUBT = "人员不到位，各扣1分。"


@pytest.fixture
def draft(world: World) -> StandardVersion:
    return draft_standard(world.jurisdiction)


@pytest.fixture
def rows(draft: StandardVersion) -> list[Criterion]:
    """Three open criteria in the order of the tree, with a decided one between them."""
    first, second = add_indicator(draft, "甲"), add_indicator(draft, "乙")
    child = add_indicator(draft, "丙", parent=second)
    litter = add_criterion(first, text=LITTER, rules=[{}], points="5")
    add_criterion(first, text="定了", points="5")
    own = add_criterion(second, text="没有开展不得分", rules=[{}], points="2")
    below = add_criterion(child, text=DOUBT, rules=[{}], points="2")
    return [litter, below, own]


def shown(client: Client, version: StandardVersion, **asked: object):
    return client.get(reverse("standards:rules", args=[version.uuid]), asked).context


def taken(client: Client, row: Criterion, **sent: str):
    return client.post(reverse("standards:rule-take", args=[row.pk]), sent, follow=True)


def test_the_words_are_shown_with_what_each_sets_and_the_rule_they_make(office, draft, rows):
    found = proposed(rows[0])
    assert (found.rule, found.label, found.words) == (
        {"kind": "per_occurrence", "each": "0.5", "cap": "2"},
        "逐处扣分",
        "逐处扣 0.50 分；最多扣 2.00 分",
    )
    assert "".join(piece.text for piece in found.pieces) == LITTER
    numbered = [(piece.text, found.settings[piece.number - 1]) for piece in found.pieces if piece.number]
    assert numbered == [("处", "量词"), ("0.5", "每处扣"), ("2", "最多扣")]
    html = office.get(reverse("standards:version", args=[draft.uuid]), {"c": rows[0].pk}).content.decode()
    assert "采用读出的规则" in html


def test_what_is_not_understood_is_marked_and_nothing_is_proposed(rows):
    found = proposed(rows[1])
    assert (found.rule, found.notes) == (None, ("“各”会改变怎样计分，没有识别",))
    assert "各" in [piece.text for piece in found.pieces if piece.role == "unread"]


def test_the_words_of_a_rule_column_go_before_the_text_and_a_remark_beside_it_is_said(rows):
    row = rows[0]
    row.text, row.explanation = "路面干净", LITTER
    assert proposed(row).words == "逐处扣 0.50 分；最多扣 2.00 分"
    row.text, row.explanation = LITTER, "看两侧人行道"
    assert proposed(row).notes == (BESIDE,)
    row.points = ""
    assert proposed(row) is None


def test_open_criteria_are_walked_in_the_order_of_the_tree(office, draft, rows):
    first, below, own = rows
    page = shown(office, draft)
    assert (page["criterion"], page["number"], page["count"]) == (first, 1, 3)
    assert shown(office, draft, after=first.pk)["criterion"] == below
    assert shown(office, draft, after=below.pk)["criterion"] == own
    assert shown(office, draft, after=own.pk)["criterion"] == first
    assert shown(office, draft, c=own.pk)["number"] == 3
    assert shown(office, draft, after="²")["criterion"] == first


def test_a_proposal_taken_is_one_step_and_leads_to_the_next(office, draft, rows):
    first, below, _ = rows
    page, steps = shown(office, draft), draft.steps.count()
    answer = taken(office, first, walk="1", seen=page["seen"], mark=page["proposal"].mark)
    assert (answer.context["criterion"], answer.context["count"]) == (below, 2)
    first.refresh_from_db()
    assert first.rules == [{"kind": "per_occurrence", "each": "0.5", "cap": "2"}]
    again = taken(office, first, walk="1", seen=page["seen"], mark=page["proposal"].mark)
    assert (again.status_code, draft.steps.count()) == (200, steps + 1)
    actions.undo_step(actor=draft.steps.last().actor, version=draft, step=draft.steps.last().pk)
    first.refresh_from_db()
    assert first.rules == [{}]


@pytest.mark.parametrize("change", [{"text": LITTER.replace("0.5", "1")}, {"text": DOUBT}])
def test_a_proposal_that_is_no_longer_what_was_shown_is_not_taken(office, world, draft, rows, change):
    page = shown(office, draft)
    actions.change_criterion(actor=world.office, criterion=rows[0], fields=change)
    answer = taken(office, rows[0], walk="1", seen=page["seen"], mark=page["proposal"].mark)
    assert "读出来的规则也变了" in answer.content.decode()
    assert answer.context["criterion"] == rows[0]
    rows[0].refresh_from_db()
    assert rows[0].rules == [{}]


def test_the_form_begins_with_the_proposal_and_goes_on_with_the_walk(office, draft, rows):
    first, below, _ = rows
    address = reverse("standards:criterion-edit", args=[first.pk]) + "?read=1&walk=1"
    form = office.get(address).context["form"]
    assert (form.kind_now, form["p_each"].value(), form["p_cap"].value()) == ("per_occurrence", "0.5", "2")
    sent = {field.name: field.value() for field in form if field.value() not in (None, [])} | {"p_each": "0.3"}
    answer = office.post(address, sent, follow=True)
    assert answer.context["criterion"] == below
    first.refresh_from_db()
    assert first.rules == [{"kind": "per_occurrence", "each": "0.3", "cap": "2"}]


def test_with_nothing_left_the_page_says_so_and_a_published_version_has_none(office, world, draft):
    assert "这一版每条测评标准都有规则了" in office.get(reverse("standards:rules", args=[draft.uuid])).content.decode()
    version = published_standard(world.jurisdiction)
    assert office.get(reverse("standards:rules", args=[version.uuid])).status_code == 404


@pytest.fixture
def same(draft: StandardVersion, rows: list[Criterion]) -> list[Criterion]:
    """Beside the doubtful one: two that say the same, one of them with few points, and one decided already."""
    one = add_indicator(draft, "丁")
    found = [add_criterion(one, text=DOUBT, rules=[{}], points=points) for points in ("3", "0.5")]
    add_criterion(one, text=DOUBT, rules=[{"kind": "pass_rate"}])
    add_criterion(one, text=DOUBT, rules=[{}], points="")
    return found


def form_of(row: Criterion) -> str:
    return reverse("standards:criterion-edit", args=[row.pk]) + "?read=1&walk=1"


def decided(client: Client, row: Criterion, **fields: str):
    """The row's form on the walk, sent with a deduction for each of what it says."""
    form = client.get(form_of(row)).context["form"]
    sent = {field.name: field.value() for field in form if field.value() not in (None, [])}
    return client.post(
        form_of(row), sent | {"kind": "per_occurrence", "p_each": "1", "p_cap": "2"} | fields, follow=True
    )


def rules_of(*rows: Criterion) -> list[list[dict]]:
    return [Criterion.objects.get(pk=row.pk).rules for row in rows]


def test_a_rule_decided_is_the_rule_of_all_that_say_the_same_in_one_step_back(office, world, draft, rows, same):
    rule = {"kind": "per_occurrence", "each": "1", "cap": "2", "floor": "1"}
    assert office.get(form_of(rows[1])).context["alike"] == same
    page = decided(office, rows[1], alike="1", p_floor="1")
    assert rules_of(rows[1], *same) == [[rule], [rule], [{}]]  # not less than 1 point does not go with 0.5
    assert (page.context["criterion"], page.context["count"]) == (rows[2], 4)
    event = Event.objects.get(name="standards.rules_decided_alike")
    assert event.data == {"keys": [same[0].key]}
    last = draft.steps.last()
    assert last.words == "照样定 1 条规则"
    actions.undo_step(actor=world.office, version=draft, step=last.pk)
    assert rules_of(rows[1], *same) == [[rule], [{}], [{}]]


def test_without_the_tick_only_the_one_is_decided(office, draft, rows, same):
    decided(office, rows[1])
    assert rules_of(*same) == [[{}], [{}]]
    assert not Event.objects.filter(name="standards.rules_decided_alike").exists()


def test_a_proposal_taken_is_taken_for_all_that_say_the_same(office, draft, rows):
    other = add_criterion(add_indicator(draft, "戊"), text=LITTER, rules=[{}], points="4")
    page = shown(office, draft)
    assert page["alike"] == [other]
    taken(office, rows[0], walk="1", alike="1", seen=page["seen"], mark=page["proposal"].mark)
    assert rules_of(rows[0], other) == [[{"kind": "per_occurrence", "each": "0.5", "cap": "2"}]] * 2


def test_items_are_the_texts_own_so_another_text_is_not_decided_with_them(office, world, rows, same):
    Criterion.objects.filter(pk__in=[row.pk for row in (rows[1], *same)]).update(explanation="计分办法：分档评")
    Criterion.objects.filter(pk=same[0].pk).update(text="别的内容")
    checklist = {"kind": "checklist", "items": ["甲", "乙"], "needs": [{"grade": "A", "need": "all"}]}
    rule = checklist | {"grades": {"A": "1", "C": "0"}, "else": "C"}
    row = Criterion.objects.get(pk=rows[1].pk)
    actions.change_criterion(actor=world.office, criterion=row, fields={"rules": [rule]})
    assert actions.decide_alike(actor=world.office, criterion=row) == 1
    assert rules_of(*same) == [[{}], [rule]]


def test_the_walk_asks_for_the_rule_and_folds_the_rest_away_until_it_is_needed(office, rows):
    assert office.get(form_of(rows[0])).context["form"].wants_plain() is False
    wrong = decided(office, rows[0], text="")
    assert wrong.context["form"].wants_plain() is True
    Criterion.objects.filter(pk=rows[1].pk).update(points="")
    assert office.get(form_of(rows[1])).context["form"].wants_plain() is True
