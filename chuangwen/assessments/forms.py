"""Forms: an assessment, its file, what its columns are, what its indicators and place types are of ours."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone

from chuangwen.assessments import queries
from chuangwen.assessments.models import Assessment
from chuangwen.assessments.tables import says_score, says_what
from chuangwen.inspections.forms import BOX, SELECT, day, words
from chuangwen.organisations.models import Jurisdiction
from chuangwen.places.models import PlaceType
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.tables import Mapping
from chuangwen.standards.tables.forms import MappingForm, TableFileForm
from chuangwen.standards.tables.opening import File
from rulebook.tables import Options
from rulebook.tables.results import RESULT_ROLES, RESULT_SEVERAL

UNDER_ITS_NAME = "还没有导入，或用本次测评的名称导入"
MOST_APART = 50  # percentage points


class AssessmentForm(forms.Form):
    """What cannot be derived: name, level, day, our standard it is held against; its feedback where that is in."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = words("名称", "名称没有填，例如“2026年上半年省级模拟测评”。", 60)
    level = forms.ChoiceField(
        label="哪一级来测的", choices=Assessment.Level.choices, initial="province", widget=forms.Select(attrs=SELECT)
    )
    held_on = day("测评日期")
    version = forms.ModelChoiceField(
        label="对照我们的哪套体系",
        queryset=StandardVersion.objects.none(),
        empty_label=None,
        error_messages={"required": "没有已发布的测评体系。先在“测评体系”里发布一份。"},
        widget=forms.Select(attrs=SELECT),
    )
    feedback = forms.TypedChoiceField(
        label="反馈的问题", required=False, coerce=UUID, empty_value=None, widget=forms.Select(attrs=SELECT)
    )

    def __init__(self, ground: Jurisdiction, *args: Any, assessment: Assessment | None = None, **options: Any) -> None:
        batches = [(str(batch), label) for batch, label in queries.feedback_batches(ground)]
        first: dict[str, Any] = {"held_on": timezone.localdate}
        if assessment:
            first = {name: getattr(assessment, name) for name in ("name", "level", "held_on", "version")}
            first["feedback"] = str(assessment.feedback) if str(assessment.feedback) in dict(batches) else ""
        super().__init__(*args, initial=first, **options)
        self.fields["version"].queryset = queries.usable_versions(ground)
        self.fields["version"].label_from_instance = lambda row: f"{row.standard.name} {row.label}"
        self.fields["feedback"].choices = [("", UNDER_ITS_NAME), *batches]
        if not batches:
            self.fields["feedback"].widget = forms.HiddenInput()

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "client_id"}


class ThresholdForm(forms.Form):
    """How far two rates may lie apart and still be alike."""

    threshold = forms.DecimalField(
        label="相差多少以内算相近",
        min_value=0,
        max_value=MOST_APART,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"class": "form-control sc-few", "step": "0.1", "inputmode": "decimal"}),
        error_messages={
            "required": "填一个数，如 5。",
            "invalid": "填一个数，如 5。",
            "min_value": "不会小于 0。",
            "max_value": f"最多 {MOST_APART} 个百分点。",
            "max_decimal_places": "最多一位小数。",
        },
    )

    def tenths(self) -> int:
        return int(self.cleaned_data["threshold"] * 10)


class ResultFileForm(TableFileForm):
    """The file with the result table."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


GROUPS = {"是什么": ("code", "name", "type", "place", "places"), "分数和原因": ("possible", "got", "lost", "reason")}
CHOICES = [
    ("", RESULT_ROLES[""]),
    *((group, [(role, RESULT_ROLES[role]) for role in roles]) for group, roles in GROUPS.items()),
]


class ResultColumnsForm(MappingForm):
    """What each column of each section of a result table is; the same fields as for a table of standards."""

    split = share = top = None

    def __init__(self, file: File, mapping: Mapping, data: QueryDict | None = None) -> None:
        super().__init__(file, mapping, data)
        for name in self.fields:
            if name.startswith("role_"):
                self.fields[name].choices = CHOICES

    def _check(self, number: int, part: Any, options: Options) -> None:
        where = f"第 {number + 1} 种表" if len(self.file.sections) > 1 else "表里"
        if not says_what(part.roles):
            self.add_error(None, f"{where}没有指出哪一列是编号或指标。")
        if not says_score(part.roles):
            self.add_error(None, f"{where}满分、得分、扣分至少要指出两列，才算得出得分率。")
        for role, times in Counter(part.roles).items():
            if times > 1 and role not in RESULT_SEVERAL:
                self.add_error(None, f"{where}有 {times} 列都说是“{RESULT_ROLES[role]}”，只能有一列。")


class MatchForm(forms.Form):
    """For each thing of their table, the line of ours it is; typed or chosen from the lines of the standard."""

    def __init__(self, terms: Sequence[queries.Term], tree: queries.Tree, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.terms, self.tree = terms, tree
        for number, one in enumerate(terms):
            widget = forms.TextInput(
                attrs={**BOX, "list": "nodes", "autocomplete": "off", "aria-label": f"{one.code} {one.name} 对应"}
            )
            first = tree.called.get(one.key or one.proposed, "")
            self.fields[f"term_{number}"] = forms.CharField(required=False, initial=first, widget=widget)
            self.fields[f"of_{number}"] = forms.CharField(initial=one.term, widget=forms.HiddenInput)

    def rows(self) -> list[tuple[queries.Term, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"term_{n}"], self[f"of_{n}"]) for n, one in enumerate(self.terms)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        by_label = Counter(node.label for node in self.tree.nodes.values() if node.label)
        labels = {node.label: node.key for node in self.tree.nodes.values() if by_label[node.label] == 1}
        self.chosen: dict[str, str] = {}
        for number in range(len(self.terms)):
            text = cleaned.get(f"term_{number}", "").strip()
            key = self.tree.said.get(text) or labels.get(text) or ""
            if text and not key:
                self.add_error(f"term_{number}", "体系里没有这一条。从列出的里面选，或写编号。")
            elif of := cleaned.get(f"of_{number}"):
                self.chosen[of] = key
        return cleaned


class TypesForm(forms.Form):
    """For each place type of theirs that is none of ours, which of ours it is."""

    def __init__(self, strange: Sequence[tuple[str, int]], types: Any, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.strange = strange
        for number, (text, _) in enumerate(strange):
            self.fields[f"type_{number}"] = forms.ModelChoiceField(
                queryset=types,
                required=False,
                empty_label="不对应",
                widget=forms.Select(attrs={**SELECT, "aria-label": f"{text} 对应"}),
            )

    def rows(self) -> list[tuple[str, int, forms.BoundField]]:
        return [(text, rows, self[f"type_{n}"]) for n, (text, rows) in enumerate(self.strange)]

    def chosen(self) -> dict[str, PlaceType]:
        pairs = ((text, self.cleaned_data.get(f"type_{n}")) for n, (text, _) in enumerate(self.strange))
        return {text: kind for text, kind in pairs if kind}
