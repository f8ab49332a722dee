"""Forms of the office: a round, its draw, its teams, places by hand, corrections."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from chuangwen.base.ids import key_of
from chuangwen.base.imports import LAST_YEAR
from chuangwen.inspections import queries
from chuangwen.inspections.models import Answer, Round, Team
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import own_jurisdiction, visible_jurisdictions
from chuangwen.places.models import Place
from chuangwen.problems.models import Problem
from chuangwen.standards.checklists import NO_DEFAULT, PAIR, Wrong
from chuangwen.standards.models import StandardVersion
from rulebook.sampling import Site

BOX, SELECT = {"class": "form-control"}, {"class": "form-select"}


def words(label: str, missing: str, size: int = 200, *, required: bool = True, **attrs: Any) -> forms.CharField:
    """One line of words that has to be there, unless it is not required."""
    errors = {"required": missing, "max_length": f"太长了，最多 {size} 个字。"}
    widget = forms.TextInput(attrs={**BOX, **attrs})
    return forms.CharField(label=label, max_length=size, required=required, error_messages=errors, widget=widget)


def day(label: str) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={**BOX, "type": "date"})
    told = {"required": f"{label}没有填。"}
    return forms.DateField(label=label, widget=widget, error_messages=told, validators=[_this_century])


def pasted(label: str, *, rows: int = 2, **options: Any) -> forms.CharField:
    """A box for several places, typed or pasted from elsewhere."""
    told = {"required": f"{label}没有填。填编码或全名。"}
    widget = forms.Textarea(attrs={**BOX, "rows": rows})
    return forms.CharField(label=label, max_length=20_000, error_messages=told, widget=widget, **options)


def places_in(round: Round, text: str) -> list[Place]:
    """The places of a pasted text; every entry that is not one place of the round's frame is named."""
    found = queries.named(queries.places_of_frame(round), text)
    wrong = []
    if found.strange:
        wrong.append(f"名册里没有这些，或这套体系不测它们的类型：{'、'.join(found.strange)}。核对编码或全名。")
    if found.several:
        wrong.append(f"同名的不止一处：{'、'.join(found.several)}。请填编码。")
    if wrong:
        raise forms.ValidationError(wrong)
    return list(found.rows.values())


def _this_century(day: date) -> None:
    """Another year is a slip of the keyboard."""
    if not 2000 <= day.year <= LAST_YEAR:
        raise forms.ValidationError(f"年份不在 2000 到 {LAST_YEAR} 之间。请核对。")


class RoundForm(forms.Form):
    """What cannot be derived: name, kind, standard, period. The jurisdiction only where the office has several."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = words("名称", "名称没有填，例如“第2轮暗访”。", 60)
    kind = forms.ChoiceField(label="类别", choices=Round.Kind.choices, widget=forms.Select(attrs=SELECT))
    version = forms.ModelChoiceField(
        label="测评体系",
        queryset=StandardVersion.objects.none(),
        empty_label=None,
        error_messages={"required": "没有已发布的测评体系。先在“测评体系”里发布一份。"},
        widget=forms.Select(attrs=SELECT),
    )
    starts_on = day("开始")
    ends_on = day("结束")
    hand_out_at_once = forms.BooleanField(
        label="发现即交办",
        required=False,
        help_text="勾上：测评员一交，问题就交办给责任单位。不勾：先进台账，由创建办交办。",
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    deadline_days = forms.IntegerField(
        label="整改期限（工作日）",
        required=False,
        min_value=1,
        max_value=250,
        help_text="空着就按本辖区的期限。",
        widget=forms.NumberInput(attrs=BOX),
    )

    def __init__(self, person: Person, *args: Any, round: Round | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.several = visible_jurisdictions(person).select_related("root")
        ground = round.jurisdiction if round else own_jurisdiction(person)
        self.ground = ground
        usable = queries.usable_versions(ground)
        if round:
            usable = usable | StandardVersion.objects.filter(pk=round.version_id)
        self.fields["version"].queryset = usable
        self.fields["starts_on"].initial = timezone.localdate
        self.fields["version"].label_from_instance = lambda row: f"{row.standard.name} {row.label}"
        if round is None and self.several.count() > 1:
            self.fields["jurisdiction"] = forms.ModelChoiceField(
                label="辖区", queryset=self.several, empty_label=None, widget=forms.Select(attrs=SELECT)
            )

    def values(self) -> dict[str, Any]:
        """Field values for the action; the jurisdiction where there is only one."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "client_id"}
        return {"jurisdiction": self.ground, **values}


class EndForm(forms.Form):
    """Until when a round under way goes on, and why not until the day it was begun with."""

    ends_on = day("结束")
    reason = words("为什么改", "为什么改，没有填。", 100, placeholder="例如：连日有雨，停了两天")


