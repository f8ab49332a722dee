"""Forms of papers: each asks only what cannot be derived."""

from typing import Any

from django import forms
from django.utils import timezone

from chuangwen.documents import composing
from chuangwen.documents.models import Document
from chuangwen.documents.words import Words, words_of
from chuangwen.inspections.queries import governed_rounds
from chuangwen.organisations.forms.fields import PickField
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import governed_units

CIRCULAR, NOTICES, NOTICE = "circular", "notices", "notice"
MOST_ROUNDS = 50


def _text(label: str, hint: str = "", *, required: bool = False, most: int = 100) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": f"{label}没有填。"},
    )


def _lines(label: str, hint: str) -> forms.CharField:
    box = forms.Textarea(attrs={"class": "form-control", "rows": 4})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=4000, widget=box)


def _date(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    box = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"})
    wrong = {"required": f"{label}没有填。", "invalid": f"{label}要写成 2026-04-09 这样的日期。"}
    return forms.DateField(label=label, help_text=hint, required=required, widget=box, error_messages=wrong)


class DraftForm(forms.Form):
    """What to draft, of which round or unit."""

    kind = forms.ChoiceField(
        label="起草什么",
        choices=[(CIRCULAR, "通报（一轮一份）"), (NOTICES, "整改通知书（一轮里每个单位一份）"),
                 (NOTICE, "整改通知书（一个单位，逐件挑）")],
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip

    def __init__(self, person: Person, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rounds = governed_rounds(person).exclude(state="draft").order_by("-starts_on", "-id")
        rounds = rounds.select_related("version__standard", "jurisdiction__office")[:MOST_ROUNDS]
        self.rounds = {str(row.uuid): row for row in rounds}
        named = [(key, f"{row.name}（{row.get_state_display()}）") for key, row in self.rounds.items()]
        choices = [("", "不按轮次"), *named]
        box = forms.Select(attrs={"class": "form-select"})
        self.fields["round"] = forms.ChoiceField(label="轮次", choices=choices, required=False, widget=box)
        over = (key for key, row in self.rounds.items() if row.state in ("closed", "released"))
        self.fields["round"].initial = next(over, next(iter(self.rounds), ""))
        hint = "只发一个单位时填，下一步挑问题；选了轮次，只列这一轮的。"
        rows = governed_units(person)
        self.fields["unit"] = PickField(what="单位", rows=rows, label="单位", required=False, help_text=hint)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["round"] = self.rounds.get(values.get("round", ""))
        if values.get("kind") in (CIRCULAR, NOTICES) and values["round"] is None:
            self.add_error("round", "这种公文按轮次起草，请选一轮。")
        if values.get("kind") == NOTICE and "unit" in values and values["unit"] is None:
            self.add_error("unit", "发给哪个单位没有填。")
        return values


class WordsForm(forms.Form):
    """The words of a draft: those its kind prints."""

    FOR_CIRCULAR = ("title", "addressee", "basis", "first_day", "last_day", "examiner", "remarks", "demands",
                    "reply_to", "issuer", "dated_on", "copies_to")  # fmt: skip
    FOR_NOTICE = ("basis", "first_day", "last_day", "examiner", "demands", "reply_to", "dispute_days",
                  "contact", "phone", "photos", "issuer", "dated_on", "copies_to")  # fmt: skip

    title = _text("标题", required=True, most=200)
    addressee = _text("主送", "如 各街道、开发区管委会，县直各责任单位", required=True)
    basis = _text("依据")
    first_day = _date("检查从哪天起", "不填就照记录：从轮次开始那天起。", required=False)
    last_day = _date("检查到哪天止", "不填就照记录：轮次提前结束的，到最后一次实地那天止。", required=False)
    examiner = _text("由谁检查", required=True)
    remarks = _lines("情况分析", "写在“一、总体情况”的末尾，一行一段；不填就没有。")
    demands = _lines("整改要求", "一行一条。现在是通行的写法，不改它，期限就照问题清单，报送单位跟着下面填的走。")
    reply_to = _text("报送给谁", required=True)
    dispute_days = forms.IntegerField(label="异议几个工作日内提出", min_value=1, max_value=30)
    contact = _text("联系人", required=True, most=40)
    phone = _text("电话", required=True, most=40)
    photos = forms.BooleanField(label="附整改前照片", required=False)
    issuer = _text("发文机关", required=True)
    dated_on = _date("成文日期", "签发时可再定。")
    copies_to = _text("抄送", "单位之间用“，”隔开。", most=300)

    def __init__(self, document: Document, *args: Any, **options: Any) -> None:
        words, usual = words_of(document.content), composing.usual_demands(document)
        first = {name: getattr(words, name) for name in Words.__dataclass_fields__}
        first |= {"remarks": "\n".join(words.remarks), "demands": "\n".join(words.demands or usual)}
        first |= {"title": document.title, "dated_on": document.dated_on, "copies_to": document.copies_to}
        super().__init__(*args, initial=first, **options)
        self.document = document
        circular = document.kind == Document.Kind.CIRCULAR
        kept = self.FOR_CIRCULAR if circular else self.FOR_NOTICE
        self.fields = {name: self.fields[name] for name in kept}
        self.fields["basis"].help_text = (
            "开头的话，如 根据年度工作安排，" if circular else "“根据……”后面的话，如 《示例县测评体系（2026版）》"
        )
        self.fields["basis"].required = not circular
        if not circular:
            self.fields["dispute_days"].widget.attrs["class"] = "form-control"
            self.fields["photos"].widget.attrs["class"] = "form-check-input"

    def clean_basis(self) -> str:
        """An opening clause goes on with the period, so it ends in a comma."""
        text = self.cleaned_data["basis"].strip()
        opening = self.document.kind == Document.Kind.CIRCULAR
        return f"{text.rstrip('，,。')}，" if text and opening else text

    def given(self) -> dict[str, Any]:
        """Keywords of change_words."""
        values = dict(self.cleaned_data)
        for name in ("remarks", "demands"):
            values[name] = tuple(line.strip() for line in values.get(name, "").splitlines() if line.strip())
        if values["demands"] == composing.usual_demands(self.document):
            values["demands"] = ()  # still the usual ones: they follow the deadline
        title = values.pop("title", self.document.title)
        kept = {"title": title, "copies_to": values.pop("copies_to"), "dated_on": values.pop("dated_on")}
        before = {name: getattr(words_of(self.document.content), name) for name in Words.__dataclass_fields__}
        return {"words": Words(**(before | values)), **kept}


class IssueForm(forms.Form):
    """签发: by whom, dated when; the number only when it is given by hand."""

    place = "issue"

    signer = _text("签发人", required=True, most=40)
    dated_on = _date("成文日期")
    number = _text("发文字号", most=60)

    def __init__(self, *args: Any, following: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dated_on"].initial = timezone.localdate
        self.fields["number"].help_text = (
            f"不填就是 {following}；纸上已编了号的照填。" if following else "照 示创建办〔2026〕7号 的样子填。"
        )


class VoidForm(forms.Form):
    place = "void"
    reason = _text("作废的理由", required=True, most=200)


class SealedForm(forms.Form):
    place = "sealed"
    file = forms.FileField(
        label="盖章件",
        help_text="PDF、Word（.docx）或照片，最大 50 MB。",
        max_length=200,
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".pdf,.docx,image/*"}),
        error_messages={"required": "先选一个文件。", "empty": "这个文件是空的。请重选。"},
    )
