"""The form of a criterion; a rule's settings are the fields its kind declares."""

import json
from typing import Any

from django import forms
from django.http import QueryDict

from chuangwen.organisations.models import Person
from chuangwen.places.models import PlaceType
from chuangwen.standards import panels
from chuangwen.standards.forms import PointsField, area, box, field_of, select
from chuangwen.standards.models import Criterion
from chuangwen.standards.rules import (
    KINDS,
    SEVERAL,
    UNDECIDED,
    Param,
    Rule,
    Unreadable,
    canonical,
    is_undecided,
    role_of,
)
from chuangwen.standards.rules.kind import BY_ENTRY
from chuangwen.standards.spec import BESIDE, UNITS, criterion_spec
from rulebook.tables import names

DATA = "data"
SHOW = {"hx-post": "", "hx-vals": '{"show": "1"}', "hx-select": "#rule", "hx-target": "#rule", "hx-swap": "outerHTML"}
SELDOM = (
    "role",
    "to",
    "assessors",
    *(
        f"p_{name}"
        for name in ("floor_bands", "worst", "worst_effect", "grades_in", "label", "share_line", "floor", "ordinal")
    ),
)
ROLES = (("", "不是，占分值"), ("bonus", "加分"), ("deduction", "扣分"))


class CriterionForm(forms.ModelForm):
    """A criterion with one rule; several rules, or what the fields cannot say, are edited as data."""

    points = PointsField(label="分值", required=False)
    weight = PointsField(label="权重", required=False, help_text="按权重折算时才填，同级都要填。")
    role = forms.ChoiceField(
        label="分值以外", choices=ROLES, required=False, widget=select(), help_text="加分、扣分不占分值，也不参加折算。"
    )
    to = forms.ChoiceField(
        label="加到、扣到哪里",
        choices=(("", "总分"), ("parent", "上级指标")),
        required=False,
        widget=select(),
        help_text="加分、扣分才用。",
    )
    assessors = forms.MultipleChoiceField(
        label="由谁测评",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="一个也不选，就是各测评主体都测。",
    )
    phrases = forms.CharField(
        label="常用语", required=False, widget=area(3), help_text="记问题时点选的短句，一句一行。"
    )
    lead = forms.CharField(label="牵头单位", required=False, widget=box(), help_text="或责任单位，几个之间用顿号。")
    assist = forms.CharField(label="配合单位", required=False, widget=box(), help_text="几个之间用顿号。")
    kind = forms.ChoiceField(label="规则", widget=select())
    shown = forms.CharField(required=False, widget=forms.HiddenInput)  # the kind whose settings stand on the page

    class Meta:
        model = Criterion
        fields = ["label", "text", "points", "weight", "method", "place_types", "section", "evidence", "explanation"]
        widgets = {
            "label": box(),
            "text": area(3),
            "method": box(list="methods"),
            "place_types": forms.CheckboxSelectMultiple,
            "section": box(),
            "evidence": box(),
            "explanation": area(2),
        }
        labels = {"place_types": "点位类型"}
        help_texts = {
            "place_types": "哪些点位测这一条；一个也不选就是各类都测。",
            "section": "手机上按它分段；不填按指标分。",
        }
        error_messages = {"text": {"required": "内容没有填。"}, "method": {"required": "测评方法没有填。"}}

    def __init__(self, person: Person, data: QueryDict | None = None, *, instance: Criterion) -> None:
        """With `show` in the data another kind's settings are asked for: all that was typed stays, nothing is wrong."""
        self.typed = data if data and "show" in data else None
        super().__init__(None if self.typed else data, instance=instance)
        types = PlaceType.objects.filter(tenant_id=person.tenant_id)
        now = instance.place_types.all() if instance.pk else types.none()
        offered = types.filter(archived_at__isnull=True) | types.filter(pk__in=[kind.pk for kind in now])
        self.fields["place_types"].queryset = offered.order_by("code")
        self.initial["phrases"] = "\n".join(instance.phrases)
        self.initial |= {name: "、".join(instance.units.get(name, ())) for name in UNITS}
        self.usual: dict[str, str] = {}  # what a setting is where nobody sets it
        self.rule: Rule = instance.rules[0] if len(instance.rules) == 1 else {}
        self.kind_now = self._kind(data)
        open_ = [("", UNDECIDED)] if self._is_open() else []
        self.fields["kind"].required = not open_
        self.fields["kind"].widget.attrs |= SHOW
        self.fields["kind"].choices = [*open_, *_grouped(), (DATA, SEVERAL)]
        self.initial["kind"] = self.kind_now
        self._place_fields()
        self._rule_fields()
        self._keep_typed()

    def _keep_typed(self) -> None:
        """Put what was typed before another kind was asked for where it still has a place."""
        self.initial["shown"] = self.kind_now
        if self.typed is None:
            return
        former, now = (KINDS.get(name) for name in (self.typed.get("shown"), self.kind_now))
        both = {f"p_{param.name}" for param in now.params if param in former.params} if former and now else set()
        for name, field in self.fields.items():
            if name in both or not (name.startswith("p_") or name in ("kind", "shown")):
                many = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
                self.initial[name] = self.typed.getlist(name) if many else self.typed.get(name, "")

    def _place_fields(self) -> None:
        """What says where it stands: in or outside the points, added to what, assessed by whom."""
        self.initial |= {name: getattr(self.instance, name) for name in ("role", "to", "assessors")}
        voices = self.instance.version.options.get("assessors", {})
        self.fields["assessors"].choices = [(key, one.get("label", key)) for key, one in voices.items()]
        kind = KINDS.get(self.kind_now)
        by_entry = kind is not None and kind.group == BY_ENTRY
        if by_entry:
            self.fields["method"].required = False
        unused = {
            "role": by_entry or self.kind_now in ("", "gate"),
            "to": self.kind_now in ("", "gate", "veto"),
            "assessors": by_entry or not voices,
        }
        for name in filter(unused.get, unused):
            del self.fields[name]

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
                widget=area(8),
                help_text="照《测评体系文件》写：rules 是各条规则，combine 怎样汇总，precedence 以哪种方法为准。",
            )
            whole = {"rules": self.instance.rules, "combine": self.instance.combine}
            whole |= {"precedence": self.instance.precedence} if self.instance.precedence else {}
            self.initial["p_data"] = json.dumps(whole, ensure_ascii=False, indent=1)
            return
        for param in KINDS[self.kind_now].params if self.kind_now else ():
            same = self.rule.get("kind", self.kind_now) == self.kind_now and param.name in self.rule
            value, name = self.rule[param.name] if same else param.default, f"p_{param.name}"
            self.fields[name] = self._target(param, value) if param.name == "target" else field_of(param)
            self.usual[name] = "" if param.default is None else param.text(param.default)
            self.initial[name] = param.text(value) if same else param.begins or self.usual[name]

    def _target(self, param: Param, now: str | None) -> forms.ChoiceField:
        """Which indicator gets nothing, chosen by its label and name; what stands there and is none stays in sight."""
        rows = {row.key: str(row) for row in self.instance.version.indicators.order_by("position", "id")}
        choices = [("", "只管本条"), *({now: now} | rows if now else rows).items()]
        return forms.ChoiceField(label=param.label, required=False, choices=choices, widget=select())

    @property
    def kind_words(self) -> str:
        """One sentence on the kind whose settings are shown."""
        if not self.kind_now:
            return "先选一种规则。也可以先改别的，规则以后再定。"
        known = KINDS.get(self.kind_now)
        return known.explain if known else "几条规则合用，或字段里写不下的，照数据的写法写。"

    def plain_fields(self) -> list[forms.BoundField]:
        return [
            field for field in self if not field.name.startswith("p_") and field.name not in ("kind", "shown", *SELDOM)
        ]

    def wants_plain(self) -> bool:
        """Is something else than the rule to be filled in or put right?"""
        return not self.instance.points or any(field.errors for field in self.plain_fields())

    def rule_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith("p_") and field.name not in SELDOM]

    def seldom_fields(self) -> list[forms.BoundField]:
        """Settings most rules leave alone."""
        return [field for field in self if field.name in SELDOM]

    def wants_seldom(self) -> bool:
        """Is one of these set, or wrong?"""
        return any(
            field.errors or (field.value() or "") != self.usual.get(field.name, "") for field in self.seldom_fields()
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["rules"], cleaned["combine"], cleaned["precedence"] = self._read_rules(cleaned)
        cleaned["role"] = role_of(cleaned["rules"], cleaned.get("role", ""))
        cleaned["to"] = cleaned.get("to", "") if cleaned["role"] else ""
        cleaned["assessors"] = [] if cleaned["role"] else cleaned.get("assessors", [])
        if not cleaned["role"] and not cleaned.get("points") and "points" not in self.errors:
            self.add_error("points", "分值没有填。")
        if not self.errors and self.kind_now:
            self._compile(cleaned)
        return cleaned

    def _read_rules(self, cleaned: dict[str, Any]) -> tuple[list[Rule], str, list[str]]:
        """The rules, how they combine, and which method precedes which."""
        if self.kind_now == DATA:
            return self._read_data(cleaned.get("p_data", ""))
        if not self.kind_now:
            return self.instance.rules, self.instance.combine, self.instance.precedence
        rule: Rule = {"kind": self.kind_now}
        for param in KINDS[self.kind_now].params:
            text = cleaned.get(f"p_{param.name}", "")
            try:
                rule |= {param.name: param.keep(text)} if text else {}
            except Unreadable as wrong:
                self.add_error(f"p_{param.name}", str(wrong))
        return [canonical(rule)], "sum", []

    def _read_data(self, text: str) -> tuple[list[Rule], str, list[str]]:
        try:
            found = json.loads(text)
            rules = [canonical(rule) for rule in found["rules"]]
            return rules, str(found.get("combine", "sum"))[:8], [str(one) for one in found.get("precedence", ())]
        except (ValueError, TypeError, KeyError, AttributeError):
            self.add_error("p_data", "写法不对：要有 rules，引号、逗号、括号要成对。")
            return [], "sum", []

    def _compile(self, cleaned: dict[str, Any]) -> None:
        """What the rulebook minds is said at the form, at once."""
        trial = Criterion(
            key=self.instance.key or "c",
            rules=cleaned["rules"],
            combine=cleaned["combine"],
            points=cleaned["points"],
            weight="",
            **{name: cleaned[name] for name in ("role", "to", "precedence")},
        )
        for wrong in panels.compiled(criterion_spec(trial, types=()))[1]:
            self.add_error("kind", wrong)

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in (*self.Meta.fields, *BESIDE, "role", "rules", "combine")}
        phrases = [line.strip() for line in self.cleaned_data["phrases"].splitlines() if line.strip()]
        units = {name: names(self.cleaned_data[name]) for name in UNITS if self.cleaned_data[name]}
        return values | {
            "phrases": phrases,
            "units": units,
            "place_types": list(self.cleaned_data["place_types"]),
        }


def _grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds of rule to choose from, under what they go by."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind in KINDS.values():
        groups.setdefault(kind.group, []).append((kind.name, kind.label))
    return [*groups.items()]
