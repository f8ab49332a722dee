"""Forms of problems: each asks only what cannot be derived."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.imports import FIRST_YEAR
from chuangwen.base.models import StoredFile
from chuangwen.base.templatetags.words import count, day
from chuangwen.organisations.forms.fields import PickField
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import visible_units
from chuangwen.places.queries import visible_to as visible_places
from chuangwen.problems.actions import Order
from chuangwen.problems.models import Problem
from chuangwen.problems.photos import Kept, Shelf
from chuangwen.problems.planning import FAR
from chuangwen.problems.queries import Case
from rulebook.workflows import PROBLEM

BOX = {"class": "form-control"}
MOST_PHOTOS = 9
MOST_WORDS = 1000
MOST_TITLE, MOST_NAME = 90, 100


class PhotosInput(forms.ClearableFileInput):
    """Files chosen now, and below them those that a refused form had."""

    allow_multiple_selected = True
    kept: Sequence[Kept] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return [*files.getlist(name), *data.getlist(name)]

    def render(self, *args: Any, **options: Any) -> str:
        return super().render(*args, **options) + render_to_string("problems/_kept.html", {"kept": self.kept})


class PhotosField(forms.FileField):
    """Any number of pictures up to MOST_PHOTOS; its value is their stored files. Whatever is wrong, none is lost."""

    def __init__(self, *, shelf: Shelf, **options: Any) -> None:
        widget = PhotosInput(attrs={"accept": "image/*", "class": "form-control", "data-photos": ""})
        super().__init__(required=False, widget=widget, **options)
        self.shelf = shelf

    def clean(self, data: Any, initial: Any = None) -> list[StoredFile]:
        kept: dict[int, Kept] = {}
        wrong: list[str] = []
        for given in filter(None, data):  # a browser sends an empty text where no file was chosen
            try:
                photo = self._kept(given)
                kept[photo.file.pk] = photo
            except Refused as refused:
                wrong.append(refused.message)
        self.widget.kept = list(kept.values())
        if len(kept) > MOST_PHOTOS:
            wrong.append(f"一次最多 {MOST_PHOTOS} 张照片，现在有 {len(kept)} 张。")
        if wrong:
            raise forms.ValidationError(list(dict.fromkeys(wrong)))
        return [photo.file for photo in kept.values()]

    def _kept(self, given: Any) -> Kept:
        return self.shelf.find(given) if isinstance(given, str) else self.shelf.keep(given.read())


class WordsField(forms.CharField):
    """Free words, so many at most: what is longer is told with its length and stays in the form, cut off nowhere."""

    def __init__(self, *, most: int = MOST_WORDS, instead: str = "请写短些", **options: Any) -> None:
        super().__init__(**options)
        self.most, self.instead = most, instead

    def clean(self, value: Any) -> str:
        words: str = super().clean(value)
        if len(words) > self.most:
            said = f"写了 {len(words)} 个字，最多 {self.most} 个字。{self.instead}，写的都还在。"
            raise forms.ValidationError(said)
        return words


def extension_said(case: Case) -> str:
    """What the unit asked for beside what is granted now; one put off far is not filled in for the office."""
    until = day(case.problem.extension_asked_to)
    said = f"申请延至 {until}，延长 {count(case.longer, '个工作日')}"
    far = f"，超过 {count(FAR, '个工作日')}，没有照填。准到哪一天，请填上。"
    return said + (far if case.longer > FAR else "。可改成别的工作日。")


# verb → what it asks: field → (label, hint)
ASKS: dict[str, dict[str, tuple[str, str]]] = {
    "hand_out": {"date": ("整改期限", "不填就是 {granted}。")},
    "sign": {"responsible": ("责任人", "谁去办，可不填。")},
    "report": {"photos": ("整改后照片", "同一角度，1 张即可。"), "words": ("整改措施", "")},
    "fix_on_spot": {"photos": ("整改后照片", ""), "words": ("整改情况", "")},
    "confirm_spot": {"words": ("复核意见", ""), "photos": ("整改后照片", "可不传。")},
    "close": {"words": ("复核意见", "")},
    "send_back": {"words": ("退回理由", "")},
    "ask_extension": {"date": ("延至", "要晚于现在的期限。"), "words": ("理由", "")},
    "grant_extension": {"date": ("准予延至", "{asked}")},
    "refuse_extension": {"words": ("不予延期的理由", "")},
    "object": {"words": ("理由", "为什么不属本单位，或不是问题。")},
    "uphold_objection": {"words": ("裁定意见", ""), "unit": ("改由哪个单位负责", "")},
    "reject_objection": {"words": ("裁定意见", "")},
    "reopen": {"words": ("重开的理由", ""), "date": ("期限", "不填就是 {granted}。")},
    "withdraw": {"words": ("撤销的理由", "只撤这件问题；有测评记录的，记录和得分不变，记录有误另行更正。")},
    "reassign": {
        "unit": ("改由哪个单位负责", "期限重新计：{granted}。得分随点位的归属，不变。"),
        "words": ("理由", ""),
    },
    "redate": {"date": ("新的期限", ""), "words": ("理由", "")},
    "reword": {"words": ("问题写成", "地点不变；原来的写法留在经过里。")},
    "urge": {"words": ("催办要求", "可不填。")},
}
RULINGS = ((Problem.State.HANDED_OUT, "改由别的单位负责"), (Problem.State.WITHDRAWN, "不作问题处理"))
PLACEHOLDERS = {"report": "做了什么，一句话", "close": "可不填", "confirm_spot": "可不填", "sign": "姓名"}


class StepForm(forms.Form):
    """What one verb asks. `for_many`: the same for several problems at once."""

    def __init__(self, verb: str, person: Person, *args: Any, problem: Problem | None = None, **options: Any) -> None:
        super().__init__(*args, auto_id=f"{verb}-%s", **options)
        self.verb = verb
        self.shelf = Shelf(person, problem.uuid if problem else None)
        for name, (label, hint) in self._asked(problem).items():
            self.fields[name] = self._field(name, label, hint, person)
        if verb == "reword" and problem:
            self.fields["words"].initial = problem.title.partition("：")[2] or problem.title
        if verb == "uphold_objection":
            self.fields["to"] = forms.ChoiceField(choices=RULINGS, required=False, widget=forms.HiddenInput)

    def tell(self, case: Case) -> None:
        """Hints and what is filled in beforehand, as of the case now: the deadline granted, the extension asked for."""
        if self.verb == "grant_extension" and case.longer <= FAR:
            self.fields["date"].initial = case.problem.extension_asked_to
        asked = extension_said(case)
        for field in self:
            field.help_text = field.help_text.format(granted=case.granted, asked=asked)

    def _asked(self, problem: Problem | None) -> dict[str, tuple[str, str]]:
        asked = dict(ASKS.get(self.verb, {}))
        if self.verb == "hand_out" and problem and problem.unit_id is None:
            return {"unit": ("责任单位", ""), **asked}
        if self.verb == "reassign" and problem and problem.state == Problem.State.PENDING:
            asked["unit"] = ("改由哪个单位负责", "还没有交办，只改由谁整改；得分随点位的归属，不变。")
        if problem is None and "date" in asked and self.verb == "hand_out":
            asked["date"] = ("整改期限", "不填就是上面的期限；填了，各件都按填的。")
        if self.verb == "reassign" and problem is None:
            asked["unit"] = ("改由哪个单位负责", "已交办的，期限重新计；得分随点位的归属，不变。")
        return asked

    def _field(self, name: str, label: str, hint: str, person: Person) -> forms.Field:
        told = {"label": label, "help_text": hint}
        if name == "photos":
            return PhotosField(shelf=self.shelf, **told)
        if name == "date":
            widget = forms.DateInput(format="%Y-%m-%d", attrs={**BOX, "type": "date"})
            return forms.DateField(required=False, widget=widget, **told)
        if name == "unit":
            rows = visible_units(person).filter(archived_at__isnull=True)
            return PickField(what="单位", rows=rows, required=False, **told)
        attrs = {**BOX, "placeholder": PLACEHOLDERS.get(self.verb, "")}
        widget = forms.TextInput(attrs=attrs) if name == "responsible" else forms.Textarea(attrs={**attrs, "rows": 2})
        return WordsField(required=False, widget=widget, **told)

    @property
    def kept(self) -> Sequence[Kept]:
        """The photos chosen so far."""
        return self.fields["photos"].widget.kept if "photos" in self.fields else ()

    @property
    def label(self) -> str:
        return PROBLEM.verb(self.verb).label

    def given(self) -> dict[str, Any]:
        """The cleaned values, as keywords of take_step."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}

    def order(self) -> Order:
        return Order(self.verb, **self.given())


