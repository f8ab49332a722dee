"""Which standards a person sees, and what their pages show."""

from django.db.models import Count, Q, QuerySet

from chuangwen.base.ids import key_of
from chuangwen.base.imports import queries as imports
from chuangwen.base.models import ImportBatch
from chuangwen.organisations.models import SEGMENT, Person, Role
from chuangwen.organisations.queries import scope_of
from chuangwen.standards.models import Criterion, Indicator, StandardVersion

KIND = "standards-tables"  # of an import from an office's own table


def visible_to(person: Person) -> QuerySet[StandardVersion]:
    """The office: all versions of its jurisdictions. Others: what was published for the ground their unit stands on."""
    scope = scope_of(person)
    above = [path[:end] for path, _ in scope.member_units for end in range(SEGMENT, len(path) + 1, SEGMENT)]
    own = Q(standard__jurisdiction_id__in=scope.jurisdiction_ids)
    of_ground = Q(standard__jurisdiction__root__path__in=above) & ~Q(state=StandardVersion.State.DRAFT)
    rows = StandardVersion.objects.filter(own | of_ground, tenant_id=scope.tenant_id)
    return rows.select_related("standard__jurisdiction")


def governed_by(person: Person) -> QuerySet[StandardVersion]:
    """The versions a person may change (while drafts) and publish."""
    return visible_to(person).filter(standard__jurisdiction_id__in=scope_of(person).jurisdiction_ids)


def governs(person: Person, version: StandardVersion) -> bool:
    return version.standard.jurisdiction_id in scope_of(person).jurisdiction_ids


def drafts_of(person: Person) -> QuerySet[StandardVersion]:
    """The drafts a person may edit."""
    return governed_by(person).filter(state=StandardVersion.State.DRAFT).order_by("standard__name", "id")


def governed_indicators(person: Person) -> QuerySet[Indicator]:
    """Indicators of the versions the person governs, published ones too (an action refuses those, with words)."""
    rows = Indicator.objects.filter(version__in=governed_by(person).values("pk"))
    return rows.select_related("version__standard__jurisdiction")


def governed_criteria(person: Person) -> QuerySet[Criterion]:
    """The same for criteria."""
    rows = Criterion.objects.filter(version__in=governed_by(person).values("pk"))
    return rows.select_related("version__standard__jurisdiction")


def others_to_compare(person: Person, version: StandardVersion) -> list[StandardVersion]:
    """Versions it can be compared with: first its own standard's, those before it foremost; then what else is seen."""
    rows = list(visible_to(person).exclude(pk=version.pk).order_by("standard__name", "standard_id", "-number")[:200])
    own = [row for row in rows if row.standard_id == version.standard_id]
    earlier = [row for row in own if row.number < version.number]
    later = [row for row in own if row.number > version.number]
    return [*earlier, *later, *(row for row in rows if row.standard_id != version.standard_id)]


def row_of(version: StandardVersion, name: str) -> Indicator | Criterion | None:
    """The row of a version that pages call i12 or c7; None when there is none, or no longer."""
    rows = {"i": version.indicators, "c": version.criteria}.get(name[:1])
    pk = key_of(name[1:])
    return rows.select_related("version__standard").filter(pk=pk).first() if rows is not None and pk else None


def table_imports(person: Person) -> QuerySet[ImportBatch]:
    """A person's own imports of tables, whatever became of them."""
    return imports.visible_to(person).filter(kind=KIND)


def listed(person: Person, query: dict[str, str]) -> QuerySet[StandardVersion]:
    """The list page's versions with `lines`, the number of criteria; `q` looks in name and code, `state` filters."""
    rows = visible_to(person).annotate(lines=Count("criteria"))
    if text := query.get("q", "").strip():
        rows = rows.filter(Q(standard__name__icontains=text) | Q(standard__code__icontains=text))
    if (state := query.get("state", "")) in StandardVersion.State.values:
        rows = rows.filter(state=state)
    return rows


def may_edit(person: Person) -> bool:
    """Only the office keeps assessment systems."""
    return Role.OFFICE in scope_of(person).roles
