"""Who sees which papers, and who may work on one."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from chuangwen.base.events import history
from chuangwen.documents.models import Document, DocumentNumber
from chuangwen.organisations.models import Membership, Person, Role
from chuangwen.organisations.queries import memberships_on, scope_of

READERS = frozenset({Role.CONTACT, Role.LEADER})


def visible_to(person: Person) -> QuerySet[Document]:
    """The office: its jurisdictions' papers; units and leaders: issued notices to units in their scope, and issued
    circulars of the jurisdictions they stand in."""
    scope = scope_of(person)
    condition = Q(jurisdiction_id__in=scope.jurisdiction_ids)
    if scope.roles & READERS:
        issued = Q(issued_at__isnull=False)
        condition |= issued & scope.covers(unit="unit__path")
        condition |= issued & Q(kind=Document.Kind.CIRCULAR, jurisdiction__root__path__in=_lines(scope.member_units))
    return Document.objects.filter(condition, tenant_id=scope.tenant_id)


def _lines(ranges: tuple[tuple[str, str], ...]) -> list[str]:
    """The paths of these units and of everything above them."""
    return [path[:end] for path, _ in ranges for end in range(8, len(path) + 1, 8)]


def governed(person: Person) -> QuerySet[Document]:
    """The papers a person may change: those of the jurisdictions governed as office."""
    scope = scope_of(person)
    return Document.objects.filter(jurisdiction_id__in=scope.jurisdiction_ids, tenant_id=scope.tenant_id)


def governs(person: Person, paper: Document) -> bool:
    return paper.tenant_id == person.tenant_id and paper.jurisdiction_id in scope_of(person).jurisdiction_ids


def find(person: Person) -> QuerySet[Document]:
    """Visible papers with what their page names."""
    return visible_to(person).select_related(
        "jurisdiction__office", "unit", "drafted_by", "issued_by", "file", "tenant"
    )


def visible_numbers(person: Person) -> QuerySet[DocumentNumber]:
    """The register of numbers of the jurisdictions a person governs."""
    scope = scope_of(person)
    rows = DocumentNumber.objects.filter(jurisdiction_id__in=scope.jurisdiction_ids, tenant_id=scope.tenant_id)
    return rows.select_related("document")


def void_words(paper: Document) -> str:
    """When a paper was voided, and why; empty while it is valid."""
    event = history(paper).filter(name="documents.voided").first() if paper.state == Document.State.VOID else None
    return f"{timezone.localdate(event.at):%Y年%-m月%-d日}作废，理由：{event.data['reason']}" if event else ""


def signed_with(paper: Document) -> int:
    """How many of its problems were signed for together with a notice."""
    event = history(paper).filter(name="documents.signed").first() if paper.signed_at else None
    return event.data.get("problems", 0) if event else 0


def contact_membership(person: Person, paper: Document) -> Membership | None:
    """The membership by which a person signs for a notice: contact of its unit or of a unit above."""
    if paper.unit is None or paper.tenant_id != person.tenant_id:
        return None
    held = [row for row in memberships_on(person, timezone.localdate()) if row.role == Role.CONTACT]
    return next((row for row in held if paper.unit.path.startswith(row.organisation.path)), None)
