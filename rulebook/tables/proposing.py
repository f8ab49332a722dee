"""What each column of a section seems to be: by its head, then by what stands in it; always with a reason."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from rulebook.tables.codes import Code, depths, read_code
from rulebook.tables.columns import Section
from rulebook.tables.methods import is_method
from rulebook.tables.plaintext import plain
from rulebook.tables.points import number
from rulebook.tables.units import looks_like_units
from rulebook.tables.words import BLANK, LEVEL, LEVELS, PERSON, ROLES, role_of

HEAD, PART, CONTENT, NONE = "head", "part", "content", "none"
SEVERAL = frozenset({"rule", "places", "evidence", "lead", "assist", "remarks", "code", ""})  # roles of many columns
NUMBER = "number"
_MOST, _LONG = 0.6, 12


@dataclass
class Proposal:
    """A role for a column, how sure (head, part of a head, content, none), and why, in the reader's words."""

    role: str
    sure: str
    why: str


def propose(section: Section) -> list[Proposal]:
    """A proposal for each column, in their order."""
    return Proposing(section).all()


class Proposing:
    """One section while its columns are looked at."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.texts = [section.starts(index) for index in range(len(section.columns))]
        self.rows = [
            {(number, *span) for number, one in enumerate(section.layouts) for span in one.spans(index)}
            for index in range(len(section.columns))
        ]
        self.found = [self._by_head(index) for index in range(len(section.columns))]

    def all(self) -> list[Proposal]:
        for index, proposal in enumerate(self.found):
            if proposal.sure == NONE and self.texts[index]:
                self.found[index] = self._by_content(index)
        self._one_text()
        self._outline()
        self._number_levels()
        self._codes()
        self._points()
        self._units()
        self._once()
        for index in (*self._are(BLANK), *self._are(PERSON)):
            why = "留着打分、记情况的" if self.found[index].role == BLANK else "负责人、时限在分解任务时再填"
            self._change(index, "", why)
        return self.found

    def _by_head(self, index: int) -> Proposal:
        head = self.section.columns[index].head
        for text in (*head[-1:], "".join(head), *head[-2::-1]):
            if known := role_of(text):
                role, outright = known
                return Proposal(role, HEAD if outright else PART, f"表头“{text}”")
        return Proposal("", NONE, "没认出来" if self.texts[index] else "空着的列")

    def _by_content(self, index: int) -> Proposal:
        texts = self.texts[index]
        tests: tuple[tuple[str, str, Callable[[str], object]], ...] = (
            ("method", "测评方法", is_method),
            ("lead", "单位名称", looks_like_units),
            ("points", "数", number),
        )
        for role, word, test in tests:
            hits = sum(bool(test(text)) for text in texts)
            if hits > _MOST * len(texts):
                if role == "points" and [number(text) for text in texts] == [str(n) for n in range(1, len(texts) + 1)]:
                    return Proposal(NUMBER, CONTENT, "从 1 数起的序号")
                return Proposal(role, CONTENT, f"{len(texts)} 格里 {hits} 格是{word}")
        codes = sum(bool(read_code(text)) for text in texts)
        if codes > _MOST * len(texts):
            return Proposal(LEVEL, CONTENT, f"{len(texts)} 格里 {codes} 格带编号")
        if not self.section.has_head and self._length(index) >= _LONG:
            return Proposal("text", CONTENT, "这一列的字最多")
        return self.found[index] if self.section.has_head else Proposal(LEVEL, CONTENT, "短的文字，像是指标名称")

    def _are(self, *roles: str) -> list[int]:
        return [index for index, proposal in enumerate(self.found) if proposal.role in roles]

    def _length(self, index: int) -> float:
        return sum(map(len, self.texts[index])) / max(1, len(self.texts[index]))

    def _change(self, index: int, role: str, why: str = "") -> None:
        self.found[index].role = role
        self.found[index].why += f"，{why}" if why else ""

    def _one_text(self) -> None:
        """One column holds the standards: of several the longest; of none the last level, or the rules."""
        texts, levels = self._are("text"), self._are(LEVEL, *LEVELS)
        if texts:
            chosen = max(texts, key=self._likely)
            for index in texts:
                if index != chosen:
                    self._change(index, LEVEL if index < chosen else "remarks", "测评标准在另一列")
            return
        rules = self._are("rule")
        if len(levels) == 1 and rules and len(self.rows[levels[0]]) < len(self.rows[rules[0]]):
            self._change(rules[0], "text", "没有别的列写着标准")
        elif levels and self._orders_of(levels[-1]) < 2:
            self._change(levels[-1], "text", "最后一级就是测评标准")

    def _likely(self, index: int) -> tuple[bool, int, float]:
        """The column of standards is said by its head, begins most often, and holds most words."""
        return self.found[index].sure != CONTENT, len(self.rows[index]), self._length(index)

    def _code(self, index: int, text: str) -> Code | None:
        return read_code(text, alone=self.found[index].role == "code")

    def _orders_of(self, index: int) -> int:
        """At how many depths the codes of a column stand, when most of its cells have one."""
        codes = [self._code(index, text) for text in self.texts[index]]
        return len(depths(codes)) if sum(bool(code) for code in codes) > _MOST * len(codes) else 0

    def _outline(self) -> None:
        """All levels in one column, told apart by their codes: in a column beside it or before the names."""
        levels = self._are(LEVEL, *LEVELS)
        for index in self._are("code"):
            beside = index + 1
            named = beside < len(self.found) and self.found[beside].role in (LEVEL, "text", *LEVELS)
            if self._orders_of(index) > 1 and named and len(levels) <= 1:
                return self._change(beside, "outline", "左边的编号有几级")
        for index in levels if len(levels) == 1 else ():
            if self._orders_of(index) > 1:
                return self._change(index, "outline", "编号有几级")
        return None

    def _number_levels(self) -> None:
        """Levels whose heads do not say which: from left to right; right of the standards there are none."""
        last, text = 0, next(iter(self._are("text", "outline")), len(self.found))
        for index in self._are(LEVEL, *LEVELS):
            role = self.found[index].role
            if role in LEVELS:
                last = LEVELS.index(role) + 1
            elif index < text and last < len(LEVELS):
                last += 1
                self._change(index, LEVELS[last - 1])
            else:
                self._change(index, "remarks")

    def _codes(self) -> None:
        """A number for each standard is the standard's; any other belongs to the column right of it."""
        texts = self._are("text")
        for index in self._are("code", NUMBER):
            beside = self.found[index + 1].role if index + 1 < len(self.found) else ""
            own = texts and self.rows[index] == self.rows[texts[0]] and beside != "text"
            if self.found[index].role == NUMBER or own:
                same = texts and (own or beside == "text")
                self._change(index, NUMBER if same else "", "" if same else "只是序号")
            elif beside not in ("outline", "text", *LEVELS):
                self._change(index, "", "右边没有指标")

    def _points(self) -> None:
        """Points and weights belong to the standards, or to the level whose cells begin in the same rows."""
        if not self._are("points"):
            for index in self._are("weight"):
                if not self._levels_with_rows_of(index):
                    self._change(index, "points", "没有分值，权重就是分值")
        for kind in ("points", "weight"):
            for index in self._are(kind):
                levels = self._levels_with_rows_of(index)
                if levels and (len(self._are(kind)) > 1 or not self._standards_with_rows_of(index)):
                    self._change(index, f"{kind}{levels[-1]}", f"随{ROLES[LEVELS[levels[-1] - 1]]}走")

    def _levels_with_rows_of(self, index: int) -> list[int]:
        """The numbers of levels left of a column whose cells begin in the same rows."""
        found = []
        for number_, role in enumerate(LEVELS, 1):
            at = self._are(role)
            if at and at[0] < index and self.rows[index] and self.rows[index] == self.rows[at[0]]:
                found.append(number_)
        texts = self._are("text", "outline")
        same = bool(texts) and self.rows[index] == self.rows[texts[0]]
        named = any(role_of(part) for part in self.section.columns[index].head[:-1])
        return [] if same and not named and len(self._are("points")) < 2 else found

    def _standards_with_rows_of(self, index: int) -> bool:
        texts = self._are("text", "outline")
        return bool(texts) and self.rows[index] == self.rows[texts[0]]

    def _units(self) -> None:
        """Of two columns of responsible units the second assists, unless one says it leads."""
        leads = self._are("lead")
        if len(leads) < 2:
            return
        first = next(
            (index for index in leads if re.search("牵头|主", plain(self.section.columns[index].name))), leads[0]
        )
        for index in leads:
            if index != first:
                self._change(index, "assist", "另一列是牵头单位")

    def _once(self) -> None:
        """What only one column can be is the first that says so best."""
        for role, times in Counter(proposal.role for proposal in self.found).items():
            if times > 1 and role not in SEVERAL:
                order = {HEAD: 0, PART: 1, CONTENT: 2, NONE: 3}
                kept = min(self._are(role), key=lambda index: (order[self.found[index].sure], index))
                for index in self._are(role):
                    if index != kept:
                        self._change(
                            index, "" if role[:6] in ("points", "weight", NUMBER) else "remarks", "前面已有这一列"
                        )
