"""Forms of standards, their settings and their indicators, and the fields of a setting."""

from typing import Any

from django import forms
from django.http import QueryDict

from chuangwen.standards import settings
from chuangwen.standards.beginnings import SOURCE, Sample
from chuangwen.standards.checking import option_faults
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from chuangwen.standards.rules import Unreadable
from chuangwen.standards.rules.param import Choice, Lines, Param
from rulebook.scoring.exact import decimal

SUMMED = ("methods", "assessors", "assessors_combine", "districts", "bonus_cap", "points", "floor", "publish_levels")
METHODS = ("实地考察", "材料审核", "问卷调查", "网络检查", "整体观察")


def box(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", **attrs})


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "form-control", "rows": rows})


def select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


class PointsField(forms.CharField):
    """A decimal kept as the text it was written in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, widget=box(inputmode="decimal"), **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            if text and decimal(text) < 0:
                raise ValueError(text)
        except ValueError:
            raise forms.ValidationError(f"“{text}”不是分值。请填 0 以上的数，小数不超过 6 位。") from None
        return text


def field_of(param: Param) -> forms.Field:
    """The form field of one setting."""
    if isinstance(param, Choice):
        choices = [(value, words[0]) for value, words in param.options.items()]
        return forms.ChoiceField(
            label=param.label, choices=choices, required=False, widget=select(), help_text=param.help
        )
    widget = area(4) if isinstance(param, Lines) else box()
    return forms.CharField(label=param.label, required=False, widget=widget, help_text=param.help)


class StandardForm(forms.Form):
    """A new assessment system."""

    name = forms.CharField(label="名称", max_length=100, widget=box(), error_messages={"required": "名称没有填。"})
    code = forms.CharField(
        label="编码",
        max_length=40,
        widget=box(),
        help_text="每套一个，定了就不改，可用名称的拼音首字母，如 wmcs。",
        error_messages={"required": "编码没有填。"},
    )
    label = forms.CharField(
        label="版本", max_length=40, required=False, widget=box(), help_text="不填是今年的年份，如 2026版。"
    )
    source = forms.CharField(label="依据", max_length=200, required=False, widget=box(), help_text="文件名和文号。")
    subject = field_of(settings.PARAMS[0])

    def __init__(self, sample: Sample | None = None, data: QueryDict | None = None) -> None:
        first = {"name": sample.title, "code": sample.name, "source": SOURCE} if sample else {}
        super().__init__(data, initial=first)
        if sample:
            del self.fields["subject"]  # the sample says it


class DraftForm(forms.Form):
    """The next version of a standard, or another standard that begins with its tree."""

    label = forms.CharField(
        label="版本",
        max_length=40,
        required=False,
        widget=box(),
        help_text="一般是年份，如 2027版；不填就按年份起名。",
    )
    source = forms.CharField(
        label="依据", max_length=200, required=False, widget=box(), help_text="文件名和文号；不填照原来的。"
    )
    name = forms.CharField(
        label="另起一套的名称", max_length=100, required=False, widget=box(), help_text="不填就是这一套的新版本。"
    )
    code = forms.CharField(
        label="另起一套的编码",
        max_length=40,
        required=False,
        widget=box(),
        help_text="每套一个，定了就不改，可用名称的拼音首字母，如 wmcs。",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("name")) != bool(cleaned.get("code")):
            self.add_error("name" if cleaned.get("code") else "code", "另起一套，名称和编码都要填；起草新版本都不填。")
        return cleaned


class SettingsForm(forms.Form):
    """What holds for the whole version."""

    name = forms.CharField(label="名称", max_length=100, widget=box(), error_messages={"required": "名称没有填。"})
    label = forms.CharField(label="版本", max_length=40, widget=box(), error_messages={"required": "版本没有填。"})
    source = forms.CharField(label="依据", max_length=200, required=False, widget=box())

    def __init__(self, version: StandardVersion, data: QueryDict | None = None) -> None:
        self.version = version
        super().__init__(data)
        self.initial = {"name": version.standard.name, "label": version.label, "source": version.source}
        for param in settings.PARAMS:
            value = version.options.get(param.name, param.default)
            self.fields[param.name] = field_of(param)
            self.initial[param.name] = "" if value is None else param.text(value)

    def first_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in SUMMED]

    def summed_fields(self) -> list[forms.BoundField]:
        """What makes the total out of parts."""
        return [field for field in self if field.name in SUMMED]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        options = dict(self.version.options)
        for param in settings.PARAMS:
            try:
                self._keep(options, param, cleaned.get(param.name, ""))
            except Unreadable as wrong:
                self.add_error(param.name, str(wrong))
        cleaned["options"] = options
        if not self.errors:
            for field, words in option_faults(options):
                self.add_error(field, words)
        return cleaned

    def _keep(self, options: dict[str, Any], param: Param, text: str) -> None:
        """Put a setting in; one that says the default, or what the draft has already, stays as the draft had it."""
        value = param.keep(text) if text else param.default
        if value in (None, "", [], {}):
            options.pop(param.name, None)
        elif param.name not in options:
            options |= {param.name: value} if value != param.default else {}
        elif param.keep(options[param.name]) != value:
            options[param.name] = value

    def values(self) -> dict[str, Any]:
        """Fields for the action."""
        return {name: self.cleaned_data[name] for name in ("name", "label", "source", "options")}


class IndicatorForm(forms.ModelForm):
    points = PointsField(label="分值", required=False, help_text="不填就是下级合计。")
    weight = PointsField(label="权重", required=False, help_text="按权重折算时才填，同级都要填。")

    class Meta:
        model = Indicator
        fields = ["label", "name", "points", "weight"]
        widgets = {"label": box(), "name": box()}
        error_messages = {"name": {"required": "名称没有填。"}}

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class LineForm(forms.Form):
    """A row of the tree in place: its number, its words, its points."""

    label = forms.CharField(label="编号", max_length=20, required=False, widget=box())
    text = forms.CharField(label="内容", widget=area(2), error_messages={"required": "内容没有填。"})
    points = PointsField(label="分值", required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, kind: type[Indicator | Criterion], data: Any = None, **given: Any) -> None:
        super().__init__(data, auto_id="line_%s", **given)
        if kind is Indicator:
            self.fields["text"] = forms.CharField(
                label="名称", max_length=200, widget=box(), error_messages={"required": "名称没有填。"}
            )
            self.fields["points"].help_text = "不填就是下级合计。"

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("label", "text", "points")}


class YamlForm(forms.Form):
    """A YAML file to replace a draft's tree."""

    file = forms.FileField(
        label="体系文件",
        max_length=200,
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".yaml,.yml"}),
        help_text="草稿里原有的指标和测评标准由这份文件代替。",
        error_messages={"required": "请选一个文件（.yaml）。", "empty": "这个文件是空的。请重选文件。"},
    )
