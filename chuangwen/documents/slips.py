"""The reply slip 回执 of a notice: its problems as the notice lists them, with what their steps say today."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.templatetags.words import day
from chuangwen.documents import composing, figures, word
from chuangwen.documents.models import Document
from chuangwen.problems.models import Problem, ProblemStep

REPORTS = ("report", "fix_on_spot")
REVIEWS = ("close", "send_back")


def slip_of(paper: Document) -> bytes:
    """The slip as .docx bytes. The notice stays as issued; the slip follows the problems."""
    try:
        return word.render_slip(_facts(paper, with_photos=True))
    except word.WordError as error:
        raise Refused(str(error)) from error


def with_slip(drawn: word.Paper, paper: Document) -> word.Paper:
    """An issued notice for its page, with the slip as far as it has come."""
    return replace(drawn, attachments=(word.reply_slip(_facts(paper, with_photos=False)), *drawn.attachments[1:]))


def _facts(paper: Document, *, with_photos: bool) -> word.NoticeFacts:
    """What the notice says, with what became of its problems and who signed for it."""
    facts = composing.notice_facts(paper, paper.number_text, with_photos=with_photos)
    problems = list(Problem.objects.filter(tenant_id=paper.tenant_id, uuid__in=figures.listed_in(paper)))
    steps = _steps(problems)
    after = figures.photos_of(problems, "after") if with_photos else {}
    photos = composing.photo_bytes(after.values())
    live = {str(problem.uuid): _filled(problem, steps[problem.pk], photos.get(after.get(problem.pk)))
            for problem in problems}  # fmt: skip
    rows = zip(facts.problems, figures.listed_in(paper), strict=True)
    filled = tuple(replace(row, **live.get(uuid, {})) for row, uuid in rows)
    return replace(facts, problems=filled, receipt=_receipt(paper))


def _receipt(paper: Document) -> word.Receipt | None:
    if paper.signed_at is None:
        return None
    signed = timezone.localtime(paper.signed_at)
    return word.Receipt(paper.signed_by_label, f"{signed.year}年{signed.month}月{signed.day}日{signed:%H:%M}")


def _steps(problems: list[Problem]) -> dict[int, list[ProblemStep]]:
    found: dict[int, list[ProblemStep]] = {problem.pk: [] for problem in problems}
    for step in ProblemStep.objects.filter(problem__in=problems).order_by("at", "id"):
        found[step.problem_id].append(step)
    return found


def _filled(problem: Problem, steps: Iterable[ProblemStep], after: bytes | None) -> dict[str, Any]:
    """The cells of one problem from its latest report, the review after it, and its end."""
    report = review = None
    for step in steps:
        if step.verb in REPORTS:
            report, review = step, None
        elif step.verb in REVIEWS:
            review = step
    filled: dict[str, Any] = {"responsible": problem.responsible, "after": after}
    if report:
        filled["measure"], filled["rectifier"] = report.words or "已整改", report.actor_label
        filled["result"] = f"{day(report.at)}报送"
    if review:
        filled["review"] = review.words or ("同意销号" if review.verb == "close" else "退回重改")
    if problem.closed_on:
        filled["closing"] = f"{day(problem.closed_on)}销号"
    return filled
