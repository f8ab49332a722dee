"""Forms of composites: a new one, its parts as typed, the table of scores."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone

from chuangwen.base.ids import key_of
from chuangwen.base.imports import FIRST_YEAR, LAST_YEAR, Directory
from chuangwen.base.workbooks import tidy
from chuangwen.inspections.models import Round
from chuangwen.scores.composites.actions import Entered
from chuangwen.scores.composites.shaping import Shape
from chuangwen.scores.composites.spec import Fault, score_text
from chuangwen.scores.models import Composite, CompositePart

BOX, SELECT, FEW = {"class": "form-control"}, {"class": "form-select"}, {"class": "form-control sc-few"}
LENGTHS = {"label": 40, "weight": 20, "points": 20, "gate": 20}


def _year(label: str) -> forms.IntegerField:
    said = f"填 {FIRST_YEAR} 到 {LAST_YEAR} 的年份。"
    told = {"required": said, "invalid": said, "min_value": said, "max_value": said}
    widget = forms.NumberInput(attrs=FEW | {"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=FIRST_YEAR, max_value=LAST_YEAR, error_messages=told, widget=widget
    )


class NewForm(forms.Form):
    """What a composite is called, its years, whom it judges; the parts come on the next page."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    title = forms.CharField(
        label="名称",
        max_length=60,
        widget=forms.TextInput(attrs=BOX),
        error_messages={"required": "名称没有填。", "max_length": "太长了，最多 60 个字。"},
    )
    first_year, last_year = _year("从哪一年"), _year("到哪一年")
    kind = forms.ChoiceField(
        label="考评对象",
        choices=Composite.Kind.choices,
        widget=forms.Select(attrs=SELECT),
        error_messages={"invalid_choice": "选一种考评对象。", "required": "选一种考评对象。"},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_year"), given.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", "结束的年份早于开始的年份。")
        return given


