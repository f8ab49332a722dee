"""Numbers 编号 of problems, per jurisdiction and year, and the batches they came with. No actions by themselves."""

from collections.abc import Iterable, Sequence

from django.db.models import F

from chuangwen.organisations.models import Jurisdiction
from chuangwen.problems.models import NumberCounter, Problem, ProblemBatch

Key = tuple[int, int]  # jurisdiction, year


def lock_counters(asked: Iterable[tuple[Jurisdiction, int]]) -> dict[Key, int]:
    """The last number given in each jurisdiction and year concerned; nobody else gets one until the commit."""
    keys = {(jurisdiction.pk, year): jurisdiction.tenant_id for jurisdiction, year in asked}
    return {key: lock_counter(tenant_id, *key) for key, tenant_id in sorted(keys.items())}


def lock_counter(tenant_id: int, jurisdiction_id: int, year: int) -> int:
    """Lock one counter, made when first needed, and return the last number given."""
    counters = NumberCounter.objects.filter(jurisdiction_id=jurisdiction_id, year=year)
    if not counters.update(last=F("last")):
        row = NumberCounter(tenant_id=tenant_id, jurisdiction_id=jurisdiction_id, year=year)
        NumberCounter.objects.bulk_create([row], ignore_conflicts=True)
        counters.update(last=F("last"))
    return counters.values_list("last", flat=True).get()


def take_numbers(asked: Iterable[tuple[Jurisdiction, int]], counters: dict[Key, int]) -> list[str]:
    """The next numbers, in order: 2026-0001, 2026-0002 … The counters are locked and are moved on."""
    last = dict(counters)
    numbers = []
    for jurisdiction, year in asked:
        key = (jurisdiction.pk, year)
        last[key] += 1
        numbers.append(f"{key[1]}-{last[key]:04d}")
    for key, value in last.items():
        if value != counters[key]:
            NumberCounter.objects.filter(jurisdiction_id=key[0], year=key[1]).update(last=value)
    return numbers


def keep_batches(problems: Sequence[Problem]) -> None:
    """The batches these came with, each once per jurisdiction."""
    rows = {
        (problem.jurisdiction_id, problem.batch_uuid): ProblemBatch(
            tenant_id=problem.tenant_id,
            jurisdiction_id=problem.jurisdiction_id,
            uuid=problem.batch_uuid,
            label=problem.batch_label,
        )
        for problem in problems
        if problem.batch_uuid
    }
    ProblemBatch.objects.bulk_create(rows.values(), ignore_conflicts=True)
