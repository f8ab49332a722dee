"""The comparison as Excel: every row of the page's list, however many, rates as numbers."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from django.http import QueryDict

from chuangwen.assessments import queries
from chuangwen.assessments.compare_page import Asked, said
from chuangwen.assessments.comparing import Row
from chuangwen.base.exports import ExportSpec
from chuangwen.base.ids import uuid_of
from chuangwen.base.workbooks import Column
from chuangwen.organisations.models import Person, Role
from rulebook.sides import WORDS, Side

DIGITS = 4


def asked_of(person: Person, query: QueryDict) -> Asked | None:
    """What the page was asked; None for an assessment that is not the person's to see."""
    found = queries.visible_to(person).filter(uuid=uuid_of(query.get("assessment"))).first()
    return Asked.of(person, found, query) if found else None


def rows(person: Person, query: QueryDict) -> Iterator[Row]:
    asked = asked_of(person, query)
    yield from asked.rows()[1] if asked else ()


def words(person: Person, query: QueryDict) -> str:
    asked = asked_of(person, query)
    return said(asked) if asked else ""


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), DIGITS)


def _side(whose: str, get: Callable[[Side], Any]) -> Callable[[Row], Any]:
    """A cell of one side; blank where it was not examined."""

    def cell(row: Row) -> Any:
        side = getattr(row.pair, whose)
        return get(side) if side else None

    return cell


def _sides(whose: str, name: str) -> tuple[Column, ...]:
    return (
        Column(f"{whose}-possible", f"{name}满分", _side(whose, lambda side: _number(side.possible))),
        Column(f"{whose}-got", f"{name}得分", _side(whose, lambda side: _number(side.got))),
        Column(f"{whose}-rate", f"{name}得分率（%）", _side(whose, lambda side: _number(side.rate * 100))),
        Column(f"{whose}-places", f"{name}点位数", _side(whose, lambda side: side.places)),
    )


COMPARISON = ExportSpec(
    kind="assessment-comparison",
    title="与上级测评对照",
    columns=(
        Column("label", "编号"),
        Column("name", "指标、测评标准", width=40),
        Column("type_name", "点位类型", width=16),
        Column("team", "督导组"),
        *_sides("ours", "我们"),
        *_sides("theirs", "上级"),
        Column(
            "apart", "相差（百分点）", lambda row: None if row.apart is None else _number(row.apart * 100), width=16
        ),
        Column("verdict", "判断", lambda row: WORDS[row.verdict]),
        Column("reasons", "上级写的原因", lambda row: "\n".join(row.reasons), width=60),
        Column("places", "双方都看的点位", lambda row: "、".join(place.name for place in row.places), width=40),
    ),
    rows=rows,
    permission=lambda person: Role.OFFICE in person.roles,
    words=words,
)
