"""Forms of results entered for units: the table of what is typed, and the units it is typed for."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone

from chuangwen.inspections import queries
from chuangwen.inspections.actions import Result
from chuangwen.inspections.entries import CHOICES, marked_as
from chuangwen.inspections.forms import BOX, day, pasted, words
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Organisation
from chuangwen.standards.checklists import MARK, PAIR, Wrong


@dataclass
class Row:
    """One line with what was typed for it, and what is wrong with that."""

    line: queries.Line
    data: QueryDict
    error: str = ""
    choices: tuple[str, ...] = field(default=CHOICES)

    def _typed(self, kind: str) -> str:
        return str(self.data.get(f"{kind}-{self.line.answer.pk}", "")).strip()[:100]

    @property
    def value(self) -> str:
        return self._typed("n")

    @property
    def base(self) -> str:
        return self._typed("b")

    @property
    def note(self) -> str:
        return self._typed("t")

    @property
    def is_mark(self) -> bool:
        return self.line.item.ask == MARK

    @property
    def is_pair(self) -> bool:
        return self.line.item.ask == PAIR

    @property
    def called(self) -> tuple[str, ...]:
        return self.line.item.asked.called


class EntryForm(forms.Form):
    """Who gave the results and when, said once; below it a row for every item of every unit."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    source = words("谁提供的", "谁提供的，没有填。例如“统计局问卷”“县档案局审核”。", 100)
    given_on = day("结果的日期")
    to_ledger = forms.BooleanField(
        label="不合格的列入问题台账",
        required=False,
        help_text="列入的由单位整改；问卷得分这类没有可改的，不用勾。",
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, page: queries.EntryPage, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"source": page.source, "given_on": timezone.localdate()})
        self.rows = [Row(line, data or QueryDict()) for line in page.lines]
        self.results: list[Result] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for row in self.rows:
            try:
                if marked := marked_as(row.line.item, row.value, row.base, row.note):
                    self.results.append(Result(row.line.visit, marked))
            except Wrong as wrong:
                row.error = str(wrong)
        if wrong_rows := sum(bool(row.error) for row in self.rows):
            self.add_error(None, f"有 {wrong_rows} 格填得不对，标在下面；改对了再录，这一页还没有录进去。")
        elif not self.results:
            self.add_error(None, "一格也没有填。空着的按未测，不用录。")
        return cleaned

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "results": self.results}


class UnitsForm(forms.Form):
    """Units by code or full name."""

    units = pasted(
        "单位", rows=6, help_text="填编码或全名，一行一个，可以从 Excel 整列粘贴。有一行对不上，就一个也不列入。"
    )

    def __init__(self, round: Round, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.round = round
        self.fields["units"].widget.attrs |= BOX

    def clean_units(self) -> list[Organisation]:
        found = queries.named(queries.units_for(self.round), self.cleaned_data["units"])
        wrong = []
        if found.strange:
            wrong.append(f"本辖区没有这些单位，或已撤销：{'、'.join(found.strange)}。核对编码或全名。")
        if found.several:
            wrong.append(f"同名的不止一个：{'、'.join(found.several)}。请填编码。")
        if wrong:
            raise forms.ValidationError(wrong)
        return list(found.rows.values())
