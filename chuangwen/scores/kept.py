"""The result frozen last 定分 as a person may see it: the whole for the office of the round, others their own units."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import scope_of, visible_units
from chuangwen.scores.models import Line, Run


@dataclass
class Kept:
    """units: (name of that day, the kept total with its rank) by rank, empty for whoever sees the whole."""

    run: Run
    whole: bool
    units: list[tuple[str, Line]] = field(default_factory=list)

    def of(self, unit_id: int | None) -> list[tuple[str, Line]]:
        """The line of one unit."""
        return [(name, line) for name, line in self.units if line.subject_id == unit_id]


def kept_of(person: Person, rounds: Sequence[Round]) -> dict[int, Kept]:
    """By round, where something is frozen that the person may see; the rounds themselves are theirs to open."""
    governed = scope_of(person).jurisdiction_ids
    by_id = {round.pk: round for round in rounds}
    runs = Run.objects.filter(round__in=list(by_id), got__isnull=False).order_by("number")
    last = {run.round_id: run for run in runs}
    found = {pk: Kept(run, by_id[pk].jurisdiction_id in governed) for pk, run in last.items()}
    others = {kept.run.pk: kept for kept in found.values() if not kept.whole}
    lines = Line.objects.filter(run__in=list(others), subject_kind="unit", node_key="")
    own = lines.filter(subject_id__in=visible_units(person).values("pk")) if others else ()
    for line in sorted(own, key=lambda line: (line.rank is None, line.rank, line.subject_id)):
        kept = others[line.run_id]
        kept.units.append((kept.run.names.get("unit", {}).get(str(line.subject_id), ""), line))
    return {pk: kept for pk, kept in found.items() if kept.whole or kept.units}
