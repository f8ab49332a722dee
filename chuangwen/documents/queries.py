"""Reading papers: who sees which, and what there is to do about them."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from chuangwen.base.todo import Todo
from chuangwen.documents.models import Document
from chuangwen.organisations.models import Person, Role
from chuangwen.organisations.queries import scope_of

READERS = frozenset({Role.CONTACT, Role.LEADER})


def visible_to(person: Person) -> QuerySet[Document]:
    """The office: its jurisdictions' papers; units and leaders: issued notices to units in their scope, issued circulars
    of the jurisdictions they stand in."""
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


def todo_for_office(person: Person) -> list[Todo]:
    """Papers drafted and not yet issued 要发的."""
    drafts = visible_to(person).filter(state=Document.State.DRAFT).order_by("id")
    return [
        Todo(
            kind="公文",
            title=f"{paper.title}（待签发）",
            url=reverse("documents:document", args=[paper.uuid]),
            verb="核对",
            group="send",
        )
        for paper in drafts[:50]
    ]


def todo_for_unit(person: Person) -> list[Todo]:
    """Notices that wait for the unit's signature 待签收."""
    papers = visible_to(person).filter(
        kind=Document.Kind.NOTICE, state=Document.State.ISSUED, signed_at__isnull=True, unit__isnull=False
    )
    return [
        Todo(
            kind="收文",
            title=paper.title,
            sub=paper.number_text,
            url=reverse("documents:document", args=[paper.uuid]),
            verb="签收",
        )
        for paper in papers.order_by("id")[:50]
    ]
