"""Which assessments of the level above a person sees, and what their pages show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import cached_property

from chuangwen.assessments.models import Assessment, Result
from chuangwen.base.imports import queries as imports
from chuangwen.base.models import ImportBatch
from chuangwen.inspections.models import Round
from chuangwen.inspections.queries import governed_rounds
from chuangwen.organisations.models import Jurisdiction, Person
from chuangwen.organisations.queries import scope_of
from chuangwen.problems.models import Problem, ProblemBatch
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from rulebook.matching import Known, Matcher

KIND = "assessment-results"  # of an import of a result table
SHOWN_NAME = 60
How = Result.How


def visible_to(person: Person) -> QuerySet[Assessment]:
    """Those of the jurisdictions a person governs as office; nobody else sees any."""
    scope = scope_of(person)
    rows = Assessment.objects.filter(jurisdiction_id__in=scope.jurisdiction_ids, tenant_id=scope.tenant_id)
    return rows.select_related("version__standard", "jurisdiction__root").defer("version__spec")


def governs(person: Person, assessment: Assessment) -> bool:
    mine = assessment.jurisdiction_id in scope_of(person).jurisdiction_ids
    return assessment.tenant_id == person.tenant_id and mine


def listed(person: Person, query: Mapping[str, str]) -> QuerySet[Assessment]:
    """The list page's rows with `lines` and `unmatched`, the rows that stand for nothing of ours yet."""
    rows = visible_to(person).annotate(
        lines=Count("results"), unmatched=Count("results", filter=Q(results__node_key=""))
    )
    if text := query.get("q", "").strip():
        rows = rows.filter(name__icontains=text)
    return rows


def usable_versions(jurisdiction: Jurisdiction) -> QuerySet[StandardVersion]:
    """Published versions of the jurisdiction, older ones too: an assessment may be of last year."""
    rows = StandardVersion.objects.filter(standard__jurisdiction=jurisdiction).exclude(state="draft")
    return rows.select_related("standard").defer("spec").order_by("standard__name", "-number")


def feedback_batches(jurisdiction: Jurisdiction) -> list[tuple[UUID, str]]:
    """What feedback of the level above came in as problems: (batch, its source)."""
    came = Problem.objects.filter(jurisdiction=jurisdiction, source_kind="feedback").values("batch_uuid")
    rows = ProblemBatch.objects.filter(jurisdiction=jurisdiction, uuid__in=came).order_by("-id")
    return list(rows.values_list("uuid", "label"))


def table_imports(person: Person) -> QuerySet[ImportBatch]:
    """A person's own imports of result tables, whatever became of them."""
    return imports.visible_to(person).filter(kind=KIND)


def files_of(assessment: Assessment) -> QuerySet[ImportBatch]:
    """The files whose rows were taken in, also by colleagues."""
    rows = ImportBatch.objects.filter(tenant_id=assessment.tenant_id, kind=KIND, state=ImportBatch.State.APPLIED)
    return rows.filter(context__assessment=assessment.pk).select_related("file", "created_by").order_by("-applied_at")


def rounds_for(person: Person, assessment: Assessment) -> QuerySet[Round]:
    """Rounds of the same assessment system that have begun, newest first: keys are the same in all its versions."""
    rows = governed_rounds(person).filter(version__standard=assessment.version.standard_id)
    rows = rows.exclude(state=Round.State.DRAFT).select_related("version__standard", "jurisdiction")
    return rows.defer("version__spec").order_by("-starts_on", "-id")


@dataclass(frozen=True)
class Node:
    """A line of our standard as a result is matched to it."""

    key: str
    label: str
    name: str
    is_criterion: bool
    above: tuple[str, ...]  # keys, the outermost first

    @property
    def said(self) -> str:
        """What it is called where one is chosen from a list."""
        name = self.name if len(self.name) <= SHOWN_NAME else f"{self.name[: SHOWN_NAME - 1]}…"
        return f"{self.label} {name}".strip()


class Tree:
    """The lines of a version in reading order; two queries."""

    def __init__(self, version_id: int) -> None:
        self.nodes: dict[str, Node] = {}
        indicators = list(Indicator.objects.filter(version_id=version_id))
        criteria: dict[int, list[Criterion]] = {}
        for criterion in Criterion.objects.filter(version_id=version_id):
            criteria.setdefault(criterion.indicator_id, []).append(criterion)
        below: dict[int | None, list[Indicator]] = {}
        for indicator in indicators:
            below.setdefault(indicator.parent_id, []).append(indicator)
        self._add(None, (), below, criteria)

    def _add(self, parent: int | None, above: tuple[str, ...], below: Any, criteria: Any) -> None:
        for indicator in below.get(parent, ()):
            self.nodes[indicator.key] = Node(indicator.key, indicator.label, indicator.name, False, above)
            path = (*above, indicator.key)
            for one in criteria.get(indicator.pk, ()):
                self.nodes[one.key] = Node(one.key, one.label, one.text, True, path)
            self._add(indicator.pk, path, below, criteria)

    @cached_property
    def said(self) -> dict[str, str]:
        """What a person chooses → key; where two are called the same, the names above tell them apart."""
        found: dict[str, str] = {}
        for node in self.nodes.values():
            text = node.said
            if text in found:
                text = f"{text}（{' › '.join(self.nodes[key].said for key in node.above)}）"
            found.setdefault(text, node.key)
        return found

    @cached_property
    def called(self) -> dict[str, str]:
        """The other way round."""
        return {key: text for text, key in self.said.items()}

    def matcher(self) -> Matcher:
        names = {key: node.name for key, node in self.nodes.items()}
        return Matcher(
            Known(node.key, node.label, node.name, tuple(names[key] for key in node.above))
            for node in self.nodes.values()
        )


@dataclass(frozen=True)
class Term:
    """What their table calls one thing, with the rows that say it."""

    term: str
    code: str
    name: str
    above: str
    how: str
    rows: int
    key: str
    proposed: str

    @property
    def is_open(self) -> bool:
        return not self.key

    @property
    def how_words(self) -> str:
        return str(How(self.how).label)


def terms_of(assessment: Assessment) -> list[Term]:
    """The things of their table in its order: one query."""
    named = ("term", "code", "name", "above", "how", "node_key", "proposed_key")
    rows = assessment.results.values(*named).annotate(n=Count("pk"), first=Min("position")).order_by("first", "term")
    return [
        Term(
            row["term"], row["code"], row["name"], row["above"], row["how"], row["n"], row["node_key"],
            row["proposed_key"],
        )
        for row in rows
    ]  # fmt: skip


def strange_types(assessment: Assessment) -> list[tuple[str, int]]:
    """(what they call a place type that is none of ours, how many rows): one query."""
    rows = assessment.results.filter(place_type__isnull=True).exclude(type_text="").order_by()
    return list(rows.values_list("type_text").annotate(n=Count("pk")).order_by("type_text"))
