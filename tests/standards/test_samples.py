"""The Excel template of a standard: a sample row for each kind of rule, which can be copied into the sheet to fill."""

from uuid import uuid4

import pytest

from chuangwen.base.errors import Refused
from chuangwen.base.imports import actions as imports
from chuangwen.base.imports.sheets import template_file
from chuangwen.base.workbooks import SAMPLES
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.rules import REGISTERED, read
from chuangwen.standards.spec import spec_of
from chuangwen.standards.workbooks import IMPORT
from tests.factories.organisations import World
from tests.factories.standards import draft_standard
from tests.factories.workbooks import opened, receive


@pytest.fixture
def draft(world: World) -> StandardVersion:
    return draft_standard(world.jurisdiction)


def sheets(world: World) -> tuple[bytes, list[tuple], list[tuple]]:
    """The template, the head of its sheet to fill, and its sheet of samples."""
    data = template_file(IMPORT, world.office)
    book = opened(data)
    return data, list(book["测评体系"].values), list(book[SAMPLES].values)


def copied(world: World, draft: StandardVersion):
    """A batch of the sheet to fill with all sample rows pasted under its head."""
    _, [head], [_, _, *rows] = sheets(world)
    chosen = [["" if cell is None else cell for cell in row] for row in rows]
    return receive(world.office, "standards", head, *chosen, context={"version": draft.pk})


def test_every_kind_of_rule_has_one_sample_under_the_same_columns(world):
    _, [head], [above, same, *rows] = sheets(world)
    assert above[0] == "这张表是示例，不导入。照着填到“测评体系”那张表里，也可以整行复制过去再改。"
    assert (same, [row[head.index("规则")] for row in rows]) == (head, [kind.label for kind in REGISTERED])


def test_the_samples_copied_into_the_sheet_are_imported_whole_and_taken_back(world, draft):
    before = spec_of(draft)
    batch = copied(world, draft)
    assert [row.errors for row in batch.rows.all()] == [{}] * len(REGISTERED)
    imports.confirm(actor=world.office, batch=batch)
    [node] = spec_of(draft)["nodes"]
    for kind, line in zip(REGISTERED, node["criteria"], strict=True):
        rule = read(kind.label, kind.example, "\n".join(kind.items))
        named = {"target": node["key"]} if "target" in rule else {}
        assert (line["rule"], line.get("points", "")) == ({**rule, **named}, kind.points)
    assert imports.undo(actor=world.office, batch=batch) == {}
    assert spec_of(StandardVersion.objects.get(pk=draft.pk)) == before


def test_the_template_as_it_is_imports_no_sample(world, draft):
    data, *_ = sheets(world)
    with pytest.raises(Refused) as refused:
        imports.receive(
            actor=world.office,
            kind="standards",
            data=data,
            name="a.xlsx",
            client_id=uuid4(),
            context={"version": draft.pk},
        )
    assert refused.value.message == (
        "“测评体系”里只有表头，没有一行内容。“填写示例”里的行不导入，要填在“测评体系”里。填好后再传。"
    )
