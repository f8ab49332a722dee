"""Who may give which role and manage which account (docs/decisions/0003-rights.md); each refusal says whom to ask."""

from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.models import Tenant
from chuangwen.organisations.models import Jurisdiction, Membership, Organisation, Person, Region, Role
from chuangwen.organisations.queries import (
    ADMINISTRATORS,
    grantable_roles,
    held_on,
    managed_people,
    scope_of,
    staffable_regions,
    staffable_units,
)

MIXED = "系统、安全、审计管理员各用各的账号，不兼别的角色。请另设一个账号。"


def refuse_role(
    *, actor: Person, unit: Organisation, role: str, region: Region | None, person: Person | None = None
) -> None:
    """Nobody gives a role above their own, outside their ground or to themselves; administrators stay apart."""
    if role not in grantable_roles(actor):
        raise Refused(f"本账号不能设“{Role(role).label}”。请找系统管理员。", field="role")
    if not staffable_units(actor).filter(pk=unit.pk).exists():
        raise Refused(f"“{unit}”不归本办管。请选本辖区的单位。", field="unit")
    if region and not staffable_regions(actor).filter(pk=region.pk).exists():
        raise Refused(f"“{region}”不归本办管。请选本辖区的区域。", field="region")
    scope = scope_of(actor)
    offices = Jurisdiction.objects.filter(tenant_id=actor.tenant_id, office=unit)
    if role == Role.OFFICE and not offices.exists():
        raise Refused(f"“{unit}”不是创建办，在那里设了也没有辖区可管。请选创建办，或设为联络员。", field="unit")
    if (
        role == Role.OFFICE
        and Role.SYSTEM not in scope.roles
        and offices.exclude(pk__in=scope.jurisdiction_ids).exists()
    ):
        raise Refused(f"“{unit}”是上级的创建办，本办不能设它的人员。", field="unit")
    if person:
        _refuse_mixing(actor, person, role)


def _refuse_mixing(actor: Person, person: Person, role: str) -> None:
    if person.pk == actor.pk:
        raise Refused("不能给自己设角色。请另一位管理的人来设。", field="role")
    held = set(person.memberships.exclude(valid_to__lt=timezone.localdate()).values_list("role", flat=True))
    if mixes(held, role):
        raise Refused(MIXED, field="role")


def mixes(held: set[str], role: str) -> bool:
    """Would an administrator's role stand beside another role in one account?"""
    return bool((held | {role}) & ADMINISTRATORS and held - {role})


def refuse_unmanaged(actor: Person, person: Person) -> None:
    if not managed_people(actor).filter(pk=person.pk).exists():
        raise Refused(f"{person.name}的账号不归本办管。请找系统管理员。")


def refuse_last_administrator(person: Person, leaving: Membership | None = None) -> None:
    """An installation keeps at least one system administrator who can sign in; of two who stop each other, the second
    finds the first one's work."""
    Tenant.objects.select_for_update().get(pk=person.tenant_id)
    holds = Membership.objects.filter(held_on(timezone.localdate()), tenant_id=person.tenant_id, role=Role.SYSTEM)
    if leaving is None and not holds.filter(person=person).exists():
        return
    if not holds.exclude(person=person).filter(person__is_active=True).exists():
        raise Refused("系统管理员只剩这一位。请先另设一位，再来停用。")