class NewProblemForm(forms.Form):
    """A problem typed in: where, what, since when; the unit follows from the place."""

    place = forms.CharField(label="地点")
    what = WordsField(
        label="问题", most=MOST_TITLE, instead="这里写一句，细的写在“情况”", widget=forms.Textarea(attrs={"rows": 2})
    )
    detail = WordsField(label="情况", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    found_on = forms.DateField(
        label="发现日期", initial=timezone.localdate, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    label = WordsField(label="来源", most=MOST_NAME, required=False)
    hand_out = forms.BooleanField(label="登记后就交办", required=False)

    def __init__(self, person: Person, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places = visible_places(person).filter(archived_at__isnull=True)
        rows = visible_units(person).filter(archived_at__isnull=True)
        self.fields["place"] = PlaceField(label="点位", rows=places, required=True)
        self.fields["unit"] = PickField(label="责任单位", what="单位", rows=rows, required=False)
        self.fields["photos"] = PhotosField(label="照片", shelf=Shelf(person))
        self.fields["unit"].help_text = "不填就是点位的责任单位。"
        self.fields["label"].help_text = "谁反映的、哪次检查，如 领导调研、上级反馈。"
        self.fields["what"].widget.attrs["placeholder"] = "现象，如 垃圾箱满溢，地面散落垃圾"
        self.fields["detail"].help_text = "要细说的写在这里，可不填。"
        for name in ("what", "detail", "found_on", "label"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["hand_out"].widget.attrs["class"] = "form-check-input"
        self.fields["what"].error_messages["required"] = "问题没有填。写看到的现象。"
        self.fields["found_on"].error_messages["required"] = "发现日期没有填。"
        self.order_fields(["place", "what", "detail", "unit", "photos", "found_on", "label", "hand_out"])

    def clean_what(self) -> str:
        """A title is one line."""
        return " ".join(self.cleaned_data["what"].split())

    def clean_found_on(self) -> Any:
        day = self.cleaned_data["found_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("发现日期在今天以后。请核对。")
        if day.year < FIRST_YEAR:
            raise forms.ValidationError(f"发现日期早于 {FIRST_YEAR} 年。请核对年份。")
        return day

    def given(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        place = values.pop("place")
        return {
            **values,
            "place": None if isinstance(place, str) else place,
            "place_text": place if isinstance(place, str) else "",
        }


class PlaceField(PickField):
    """A registered place by name or code, or in plain words a spot that is in no register."""

    def __init__(self, *, rows: Any, **options: Any) -> None:
        super().__init__(what="点位", rows=rows, **options)
        self.help_text = "名称或编码；名册里没有的，直接写地点。"
        self.error_messages["required"] = "点位没有填。名册里没有的，直接写地点。"
        self.widget.options = lambda: [f"{place.name}（{place.code}）" for place in rows.order_by("code")[:300]]

    def clean(self, value: Any) -> Any:
        text = forms.CharField.clean(self, value).strip()
        name, _, code = text.removesuffix("）").rpartition("（")
        found = list(self.rows.filter(code=code, name=name)[:1] or self.rows.filter(code=text)[:1])
        found = found or list(self.rows.filter(name=text)[:2])
        if len(found) > 1:
            raise forms.ValidationError(f"有几处点位都叫“{text}”。请填编码。")
        if not found and len(text) > MOST_NAME:
            raise forms.ValidationError(f"地点写了 {len(text)} 个字，最多 {MOST_NAME} 个字。请写短些，写的都还在。")
        return found[0] if found else text


class ViewForm(forms.Form):
    name = forms.CharField(max_length=40, error_messages={"required": "给这组筛选起个名字。"})
    query = forms.CharField(max_length=400, required=False)
