"""People and accounts: who sees and who manages whom."""

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from chuangwen.organisations.models import Jurisdiction, Membership, Organisation, Person, Region, Role
from chuangwen.organisations.queries.scope import (
    ADMINISTRATORS,
    Scope,
    governed_regions,
    governed_units,
    held_on,
    jurisdiction_of,
    memberships_on,
    scope_of,
)

LIST_ORDER = ("unit_path", "name", "id")
PHONE_ROLES = frozenset({Role.OFFICE, Role.CONTACT, Role.LEADER})
WORK_ROLES = (Role.OFFICE, Role.CONTACT, Role.LEADER, Role.INSPECTOR, Role.SUPERVISOR)
GRANTS: dict[str, tuple[Role, ...]] = {  # who gives which role; the table stands in docs/decisions/0003-rights.md
    Role.OFFICE: WORK_ROLES,
    Role.SYSTEM: (*WORK_ROLES, Role.SYSTEM, Role.SECURITY, Role.AUDIT),
}


def visible_people(person: Person) -> QuerySet[Person]:
    """The system administrator: every account. The office: those at work in its ground, or who last were there."""
    scope = scope_of(person)
    people = Person.objects.filter(tenant_id=scope.tenant_id)
    if Role.SYSTEM in scope.roles:
        return people
    today = timezone.localdate()
    at_all = Membership.objects.filter(person=OuterRef("pk"), tenant_id=scope.tenant_id)
    open_now = at_all.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    in_ground = scope.governs(unit="organisation__path")
    return people.filter(Exists(open_now.filter(in_ground)) | (Exists(at_all.filter(in_ground)) & ~Exists(open_now)))


def visible_memberships(person: Person) -> QuerySet[Membership]:
    """Memberships shown on a person's page: the office sees those in its ground, the system administrator all."""
    scope = scope_of(person)
    rows = Membership.objects.filter(tenant_id=scope.tenant_id).select_related("organisation", "region", "person")
    return rows if Role.SYSTEM in scope.roles else rows.filter(scope.governs(unit="organisation__path"))


def managed_people(person: Person) -> QuerySet[Person]:
    """Accounts the person may change, reset and stop.

    All for the system administrator; for the office those whose every present post is a working role in its ground: so
    never an administrator's account, nor one of an office above.
    """
    scope = scope_of(person)
    people = visible_people(person)
    if Role.SYSTEM in scope.roles:
        return people
    open_now = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate()), person=OuterRef("pk")
    )
    beyond = open_now.filter(
        ~scope.governs(unit="organisation__path")
        | Q(role__in=ADMINISTRATORS)
        | (
            Q(role=Role.OFFICE, organisation__offices__isnull=False)
            & ~Q(organisation__offices__in=scope.jurisdiction_ids)
        )
    )
    ever_administrator = Membership.objects.filter(person=OuterRef("pk"), role__in=ADMINISTRATORS)
    return people.filter(~Exists(beyond), ~Exists(ever_administrator))


def may_manage(actor: Person, person: Person) -> bool:
    return managed_people(actor).filter(pk=person.pk).exists()


def grantable_roles(person: Person) -> tuple[Role, ...]:
    """The roles the person may give, in the order of the list."""
    roles = scope_of(person).roles
    given = {role for own in roles for role in GRANTS.get(own, ())}
    return tuple(role for role in Role if role in given)


def staffable_units(person: Person) -> QuerySet[Organisation]:
    """Units at which the person may give roles: the office's ground; for the system administrator every one."""
    if Role.SYSTEM in scope_of(person).roles:
        return Organisation.objects.filter(tenant_id=person.tenant_id, archived_at__isnull=True)
    return governed_units(person).filter(archived_at__isnull=True)


def staffable_regions(person: Person) -> QuerySet[Region]:
    if Role.SYSTEM in scope_of(person).roles:
        return Region.objects.filter(tenant_id=person.tenant_id, archived_at__isnull=True)
    return governed_regions(person).filter(archived_at__isnull=True)


def sees_phones(scope: Scope) -> bool:
    """The office, contacts and leaders ring people up for their work; administrators of the system do not."""
    return bool(scope.roles & PHONE_ROLES)


def masked(phone: str) -> str:
    """13800001234 → 138****1234; short numbers keep their last two digits."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 9 else ("****" + phone[-2:] if phone else "")


def phone_for(viewer: Person, person: Person) -> str:
    """The phone number as this viewer may read it; one's own in full."""
    return person.phone if viewer.pk == person.pk or sees_phones(scope_of(viewer)) else masked(person.phone)


def with_posts(people: QuerySet[Person], viewer: Person) -> QuerySet[Person]:
    """People with `posts`: the memberships they hold today that the viewer may see (one query more)."""
    rows = visible_memberships(viewer).filter(held_on(timezone.localdate())).order_by("id")
    return people.prefetch_related(Prefetch("memberships", queryset=rows, to_attr="posts"))


def by_unit(people: QuerySet[Person], viewer: Person) -> QuerySet[Person]:
    """People with `unit_path`, the first of their present units the viewer may see; it is the first of LIST_ORDER."""
    posts = visible_memberships(viewer).filter(held_on(timezone.localdate()), person=OuterRef("pk"))
    first = posts.order_by("organisation__path").values("organisation__path")[:1]
    return people.annotate(unit_path=Coalesce(Subquery(first), Value("~")))


def contacts_of(unit_ids: list[int], day: date | None = None) -> dict[int, list[Membership]]:
    """The contacts 联络员 of units, by unit id, in one query; accounts that are stopped are not among them."""
    rows = Membership.objects.filter(
        held_on(day or timezone.localdate()), organisation_id__in=unit_ids, role=Role.CONTACT, person__is_active=True
    )
    found: dict[int, list[Membership]] = {}
    for row in rows.select_related("person").order_by("id"):
        found.setdefault(row.organisation_id, []).append(row)
    return found


def office_of(person: Person) -> list[Membership]:
    """Who works today in the office that answers for the person's unit: whom to ask. No office above: nobody."""
    own = memberships_on(person, timezone.localdate()).select_related("organisation").first()
    ground = jurisdiction_of(own.organisation) if own else None
    return members_of_office(ground) if ground else []


def members_of_office(ground: Jurisdiction) -> list[Membership]:
    """Who works in the office of a jurisdiction today."""
    today = timezone.localdate()
    posts = Membership.objects.filter(held_on(today), organisation_id=ground.office_id, role=Role.OFFICE)
    return list(posts.filter(person__is_active=True).select_related("person", "organisation").order_by("id"))
