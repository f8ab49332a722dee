"""Making a composite: the usual patterns, parts added, moved and taken away by plain forms, faults at their field."""

from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from chuangwen.base.errors import Refused
from chuangwen.scores.composites.actions import discard_composite
from chuangwen.scores.models import Composite, CompositePart
from tests.factories.asking import surely
from tests.factories.composites import enter, make_composite, publish, shape
from tests.factories.organisations import client_of, county
from tests.factories.places import make_type
from tests.factories.published import make_round, publish_spec, small_spec

pytestmark = pytest.mark.django_db


def parts_of(composite: Composite) -> list[tuple[str, str, str, str]]:
    return [(part.key, part.parent_key, part.label, part.weight) for part in composite.parts.all()]


def typed(composite: Composite, **changes: Any) -> dict[str, Any]:
    """The form of the parts page as it is shown, with some fields typed over (`weight_p1` for weight-p1)."""
    composite.refresh_from_db()
    names = ("title", "first_year", "last_year", "kind", "term", "missing", "digits", "bonus_cap", "revision")
    form = {name: getattr(composite, name) for name in names}
    for part in composite.parts.all():
        fields = {name: getattr(part, name) for name in ("label", "weight", "points", "gate", "effect", "term")}
        form |= {f"{name}-{part.key}": value for name, value in fields.items()}
        form[f"round-{part.key}"] = part.round_id or ""
    return form | {name.replace("_p", "-p"): value for name, value in changes.items()}


def send(client: Client, composite: Composite, **changes: Any) -> HttpResponse:
    return client.post(reverse("scores:composite-parts", args=[composite.uuid]), typed(composite, **changes))


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("cycle", [("2024 年", "15", ""), ("2025 年", "25", ""), ("2026 年", "60", "")]),
        ("linked", [("文明城市", "80", ""), ("未成年人思想道德建设", "20", "85")]),
        ("stages", [(f"第{number}季度", "", "") for number in "一二三四"]),
        ("free", [("第一部分", "", ""), ("第二部分", "", "")]),
    ],
)
def test_a_pattern_brings_its_parts(pattern: str, parts: list[tuple[str, str, str]]) -> None:
    world = county()
    form = {"client_id": uuid4(), "title": "考评", "first_year": 2024, "last_year": 2026, "kind": "unit"}
    address = f"{reverse('scores:composite-new')}?pattern={pattern}"
    answers = [client_of(world.office).post(address, form) for _ in range(2)]
    made = Composite.objects.get()
    assert {answer.url for answer in answers} == {reverse("scores:composite-parts", args=[made.uuid])}
    assert list(made.parts.values_list("label", "weight", "gate")) == parts


def test_what_is_wrong_with_a_new_one_is_said_at_the_field() -> None:
    world = county()
    make_composite(world, "考评")
    form = {"client_id": uuid4(), "title": "考评", "first_year": 2026, "last_year": 2024, "kind": "unit"}
    client, address = client_of(world.office), reverse("scores:composite-new")
    assert client.post(address, form).context["form"].errors == {"last_year": ["结束的年份早于开始的年份。"]}
    again = client.post(address, form | {"last_year": 2026})
    assert again.context["form"].errors == {"title": ["已有同名的综合考评，换个名称。"]}


def test_parts_are_added_moved_and_taken_away_with_what_was_typed_kept() -> None:
    world = county()
    made, client = make_composite(world), client_of(world.office)
    send(client, made, act="add", weight_p3="50")
    send(client, made, act="up:p4", label_p4="第四年", weight_p4="10")
    send(client, made, act="remove:p1")
    assert parts_of(made) == [
        ("p2", "", "2025 年", "25"),
        ("p4", "", "第四年", "10"),
        ("p3", "", "2026 年", "50"),
    ]


