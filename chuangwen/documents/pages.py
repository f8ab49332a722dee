"""What the page of one paper puts together."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from chuangwen.base import history
from chuangwen.base.errors import Refused
from chuangwen.base.files import attachments_of
from chuangwen.documents import composing, figures, queries
from chuangwen.documents.forms import IssueForm, SealedForm, VoidForm
from chuangwen.documents.models import Document, DocumentFigure
from chuangwen.documents.readiness import outlived
from chuangwen.documents.screen import Screen, screen_of
from chuangwen.documents.slips import with_slip
from chuangwen.documents.word import count_paper
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Person
from chuangwen.problems.queries import Row, rows_of
from chuangwen.problems.queries import visible_to as visible_problems
from chuangwen.scores.models import Run
from chuangwen.scores.queries import latest_run

State = Document.State
SHAPES = {State.DRAFT: "st-none", State.ISSUED: "st-closed", State.VOID: "st-returned"}
OF_UNITS = ("score.u", "rate.u", "rank.u", "gap.u")


@dataclass(frozen=True)
class Shown:
    """A figure in the list beside the paper; now: how it reads today, empty while it is the same; url: its records,
    empty for readers who would not see the rows counted."""

    figure: DocumentFigure
    now: str
    url: str

    @property
    def anchor(self) -> str:
        return f"f-{self.figure.name}"

    @property
    def measure(self) -> str:
        return "" if self.figure.unit == "%" else self.figure.unit


@dataclass(frozen=True)
class Desk:
    """What the person can do with the paper; a reader is no office of it."""

    reads: bool
    edits: bool
    voids: bool
    seals: bool
    signs: bool
    on_behalf: bool


def desk_of(person: Person, paper: Document) -> Desk:
    office = queries.governs(person, paper)
    draft, issued = paper.state == State.DRAFT, paper.state == State.ISSUED
    waits = issued and paper.kind == Document.Kind.NOTICE and paper.signed_at is None
    contact = waits and queries.contact_membership(person, paper) is not None
    return Desk(
        reads=not office,
        edits=office and draft,
        voids=office and (draft or issued),
        seals=office and issued,
        signs=waits and (contact or office),
        on_behalf=waits and office and not contact,
    )


def page_of(person: Person, paper: Document, refused: Any = None) -> dict[str, Any]:
    """The template's context; a refused form stands in place of its empty one."""
    desk = desk_of(person, paper)
    changes = figures.changes(person, paper) if desk.edits else figures.Changes({}, [])
    stale = changes.figures
    shown = [Shown(row, stale.get(row.name, ""), _records(row, paper, desk)) for row in paper.figures.all()]
    screen, length, trouble = _screen(paper, stale)
    forms = {"issue": IssueForm(following=following(paper)), "void": VoidForm(), "sealed": SealedForm()}
    return {
        "paper": paper,
        "desk": desk,
        "shape": SHAPES[paper.state],
        "screen": screen,
        "length": length,
        "trouble": trouble,
        "unreleased": _unreleased(person, paper) if desk.edits else None,
        "figures": [row for row in shown if not row.figure.name.startswith(OF_UNITS)],
        "unit_figures": [row for row in shown if row.figure.name.startswith(OF_UNITS)],
        "figure_count": len(shown),
        "changes": changes,
        "rerun": _rerun(person, paper) if paper.state == State.ISSUED and not desk.reads else None,
        "outlived": outlived(person, paper) if desk.edits else [],
        "problems": _problems(person, paper),
        "waiting": figures.to_sign(paper).count() if desk.signs else 0,
        "signed_with": queries.signed_with(paper),
        "sealed": attachments_of([paper], role="sealed")[paper.pk],
        "void": queries.void_words(paper),
        "number": paper.numbers.order_by("id").first(),
        "history": history.lines(paper),
        "forms": forms | ({refused.place: refused} if refused else {}),
    }


def _records(row: DocumentFigure, paper: Document, desk: Desk) -> str:
    """The rows on this page are everybody's, all others the office's: a unit would be shown only its own part."""
    own = row.records_url.startswith(figures.paper_url(paper))
    return row.records_url if own or not desk.reads else ""


def _screen(paper: Document, stale: dict[str, str]) -> tuple[Screen | None, int, str]:
    """The paper for the screen and its length, or why it cannot be written."""
    try:
        drawn = composing.paper_of(paper)
    except Refused as refused:
        return None, 0, refused.message
    length = count_paper(drawn)
    if paper.kind == Document.Kind.NOTICE and paper.issued_at:
        drawn = with_slip(drawn, paper)
    return screen_of(drawn, stale), length, ""


def _unreleased(person: Person, paper: Document) -> Round | None:
    """The round a circular has to wait for; None when it may be issued."""
    round = figures.round_of(person, paper) if paper.kind == Document.Kind.CIRCULAR else None
    return round if round and round.state != Round.State.RELEASED else None


def _rerun(person: Person, paper: Document) -> Run | None:
    """The score of the round as frozen last, where the paper prints another one; the figure names its own run."""
    printed = paper.figures.filter(name="score.total").first()
    round = figures.round_of(person, paper) if printed else None
    run = latest_run(round) if round else None
    return run if run and printed and printed.records_url != reverse("scores:run", args=[run.uuid]) else None


def following(paper: Document) -> str:
    """The number a draft would be given today; empty where numbers are given by hand."""
    if paper.state != State.DRAFT or not paper.jurisdiction.document_word:
        return ""
    return str(queries.next_number(paper.jurisdiction, timezone.localdate()))


def _problems(person: Person, paper: Document) -> list[Row]:
    """The problems a notice lists, as they stand today; those the person may see."""
    listed = figures.listed_in(paper) if paper.kind == Document.Kind.NOTICE else []
    if not listed:
        return []
    found = visible_problems(person).filter(uuid__in=listed).select_related("unit", "jurisdiction", "place")
    order = {uuid: position for position, uuid in enumerate(listed)}
    return rows_of(person.tenant_id, sorted(found, key=lambda row: order[str(row.uuid)]))