class SettingsForm(NewForm):
    """The same with how the parts are put together."""

    client_id = None
    revision = forms.IntegerField(widget=forms.HiddenInput)
    term = forms.ChoiceField(label="怎样合", choices=Composite.Term.choices, widget=forms.Select(attrs=SELECT))
    missing = forms.ChoiceField(
        label="有的还没有结果", choices=Composite.Missing.choices, widget=forms.Select(attrs=SELECT)
    )
    digits = forms.IntegerField(
        label="保留几位小数",
        min_value=0,
        max_value=4,
        widget=forms.NumberInput(attrs=FEW | {"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "填 0 到 4。"),
    )
    bonus_cap = forms.CharField(
        label="另加分最多计几分",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=FEW | {"inputmode": "decimal"}),
        help_text="不填不限。",
    )

    def settings(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return given | {"bonus_cap": tidy(given["bonus_cap"])}

    def say(self, faults: Sequence[Fault]) -> None:
        """Put the engine's faults at the fields they are about."""
        for fault in faults:
            if fault.field in self.fields:
                self.fields[fault.field].help_text = ""
                self.add_error(fault.field, fault.words)


def shapes_of(parts: Sequence[CompositePart]) -> list[Shape]:
    """Rows as they would be typed."""
    names = Shape.__dataclass_fields__
    return [Shape(**{name: getattr(part, name) for name in names}) for part in parts]


def typed_shapes(data: Mapping[str, str], before: Sequence[Shape], rounds: Mapping[int, Round]) -> list[Shape]:
    """What was typed for the rows there were; rows not sent stay as they are."""
    return [_typed(data, shape, rounds) if f"label-{shape.key}" in data else shape for shape in before]


def _typed(data: Mapping[str, str], shape: Shape, rounds: Mapping[int, Round]) -> Shape:
    def said(name: str) -> str:
        return tidy(str(data.get(f"{name}-{shape.key}", "")))

    effect, term, round_id = said("effect"), said("term"), key_of(said("round"))
    return Shape(
        key=shape.key,
        parent_key=shape.parent_key,
        effect=effect if effect in CompositePart.Effect.values else shape.effect,
        term=term if term in Composite.Term.values else shape.term,
        round_id=round_id if round_id in rounds else None,
        **{name: said(name)[:length] for name, length in LENGTHS.items()},
    )


@dataclass(frozen=True)
class Subject:
    """One line of the table of scores: what is typed for it, by column, with what is wrong."""

    key: int
    name: str
    cells: list[tuple[str, str, str, str]]  # (field, what it is for, text, what is wrong)


class ScoresForm(forms.Form):
    """Who published the scores and when, said once; below it a row for every subject; or rows pasted from Excel."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.CharField(
        label="谁公布的",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=BOX | {"placeholder": "如 省测评通报"}),
        error_messages={"max_length": "太长了，最多 100 个字。"},
    )
    given_on = forms.DateField(
        label="公布的日期",
        widget=forms.DateInput(format="%Y-%m-%d", attrs=BOX | {"type": "date"}),
        error_messages={"required": "日期没有填。", "invalid": "日期写成 2026-04-09 这样。"},
    )
    pasted = forms.CharField(
        label="从 Excel 粘贴",
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs=BOX | {"rows": 3}),
    )

    def __init__(
        self,
        columns: Mapping[str, str],
        subjects: Sequence[tuple[int, str]],
        there: Mapping[tuple[str, int], str],
        register: Callable[[], Directory],
        data: QueryDict | None = None,
        **initial: Any,
    ) -> None:
        super().__init__(data, initial={"given_on": timezone.localdate(), **initial})
        self.columns, self.register, self.there = columns, register, there
        self.wrong: dict[str, str] = {}
        self.scores: list[Entered] = []
        self.subjects = list(subjects)
        self.fields[
            "pasted"
        ].help_text = f"一行一个：编码或全名，后面依次是 {'、'.join(columns.values())}。空着的格不动。"

    def rows(self) -> list[Subject]:
        return [Subject(key, name, self._cells(key, name)) for key, name in self.subjects]

    def _cells(self, key: int, name: str) -> list[tuple[str, str, str, str]]:
        found = []
        for column, label in self.columns.items():
            field = f"s-{key}-{column}"
            text = str(self.data[field])[:20] if field in self.data else self.there.get((column, key), "")
            found.append((field, f"{name}：{label}", text, self.wrong.get(field, "")))
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        found = {}
        for key, _ in self.subjects:
            for column in self.columns:
                field = f"s-{key}-{column}"
                if field in self.data:
                    found[column, key] = self._number(field, str(self.data[field]))
        found |= self._pasted(given.get("pasted", ""))
        self.scores = [Entered(column, key, got) for (column, key), got in found.items()]
        if self.wrong:
            self.add_error(None, f"有 {len(self.wrong)} 格填得不对，标在下面；改对了再录，这一页还没有录进去。")
        return given

    def _number(self, field: str, text: str) -> str:
        try:
            return score_text(text)
        except ValueError as error:
            self.wrong[field] = str(error)
            return ""

    def _pasted(self, text: str) -> dict[tuple[str, int], str]:
        found: dict[tuple[str, int], str] = {}
        strange: list[str] = []
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        register = self.register() if lines else None
        for line in lines:
            name, *cells = (tidy(cell) for cell in line.split("\t"))
            key, why, _ = register.find(name)
            try:
                numbers = [score_text(cell) for cell in cells[: len(self.columns)]]
            except ValueError as error:
                why = why or f"{name}：{error}"
            if why or len(cells) > len(self.columns):
                strange.append(why or f"{name}：有 {len(cells)} 个数，最多 {len(self.columns)} 个。")
                continue
            found |= {(column, key): got for column, got in zip(self.columns, numbers, strict=False) if got}
        if strange:
            more = f"另有 {len(strange) - 10} 行。" if len(strange) > 10 else ""
            self.add_error("pasted", [*strange[:10], *filter(None, [more])])
        return found
