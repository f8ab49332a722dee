"""Lists page by key: the next page starts after the last row shown, whatever the depth.

Order fields must never be null (annotate with Coalesce) and end in a unique one.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet

SIZE = 50


@dataclass(frozen=True)
class Slice:
    """One page of rows with the cursors of its neighbours; empty cursor = there is none."""

    rows: list[Model]
    next: str = ""
    previous: str = ""
    is_first: bool = field(default=True)


def keyset(queryset: QuerySet, *, order: tuple[str, ...], cursor: str = "", size: int = SIZE) -> Slice:
    """One page of `queryset` in `order` (as in order_by), at `cursor` (from a former Slice; `last` = the end)."""
    backwards, key = _decode(cursor, len(order))
    try:
        rows = _from(queryset, order, backwards, key)
    except (TypeError, ValueError, ValidationError):  # a key of other types than the fields have
        backwards, key = False, None
        rows = queryset.order_by(*order)
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = more if not backwards else key is not None
    has_previous = more if backwards else key is not None
    return Slice(
        rows=found,
        next=_encode("n", found[-1], order) if found and has_next else "",
        previous=_encode("p", found[0], order) if found and has_previous else "",
        is_first=not has_previous,
    )


def _from(queryset: QuerySet, order: tuple[str, ...], backwards: bool, key: list[Any] | None) -> QuerySet:
    """The rows in the direction asked for, after the key if there is one."""
    directed = tuple(_flip(name) for name in order) if backwards else order
    rows = queryset.order_by(*directed)
    return rows if key is None else rows.filter(_after(directed, key))


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _after(order: tuple[str, ...], key: list[Any]) -> Q:
    """Rows after `key` in lexicographic order, each field with its own direction."""
    condition = Q()
    for depth, name in enumerate(order):
        bare = name.lstrip("-")
        step = Q(**{f"{bare}__{'lt' if name.startswith('-') else 'gt'}": key[depth]})
        for earlier, value in zip(order[:depth], key, strict=False):
            step &= Q(**{earlier.lstrip("-"): value})
        condition |= step
    return condition


def _value(row: Model, name: str) -> Any:
    value: Any = row
    for part in name.lstrip("-").split("__"):
        value = getattr(value, part)
    return value


def _encode(direction: str, row: Model, order: tuple[str, ...]) -> str:
    text = json.dumps([direction, *(_value(row, name) for name in order)], cls=DjangoJSONEncoder)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, length: int) -> tuple[bool, list[Any] | None]:
    """(backwards, key). A cursor somebody has mangled opens the first page."""
    if cursor == "last":
        return True, None
    try:
        found = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        return False, None
    if not isinstance(found, list) or len(found) != length + 1 or not all(map(_is_plain, found[1:])):
        return False, None
    return found[0] == "p", found[1:]


def _is_plain(value: Any) -> bool:
    """A number or a text a database can hold."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
    return isinstance(value, int)
