"""Fields that pick a unit or a region by code or name, with suggestions; for seven units as for seven thousand."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SUGGESTED = 300


class Suggesting(forms.TextInput):
    """A text box with a list of suggestions."""

    options: Callable[[], list[str]] = list

    def render(
        self, name: str, value: Any, attrs: dict | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        listed = f"{(attrs or {}).get('id', name)}_list"
        box = super().render(name, value, {**(attrs or {}), "list": listed, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}">', ((text,) for text in self.options()))
        return format_html('{}<datalist id="{}">{}</datalist>', box, listed, options)


def written(node: Model) -> str:
    """How a unit or region stands in the box: 名称（编码）."""
    return f"{node.name}（{node.code}）"  # type: ignore[attr-defined]


class PickField(forms.CharField):
    """One row of `rows` named by code, name, short name, or as `written`; empty gives None."""

    def __init__(self, *, what: str, rows: QuerySet, **options: Any) -> None:
        super().__init__(widget=Suggesting(attrs={"class": "form-control"}), **options)
        self.what, self.rows = what, rows
        self.widget.options = lambda: [written(node) for node in rows.order_by("path")[:SUGGESTED]]

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Model) else value

    def clean(self, value: Any) -> Model | None:
        text = super().clean(value).strip()
        return find(self.rows, text, self.what) if text else None


class PickManyField(PickField):
    """Several rows, one to a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget = forms.Textarea(attrs={"class": "form-control", "rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(written(node) for node in value)

    def clean(self, value: Any) -> list[Model]:  # type: ignore[override]
        text = forms.CharField.clean(self, value)
        lines = [line.strip() for line in text.replace("、", "\n").splitlines() if line.strip()]
        return list(dict.fromkeys(find(self.rows, line, self.what) for line in lines))


def find(rows: QuerySet, text: str, what: str) -> Model:
    """The one row meant, or a ValidationError that says what to type instead."""
    bare = text.removesuffix("）")
    name, _, code = bare.rpartition("（")
    exact = list(rows.filter(Q(code=code, name=name) | Q(code=text))[:1])
    found = exact or list(rows.filter(_named(rows.model, text))[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise forms.ValidationError(f"有几个{what}都叫“{text}”。请填编码。")
    near = [written(node) for node in rows.filter(name__icontains=text).order_by("path")[:3]]
    hint = f"是不是{'、'.join(near)}？" if near else "请从列表里选，或填编码。"
    raise forms.ValidationError(f"没有叫“{text}”的{what}。{hint}")


def _named(model: type[Model], text: str) -> Q:
    named = Q(name=text)
    return named | Q(short_name=text) if hasattr(model, "short_name") else named
