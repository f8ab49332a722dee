"""C1: the tree of a draft worked on row by row: moved, written in place, deleted, taken back."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.base.models import Event
from chuangwen.organisations.models import Role
from chuangwen.standards import actions
from chuangwen.standards.drafts import digest
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from chuangwen.standards.spec import spec_of
from tests.factories.organisations import World, client_of, make_person
from tests.factories.places import make_type
from tests.factories.standards import add_criterion, add_indicator, draft_standard, filled_draft, published_standard

HX = {"HX-Request": "true"}


@pytest.fixture
def version(world: World) -> StandardVersion:
    """Ⅰ-1 with 甲 (1 乙) and 丙 below it, Ⅰ-2 empty; criteria 一 二 in 甲, 三 in 丙."""
    draft = draft_standard(world.jurisdiction)
    top = add_indicator(draft, "上")
    for name, lines in (("甲", "一二"), ("丙", "三")):
        leaf = add_indicator(draft, name, parent=top)
        for line in lines:
            add_criterion(leaf, text=line)
    add_indicator(draft, "下")
    return draft


def shape(version: StandardVersion) -> list:
    """The tree as nested names, criteria as their words."""

    def below(node) -> list:
        inner = [below(one) for one in node.get("children", ())] + [one["text"] for one in node.get("criteria", ())]
        return [node["name"], *inner]

    return [below(node) for node in spec_of(version)["nodes"]]


def row(version: StandardVersion, name: str) -> str:
    found = version.indicators.filter(name=name).first()
    return f"i{found.pk}" if found else f"c{version.criteria.get(text=name).pk}"


def do(client: Client, version: StandardVersion, verb: str, name: str, **more: object):
    sent = {"do": verb, "row": row(version, name), **more}
    return client.post(reverse("standards:tree", args=[version.uuid]), sent, headers=HX)


def undo(client: Client, version: StandardVersion, step: int | None = None):
    sent = {"do": "undo", "step": step or version.steps.last().pk}
    return client.post(reverse("standards:tree", args=[version.uuid]), sent, headers=HX)


START = [["上", ["甲", "一", "二"], ["丙", "三"]], ["下"]]
MOVES = {
    "a criterion up": ("up", "二", [["上", ["甲", "二", "一"], ["丙", "三"]], ["下"]]),
    "a criterion on into the next indicator": ("down", "二", [["上", ["甲", "一"], ["丙", "二", "三"]], ["下"]]),
    "a criterion back into the one before": ("up", "三", [["上", ["甲", "一", "二", "三"], ["丙"]], ["下"]]),
    "a criterion out": ("out", "二", [["上", ["甲", "一"], ["丙", "三"], "二"], ["下"]]),
    "an indicator up": ("up", "丙", [["上", ["丙", "三"], ["甲", "一", "二"]], ["下"]]),
    "an indicator in": ("in", "丙", [["上", ["甲", ["丙", "三"], "一", "二"]], ["下"]]),
    "an indicator out": ("out", "甲", [["上", ["丙", "三"]], ["甲", "一", "二"], ["下"]]),
    "a branch in": ("in", "下", [["上", ["甲", "一", "二"], ["丙", "三"], ["下"]]]),
    "a branch deleted": ("delete", "甲", [["上", ["丙", "三"]], ["下"]]),
    "a criterion deleted": ("delete", "一", [["上", ["甲", "二"], ["丙", "三"]], ["下"]]),
}


@pytest.mark.parametrize("case", MOVES)
def test_a_row_is_moved_and_the_step_taken_back(office, version, case):
    verb, name, expected = MOVES[case]
    before, steps = spec_of(version), version.steps.count()
    do(office, version, verb, name)
    assert (shape(version), version.steps.count()) == (expected, steps + 1)
    undo(office, version)
    assert (spec_of(version), version.steps.count()) == (before, steps)


REFUSED = {
    "top out": ("out", "上", "已经是一级指标，上面没有了。"),
    "first in": ("in", "上", "前面没有同级的指标，归不到它下面。"),
    "criterion without deeper": ("in", "一", "同一个指标下没有下级指标，没有可归的地方。"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_moved_says_why(office, version, case):
    verb, name, words = REFUSED[case]
    assert do(office, version, verb, name).context["refused"] == words
    assert shape(version) == START


def test_nothing_moves_deeper_than_the_deepest_level(office, version):
    deep = version.indicators.get(name="甲")
    for name in ("三级", "四级"):
        deep = add_indicator(version, name, parent=deep)
    answer = do(office, version, "in", "下")
    assert answer.context["refused"] == ""
    assert do(office, version, "in", "丙").context["refused"] == ""
    assert do(office, version, "down", "上").context["refused"] == ""
    add_indicator(version, "另", parent=None)
    do(office, version, "up", "另")
    assert do(office, version, "in", "上").context["refused"] == "指标最多 4 级，不能再往下放。"


def line(client: Client, version: StandardVersion, **sent: str):
    return client.post(reverse("standards:line", args=[version.uuid]), {"client_id": str(uuid4()), **sent}, headers=HX)


def test_new_rows_come_right_after_the_one_and_like_it(office, world, version):
    kind = make_type(world.tenant)
    first = version.criteria.get(text="一")
    first.place_types.set([kind])
    line(office, version, row=row(version, "一"), new="beside", label="Ⅲ-9", text="一半", points="2")
    line(office, version, row=row(version, "甲"), new="beside", text="乙")
    line(office, version, row=row(version, "乙"), new="criterion", text="四", points="1")
    line(office, version, row=row(version, "乙"), new="indicator", text="细")
    assert shape(version) == [["上", ["甲", "一", "一半", "二"], ["乙", ["细"], "四"], ["丙", "三"]], ["下"]]
    made = version.criteria.get(text="一半")
    assert (made.label, made.points, made.method, list(made.place_types.all())) == ("Ⅲ-9", "2", first.method, [kind])
    for _ in range(4):
        undo(office, version)
    assert shape(version) == START


def test_a_row_is_written_in_its_place_and_taken_back(office, version):
    one = version.criteria.get(text="一")
    opened = office.get(reverse("standards:line", args=[version.uuid]), {"row": f"c{one.pk}"}, headers=HX)
    form = opened.context["form"]
    assert [form[name].value() for name in ("label", "text", "points")] == ["", "一", "1.00"]
    line(office, version, row=f"c{one.pk}", text="壹", points="3", label="", seen=form["seen"].value())
    one.refresh_from_db()
    assert (one.text, one.points) == ("壹", "3")
    undo(office, version)
    one.refresh_from_db()
    assert (one.text, one.points) == ("一", "1.00")


def test_a_row_changed_elsewhere_is_said_and_what_was_typed_stays(office, version):
    one = version.indicators.get(name="甲")
    seen = digest(one)
    actions.change_indicator(actor=version.steps.last().actor, indicator=one, fields={"name": "先改了"})
    sent = {"row": f"i{one.pk}", "text": "后改", "label": "", "points": ""}
    answer = line(office, version, **sent, seen=seen)
    said = "这一行刚在别处改过，现在是“先改了”，没有分。填的还在，要用它就再改一次。"
    assert answer.context["form"].non_field_errors() == [said]
    assert answer.headers["HX-Retarget"] == "#line"
    line(office, version, **sent, seen=answer.context["form"]["seen"].value())
    assert Indicator.objects.get(pk=one.pk).name == "后改"


def test_a_row_deleted_elsewhere_is_said(office, version):
    gone = version.criteria.get(text="一")
    name = f"c{gone.pk}"
    actions.delete_row(actor=version.steps.last().actor, row=gone)
    sent = {"do": "up", "row": name}
    answer = office.post(reverse("standards:tree", args=[version.uuid]), sent, headers=HX)
    assert answer.context["refused"] == "这一行已经在别处删掉了，没有再改。"
    kept = line(office, version, row=name, text="写了很久", points="1")
    assert kept.context["form"].non_field_errors() == ["这一行已经在别处删掉了，没有再改。填的还在，可以复制出来。"]
    assert kept.context["form"]["text"].value() == "写了很久"


def test_what_others_did_meanwhile_is_said(office, world, version):
    seen = office.get(reverse("standards:version", args=[version.uuid])).context["seen"]
    colleague = make_person(world.jurisdiction.office, Role.OFFICE, name="李四")
    do(client_of(colleague), version, "delete", "三")
    answer = do(office, version, "up", "二", seen_tree=seen)
    assert answer.context["others"] == "李四 删掉测评标准"
    last = version.steps.last().pk
    do(client_of(colleague), version, "up", "下")
    words = "别处又改过，没有退回。现在最后一步是 李四 的移动“下”。"
    assert undo(office, version, last).context["refused"] == words


def test_a_published_tree_is_refused_with_words(office, world):
    frozen = published_standard(world.jurisdiction)
    name = frozen.criteria.first().text
    assert do(office, frozen, "delete", name).context["refused"] == "这一版已经发布，不再改动。要改，请另起新版本。"
    assert frozen.steps.count() == 0


def test_without_scripts_the_page_comes_back_with_the_refusal(office, version):
    sent = {"do": "out", "row": row(version, "上")}
    answer = office.post(reverse("standards:tree", args=[version.uuid]), sent, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["已经是一级指标，上面没有了。"]
    assert answer.context["indicator"].name == "上"


def test_fragment_and_page_show_the_same_tree(office, version):
    answer = do(office, version, "up", "二")
    page = office.get(reverse("standards:version", args=[version.uuid]))
    assert [row.name for row in answer.context["tree"]] == [row.name for row in page.context["tree"]]


def test_steps_are_kept_to_the_last_fifty_and_go_with_publishing(office, world):
    version = filled_draft(world.jurisdiction)
    name = version.criteria.order_by("position").first().text
    for number in range(52):
        do(office, version, "down" if number % 2 == 0 else "up", name)
    assert version.steps.count() == 50
    actions.publish(actor=world.office, version=version)
    assert version.steps.count() == 0


def test_every_change_is_one_event(office, version):
    before = Event.objects.count()
    do(office, version, "up", "二")
    undo(office, version)
    names = list(Event.objects.order_by("pk").values_list("name", flat=True)[before:])
    assert names == ["standards.criterion_moved", "standards.step_undone"]


def test_publishing_numbers_criteria_in_the_order_of_the_tree(office, world):
    version = filled_draft(world.jurisdiction)
    last = version.criteria.order_by("-position").first()
    do(office, version, "up", last.text)
    actions.publish(actor=world.office, version=version)
    texts = [one["text"] for node in version.spec["nodes"] for one in node["criteria"]]
    assert list(Criterion.objects.filter(version=version).order_by("position").values_list("text", flat=True)) == texts
