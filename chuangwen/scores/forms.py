"""Freezing a run; asking for a forecast."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from chuangwen.scores.forecasting import TypeRow

MOST_PLACES = 100_000
NUMBER = {"class": "form-control sc-few", "inputmode": "numeric"}


class FreezeForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label="原因", max_length=200, required=False)


class ForecastForm(forms.Form):
    """How many places of each type there are and are drawn; a score to be reached."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    line = forms.DecimalField(
        label="想达到多少分",
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=4,
        widget=forms.NumberInput(attrs={**NUMBER, "inputmode": "decimal", "step": "any"}),
        error_messages={"invalid": "填一个数，如 90。", "min_value": "小于 0 了，填 0 或以上的分数。"},
    )

    def __init__(self, *args: Any, rows: Sequence[TypeRow], **options: Any) -> None:
        super().__init__(*args, **options)
        self.types = rows
        for row in rows:
            self.fields[f"drawn-{row.code}"] = _places(f"{row.name}抽几处", row.drawn)
            self.fields[f"whole-{row.code}"] = _places(f"{row.name}共几处", row.population)

    def rows(self) -> Iterator[tuple[TypeRow, BoundField, BoundField]]:
        for row in self.types:
            yield row, self[f"drawn-{row.code}"], self[f"whole-{row.code}"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for row in self.types:
            drawn, whole = given.get(f"drawn-{row.code}"), given.get(f"whole-{row.code}")
            if drawn is None or whole is None:
                continue
            if whole < row.seen:
                self.add_error(f"whole-{row.code}", f"看过 {row.seen} 处，不会少于 {row.seen} 处。")
            elif drawn > whole:
                self.add_error(f"drawn-{row.code}", f"一共 {whole} 处，抽不出 {drawn} 处。")
        return given

    @property
    def plan(self) -> dict[str, tuple[int, int]]:
        given = self.cleaned_data
        return {row.code: (given[f"whole-{row.code}"], given[f"drawn-{row.code}"]) for row in self.types}


def _places(label: str, initial: int) -> forms.IntegerField:
    told = {
        "required": "要填数，不抽填 0。",
        "invalid": "填整数。",
        "min_value": "小于 0 了，填 0 或以上的数。",
        "max_value": f"最多 {MOST_PLACES} 处。",
    }
    widget = forms.NumberInput(attrs={**NUMBER, "aria-label": label})
    return forms.IntegerField(
        label=label, initial=initial, min_value=0, max_value=MOST_PLACES, widget=widget, error_messages=told
    )
