"""C1: two versions side by side; the key decides which rows are the same."""

from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse

from chuangwen.standards import actions
from chuangwen.standards.comparing import compare, marked
from chuangwen.standards.models import Standard, StandardVersion
from chuangwen.standards.rules import write
from chuangwen.standards.spec import spec_of
from tests.factories.organisations import World, client_of
from tests.factories.places import make_type
from tests.factories.standards import add_criterion, draft_standard, published_standard


@pytest.fixture
def draft(world: World) -> StandardVersion:
    """The second version of a published standard, as it was begun."""
    return actions.new_draft_from(
        actor=world.office, client_id=uuid4(), version=published_standard(world.jurisdiction, code="city")
    )


def changed(world: World, draft: StandardVersion) -> None:
    """One criterion reworded and worth more, one with another rule and type, one added, one removed, one moved."""
    litter, quiet, gate = (draft.criteria.get(text=text) for text in ("无烟头、纸屑", "噪声达标", "有测评记录"))
    fields = {"text": "无烟头、纸屑、痰迹", "points": "3.50", "rules": litter.rules}
    actions.change_criterion(actor=world.office, criterion=litter, fields=fields)
    fields = {"rules": [{"kind": "pass_rate"}], "place_types": [make_type(world.tenant, "公园")]}
    actions.change_criterion(actor=world.office, criterion=quiet, fields=fields)
    actions.delete_row(actor=world.office, row=gate)
    actions.move_row(actor=world.office, row=draft.criteria.get(text="公益广告不少于 4 处"), step=-1)
    add_criterion(draft.indicators.first(), text="新的一条")


EXPECTED = [
    ("changed", "无烟头、纸屑、痰迹", [("内容", "无烟头、纸屑", "无烟头、纸屑、痰迹"), ("分值", "3.00", "3.50")]),
    ("added", "新的一条", []),
    ("moved", "公益广告不少于 4 处", []),
    ("removed", "有测评记录", []),
]


def test_added_removed_moved_and_changed_are_told_apart(world, draft):
    before = spec_of(draft)
    changed(world, draft)
    found = compare(before, spec_of(draft))
    shown = {
        one.line.fields["text"]: (one.kinds, [(field.name, *field.texts) for field in one.fields]) for one in found
    }
    quiet = next(row for node in before["nodes"] for row in node["criteria"] if row["text"] == "噪声达标")
    rule = "：".join(write(quiet["rule"]))
    assert shown.pop("噪声达标") == (["changed"], [("点位类型", "各类", "公园"), ("规则", rule, "合格率")])
    assert shown == {text: ([kind], fields) for kind, text, fields in EXPECTED}


def test_the_same_twice_has_no_changes(draft):
    assert compare(spec_of(draft), spec_of(draft)) == []


def test_words_and_figures_are_marked_whole():
    assert marked("每处扣 0.5 分", "每处扣 0.25 分，扣完为止") == (
        ((False, "每处扣 "), (True, "0.5"), (False, " 分")),
        ((False, "每处扣 "), (True, "0.25"), (False, " 分"), (True, "，扣完为止")),
    )


def test_the_page_compares_with_the_version_before_and_is_narrowed(world, draft):
    changed(world, draft)
    page, client = reverse("standards:compare", args=[draft.uuid]), client_of(world.office)
    shown = client.get(page).context
    assert (shown["old"].number, shown["total"]) == (1, 5)
    kinds = [(word, number) for _, word, number in shown["kinds"]]
    assert kinds == [("新增", 1), ("去掉", 1), ("移动", 1), ("修改", 2)]
    assert [one.line.title for one in client.get(f"{page}?kind=added").context["changes"]] == ["新的一条"]
    assert [one.line.title for one in client.get(f"{page}?q=噪声").context["changes"]] == ["Ⅱ-4 噪声达标"]


def test_the_changes_as_excel_have_one_row_for_each_field(world, draft):
    changed(world, draft)
    answer = client_of(world.office).get(reverse("standards:compare-excel", args=[draft.uuid]), {"q": "无烟头"})
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0].values)
    line = "Ⅱ-2 无烟头、纸屑、痰迹"
    assert rows == [
        ("变动", "类别", "所在指标", "名称或内容", "哪一项", "原来", "现在"),
        ("修改", "测评标准", "Ⅰ-1 公共环境", line, "内容", "无烟头、纸屑", "无烟头、纸屑、痰迹"),
        ("修改", "测评标准", "Ⅰ-1 公共环境", line, "分值", "3.00", "3.50"),
    ]


def test_a_contact_compares_only_what_is_published(world, draft):
    first = draft.standard.versions.get(number=1)
    assert client_of(world.contact).get(reverse("standards:compare", args=[first.uuid])).context["old"] is None
    assert client_of(world.contact).get(reverse("standards:compare", args=[draft.uuid])).status_code == 404


def test_a_new_version_is_begun_with_its_label_and_source(world):
    version, client = published_standard(world.jurisdiction, code="city"), client_of(world.office)
    sent = {"client_id": str(uuid4()), "label": "2027版", "source": "某号文件"}
    client.post(reverse("standards:new-draft", args=[version.uuid]), sent)
    made = version.standard.versions.get(number=2)
    assert (made.label, made.source, spec_of(made)) == ("2027版", "某号文件", version.spec)


def test_another_standard_is_begun_with_the_tree_of_this_one(world):
    version, client = published_standard(world.jurisdiction, code="city"), client_of(world.office)
    page = reverse("standards:new-draft", args=[version.uuid])
    half = client.post(page, {"client_id": str(uuid4()), "name": "窗口"})
    assert half.context["form"].errors == {"code": ["另起一套，名称和编码都要填；起草新版本都不填。"]}
    draft_standard(world.jurisdiction, "taken")
    taken = client.post(page, {"client_id": str(uuid4()), "name": "窗口", "code": "taken"})
    assert taken.context["form"].errors == {"code": ["编码 taken 已有别的测评体系在用。请换一个。"]}
    sent = {"client_id": str(uuid4()), "name": "窗口", "code": "window"}
    for _ in range(2):
        client.post(page, sent)
    made = Standard.objects.get(code="window").versions.get()
    assert (made.state, spec_of(made)["nodes"]) == ("draft", version.spec["nodes"])
    keyed = client.get(reverse("standards:compare", args=[made.uuid]), {"old": str(version.uuid)}).context
    assert (keyed["old"], keyed["total"]) == (version, 0)
