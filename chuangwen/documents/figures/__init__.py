"""What papers print: the registered figures of the apps below, and the few that only papers need.

A paper's facts fall into sections (round, score, problems) that are taken from the data together, so that figures in
one sentence never hold for different days.
"""

from collections.abc import Callable

from django.utils import timezone

from chuangwen.documents.figures.problems import (
    circular_section,
    listed_in,
    notice_section,
    of_notice,
    paper_url,
    photos_of,
    to_put_right,
    to_sign,
    unit_of,
)
from chuangwen.documents.figures.rounds import last_day, round_section, score_section
from chuangwen.documents.figures.section import Section, printed
from chuangwen.documents.models import Document
from chuangwen.inspections.models import Round
from chuangwen.inspections.queries import governed_rounds
from chuangwen.organisations.models import Person

__all__ = [
    "Section",
    "changed",
    "circular_sections",
    "last_day",
    "listed_in",
    "live_sections",
    "notice_section",
    "paper_url",
    "photos_of",
    "printed",
    "round_of",
    "to_put_right",
    "to_sign",
    "unit_of",
]


def round_of(person: Person, paper: Document) -> Round | None:
    """The round a paper is about."""
    if paper.source_kind != "round":
        return None
    return governed_rounds(person).select_related("version", "jurisdiction").filter(uuid=paper.source_uuid).first()


def circular_sections(person: Person, round: Round) -> dict[str, Callable[[], Section]]:
    today = timezone.localdate()
    return {
        "round": lambda: round_section(person, round, as_of=today),
        "score": lambda: score_section(round, as_of=today),
        "problems": lambda: circular_section(person, round, as_of=today),
    }


def live_sections(person: Person, paper: Document) -> dict[str, Callable[[], Section]]:
    """The sections of a draft as the data has them now, each worked out when called."""
    if paper.kind == Document.Kind.CIRCULAR:
        round = round_of(person, paper)
        return circular_sections(person, round) if round else {}
    return {"problems": lambda: notice_section(of_notice(person, paper), paper_url(paper))}


def changed(person: Person, paper: Document) -> dict[str, str]:
    """Figures of a draft that read differently now: name → present text; a figure that is no more reads 无."""
    now = {figure.name: printed(figure) for make in live_sections(person, paper).values() for figure in make().figures}
    kept = {figure.name: figure.text for figure in paper.figures.all()}
    gone = {name: "无" for name in kept if name not in now}
    return gone | {name: text for name, text in now.items() if kept.get(name) not in (text, None)}
