"""What papers say of problems: counts of a round with their rows, or the problems one unit is told to put right."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from chuangwen.base.figures import Figure
from chuangwen.base.files import attachments_of
from chuangwen.documents.figures.section import Section, problem_row
from chuangwen.documents.models import Document
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Organisation, Person
from chuangwen.problems import figures as problems
from chuangwen.problems.models import Problem, ProblemStep
from chuangwen.problems.queries import OPEN, visible_to
from rulebook import scoring

ORDER = ("unit__path", "place_text", "number")
PRINTED = ("found", "closed", "open", "overdue")
RATE_DIGITS = 1


def of_round(person: Person, round: Round) -> QuerySet[Problem]:
    """The problems a circular lists: all of the round but the withdrawn ones."""
    rows = visible_to(person).filter(jurisdiction_id=round.jurisdiction_id, batch_uuid=round.uuid)
    return rows.exclude(state=Problem.State.WITHDRAWN).select_related("unit", "place").order_by(*ORDER)


def to_put_right(person: Person) -> QuerySet[Problem]:
    """The problems a notice may list: handed out, not ended."""
    rows = visible_to(person).filter(handed_out_at__isnull=False, state__in=OPEN, unit__isnull=False)
    return rows.exclude(state=Problem.State.PENDING).select_related("unit", "place").order_by(*ORDER)


def of_notice(person: Person, paper: Document) -> QuerySet[Problem]:
    """The problems a draft notice lists as of now: those of its unit in the round, or those chosen."""
    rows = to_put_right(person).filter(jurisdiction_id=paper.jurisdiction_id, unit_id=paper.unit_id)
    if paper.source_kind == "round":
        return rows.filter(batch_uuid=paper.source_uuid)
    return rows.filter(uuid__in=listed_in(paper))


def to_sign(paper: Document) -> QuerySet[Problem]:
    """The problems a notice lists that still wait for its unit's signature."""
    rows = Problem.objects.filter(tenant_id=paper.tenant_id, jurisdiction_id=paper.jurisdiction_id)
    return rows.filter(unit_id=paper.unit_id, state=Problem.State.HANDED_OUT, uuid__in=listed_in(paper))


def listed_in(paper: Document) -> list[str]:
    """The uuids of the problems a paper lists."""
    return [row["uuid"] for row in paper.facts.get("problems", {}).get("rows", [])]


def circular_section(person: Person, round: Round, *, as_of: date) -> Section:
    """Found, closed, share, open, overdue and not handed out as of now, and the list of all."""
    rows = [problem_row(problem) for problem in of_round(person, round)]
    known = problems.of_batch(batch_uuid=round.uuid, jurisdiction=round.jurisdiction)
    names = (*PRINTED, *(("pending",) if known["pending"].value else ())) if rows else ("found",)
    figures = [replace(known[name], name=f"problems.{name}") for name in names]
    if rows:
        figures.append(_rectified(known["closed"], known["found"]))
    return Section("problems", {"as_of": as_of.isoformat(), "rows": rows}, figures)


def _rectified(closed: Figure, found: Figure) -> Figure:
    value = scoring.rounded(Fraction(closed.value or 0, found.value or 1) * 100, RATE_DIGITS)
    text = scoring.shown(value, RATE_DIGITS)
    words = f"已销号 {closed.text} ÷ 发现 {found.text}"
    return Figure("problems.rectified", "整改率", value, text, "%", words, closed.records_url, closed.as_of)


def notice_section(rows: Iterable[Problem], paper_url: str) -> Section:
    """The problems of a notice, with the photos they were found with."""
    found = list(rows)
    photos = photos_of(found, "before")
    listed = [{**problem_row(row), "before": photos.get(row.pk)} for row in found]
    figure = Figure(
        name="notice.problems",
        label="尚未销号的问题",
        value=len(listed),
        text=str(len(listed)),
        unit="件",
        definition="本通知书所列的问题：已交办给这个单位、还没有销号的",
        records_url=f"{paper_url}#problems",
        as_of=timezone.localdate(),
    )
    days = [row.found_on for row in found]
    first, last = (min(days).isoformat(), max(days).isoformat()) if days else (None, None)
    facts = {"rows": listed, "first_day": first, "last_day": last}
    return Section("problems", facts, [figure])


def photos_of(found: list[Problem], role: str) -> dict[int, int]:
    """Problem → the latest photo of one role, as the key of its stored file: two queries."""
    steps = list(ProblemStep.objects.filter(problem__in=found).order_by("at", "id")) if found else []
    photos = attachments_of(steps, role=role)
    return {step.problem_id: photos[step.pk][-1].file_id for step in steps if photos[step.pk]}


def paper_url(paper: Document) -> str:
    return reverse("documents:document", args=[paper.uuid])


def unit_of(rows: list[Problem]) -> Organisation | None:
    """The one unit of these problems; None when they are of several."""
    units = {row.unit_id: row.unit for row in rows}
    return next(iter(units.values())) if len(units) == 1 else None
