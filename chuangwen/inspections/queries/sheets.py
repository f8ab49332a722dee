"""The checklist 考察操作表 of one visit: what is asked at this type of place, section by section."""

from collections.abc import Iterable
from functools import lru_cache

from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.inspections.queries.rounds import governs
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import scope_of
from chuangwen.problems.models import Problem
from chuangwen.standards.checklists import Item, Section, concerning, in_sections
from chuangwen.standards.entering import by_ordinal, entered, is_only_entered, items_at, with_units
from chuangwen.standards.models import StandardVersion
from rulebook.scoring import Standard, compile_standard

SOURCE = "answer"  # where a problem of ours came from


def sheet_of(visit: Visit) -> list[Section]:
    """The sections of a visit's checklist, or of what is entered for a unit, in the standard's order: one query."""
    version = visit.round.version
    if visit.state == Visit.State.ENTERED:
        return sheet_of_units(version)
    known = list(compiled(version).assessors)
    spoken = visit.team.assessor if known and visit.team_id else ""
    return _looked_at(version, visit.place_type_id, known.index(spoken) if spoken in known else 0)


def sheet_of_units(version: StandardVersion) -> list[Section]:
    """What is entered for units themselves, method by method in the standard's order: one query."""
    standard = compiled(version)
    return in_sections((row, items_at(row, standard)) for row in entered(version, standard))


def _looked_at(version: StandardVersion, place_type: int, assessor: int) -> list[Section]:
    """The checklist of a type of place for the assessor 测评主体 a team speaks for: what is that one's to assess."""
    standard = compiled(version)
    rows = concerning(version, place_type)
    seen = (row for row in rows if not is_only_entered(standard.criteria[standard.number[row.key]]))
    asked = ((row, items_at(row, standard, assessor=assessor)) for row in seen)
    return in_sections((row, items) for row, items in asked if items)


def item_of(answer: Answer) -> Item:
    """The checklist item an answer belongs to."""
    return by_answer(sheet_of(answer.visit))[answer.criterion_id, answer.ordinal]


def by_answer(sheet: Iterable[Section]) -> dict[tuple[int, int], Item]:
    """The items by where their answers stand: criterion and ordinal."""
    items = (item for section in sheet for item in section.items)
    return {(item.criterion.pk, ordinal): item for item in items for ordinal in item.ordinals}


def with_items(round: Round, answers: Iterable[Answer]) -> None:
    """Give each answer of a list the `item` of the checklist it is of."""
    for answer in answers:
        answer.item = line_of(answer, round.version)


def line_of(answer: Answer, version: StandardVersion) -> Item:
    """The line of its criterion an answer is of, without the rest of the checklist: it has no running number."""
    return by_ordinal(answer.criterion, compiled(version))[answer.ordinal]


def answer_behind(problem: Problem) -> Answer | None:
    """The answer a problem came from, by itself or by a correction; None for a problem of another source."""
    if problem.source_kind != SOURCE or problem.source_uuid is None:
        return None
    names = ("round__version", "round__jurisdiction__root", "place__owner", "place_type", "unit")
    rows = Answer.objects.filter(tenant_id=problem.tenant_id)
    rows = rows.select_related("criterion", *(f"visit__{name}" for name in names))
    source = problem.source_uuid  # one question for each: asked together, no index could answer them
    return rows.filter(uuid=source).first() or rows.filter(corrections__uuid=source).first()


def compiled(version: StandardVersion) -> Standard:
    """The version's rules, compiled once per process: a published version never changes."""
    return _compiled(version.pk, version.spec_hash)


@lru_cache(maxsize=16)
def _compiled(version_id: int, spec_hash: str) -> Standard:
    spec = StandardVersion.objects.values_list("spec", flat=True).get(pk=version_id)
    return compile_standard(with_units(spec))


def may_answer(person: Person, visit: Visit) -> bool:
    """The members of the visit's team; and the office, which may enter for them 代录."""
    if governs(person, visit.round):
        return True
    members = visit.team.members if visit.team else None
    return bool(members and members.filter(membership_id__in=scope_of(person).membership_ids).exists())
