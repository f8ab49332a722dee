"""Forms of a table import: the file; then which tables are read, where their heads are, what each column is."""

import re
from collections import Counter
from typing import Any

from django import forms
from django.http import QueryDict

from chuangwen.base.workbooks import MAX_BYTES
from chuangwen.standards.tables.mapping import Mapping, Part
from chuangwen.standards.tables.opening import File, Heads
from rulebook.tables import ROLES, SEVERAL, Options, has_levels

SPLIT = (("auto", "照表里写的分开或合成一条"), ("each", "一个编号一条"), ("one", "一格一条"))
TOP = (("", "在表里：指标的列，或横贯全表的一行"), ("title", "在表的上方：表题"), ("sheet", "是工作表、表的名称"))
GROUPS = {
    "指标": ("level1", "level2", "level3", "level4", "outline", "code"),
    "测评标准": ("text", "rule", "points", "method", "places", "evidence", "number", "weight"),
    "单位和备注": ("lead", "assist", "remarks"),
    "各级的分值、权重": tuple(f"{kind}{level}" for level in range(1, 5) for kind in ("points", "weight")),
}
CHOICES = [("", ROLES[""]), *((group, [(role, ROLES[role]) for role in roles]) for group, roles in GROUPS.items())]


def _select(**attrs: Any) -> forms.Select:
    return forms.Select(attrs={"class": "form-select", **attrs})


class TableFileForm(forms.Form):
    """The file with the tables."""

    file = forms.FileField(
        label="Excel 或 Word 文件",
        max_length=200,
        error_messages={"required": "请选一个文件（.xlsx 或 .docx）。", "empty": "这个文件是空的。请重选文件。"},
        help_text=f"收 .xlsx 和 .docx，最大 {MAX_BYTES // 2**20} MB。合并的格、几行的表头、每页重复的表头都不用改。",
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx,.docx"}),
    )


def written(heads: Heads) -> str:
    """Heads as one hidden text: grid:first-behind the last, with spaces between."""
    return " ".join(f"{grid}:{top}-{bottom}" for grid, (top, bottom) in heads.items())


def read_heads(text: str) -> Heads:
    """Heads out of the hidden text of a page; what is none is left out."""
    found = re.findall(r"(?<!\d)(\d{1,3}):(\d{1,4})-(\d{1,4})(?!\d)", text)
    return {int(grid): (int(top), int(bottom)) for grid, top, bottom in found if int(top) <= int(bottom)}


class MappingForm(forms.Form):
    """What each column of each section is. Fields of section n: read_n, top_n, bottom_n, role_n_c."""

    split = forms.ChoiceField(
        label="一格里有几条编了号的标准",
        choices=SPLIT,
        widget=_select(),
        help_text="照表里写的：一句等次管着几项的，合成一条逐项记；写了各条分值的，或整格没有分值的，分开。",
    )
    share = forms.BooleanField(
        label="一个分值管几条，又没有写每条几分的，平均分",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    heads = forms.CharField(required=False, widget=forms.HiddenInput)  # those a person pointed out so far
    top = forms.ChoiceField(label="一级指标写在哪里", choices=TOP, required=False, widget=_select())

    def __init__(self, file: File, mapping: Mapping, data: QueryDict | None = None) -> None:
        options = mapping.options
        first = {"split": options.split, "share": options.share, "top": options.top, "heads": written(mapping.heads)}
        super().__init__(data, initial=first)
        self.file, self.mapping = file, mapping
        for number, part in enumerate(mapping.parts):
            self._add(number, part)

    def _add(self, number: int, part: Part) -> None:
        section = self.file.sections[number]
        label = f"读第 {number + 1} 种表" if len(self.file.sections) > 1 else "读这张表"
        box = forms.CheckboxInput(attrs={"class": "form-check-input"})
        self.fields[f"read_{number}"] = forms.BooleanField(label=label, required=False, initial=part.read, widget=box)
        if self.file.first_grid(section) is not None:
            top, bottom = section.first.head
            rows = (("top", "表头从第", top + 1), ("bottom", "到第", bottom)) if section.has_head else ()
            for name, words, row in rows or (("top", "表头从第", None), ("bottom", "到第", None)):
                self.fields[f"{name}_{number}"] = forms.IntegerField(
                    label=words,
                    required=False,
                    min_value=1,
                    max_value=section.first.grid.height,
                    initial=row,
                    widget=forms.NumberInput(attrs={"class": "form-control w-num"}),
                )
        for index, role in enumerate(part.roles):
            name = section.columns[index].name or f"第 {index + 1} 列"
            self.fields[f"role_{number}_{index}"] = forms.ChoiceField(
                label=name, choices=CHOICES, required=False, initial=role, widget=_select(**{"aria-label": name})
            )

    def pointed_heads(self) -> Heads:
        """The heads a person pointed out: those that are not where they were found, or were pointed out before."""
        found = dict(self.mapping.heads)
        for number, section in enumerate(self.file.sections):
            grid = self.file.first_grid(section)
            if grid is None:
                continue
            top, bottom = (self._row(f"{name}_{number}") for name in ("top", "bottom"))
            said = (top - 1, bottom) if top and bottom and top <= bottom else (0, 0)
            if said != section.first.head:
                found[grid] = said
        return found

    def _row(self, name: str) -> int:
        text = self.data.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        found = self.result()
        if not any(part.read for part in found.parts):
            self.add_error(None, "没有要读的表。至少勾选一张。")
        for number, part in enumerate(found.parts):
            if part.read:
                self._check(number, part, found.options)
        return cleaned

    def _check(self, number: int, part: Part, options: Options) -> None:
        """What keeps a section from being read as said."""
        section = self.file.sections[number]
        where = f"第 {number + 1} 种表" if len(self.file.sections) > 1 else "表里"
        if not {"text", "outline"} & set(part.roles):
            self.add_error(None, f"{where}没有指出哪一列是测评标准。")
        for role, times in Counter(part.roles).items():
            if times > 1 and role not in SEVERAL:
                self.add_error(None, f"{where}有 {times} 列都说是“{ROLES[role]}”，只能有一列。")
        if not options.top and not has_levels(section, tuple(part.roles)):
            self.add_error("top", f"{where}没有指标的列。请选一级指标写在哪里，或指出哪一列是指标。")

    def result(self) -> Mapping:
        """What the form says; meaningful when it is valid."""
        cleaned = self.cleaned_data
        parts = [
            Part(
                bool(cleaned.get(f"read_{number}")),
                [cleaned.get(f"role_{number}_{index}", "") for index in range(len(part.roles))],
            )
            for number, part in enumerate(self.mapping.parts)
        ]
        options = Options(cleaned.get("split") or "auto", bool(cleaned.get("share")), cleaned.get("top") or "")
        return Mapping(parts, options, self.mapping.heads)