class DrawForm(forms.Form):
    """How many: in all, or per type (then the total is their sum). The seed is made here unless one was agreed upon.

    Drawn before: opened with what was asked for then, so that drawing again keeps the places always examined.
    """

    quota = forms.IntegerField(
        label="共抽几处", required=False, min_value=1, max_value=100_000, widget=forms.NumberInput(attrs=BOX)
    )
    seed = forms.CharField(
        label="抽签号",
        required=False,
        max_length=64,
        help_text="空着就现场生成。要当众抽的，填大家定的数字。",
        widget=forms.TextInput(attrs=BOX),
    )
    every = forms.TypedChoiceField(
        label="怎么分到各类",
        required=False,
        coerce=int,
        empty_value=1,
        initial=1,
        choices=(
            (1, "每类至少 1 处，其余按类型的多少分"),
            (2, "每类至少 2 处，看得出同类之间差多少"),
            (3, "每类至少 3 处"),
            (0, "只按总数：数量少的类型可能抽不到"),
        ),
        widget=forms.Select(attrs=SELECT),
    )
    must = pasted(
        "逢检必到的点位",
        required=False,
        help_text="填编码或全名，一行一处，或用顿号、逗号、空格分开。算在抽的处数以内。",
    )

    def __init__(self, round: Round, *args: Any, wished: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        self.sizes = queries.sizes_of_frame(round)
        self.asked: int | None = None
        for kind, size in self.sizes:
            self.fields[f"type-{kind.pk}"] = forms.IntegerField(
                label=kind.name, required=False, min_value=0, max_value=size, widget=forms.NumberInput(attrs=BOX)
            )
        whole = sum(size for _, size in self.sizes)
        self.fields[
            "quota"
        ].help_text = f"填几处就抽几处，逢检必到的算在内。名册里能抽的 {whole} 处，共 {len(self.sizes)} 类。"
        self._open_with_the_former_draw()
        self._open_with(key_of(wished.get("quota")), key_of(wished.get("each")))

    def _open_with_the_former_draw(self) -> None:
        must = self.round.frame.filter(must=True).order_by("place_code").values_list("place_code", flat=True)
        self.initial["must"] = "、".join(must)
        former = self.round.draw.get("quota")
        if isinstance(former, int):
            self.initial.update(quota=former, every=_at_least(self.round.draw.get("least")))
        for kind, _ in self.sizes if isinstance(former, dict) else ():
            self.initial[f"type-{kind.pk}"] = former.get(kind.code)

    def _open_with(self, quota: int | None, each: int | None) -> None:
        """Numbers taken over from the precisions on the page: in all, or of each type for ± so many per cent."""
        if quota is None and each not in queries.OF_EACH:
            return
        by_type = queries.sizes_by_type(self.sites, each) if each in queries.OF_EACH else {}
        self.initial["quota"] = None if by_type else quota
        self.initial.update({f"type-{kind.pk}": by_type.get(kind.code) for kind, _ in self.sizes})

    @property
    def at_least(self) -> int:
        """How many of each type were asked for at least; 1 where nothing was said."""
        return self.cleaned_data.get("every", 1)

    @cached_property
    def sites(self) -> list[Site]:
        """The places that can be drawn, read once for the page."""
        return queries.drawable(self.round)

    @cached_property
    def with_every_type(self) -> int:
        """Where the number was refused: how many places the fewest of each type come to; 0 for any other reason."""
        if not self.asked or "quota" not in self.errors or not self.at_least:
            return 0
        needed = queries.fewest_of(self.sites, self.cleaned_data.get("must", ()), self.at_least)
        return needed if needed > self.asked else 0

    @property
    def without_types(self) -> bool:
        """Whether the number asked for holds at least the places always examined."""
        return self.asked is not None and len(self.cleaned_data.get("must", ())) <= self.asked

    @cached_property
    def precisions(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        return queries.sizes_for_precision(self.sites)

    @property
    def in_all(self) -> list[tuple[int, int]]:
        return self.precisions[0]

    @property
    def of_each(self) -> list[tuple[int, int]]:
        return self.precisions[1]

    @property
    def rows(self) -> list[tuple[Any, int, forms.BoundField]]:
        return [(kind, size, self[f"type-{kind.pk}"]) for kind, size in self.sizes]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = {kind.code: cleaned.get(f"type-{kind.pk}") for kind, _ in self.sizes}
        self.asked = cleaned.get("quota")
        self.by_type = {code: size for code, size in given.items() if size}
        if cleaned.get("quota") and self.by_type:
            self.add_error("quota", "总数和按类型只填一样。")
        if not cleaned.get("quota") and not self.by_type and not self.errors:
            self.add_error("quota", "抽几处没有填。填总数，或在右边按类型填。")
        return cleaned

    def clean_must(self) -> set[str]:
        return {place.code for place in places_in(self.round, self.cleaned_data["must"])}

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "quota": cleaned["quota"] or self.by_type,
            "seed": cleaned["seed"],
            "must": cleaned["must"],
            "at_least": cleaned["every"],
        }


def _at_least(least: int | Mapping[str, int] | None) -> int:
    """How many of each type a former draw had at least."""
    return max(least.values(), default=1) or 1 if isinstance(least, dict) else 1 if least is None else least


class _WithTeam(forms.Form):
    """A form that asks for a team of the round."""

    team = forms.ModelChoiceField(
        label="派给",
        queryset=Team.objects.none(),
        error_messages={"required": "派给哪个组没有选。"},
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, round: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = round.teams.order_by("id")
        self.fields["team"].empty_label = "请选择"


class AddPlaceForm(_WithTeam):
    """Places by their codes or exact names, why, and which team."""

    places = pasted(
        "点位",
        rows=6,
        help_text="填编码或全名，一行一处，可以从 Excel 或通知里整列粘贴。有一行对不上，就一处也不列入。",
    )
    reason = words("为什么指定", "为什么指定，没有填。", placeholder="例如：市里抽定的点位")
    field_order = ["places", "reason", "team"]

    def __init__(self, round: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(round, *args, **kwargs)
        self.round = round
        self.fields["team"].required = round.state == Round.State.OPEN

    def clean_places(self) -> list[Place]:
        return places_in(self.round, self.cleaned_data["places"])


class ReasonForm(forms.Form):
    reason = words("为什么去不了", "为什么去不了，没有填。", placeholder="例如：已拆除，正在围挡施工")


class ReassignForm(_WithTeam):
    pass


class RefuseForm(forms.Form):
    words = words(
        "不予认定的理由",
        "不予认定的理由没有填。写给测评员看。",
        placeholder="例如：西门口就有这类摊位",
    )


WITHDRAWN, KEPT = "withdrawn", "kept"  # what becomes of the problem of a record corrected


class CorrectionForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    mark = forms.TypedChoiceField(
        label="更正为",
        coerce=int,
        choices=[(m.value, m.label) for m in Answer.Mark if m != Answer.Mark.NA_ASKED],
        widget=forms.Select(attrs=SELECT),
    )
    number = forms.CharField(required=False, max_length=20, widget=forms.TextInput(attrs=BOX))
    base = forms.CharField(required=False, max_length=20, widget=forms.TextInput(attrs=BOX))
    note = forms.CharField(label="情况", required=False, max_length=500, widget=forms.TextInput(attrs=BOX))
    reason = words("为什么更正", "为什么更正，没有填。")
    problem = forms.ChoiceField(label="它的问题", widget=forms.Select(attrs=SELECT), initial=WITHDRAWN)
    kept = words("问题照办的理由", "", required=False)

    def __init__(self, item: queries.Item, *args: Any, problem: Problem | None = None, **kwargs: Any) -> None:
        """problem: the one not ended that the record led to."""
        super().__init__(*args, **kwargs)
        self.item = item
        if problem is None:
            del self.fields["problem"], self.fields["kept"]
        else:
            said = f"问题 {problem.number}（{problem.get_state_display()}）"
            choices = ((WITHDRAWN, f"{said}一并撤销"), (KEPT, f"{said}照办"))
            self.fields["problem"].choices = choices
            self.fields["problem"].help_text = "更正以后还是不合格的，问题不动。"
            self.fields["kept"].help_text = "选照办的才填。"
        names = dict(zip(("number", "base"), item.asked.called, strict=False))
        for field in ("number", "base"):
            if field not in names:
                del self.fields[field]
        for field, words in names.items():
            unit = f"（{item.measure}）" if item.measure and field == list(names)[-1] else ""
            self.fields[field].label = words + unit

    def clean(self) -> dict[str, Any]:
        """The numbers in the units kept; asked only of what was examined."""
        cleaned = super().clean()
        number, base = cleaned.pop("number", ""), cleaned.pop("base", "")
        cleaned["count"] = cleaned["base"] = 0
        if cleaned.get("mark") in (Answer.Mark.QUALIFIED, Answer.Mark.NOT_QUALIFIED):
            try:
                number = number or ("0" if self.item.has_default else "")
                cleaned["count"], cleaned["base"] = self.item.numbers(number, base)
            except Wrong as wrong:
                self.add_error("number", str(wrong))
        choice, kept = cleaned.pop("problem", WITHDRAWN), cleaned.get("kept", "").strip()
        cleaned["kept"] = kept if choice == KEPT and cleaned.get("mark") != Answer.Mark.NOT_QUALIFIED else ""
        if choice == KEPT and not kept and cleaned.get("mark") != Answer.Mark.NOT_QUALIFIED:
            self.add_error("kept", "记录已经不是不合格，问题为什么照办，没有填。")
        return cleaned

    def values(self) -> dict[str, Any]:
        return self.cleaned_data


class RightForm(CorrectionForm):
    """What a record found wrong by an objection should have said; with a number, the number that was right."""

    def __init__(self, answer: Answer, sent: Any = None) -> None:
        item = queries.item_of(answer)
        base = item.typed(answer.count, answer.base)[1]
        full = {"number": base, "base": base} if item.ask == PAIR else {}
        super().__init__(item, sent, initial={"mark": Answer.Mark.QUALIFIED.value, **full}, auto_id="right-%s")
        for name in ("client_id", "note", "reason", *(() if item.ask in NO_DEFAULT else ("number",))):
            self.fields.pop(name, None)
        self.fields["mark"].label = "记录更正为"
        self.fields["mark"].choices = [(m.value, m.label) for m in Answer.Mark if m not in WRONG]


WRONG = (Answer.Mark.NOT_QUALIFIED, Answer.Mark.NA_ASKED)
