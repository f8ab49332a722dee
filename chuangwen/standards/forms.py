"""Forms of standards, indicators and criteria; a rule's settings are the fields its kind declares."""

import json
from typing import Any

from django import forms
from django.http import QueryDict

from chuangwen.organisations.models import Person
from chuangwen.places.models import PlaceType
from chuangwen.standards import panels
from chuangwen.standards.beginnings import SOURCE, Sample
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from chuangwen.standards.rules import KINDS, SEVERAL, UNDECIDED, Items, Param, Rule, Unreadable, canonical, is_undecided
from chuangwen.standards.rules.param import Choice, Lines
from chuangwen.standards.spec import UNITS, criterion_spec
from rulebook.scoring.exact import decimal
from rulebook.scoring.subjects import DIVISIONS, SUBJECTS
from rulebook.tables import names

DATA = "data"
SELDOM = ("p_label", "p_share_line", "p_floor", "p_ordinal")
METHODS = ("实地考察", "材料审核", "问卷调查", "网络检查", "整体观察")


def _box(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", **attrs})


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "form-control", "rows": rows})


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


class PointsField(forms.CharField):
    """A decimal kept as the text it was written in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, widget=_box(inputmode="decimal"), **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            if text and decimal(text) < 0:
                raise ValueError(text)
        except ValueError:
            raise forms.ValidationError(f"“{text}”不是分值。请填 0 以上的数，小数不超过 6 位。") from None
        return text


def _subject() -> forms.ChoiceField:
    choices = [("", "不分对象，照责任单位排"), *((name, one.label) for name, one in SUBJECTS.items())]
    return forms.ChoiceField(
        label="测评对象",
        choices=choices,
        required=False,
        widget=_select(),
        help_text="评的是什么：各窗口、各村、各单位，排名和得分照它写。",
    )


class StandardForm(forms.Form):
    """A new assessment system."""

    name = forms.CharField(label="名称", max_length=100, widget=_box(), error_messages={"required": "名称没有填。"})
    code = forms.CharField(
        label="编码",
        max_length=40,
        widget=_box(),
        help_text="每套一个，定了就不改，可用名称的拼音首字母，如 wmcs。",
        error_messages={"required": "编码没有填。"},
    )
    label = forms.CharField(
        label="版本", max_length=40, required=False, widget=_box(), help_text="不填是今年的年份，如 2026版。"
    )
    source = forms.CharField(label="依据", max_length=200, required=False, widget=_box(), help_text="文件名和文号。")
    subject = _subject()

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
        widget=_box(),
        help_text="一般是年份，如 2027版；不填就按年份起名。",
    )
    source = forms.CharField(
        label="依据", max_length=200, required=False, widget=_box(), help_text="文件名和文号；不填照原来的。"
    )
    name = forms.CharField(
        label="另起一套的名称", max_length=100, required=False, widget=_box(), help_text="不填就是这一套的新版本。"
    )
    code = forms.CharField(
        label="另起一套的编码",
        max_length=40,
        required=False,
        widget=_box(),
        help_text="每套一个，定了就不改，可用名称的拼音首字母，如 wmcs。",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("name")) != bool(cleaned.get("code")):
            self.add_error("name" if cleaned.get("code") else "code", "另起一套，名称和编码都要填；起草新版本都不填。")
        return cleaned


class SettingsForm(forms.Form):
    """What holds for the whole version."""

    name = forms.CharField(label="名称", max_length=100, widget=_box(), error_messages={"required": "名称没有填。"})
    label = forms.CharField(label="版本", max_length=40, widget=_box(), error_messages={"required": "版本没有填。"})
    source = forms.CharField(label="依据", max_length=200, required=False, widget=_box())
    subject = _subject()
    divide_by = forms.ChoiceField(
        label="怎样分对象",
        choices=[("", "照这种对象通常的分法"), *DIVISIONS.items()],
        required=False,
        widget=_select(),
        help_text="例如各村：有的地方一个村是一个区域，有的是一个单位，有的是一处点位。",
    )
    digits = forms.IntegerField(
        label="公布几位小数", min_value=0, max_value=6, widget=forms.NumberInput(attrs={"class": "form-control"})
    )
    na_policy = forms.ChoiceField(
        label="缺项",
        choices=(("renormalise", "按同级折算"), ("full", "给满分"), ("zero", "不给分")),
        widget=_select(),
        help_text="这里没有这一项，例如小区没有地下车库。",
    )
    untested = forms.ChoiceField(
        label="未测",
        choices=(("renormalise", "按同级折算"), ("leave_out", "满分和得分都不计")),
        widget=_select(),
        help_text="没有测到的不算 0 分。",
    )
    least_coverage = PointsField(label="参加排名的最低覆盖面", required=False, help_text="0 到 1，如 0.6；不填是不限。")

    DEFAULTS = {
        "subject": "", "divide_by": "", "digits": 2, "na_policy": "renormalise", "untested": "renormalise",
        "least_coverage": "",
    }  # fmt: skip

    def __init__(self, version: StandardVersion, data: QueryDict | None = None) -> None:
        self.version = version
        first = {"name": version.standard.name, "label": version.label, "source": version.source}
        super().__init__(data, initial={**self.DEFAULTS, **version.options, **first})

    def values(self) -> dict[str, Any]:
        """Fields for the action; an option that says the default stays as the draft had it."""
        options = dict(self.version.options)
        for name, default in self.DEFAULTS.items():
            value = self.cleaned_data[name]
            if name in options or value != default:
                options[name] = value
        options = {name: value for name, value in options.items() if value != ""}
        return {name: self.cleaned_data[name] for name in ("name", "label", "source")} | {"options": options}


class IndicatorForm(forms.ModelForm):
    points = PointsField(label="分值", required=False, help_text="不填就是下级合计。")
    weight = PointsField(label="权重", required=False, help_text="按权重折算时才填，同级都要填。")

    class Meta:
        model = Indicator
        fields = ["label", "name", "points", "weight"]
        widgets = {"label": _box(), "name": _box()}
        error_messages = {"name": {"required": "名称没有填。"}}

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class LineForm(forms.Form):
    """A row of the tree in place: its number, its words, its points."""

    label = forms.CharField(label="编号", max_length=20, required=False, widget=_box())
    text = forms.CharField(label="内容", widget=_area(2), error_messages={"required": "内容没有填。"})
    points = PointsField(label="分值", required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, kind: type[Indicator | Criterion], data: Any = None, **given: Any) -> None:
        super().__init__(data, auto_id="line_%s", **given)
        if kind is Indicator:
            self.fields["text"] = forms.CharField(
                label="名称", max_length=200, widget=_box(), error_messages={"required": "名称没有填。"}
            )
            self.fields["points"].help_text = "不填就是下级合计。"

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("label", "text", "points")}


class CriterionForm(forms.ModelForm):
    """A criterion with one rule; several rules, or what the fields cannot say, are edited as data."""

    points = PointsField(label="分值", error_messages={"required": "分值没有填。"})
    weight = PointsField(label="权重", required=False, help_text="按权重折算时才填，同级都要填。")
    phrases = forms.CharField(
        label="常用语", required=False, widget=_area(3), help_text="记问题时点选的短句，一句一行。"
    )
    lead = forms.CharField(label="牵头单位", required=False, widget=_box(), help_text="或责任单位，几个之间用顿号。")
    assist = forms.CharField(label="配合单位", required=False, widget=_box(), help_text="几个之间用顿号。")
    kind = forms.ChoiceField(label="规则", widget=_select())

    class Meta:
        model = Criterion
        fields = ["label", "text", "points", "weight", "method", "place_types", "section", "evidence", "explanation"]
        widgets = {
            "label": _box(),
            "text": _area(3),
            "method": _box(list="methods"),
            "place_types": forms.CheckboxSelectMultiple,
            "section": _box(),
            "evidence": _box(),
            "explanation": _area(2),
        }
        labels = {"place_types": "点位类型"}
        help_texts = {
            "place_types": "哪些点位测这一条；一个也不选就是各类都测。",
            "section": "手机上按它分段；不填按指标分。",
        }
        error_messages = {"text": {"required": "内容没有填。"}, "method": {"required": "测评方法没有填。"}}

    def __init__(self, person: Person, data: QueryDict | None = None, *, instance: Criterion) -> None:
        super().__init__(data, instance=instance)
        types = PlaceType.objects.filter(tenant_id=person.tenant_id)
        now = instance.place_types.all() if instance.pk else types.none()
        offered = types.filter(archived_at__isnull=True) | types.filter(pk__in=[kind.pk for kind in now])
        self.fields["place_types"].queryset = offered.order_by("code")
        self.initial["phrases"] = "\n".join(instance.phrases)
        self.initial |= {name: "、".join(instance.units.get(name, ())) for name in UNITS}
        self.rule: Rule = instance.rules[0] if len(instance.rules) == 1 else {}
        self.kind_now = self._kind(data)
        open_ = [("", UNDECIDED)] if self._is_open() else []
        self.fields["kind"].required = not open_
        self.fields["kind"].choices = [*open_, *((kind.name, kind.label) for kind in KINDS.values()), (DATA, SEVERAL)]
        self.initial["kind"] = self.kind_now
        self._rule_fields()

    def _kind(self, data: QueryDict | None) -> str:
        """The kind whose settings are shown: the one chosen, else the criterion's."""
        chosen = data.get("kind", "") if data else ""
        if chosen in KINDS or chosen == DATA:
            return chosen
        if self._is_open():
            return ""
        own = self.rule.get("kind", "") if self._sayable() else DATA
        return own or "pass_rate"

    def _is_open(self) -> bool:
        """Is it a criterion whose rule nobody has decided yet?"""
        return len(self.instance.rules) == 1 and is_undecided(self.rule)

    def _sayable(self) -> bool:
        """Can the fields of its kind show everything the rule says?"""
        if not self.instance.rules or not self.rule:
            return not self.instance.rules
        kind = KINDS.get(self.rule.get("kind", ""))
        if kind is None:
            return False
        try:
            shown = {"kind": kind.name}
            for param in kind.params:
                if param.name in self.rule:
                    shown[param.name] = param.keep(param.text(self.rule[param.name]))
            return canonical(shown) == self.rule
        except (Unreadable, AttributeError, TypeError, KeyError):
            return False

    def _rule_fields(self) -> None:
        if self.kind_now == DATA:
            self.fields["p_data"] = forms.CharField(
                label="规则的数据",
                widget=_area(8),
                help_text="照《测评体系文件》写：rules 是各条规则，combine 是怎样汇总。",
            )
            whole = {"rules": self.instance.rules, "combine": self.instance.combine}
            self.initial["p_data"] = json.dumps(whole, ensure_ascii=False, indent=1)
            return
        for param in KINDS[self.kind_now].params if self.kind_now else ():
            same = self.rule.get("kind", self.kind_now) == self.kind_now and param.name in self.rule
            value = self.rule[param.name] if same else param.default
            self.fields[f"p_{param.name}"] = self._target(param, value) if param.name == "target" else _field_of(param)
            self.initial[f"p_{param.name}"] = "" if value is None else param.text(value)

    def _target(self, param: Param, now: str | None) -> forms.ChoiceField:
        """Which indicator gets nothing, chosen by its label and name; what stands there and is none stays in sight."""
        rows = {row.key: str(row) for row in self.instance.version.indicators.order_by("position", "id")}
        choices = [("", "只管本条"), *({now: now} | rows if now else rows).items()]
        return forms.ChoiceField(label=param.label, required=False, choices=choices, widget=_select())

    @property
    def kind_words(self) -> str:
        """One sentence on the kind whose settings are shown."""
        if not self.kind_now:
            return "先选一种规则，再按“换成选的这种规则”。也可以先改别的，规则以后再定。"
        known = KINDS.get(self.kind_now)
        return known.explain if known else "几条规则合用，或字段里写不下的，照数据的写法写。"

    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("p_") and field.name != "kind"]

    def rule_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith("p_") and field.name not in SELDOM]

    def seldom_fields(self) -> list[forms.BoundField]:
        """Settings most rules leave alone."""
        return [field for field in self if field.name in SELDOM]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["rules"], cleaned["combine"] = self._read_rules(cleaned)
        if not self.errors and self.kind_now:
            self._compile(cleaned)
        return cleaned

    def _read_rules(self, cleaned: dict[str, Any]) -> tuple[list[Rule], str]:
        if self.kind_now == DATA:
            return self._read_data(cleaned.get("p_data", ""))
        if not self.kind_now:
            return self.instance.rules, self.instance.combine
        rule: Rule = {"kind": self.kind_now}
        for param in KINDS[self.kind_now].params:
            text = cleaned.get(f"p_{param.name}", "")
            try:
                rule |= {param.name: param.keep(text)} if text else {}
            except Unreadable as wrong:
                self.add_error(f"p_{param.name}", str(wrong))
        return [canonical(rule)], "sum"

    def _read_data(self, text: str) -> tuple[list[Rule], str]:
        try:
            found = json.loads(text)
            rules = [canonical(rule) for rule in found["rules"]]
            return rules, str(found.get("combine", "sum"))[:8]
        except (ValueError, TypeError, KeyError, AttributeError):
            self.add_error("p_data", "写法不对：要有 rules，引号、逗号、括号要成对。")
            return [], "sum"

    def _compile(self, cleaned: dict[str, Any]) -> None:
        """What the rulebook minds is said at the form, at once."""
        trial = Criterion(
            key=self.instance.key or "c",
            rules=cleaned["rules"],
            combine=cleaned["combine"],
            points=cleaned["points"],
            weight="",
        )
        for wrong in panels.compiled(criterion_spec(trial, types=()))[1]:
            self.add_error("kind", wrong)

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in (*self.Meta.fields, "rules", "combine")}
        phrases = [line.strip() for line in self.cleaned_data["phrases"].splitlines() if line.strip()]
        units = {name: names(self.cleaned_data[name]) for name in UNITS if self.cleaned_data[name]}
        return values | {
            "phrases": phrases,
            "units": units,
            "place_types": list(self.cleaned_data["place_types"]),
        }


def _field_of(param: Param) -> forms.Field:
    """The form field of one setting."""
    if isinstance(param, Choice):
        choices = [(value, words[0]) for value, words in param.options.items()]
        return forms.ChoiceField(
            label=param.label, choices=choices, required=False, widget=_select(), help_text=param.help
        )
    widget = _area(4) if isinstance(param, Lines | Items) else _box()
    return forms.CharField(label=param.label, required=False, widget=widget, help_text=param.help)


class YamlForm(forms.Form):
    """A YAML file to replace a draft's tree."""

    file = forms.FileField(
        label="体系文件",
        max_length=200,
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".yaml,.yml"}),
        help_text="草稿里原有的指标和测评标准由这份文件代替。",
        error_messages={"required": "请选一个文件（.yaml）。", "empty": "这个文件是空的。请重选文件。"},
    )
