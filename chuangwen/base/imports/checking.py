"""Checking rows: one RowCheck per row collects values, errors and suggestions; a Directory finds units by name or code.

A blank cell leaves a field as it is; the word 清空 empties it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Model, QuerySet

from chuangwen.base.imports.spec import Checked, Outcome, Row
from chuangwen.base.workbooks import Column

CLEAR = "清空"
FIRST_YEAR, LAST_YEAR = 1949, 2099  # outside it is a slip of the keyboard, and deadlines are counted day by day
IN_AT_MOST = 900  # values in one IN (...); above it the whole table is read, still in one query
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")


class Directory:
    """Objects that cells name by code or exact name. An ambiguous name is said; an unknown one gets the nearest."""

    def __init__(self, entries: Iterable[tuple[Any, str, Sequence[str]]], *, called: str) -> None:
        """entries: (key, code, names). called: what the directory is called in messages (单位目录)."""
        self.called = called
        self._by_code: dict[str, Any] = {}
        self._by_name: dict[str, dict[Any, str]] = {}
        self._found: dict[str, tuple[Any, str, str]] = {}
        for key, code, names in entries:
            self._by_code[code] = key
            for name in filter(None, names):
                self._by_name.setdefault(name, {})[key] = code

    def find(self, text: str) -> tuple[Any, str, str]:
        """(key or None, what is wrong, suggested text)."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> tuple[Any, str, str]:
        if text in self._by_code:
            return self._by_code[text], "", ""
        named = self._by_name.get(text, {})
        if len(named) == 1:
            return next(iter(named)), "", ""
        if named:
            codes = "、".join(sorted(named.values())[:5])
            return None, f"{self.called}里有 {len(named)} 个“{text}”，编码是 {codes}。请填编码。", ""
        near = self._nearest(text)
        hint = f"，最接近的是“{near}”。" if near else "。请核对写法，或先把它建好。"
        return None, f"{self.called}里没有“{text}”{hint}", near

    def _nearest(self, text: str) -> str:
        """The one entry meant, where only a slip or a part of a name lies between; another code is another thing."""
        codes = [code for code in self._by_code if is_slip(text, code, swaps_a_sign=False)]
        names = [name for name in self._by_name if is_slip(text, name, swaps_a_sign=len(name) > 2)]
        slips = codes + names
        near = slips or [name for name in self._by_name if len(text) > 1 and text in name]
        return near[0] if len(near) == 1 else ""


