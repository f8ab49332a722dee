"""Verbs on areas 片: a leader and the units and regions answered for."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from chuangwen.base import receipts
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import (
    Area,
    AreaPart,
    Jurisdiction,
    Membership,
    Organisation,
    Person,
    Region,
    Role,
)


def create_area(
    *,
    actor: Person,
    client_id: UUID,
    jurisdiction: Jurisdiction,
    name: str,
    leader: Membership | None,
    units: Iterable[Organisation],
    regions: Iterable[Region],
    valid_from: date,
    valid_to: date | None = None,
) -> Area:
    """Set up an area; sent twice it is still one."""

    def do() -> dict[str, int]:
        area = Area(tenant_id=actor.tenant_id, jurisdiction=jurisdiction)
        _write(area, name, leader, valid_from, valid_to)
        _set_parts(area, units, regions)
        record("organisations.area_created", actor=actor, targets=[area])
        return {"area": area.pk}

    done = receipts.once(tenant=actor.tenant, client_id=client_id, action="organisations.create_area", do=do)
    return Area.objects.get(pk=done["area"], tenant_id=actor.tenant_id)


@transaction.atomic
def edit_area(
    *,
    actor: Person,
    area: Area,
    name: str,
    leader: Membership | None,
    units: Iterable[Organisation],
    regions: Iterable[Region],
    valid_from: date,
    valid_to: date | None = None,
) -> None:
    """Another leader, other ground, other dates; the leader's rights change at once."""
    _write(area, name, leader, valid_from, valid_to)
    area.parts.all().delete()
    _set_parts(area, units, regions)
    record("organisations.area_edited", actor=actor, targets=[area])


def _write(area: Area, name: str, leader: Membership | None, valid_from: date, valid_to: date | None) -> None:
    if leader and leader.role != Role.LEADER:
        raise Refused(f"{leader.person}不是包片领导。请先在人员页给他设这个角色。", field="leader")
    if valid_to and valid_to < valid_from:
        raise Refused("止日在起始日期以前。", field="valid_to")
    area.name, area.leader, area.valid_from, area.valid_to = name, leader, valid_from, valid_to
    try:
        with transaction.atomic():
            area.save()
    except IntegrityError as error:
        raise Refused(f"已经有一个片叫“{name}”。请换一个名称。", field="name") from error


def _set_parts(area: Area, units: Iterable[Organisation], regions: Iterable[Region]) -> None:
    parts = [AreaPart(area=area, organisation=unit) for unit in units]
    parts += [AreaPart(area=area, region=region) for region in regions]
    if not parts:
        raise Refused("片里还没有单位或区域。请至少填一个。", field="units")
    AreaPart.objects.bulk_create(parts)
