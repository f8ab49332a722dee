"""What a draft may be published with but somebody should look at: one remark of each kind, with the rows it names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chuangwen.organisations.models import Person
from chuangwen.places.queries import types_with_counts
from chuangwen.standards.checklists import ON_SITE
from chuangwen.standards.models import Criterion, StandardVersion


@dataclass(frozen=True)
class Remark:
    """`words` of what was noticed; `keys` of the criteria it is about (none: it is about the draft)."""

    words: str
    keys: tuple[str, ...] = ()


def remarks_of(version: StandardVersion, person: Person) -> list[Remark]:
    """Everything noticed, with the register as the person sees it; three queries."""
    criteria = list(version.criteria.order_by("position", "id").prefetch_related("place_types"))
    if not criteria:
        return []
    return [*_types_without_criteria(criteria, person), *_out_of_reach(criteria, person), *_unfilled(criteria)]


def _on_site(row: Criterion) -> bool:
    return ON_SITE in row.method and not row.role


def _types_without_criteria(criteria: list[Criterion], person: Person) -> Iterator[Remark]:
    used = {kind.pk for row in criteria for kind in row.place_types.all()}
    if any(_on_site(row) and not row.place_types.all() for row in criteria):
        return
    for kind in types_with_counts(person).filter(archived_at__isnull=True).order_by("code"):
        if kind.pk not in used and kind.in_use:
            yield Remark(f"“{kind.name}”有 {kind.in_use} 处点位，没有一条测评标准")


def _out_of_reach(criteria: list[Criterion], person: Person) -> Iterator[Remark]:
    standing = {kind.pk for kind in types_with_counts(person) if kind.in_use}
    lost = [row for row in criteria if (types := row.place_types.all()) and not any(t.pk in standing for t in types)]
    names = sorted({kind.name for row in lost for kind in row.place_types.all()})
    if lost:
        yield _about(lost, f"条测不到：点位里没有{'、'.join(names[:4])}{'等' if len(names) > 4 else ''}")


def _unfilled(criteria: list[Criterion]) -> Iterator[Remark]:
    checks = (
        ("条没有责任单位", [row for row in criteria if not getattr(row, "units", True)]),
        ("条实地考察的标准没有常用语，手机上要自己写", [r for r in criteria if _on_site(r) and not r.phrases]),
    )
    for words, rows in checks:
        if rows:
            yield _about(rows, words)


def _about(rows: Iterable[Criterion], words: str) -> Remark:
    keys = tuple(row.key for row in rows)
    return Remark(f"{len(keys)} {words}", keys)
