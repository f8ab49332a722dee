"""What an inspector sends, checked against the checklist and turned into answers."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np

from chuangwen.base import images
from chuangwen.base.errors import Refused
from chuangwen.inspections.models import Answer, Visit
from chuangwen.inspections.queries.sheets import compiled
from chuangwen.standards.checklists import NO_DEFAULT, Item, Section
from rulebook import scoring
from rulebook.scoring.columns import View
from rulebook.scoring.kinds.base import MARK, OCCURRENCES, PAIR, Rule
from rulebook.scoring.standard import VOICE

Mark = Answer.Mark
EXAMINED = (Mark.QUALIFIED, Mark.NOT_QUALIFIED)


@dataclass(frozen=True)
class Photo:
    """The bytes as delivered; `taken_at` is the phone's clock, if it said so."""

    data: bytes
    name: str = ""
    taken_at: datetime | None = None


@dataclass(frozen=True)
class Marked:
    """One item as marked. count, base: occurrences, or so many of so many; a measured value × 1000; None: not said.

    mark NOT_APPLICABLE is a wish and needs `reason`. photos only where something is wrong.
    """

    criterion: str
    ordinal: int = 0
    mark: int = Mark.NOT_QUALIFIED
    count: int | None = None
    base: int = 0
    grade: str = ""
    note: str = ""
    reason: str = ""
    fixed_on_spot: bool = False
    photos: tuple[Photo, ...] = field(default=())

    @property
    def key(self) -> tuple[str, int]:
        return self.criterion, self.ordinal


