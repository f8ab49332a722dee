"""Records corrected away: answers that no longer say there is a problem, and the problems they led to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from chuangwen.inspections.models import Answer, AnswerCorrection, Round
from chuangwen.inspections.queries.rounds import governs
from chuangwen.inspections.queries.sheets import SOURCE, answer_behind
from chuangwen.organisations.models import Person
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import OPEN
from chuangwen.problems.rulings import Mended


@dataclass(frozen=True)
class Outlived:
    """A problem not ended whose record stands corrected; kept: why the office lets it go on."""

    problem: Problem
    kept: str


def problem_of(answer: Answer) -> Problem | None:
    """The latest problem an answer led to, by itself or by a correction."""
    sources = [answer.uuid, *answer.corrections.values_list("uuid", flat=True)]
    rows = Problem.objects.filter(source_kind=SOURCE, source_uuid__in=sources, tenant_id=answer.tenant_id)
    return rows.order_by("-pk").first()


def live_problem_of(answer: Answer) -> Problem | None:
    found = problem_of(answer)
    return found if found and found.state in OPEN else None


def outlived(tenant_id: int, rounds: QuerySet[Round] | Iterable[Round]) -> list[Outlived]:
    """The problems of these rounds whose record has been corrected to something else, not ended: two queries."""
    mended = AnswerCorrection.objects.filter(tenant_id=tenant_id, answer__round__in=rounds)
    mended = mended.exclude(answer__mark=Answer.Mark.NOT_QUALIFIED).order_by("pk")
    sources: dict[UUID, set[UUID]] = defaultdict(set)
    kept: dict[UUID, str] = {}
    for answer, correction, words in mended.values_list("answer__uuid", "uuid", "kept"):
        sources[answer] |= {answer, correction}
        kept[answer] = words
    by_source = {source: answer for answer, found in sources.items() for source in found}
    rows = Problem.objects.filter(tenant_id=tenant_id, source_kind=SOURCE, source_uuid__in=by_source, state__in=OPEN)
    return [Outlived(row, kept[by_source[row.source_uuid]]) for row in rows.order_by("due_order", "pk")]


def mended(person: Person, problem: Problem) -> Mended | None:
    """What the record behind a problem not ended was corrected to; None while it stands, or for another office."""
    answer = answer_behind(problem) if problem.state in OPEN else None
    if answer is None or not answer.corrected or answer.mark == Answer.Mark.NOT_QUALIFIED:
        return None
    last = answer.corrections.order_by("-pk").first()
    if last is None or not governs(person, answer.visit.round):
        return None
    page = reverse("inspections:visit", args=[answer.visit.uuid])
    return Mended(str(answer.get_mark_display()), last.reason, page, last.kept)
