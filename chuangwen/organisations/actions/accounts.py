"""Verbs on accounts 账号: slips, activation, passwords, stopping an account. No password is ever made for a person."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.utils import reset as forget_failures
from django.db import transaction
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Membership, Person
from chuangwen.organisations.permissions import refuse_last_administrator, refuse_unmanaged
from chuangwen.organisations.queries import held_on
from chuangwen.organisations.queries.accounts import hash_of, person_for_code

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L
CODE_LENGTH = 12  # 59 bits
VALID_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Slip:
    """What is printed once: the code exists nowhere else in clear."""

    person: Person
    unit: str
    code: str
    expires: datetime

    @property
    def grouped(self) -> str:
        return " ".join(self.code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def _new_slip(person: Person, unit: str) -> Slip:
    """A new code; any password and any earlier code end with it, and so do the sessions."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    person.set_unusable_password()
    person.activation_hash = hash_of(person, code)
    person.activation_expires = timezone.now() + VALID_FOR
    person.must_change_password = False
    return Slip(person, unit, code, person.activation_expires)


CHANGED = ["password", "activation_hash", "activation_expires", "must_change_password"]


@transaction.atomic
def issue_slips(*, actor: Person | None, people: Iterable[Person]) -> list[Slip]:
    """Activation slips 激活单 for accounts that have no password yet, one code each, good for 14 days."""
    found = list(people)
    if ready := [person.name for person in found if person.has_usable_password()]:
        raise Refused(f"{'、'.join(ready[:3])}已设过密码。要换密码请到本人页面用“重置密码”。")
    if stopped := [person.name for person in found if not person.is_active]:
        raise Refused(f"{'、'.join(stopped[:3])}的账号已停用。请先恢复账号。")
    units = _units_of(found)
    slips = [_new_slip(person, units.get(person.pk, "")) for person in found]
    Person.objects.bulk_update(found, CHANGED, batch_size=200)
    if found:
        record(
            "organisations.slips_issued", actor=actor, tenant=found[0].tenant, targets=found, data={"count": len(found)}
        )
    return slips


def _units_of(people: list[Person]) -> dict[int, str]:
    rows = Membership.objects.filter(held_on(timezone.localdate()), person__in=people).order_by("-id")
    return dict(rows.values_list("person_id", "organisation__name"))


@transaction.atomic
def reset_password(*, actor: Person, person: Person) -> Slip:
    """The old password and all sessions end now; the lockout is lifted; the person activates again with a new slip."""
    refuse_unmanaged(actor, person)
    if not person.is_active:
        raise Refused(f"{person.name}的账号已停用。请先恢复账号。")
    slip = _new_slip(person, _units_of([person]).get(person.pk, ""))
    person.save(update_fields=CHANGED)
    forget_failures(username=person.username)
    record("organisations.password_reset", actor=actor, targets=[person])
    return slip


@transaction.atomic
def activate(*, username: str, code: str, password: str) -> Person:
    """Set the first password with the code of a slip; the code is used up."""
    person = person_for_code(username=username, code=code, lock=True)
    person.set_password(password)
    person.activation_hash, person.activation_expires = "", None
    person.save(update_fields=CHANGED)
    record("organisations.account_activated", actor=person, targets=[person])
    return person


@transaction.atomic
def deactivate_person(*, actor: Person, person: Person) -> None:
    """Stop an account 停用; its sessions end at once, its password is gone."""
    refuse_unmanaged(actor, person)
    if person.pk == actor.pk:
        raise Refused("不能停用自己的账号。请另一位管理的人来停用。")
    if not person.is_active:
        raise Refused(f"{person.name}的账号已经停用了。")
    refuse_last_administrator(person)
    person.is_active = False
    person.set_unusable_password()
    person.activation_hash, person.activation_expires = "", None
    person.save(update_fields=["is_active", *CHANGED])
    record("organisations.person_deactivated", actor=actor, targets=[person])


@transaction.atomic
def reactivate_person(*, actor: Person, person: Person) -> None:
    """Use an account again; it needs a new activation slip."""
    refuse_unmanaged(actor, person)
    if person.is_active:
        raise Refused(f"{person.name}的账号在用，不用恢复。")
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("organisations.person_reactivated", actor=actor, targets=[person])


@transaction.atomic
def change_own_password(*, actor: Person, password: str) -> None:
    actor.set_password(password)
    actor.must_change_password = False
    actor.save(update_fields=["password", "must_change_password"])
    record("organisations.password_changed", actor=actor, targets=[actor])


@transaction.atomic
def sign_in(*, actor: Person) -> None:
    """Note that somebody signed in."""
    record("organisations.signed_in", actor=actor, targets=[actor])


@transaction.atomic
def sign_out(*, actor: Person) -> None:
    record("organisations.signed_out", actor=actor, targets=[actor])
