"""What papers print: the registered figures of the apps below, and the few that only papers need.

A paper's facts fall into sections (round, score, problems) that are taken from the data together, so that figures in
one sentence never hold for different days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from chuangwen.base.templatetags.words import NBSP
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
    "Changes",
    "Section",
    "changes",
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


@dataclass(frozen=True)
class Changes:
    """What of a draft reads differently now. figures: name → present text, 无 for one that is no more; lists: words for
    what changed beside the figures."""

    figures: dict[str, str]
    lists: list[str]

    def __bool__(self) -> bool:
        return bool(self.figures or self.lists)

    def __str__(self) -> str:
        counted = [f"{len(self.figures)}{NBSP}个数字"] if self.figures else []
        return "、".join([*counted, *self.lists])


def changes(person: Person, paper: Document) -> Changes:
    """A draft against the data of today."""
    live = {name: make() for name, make in live_sections(person, paper).items()}
    now = {figure.name: printed(figure) for section in live.values() for figure in section.figures}
    kept = {figure.name: figure.text for figure in paper.figures.all()}
    gone = {name: "无" for name in kept if name not in now}
    lists = [_difference(name, paper.facts.get(name, {}), section.facts) for name, section in live.items()]
    differing = {name: text for name, text in now.items() if kept.get(name) not in (text, None)}
    return Changes(gone | differing, [words for words in lists if words])


def _difference(name: str, then: dict[str, Any], now: dict[str, Any]) -> str:
    """What of a section's facts changed, in words; the day they were taken is not one of them."""
    rows, before = ({row["uuid"]: row for row in facts.get("rows", [])} for facts in (now, then))
    count = sum(rows.get(key) != before.get(key) for key in rows | before)
    if count:
        return f"问题清单里的 {count}{NBSP}件"
    same = all(then.get(key) == now.get(key) for key in (then.keys() | now.keys()) - {"as_of", "rows"})
    return "" if same else OTHER_FACTS[name]


OTHER_FACTS = {"round": "轮次的名称或日期", "score": "得分与排名", "problems": "问题发现的日期"}
