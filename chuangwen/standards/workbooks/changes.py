"""What changed between two versions as a list for people: one row for each field that differs."""

from collections.abc import Iterator
from typing import Any

from chuangwen.base.workbooks import Column, write
from chuangwen.standards.comparing import Change
from chuangwen.standards.models import StandardVersion

COLUMNS = (
    Column("words", "变动", lambda row: row[0].words, width=10),
    Column("what", "类别", lambda row: "指标" if row[0].line.is_indicator else "测评标准", width=10),
    Column("path", "所在指标", lambda row: row[0].line.path, width=30),
    Column("title", "名称或内容", lambda row: row[0].line.title, width=44),
    Column("field", "哪一项", lambda row: row[1], width=10),
    Column("old", "原来", lambda row: row[2], width=44),
    Column("new", "现在", lambda row: row[3], width=44),
)


def write_changes(changes: list[Change], old: StandardVersion | None, new: StandardVersion, *, out: Any) -> None:
    """Write the changes to a path or binary file."""
    notes = (f"原来：{old.standard.name} {old.label}" if old else "", f"现在：{new.standard.name} {new.label}")
    write(COLUMNS, _rows(changes), title="变动", out=out, notes=notes)


def _rows(changes: list[Change]) -> Iterator[tuple[Change, str, str, str]]:
    for one in changes:
        if one.old and one.new and one.old.path != one.new.path:
            yield one, "所在指标", one.old.path, one.new.path
        for field in one.fields:
            yield one, field.name, *field.texts
        if not one.fields and not (one.old and one.new and one.old.path != one.new.path):
            yield one, "", one.old.title if one.old else "", one.new.title if one.new else ""
