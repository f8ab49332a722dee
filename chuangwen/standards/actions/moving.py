"""Rows of a draft moved: among their siblings, into another indicator, one level in or out."""

from typing import Any

from django.db import transaction

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Person
from chuangwen.standards.actions.steps import keep
from chuangwen.standards.drafts import Images, Row, images, lock_draft, words_of
from chuangwen.standards.models import Criterion, Indicator
from chuangwen.standards.spec import DEEPEST, in_order

IN, OUT = "in", "out"


@transaction.atomic
def move_row(*, actor: Person, row: Row, step: int) -> None:
    """Change places with the sibling before (−1) or after (+1).

    At the end of its row an indicator stays; a criterion goes on into the indicator before or after.
    """
    lock_draft(row.version)
    siblings = _siblings(row)
    at = next(number for number, one in enumerate(siblings) if one.pk == row.pk)
    if 0 <= at + step < len(siblings):
        order = [one for one in siblings if one.pk != row.pk]
        order.insert(at + step, siblings[at])
        _moved(actor, row, images(siblings), _arrange(order))
    elif isinstance(row, Criterion) and (home := _neighbour(row, step)):
        _into(actor, row, home, at=0 if step > 0 else None)


@transaction.atomic
def shift_row(*, actor: Person, row: Row, way: str) -> None:
    """One level in (below the indicator before; a criterion: into the last one below its own) or out."""
    lock_draft(row.version)
    row.refresh_from_db(from_queryset=type(row).objects.select_related("version"))
    if isinstance(row, Criterion):
        _into(actor, row, _home_in(row) if way == IN else _home_out(row))
    elif way == IN:
        _into(actor, row, _before(row))
    elif row.parent is None:
        raise Refused("已经是一级指标，上面没有了。")
    else:
        beside = _siblings(row.parent)
        after = next(number for number, one in enumerate(beside) if one.pk == row.parent_id)
        _into(actor, row, row.parent.parent, at=after + 1)


def place_after(row: Row, after: Row | None) -> tuple[Images, Images]:
    """Put a row just made (last) right after a sibling; images of what that changed, before and after."""
    order = _siblings(row)
    if after is None or after.pk not in {one.pk for one in order}:
        return {}, images([row])
    others = [one for one in order if one.pk != row.pk]
    before = images(others)
    at = next(number for number, one in enumerate(others) if one.pk == after.pk)
    return before, _arrange([*others[: at + 1], next(one for one in order if one.pk == row.pk), *others[at + 1 :]])


def depth_of(indicator: Indicator) -> int:
    """How many levels down an indicator stands, from 1."""
    depth, above = 1, indicator.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth


def _into(actor: Person, row: Row, home: Indicator | None, at: int | None = None) -> None:
    """Hang a row below another indicator (None: the top), at a place among its new siblings or at their end."""
    if isinstance(row, Indicator) and (depth_of(home) if home else 0) + _height(row) > DEEPEST:
        raise Refused(f"指标最多 {DEEPEST} 级，不能再往下放。")
    before = images([row])
    setattr(row, "parent" if isinstance(row, Indicator) else "indicator", home)
    others = [one for one in _siblings(row) if one.pk != row.pk]
    before |= images(others)
    others.insert(len(others) if at is None else at, row)
    row.save()
    _moved(actor, row, before, _arrange(others))


def _arrange(order: list[Any]) -> Images:
    """Write this order of siblings; they share the places they had."""
    for one, position in zip(order, sorted(one.position for one in order), strict=True):
        one.position = position
    type(order[0]).objects.bulk_update(order, ["position"], batch_size=200)
    return images(order)


def _siblings(row: Row) -> list[Any]:
    same = {"parent_id": row.parent_id} if isinstance(row, Indicator) else {"indicator_id": row.indicator_id}
    return list(type(row).objects.filter(version_id=row.version_id, **same).order_by("position", "id"))


def _before(row: Indicator) -> Indicator:
    earlier = [one for one in _siblings(row) if (one.position, one.pk) < (row.position, row.pk)]
    if not earlier:
        raise Refused("前面没有同级的指标，归不到它下面。")
    return earlier[-1]


def _home_in(row: Criterion) -> Indicator:
    below = row.indicator.children.order_by("position", "id").last()
    if below is None:
        raise Refused("同一个指标下没有下级指标，没有可归的地方。")
    return below


def _home_out(row: Criterion) -> Indicator:
    if row.indicator.parent is None:
        raise Refused("测评标准要放在指标下面，上面没有了。")
    return row.indicator.parent


def _neighbour(row: Criterion, step: int) -> Indicator | None:
    """The indicator before or after its own, in reading order, that has no indicators below it."""
    order = in_order(row.version)
    parents = {one.parent_id for one in order} - {row.indicator_id}
    leaves = [one for one in order if one.pk not in parents]
    at = next(number for number, one in enumerate(leaves) if one.pk == row.indicator_id) + step
    return leaves[at] if 0 <= at < len(leaves) else None


def _height(row: Indicator) -> int:
    """Levels of the branch, itself counted."""
    return 1 + max((_height(one) for one in row.children.all()), default=0)


def _moved(actor: Person, row: Row, before: Images, after: Images) -> None:
    keep(version=row.version, actor=actor, words=f"移动{words_of(row)}", before=before, after=after)
    record(f"standards.{row._meta.model_name}_moved", actor=actor, targets=[row.version, row], data={"key": row.key})
