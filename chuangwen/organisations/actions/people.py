"""Verbs on people and their memberships. Who may give which role: docs/decisions/0003-rights.md."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from chuangwen.base import receipts
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Membership, Organisation, Person, Region, Role
from chuangwen.organisations.permissions import refuse_last_administrator, refuse_role, refuse_unmanaged
from chuangwen.organisations.queries.accounts import next_username


def create_person(
    *,
    actor: Person,
    client_id: UUID,
    name: str,
    unit: Organisation,
    role: str,
    username: str = "",
    phone: str = "",
    region: Region | None = None,
    title: str = "",
    valid_from: date | None = None,
) -> Person:
    """An account without a password and its first membership; sent twice it is still one."""

    def do() -> dict[str, int]:
        refuse_role(actor=actor, unit=unit, role=role, region=region)
        person = new_person(tenant_id=actor.tenant_id, name=name, username=username, phone=phone, unit=unit)
        membership = new_membership(
            person=person,
            unit=unit,
            role=role,
            region=region,
            title=title,
            valid_from=valid_from or timezone.localdate(),
        )
        record("organisations.person_created", actor=actor, targets=[person, unit], data={"role": membership.role})
        return {"person": person.pk}

    done = receipts.once(tenant=actor.tenant, client_id=client_id, action="organisations.create_person", do=do)
    return Person.objects.get(pk=done["person"], tenant_id=actor.tenant_id)


def new_person(*, tenant_id: int, name: str, username: str, phone: str, unit: Organisation) -> Person:
    """The row of a new person (no event: for actions and the import); the account is stored in lower case."""
    username = username.strip().lower() or next_username(unit)
    person = Person(tenant_id=tenant_id, username=username, name=name, phone=phone)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise Refused(f"账号 {username} 已经有人用了。请换一个，或空着自动编。", field="username") from error
    return person


def new_membership(
    *,
    person: Person,
    unit: Organisation,
    role: str,
    region: Region | None,
    title: str,
    valid_from: date,
    valid_to: date | None = None,
) -> Membership:
    """The row of a membership (no event); the same post twice in overlapping terms is refused."""
    if valid_to and valid_to < valid_from:
        raise Refused("任期止日在起始日期以前。", field="valid_to")
    Person.objects.select_for_update().get(pk=person.pk)  # of two posts given at once, the second sees the first
    same = Membership.objects.filter(person=person, organisation=unit, role=role)
    same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    if (same.filter(valid_from__lte=valid_to) if valid_to else same).exists():
        raise Refused(f"{person.name}在“{unit}”已是{Role(role).label}。请先结束原任期，或改起始日期。", field="role")
    return Membership.objects.create(
        tenant_id=person.tenant_id,
        person=person,
        organisation=unit,
        role=role,
        region=region,
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
    )


@transaction.atomic
def edit_person(*, actor: Person, person: Person, name: str, phone: str) -> None:
    refuse_unmanaged(actor, person)
    person.name, person.phone = name, phone
    person.save(update_fields=["name", "phone"])
    record("organisations.person_edited", actor=actor, targets=[person])


def add_membership(
    *,
    actor: Person,
    client_id: UUID,
    person: Person,
    unit: Organisation,
    role: str,
    region: Region | None = None,
    title: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Another post for somebody who has an account; sent twice it is still one."""

    def do() -> dict[str, int]:
        refuse_unmanaged(actor, person)
        refuse_role(actor=actor, unit=unit, role=role, region=region, person=person)
        row = new_membership(
            person=person,
            unit=unit,
            role=role,
            region=region,
            title=title,
            valid_from=valid_from or timezone.localdate(),
            valid_to=valid_to,
        )
        record("organisations.membership_added", actor=actor, targets=[person, unit, row], data={"role": row.role})
        return {"membership": row.pk}

    done = receipts.once(tenant=actor.tenant, client_id=client_id, action="organisations.add_membership", do=do)
    return Membership.objects.get(pk=done["membership"], tenant_id=actor.tenant_id)


@transaction.atomic
def end_membership(*, actor: Person, membership: Membership, last_day: date) -> None:
    """The last day of a term; rights end with it, what was done stays under it."""
    refuse_unmanaged(actor, membership.person)
    if membership.person_id == actor.pk:
        raise Refused("不能结束自己的任期。请另一位管理的人来办。")
    if membership.valid_to and membership.valid_to <= last_day:
        raise Refused("这个任期已经结束了。", field="last_day")
    if last_day < membership.valid_from:
        raise Refused("止日在起始日期以前。", field="last_day")
    if membership.role == Role.SYSTEM:
        refuse_last_administrator(membership.person, membership)
    membership.valid_to = last_day
    membership.save(update_fields=["valid_to"])
    record(
        "organisations.membership_ended", actor=actor, targets=[membership.person, membership.organisation, membership]
    )
