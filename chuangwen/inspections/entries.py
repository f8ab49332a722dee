"""What is typed for one item of a unit, on the page and in Excel alike, as a mark; blank is 未测, never 0."""

import unicodedata

from chuangwen.inspections.marks import Marked
from chuangwen.inspections.models import Answer
from chuangwen.standards.checklists import Item, Wrong
from rulebook.scoring.kinds.base import MARK, OCCURRENCES, PAIR

Mark = Answer.Mark
WORDS = {
    "合格": Mark.QUALIFIED, "不合格": Mark.NOT_QUALIFIED, "√": Mark.QUALIFIED, "×": Mark.NOT_QUALIFIED,
    "✓": Mark.QUALIFIED, "✕": Mark.NOT_QUALIFIED, "缺项": Mark.NOT_APPLICABLE,
}  # fmt: skip
CHOICES = ("合格", "不合格", "缺项")
BLANK = frozenset({"", "未测", "未查"})


def marked_as(item: Item, text: str, base: str = "", note: str = "") -> Marked | None:
    """A mark of what was typed, None of nothing; Wrong says what is wrong and how to write it."""
    text, base, note = (unicodedata.normalize("NFKC", one).strip() if one else "" for one in (text, base, note))
    if text in BLANK:
        if base:
            raise Wrong(f"只填了{item.asked.called[-1] if item.ask == PAIR else '后一个数'}，{_wanted(item)}。")
        return None
    key = item.key
    if WORDS.get(text) == Mark.NOT_APPLICABLE:
        if not note:
            raise Wrong("填了缺项，没有写理由。在说明里写为什么没有这一项。")
        return Marked(*key, mark=Mark.NOT_APPLICABLE, reason=note)
    if item.ask == MARK:
        if text not in WORDS:
            raise Wrong(f"“{text[:20]}”看不懂，{_wanted(item)}。")
        return Marked(*key, mark=WORDS[text], note=note)
    if item.ask == OCCURRENCES and WORDS.get(text) == Mark.QUALIFIED:
        return Marked(*key, mark=Mark.QUALIFIED, note=note)
    count, whole = item.numbers(text, base)
    bad = item.ask == OCCURRENCES and count
    return Marked(*key, mark=Mark.NOT_QUALIFIED if bad else Mark.QUALIFIED, count=count, base=whole, note=note)


def _wanted(item: Item) -> str:
    """What can be typed."""
    if item.ask == MARK:
        return "填“合格”“不合格”或“缺项”"
    return f"填{'和'.join(item.asked.called)}，没有这一项的填“缺项”"