def test_a_part_is_formed_of_parts_of_its_own() -> None:
    world = county()
    made, client = make_composite(world, shaped="linked"), client_of(world.office)
    for act in ("add:p1", "add:p1"):
        send(client, made, act=act)
    answer = send(client, made, label_p3="上半年", label_p4="下半年", term_p1="mean")
    assert answer.url == reverse("scores:composite", args=[made.uuid])
    assert [row[:3] for row in parts_of(made)] == [
        ("p1", "", "文明城市"),
        ("p3", "p1", "上半年"),
        ("p4", "p1", "下半年"),
        ("p2", "", "未成年人思想道德建设"),
    ]
    enter(world, made, world.bureau, p3="80", p4="90", p2="90")
    row = client.get(answer.url).context["result"].rows[0]
    assert (row.total, [cell.got for cell in row.cells]) == ("86.00", ["85.00", "80", "90", "90"])


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"weight_p1": "一半"}, "weight_bad", "“权重”要填小数（整数不超过 12 位，小数不超过 6 位），现在是“一半”。"),
        ({"gate_p1": "120"}, "gate_bad", "“最低线”要大于 0、不超过满分 100.00，现在是 120.00。"),
        ({"points_p1": "0"}, "points_bad", "“满分”要大于 0，现在是 0。"),
        ({"label_p1": ""}, "label_bad", "名称没有填。"),
    ],
)
def test_a_fault_stands_at_its_field_with_what_was_typed(changes: dict, field: str, words: str) -> None:
    world = county()
    made, client = make_composite(world), client_of(world.office)
    page = client.get(send(client, made, **changes).url)
    assert getattr(page.context["rows"][0], field) == words
    assert words in page.content.decode()
    published = client.post(reverse("scores:composite-publish", args=[made.uuid]), follow=True)
    assert "各部分还有 1 处要改。先改好，再公布。" in published.content.decode()


def test_an_old_page_overwrites_nothing() -> None:
    world = county()
    made, client = make_composite(world), client_of(world.office)
    old = typed(made)
    send(client, made, weight_p1="20")
    answer = client.post(reverse("scores:composite-parts", args=[made.uuid]), old)
    assert (answer.status_code, parts_of(made)[0][3]) == (422, "20")
    assert "别处刚改过这个综合考评" in answer.content.decode()


def test_a_part_with_scores_is_not_taken_away_nor_the_kind_changed() -> None:
    world = county()
    made, client = make_composite(world), client_of(world.office)
    enter(world, made, world.bureau, p1="80")
    answers = [send(client, made, act="remove:p1"), send(client, made, kind="region")]
    said = [str(error) for answer in answers for errors in answer.context["form"].errors.values() for error in errors]
    assert said == [
        "“2024 年”已经录了得分，不能去掉，也不能改取轮次。先把录的清空。",
        "已经录了得分，考评对象不能换。先把录的清空，或另做一个。",
    ]
    assert CompositePart.objects.filter(key="p1").exists()


def test_only_rounds_of_the_same_office_are_offered_and_taken() -> None:
    world, other = county(), county("邻县")
    own, strange = (
        make_round(publish_spec(one.jurisdiction, small_spec(make_type(one.tenant).code))) for one in (world, other)
    )
    made, client = make_composite(world), client_of(world.office)
    send(client, made, round_p1=own.pk, round_p2=strange.pk)
    assert list(made.parts.values_list("round", flat=True)) == [own.pk, None, None]


def test_a_published_one_stays_and_a_draft_can_be_deleted() -> None:
    world = county()
    made, draft, client = make_composite(world), make_composite(world, "草稿"), client_of(world.office)
    enter(world, made, world.bureau, p1="80")
    publish(world, made)
    with pytest.raises(Refused, match="已经公布"):
        shape(world, made, [])
    with pytest.raises(Refused, match="已经公布"):
        discard_composite(actor=world.office, composite=made)
    surely(client, reverse("scores:composite-discard", args=[draft.uuid]))
    assert list(Composite.objects.all()) == [made]