def is_slip(text: str, word: str, *, swaps_a_sign: bool) -> bool:
    """One sign too many or too few, two changed places, capitals aside; swaps_a_sign: or one in place of another."""
    if abs(len(text) - len(word)) > 1:
        return False
    left, right = text.casefold(), word.casefold()
    while left and right and left[0] == right[0]:
        left, right = left[1:], right[1:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    if len(left) + len(right) <= 1:
        return True
    return ((len(left), len(right)) == (2, 2) and left == right[::-1]) or (
        swaps_a_sign and len(left) == len(right) == 1
    )


class RowCheck:
    """One row under examination. Each method reads one cell into `values[field]`, or says what is wrong with it.

    A value is entered only when the cell says something: a blank leaves the field, 清空 gives the empty value.
    """

    def __init__(self, row: Row, columns: Sequence[Column], *, is_new: bool) -> None:
        self.row, self.is_new = row, is_new
        self.values: dict[str, Any] = {}
        self.errors: dict[str, str] = {}
        self.suggestions: dict[str, str] = {}
        self._columns = {column.key: column for column in columns}

    def cell(self, key: str) -> str:
        return self.row.cells.get(key, "")

    def requires(self, key: str) -> bool:
        """Must a new row have this cell?"""
        return self._columns[key].required

    def bad(self, key: str, why: str, suggest: str = "") -> None:
        """Name what is wrong with a cell (the first reason stays)."""
        if self.errors.setdefault(key, why) == why and suggest:
            self.suggestions[key] = suggest

    def _given(self, key: str, field: str, empty: Any) -> str | None:
        """The cell's text if it says something to be read; 清空 and missing required cells are dealt with here."""
        text, column = self.cell(key), self._columns[key]
        if text == CLEAR:
            if column.required:
                self.bad(key, f"{column.header}不能清空。")
            else:
                self.values[field] = empty
            return None
        if not text and column.required and self.is_new:
            self.bad(key, f"{column.header}没有填。")
        return text or None

    def text(self, key: str, field: str = "", *, longest: int = 0) -> None:
        """Text of at most `longest` signs."""
        text = self._given(key, field or key, "")
        if text is None:
            return
        if longest and len(text) > longest:
            self.bad(
                key, f"{self._columns[key].header}有 {len(text)} 个字，最多 {longest} 个。请改短。", text[:longest]
            )
        self.values[field or key] = text

    def pick(self, key: str, directory: Directory, field: str) -> None:
        """An object named by code or name; its key goes into values."""
        text = self._given(key, field, None)
        if text is None:
            return
        found, why, near = directory.find(text)
        if why:
            self.bad(key, why, near)
        self.values[field] = found

    def one_of(self, key: str, choices: dict[str, Any], field: str = "") -> None:
        """One of the words of `choices`; its value goes into values."""
        text = self._given(key, field or key, "")
        if text is None:
            return
        if text not in choices:
            near = [word for word in choices if is_slip(text, word, swaps_a_sign=True) or word in text or text in word]
            self.bad(key, f"没有“{text}”这一种。可填：{'、'.join(choices)}。", near[0] if len(near) == 1 else "")
        self.values[field or key] = choices.get(text)

    def number(self, key: str, field: str = "", *, low: int, high: int, scale: int = 0) -> None:
        """A number from low to high, kept as an integer scaled by 10**scale."""
        text = self._given(key, field or key, None)
        if text is None:
            return
        try:
            value = Decimal(text)
            scaled = value.scaleb(scale)
        except (InvalidOperation, ValueError):
            return self.bad(key, f"“{text}”不是数字。请填 {low} 到 {high} 之间的数。")
        if not value.is_finite() or not low <= value <= high:
            return self.bad(key, f"{text} 不在 {low} 到 {high} 之间。请核对。")
        if scaled != scaled.to_integral_value():
            rounded = round(value, scale)
            return self.bad(key, f"{text} 小数太多，最多 {scale} 位。", str(rounded))
        self.values[field or key] = int(scaled)

    def date(self, key: str, field: str = "") -> None:
        """A day, in the usual ways of writing it."""
        text = self._given(key, field or key, None)
        if text is None:
            return
        for layout in _DATES:
            try:
                found = datetime.strptime(text.split(" ")[0], layout).date()  # noqa: DTZ007  a day has no zone
            except ValueError:
                continue
            if not FIRST_YEAR <= found.year <= LAST_YEAR:
                return self.bad(key, f"{text} 的年份不在 {FIRST_YEAR} 到 {LAST_YEAR} 之间。请核对。")
            self.values[field or key] = found
            return
        self.bad(key, f"“{text}”不是日期。请写成 {date(2026, 4, 9).isoformat()} 这样。")

    def finish(
        self, today: dict[str, Any] | None = None, *, object_id: int | None = None, shown: Any = None
    ) -> Checked:
        """The row's outcome. today: field → present value of the object to update (None: the row is new).

        shown(field, value) → (column key, text) of a changed field for the preview; without it the value's own text.
        """
        checked = Checked(self.row.number, errors=self.errors, suggestions=self.suggestions, object_id=object_id)
        if self.errors:
            return checked
        if today is None:
            checked.values, checked.outcome = self.values, Outcome.NEW
            return checked
        checked.values = {field: value for field, value in self.values.items() if today.get(field) != value}
        checked.outcome = Outcome.UPDATE if checked.values else Outcome.SAME
        for name in checked.values:
            key, text = shown(name, today.get(name)) if shown else (name, str(today.get(name) or ""))
            checked.changes[key] = text
        return checked


def existing(queryset: QuerySet, field: str, values: Iterable[str]) -> dict[str, Model]:
    """Objects by `field` for the values of a whole file, always in one query."""
    wanted = set(values)
    if len(wanted) <= IN_AT_MOST:
        queryset = queryset.filter(**{f"{field}__in": wanted})
    return {getattr(row, field): row for row in queryset if getattr(row, field) in wanted}