def fingerprint(marks: Iterable[Marked], confirmed: Collection[str]) -> str:
    """The hash of what was sent, in whatever order: the same again is no conflict."""
    rows = sorted(
        [*m.key, int(m.mark), m.count, m.base, m.grade, m.note, m.reason, m.fixed_on_spot, *_hashes(m)] for m in marks
    )
    text = json.dumps([rows, sorted(confirmed)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _hashes(marked: Marked) -> list[str]:
    return sorted(hashlib.sha256(photo.data).hexdigest() for photo in marked.photos)


def checked(visit: Visit, sheet: Sequence[Section], marks: Sequence[Marked]) -> dict[tuple[str, int], Marked]:
    """The marks by item, each known to the checklist and usable by its rule; Refused names the first that is not."""
    items = {item.key: item for section in sheet for item in section.items}
    found: dict[tuple[str, int], Marked] = {}
    for marked in marks:
        item = items.get(marked.key)
        if item is None:
            raise Refused(f"这类点位的表上没有“{marked.criterion}”第 {marked.ordinal} 项。刷新页面再标。")
        if marked.key in found:
            raise Refused(f"“{item.text}”标了两次。只留一次。", field=item.name)
        found[marked.key] = _checked(visit, item, marked)
    return found


def _checked(visit: Visit, item: Item, marked: Marked) -> Marked:
    marked = replace(marked, note=marked.note.strip()[:500], reason=marked.reason.strip()[:200])
    if marked.mark not in (*EXAMINED, Mark.NOT_EXAMINED, Mark.NOT_APPLICABLE):
        raise Refused(f"“{item.text}”的标记认不出来。重新标一次。", field=item.name)
    if marked.mark == Mark.NOT_APPLICABLE:
        if not marked.reason:
            raise Refused(f"“{item.text}”标了缺项，没有写理由。写明为什么没有这一项。", field=item.name)
        return replace(marked, mark=Mark.NA_ASKED, count=0, base=0)
    if marked.mark == Mark.NOT_EXAMINED:
        return replace(marked, count=0, base=0)
    return judged(visit, item, marked)


def judged(visit: Visit, item: Item, marked: Marked) -> Marked:
    """An examined item: occurrences are at least 1 when not qualified; a number below full marks is not qualified."""
    if item.ask == OCCURRENCES:
        bad = marked.mark == Mark.NOT_QUALIFIED
        marked = replace(marked, count=max(marked.count or 1, 1) if bad else 0, base=0)
    elif item.ask == MARK:
        marked = replace(marked, count=0, base=0)
    elif marked.count is None:
        raise Refused(f"“{item.text}”没有填{item.asked.called[0]}。填上，或标未查。", field=item.name)
    if item.ask == PAIR and marked.base < 1:
        raise Refused(f"“{item.text}”没有填{item.asked.called[-1]}。填上总数。", field=item.name)
    if item.spot is not None:
        marked = replace(marked, ordinal=item.spot if marked.fixed_on_spot else item.ordinal)
    standard = compiled(visit.round.version)
    answer = scoring.Answer(visit.place_id, *marked.key, marked.mark, marked.count, marked.base)
    if why := scoring.fault(standard, answer, visit.place_type.code):
        raise Refused(f"“{item.text}”：{why}。改对了再交。", field=item.name)
    if item.ask in NO_DEFAULT:
        marked = replace(marked, mark=_mark_of_number(standard, answer))
    return marked


def _mark_of_number(standard: scoring.Standard, answer: scoring.Answer) -> int:
    """Not qualified when the number alone loses points under one of its rules."""
    rules = standard.criteria[standard.number[answer.criterion]].readers(answer.ordinal)
    return Mark.NOT_QUALIFIED if any(_is_short(rule, answer) for rule in rules) else Mark.QUALIFIED


def _is_short(rule: Rule, answer: scoring.Answer) -> bool:
    """A bonus has nothing to lose."""
    data = np.zeros((6, len(rule.ordinals), 1), dtype=np.int64)
    row = rule.ordinals.index(answer.ordinal % VOICE)
    data[:, row, 0] = (1, 1, 0, answer.count, answer.base, 0)
    rates = rule.rates(View(data))
    return bool(rates.valid[0]) and int(rates.num[0]) < int(rates.den[0]) * rule.origin


def check_rest(sheet: Sequence[Section], marks: Mapping[tuple[str, int], Marked], confirmed: Collection[int]) -> None:
    """Refuse a confirmation of a section the checklist does not have."""
    if unknown := set(confirmed) - {section.number for section in sheet}:
        raise Refused(f"表上没有第 {min(unknown)} 段。刷新页面再交。")


def answers_for(
    visit: Visit,
    sheet: Sequence[Section],
    marks: Mapping[tuple[str, int], Marked],
    confirmed: Collection[int],
    at: datetime,
) -> list[Answer]:
    """One answer per item: as marked; else qualified by default where its section is confirmed; else 未查."""
    rows = []
    for section in sheet:
        for item in section.items:
            marked = marks.get(item.key)
            default = marked is None and item.has_default and section.number in confirmed
            rows.append(_answer(visit, item, marked, default, at))
    return rows


def _answer(visit: Visit, item: Item, marked: Marked | None, default: bool, at: datetime) -> Answer:
    given: dict[str, Any] = {"mark": Mark.QUALIFIED if default else Mark.NOT_EXAMINED, "by_default": default}
    if marked is not None:
        names = ("ordinal", "mark", "count", "base", "grade", "note", "fixed_on_spot")
        given = {name: getattr(marked, name) for name in names}
    return Answer(
        tenant_id=visit.tenant_id,
        round_id=visit.round_id,
        visit=visit,
        place_id=visit.place_id,
        criterion=item.criterion,
        at=at,
        **{"ordinal": item.ordinal, **given},
    )


def check_photos(items: Mapping[tuple[str, int], Item], marks: Iterable[Marked]) -> dict[bytes, str]:
    """Open every photo before anything is written; media type by content. Refused names the item and which photo."""
    kinds: dict[bytes, str] = {}
    for marked in marks:
        for number, photo in enumerate(marked.photos, start=1):
            try:
                kinds[photo.data] = images.check(photo.data)
            except Refused as refused:
                item = items[marked.key]
                message = f"“{item.text}”的第 {number} 张照片：{refused.message}"
                raise Refused(message, field=item.name) from refused
    return kinds
