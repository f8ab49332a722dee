"""C1: the official table and the operation sheets on paper."""

from io import BytesIO

import openpyxl
from django.urls import reverse

from chuangwen.inspections.queries import sheet_of
from tests.factories.inspections import field, open_round
from tests.factories.organisations import World, client_of
from tests.factories.places import make_type
from tests.factories.standards import add_criterion, add_indicator, draft_standard, published_standard


def deep(world: World):
    """甲 with 乙 (一, 二) and a criterion of its own (三); 丙 with 四; 丁 empty."""
    version = draft_standard(world.jurisdiction)
    first = add_indicator(version, "甲", label="Ⅰ-1")
    second = add_indicator(version, "乙", parent=first)
    for text in ("一", "二"):
        add_criterion(second, text=text, points="2")
    add_criterion(first, text="三")
    add_criterion(add_indicator(version, "丙"), text="四", evidence="照片")
    add_indicator(version, "丁")
    return version


def text(row) -> str | None:
    return row.criterion and row.criterion.text


def test_indicators_are_merged_over_their_criteria(world):
    version = deep(world)
    table = client_of(world.office).get(reverse("standards:official", args=[version.uuid])).context["table"]
    assert table.heads == ("测评项目", "测评内容", "测评标准", "分值", "测评方法", "材料要求", "责任单位")
    shown = [
        ([(at, cell.text, cell.rows, cell.columns) for at, cell in row.cells.items()], text(row)) for row in table.rows
    ]
    assert shown == [
        ([(0, "Ⅰ-1 甲（5 分）", 3, 1), (1, "乙（4 分）", 2, 1)], "一"),
        ([], "二"),
        ([(1, "", 1, 1)], "三"),
        ([(0, "丙（1 分）", 1, 2)], "四"),
        ([(0, "丁（0 分）", 1, 2)], None),
    ]


def test_the_table_as_excel_has_the_same_cells(world):
    version = deep(world)
    answer = client_of(world.office).get(reverse("standards:official-excel", args=[version.uuid]))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:G1", "A2:G2", "A4:A6", "A7:B7", "A8:B8", "B4:B5"]
    assert [cell.value for cell in sheet[7]] == [
        "丙（1 分）", None, "四\n计分：合格数 ÷ 已测数 × 分值", "1.00", "实地考察", "照片", "",
    ]  # fmt: skip


def test_the_table_asks_as_often_for_three_as_for_one(world, same_queries):
    indicator = add_indicator(draft_standard(world.jurisdiction))
    address = reverse("standards:official", args=[indicator.version.uuid])
    same_queries(lambda: add_criterion(indicator), address, client_of(world.office))


def test_the_sheet_has_what_the_phone_asks_in_the_same_order_and_numbers(db):
    ground = field()
    visit = open_round(ground.world, ground.version, ground.places[:1]).visits.first()
    ask = {"t": visit.place_type.code}
    found = client_of(ground.world.office).get(reverse("standards:sheets", args=[ground.version.uuid]), ask).context
    [(kind, sections)] = found["sheets"]

    def items(parts) -> list:
        return [(part.title, [(i.number, i.text, i.head, i.ask, i.measure) for i in part.items]) for part in parts]

    assert kind == visit.place_type
    assert items(sections) == items(sheet_of(visit))
    numbers = [item.number for part in sections for item in part.items]
    assert numbers == list(range(1, len(numbers) + 1))


def test_without_a_type_there_is_a_sheet_for_each(world):
    kinds = [make_type(world.tenant) for _ in range(2)]
    version = published_standard(world.jurisdiction, kinds)
    found = client_of(world.contact).get(reverse("standards:sheets", args=[version.uuid])).context["sheets"]
    assert [kind for kind, _ in found] == kinds


def test_a_draft_whose_rules_are_not_written_yet_prints_too(world):
    kind = make_type(world.tenant)
    row = add_criterion(add_indicator(draft_standard(world.jurisdiction)), [kind], text="甲", rules=[{}])
    client = client_of(world.office)
    assert client.get(reverse("standards:official", args=[row.version.uuid])).status_code == 200
    [(_, [section])] = client.get(reverse("standards:sheets", args=[row.version.uuid])).context["sheets"]
    assert [(item.text, item.ask) for item in section.items] == [("甲", "mark")]
