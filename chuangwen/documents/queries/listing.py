"""The list of papers and the register of numbers under the filter of the address."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict

from chuangwen.documents.models import Document, DocumentNumber
from chuangwen.documents.queries.visible import visible_numbers, visible_to
from chuangwen.organisations.models import Person


@dataclass(frozen=True)
class Filter:
    """What the address asks for; values nobody could have chosen are left out."""

    text: str = ""
    kind: str = ""
    state: str = ""
    year: int | None = None
    unsigned: bool = False

    @property
    def narrowed(self) -> bool:
        return self != Filter()

    def words(self) -> str:
        """The filter as it is printed above a list."""
        kind = Document.Kind(self.kind).label if self.kind else ""
        state = Document.State(self.state).label if self.state else ""
        year = f"{self.year}年" if self.year else ""
        text = f"“{self.text}”" if self.text else ""
        return " · ".join(filter(None, [year, str(kind), str(state), "待签收" if self.unsigned else "", text]))


def filter_of(query: QueryDict) -> Filter:
    kind, state, year = query.get("kind", ""), query.get("state", ""), query.get("year", "")
    return Filter(
        text=query.get("q", "").strip()[:100],
        kind=kind if kind in Document.Kind else "",
        state=state if state in Document.State else "",
        year=int(year) if year.isdecimal() and len(year) == 4 and int(year) else None,
        unsigned=query.get("unsigned") == "1",
    )


def listed(person: Person, query: QueryDict) -> QuerySet[Document]:
    """Papers under the filter, for page and export."""
    chosen = filter_of(query)
    condition = Q()
    for word in chosen.text.split():
        condition &= Q(title__icontains=word) | Q(number_text__icontains=word)
    if chosen.kind:
        condition &= Q(kind=chosen.kind)
    if chosen.state:
        condition &= Q(state=chosen.state)
    if chosen.year:
        condition &= Q(dated_on__year=chosen.year)
    if chosen.unsigned:
        condition &= Q(kind=Document.Kind.NOTICE, state=Document.State.ISSUED, signed_at__isnull=True)
    return visible_to(person).filter(condition).select_related("unit", "drafted_by")


def issued_of(tenant_id: int, round: UUID) -> Document | None:
    """The circular of a round that stands issued, the latest one."""
    rows = Document.objects.filter(tenant_id=tenant_id, source_uuid=round, kind=Document.Kind.CIRCULAR)
    return rows.filter(state=Document.State.ISSUED).order_by("-id").first()


def years_of(person: Person) -> list[int]:
    """The years there are papers of, the latest first."""
    return [day.year for day in visible_to(person).dates("dated_on", "year", order="DESC")]


def listed_numbers(person: Person, query: QueryDict) -> QuerySet[DocumentNumber]:
    """The register under the filter: year, valid or void."""
    rows, chosen = visible_numbers(person), filter_of(query)
    for word in chosen.text.split():
        rows = rows.filter(Q(document__title__icontains=word) | Q(word__icontains=word))
    if chosen.year:
        rows = rows.filter(year=chosen.year)
    if chosen.state == Document.State.VOID:
        rows = rows.exclude(void_reason="")
    elif chosen.state == Document.State.ISSUED:
        rows = rows.filter(void_reason="")
    return rows


def number_years(person: Person) -> list[int]:
    return list(visible_numbers(person).order_by("-year").values_list("year", flat=True).distinct())
