"""Result tables of the level above 上级测评结果: what each column is, and one line for each thing that was scored.

A table says per indicator, and often per place type or place, what could be had, what was got or taken off, and why.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rulebook.tables.codes import read_code
from rulebook.tables.columns import Layout, Section
from rulebook.tables.found import LeftOut, Where
from rulebook.tables.grid import Cell
from rulebook.tables.heads import BAND, BODY, NOTES, REPEAT
from rulebook.tables.plaintext import distinct, folded, one_line, plain, without_bracket
from rulebook.tables.proposing import CONTENT, HEAD, NONE, Proposal
from rulebook.tables.rows import source, where
from rulebook.tables.words import LEVEL, LEVELS, role_of

RESULT_ROLES: Mapping[str, str] = {
    "code": "编号",
    "name": "指标、测评标准",
    "type": "点位类型",
    "place": "点位",
    "places": "测了几处",
    "possible": "满分",
    "got": "得分",
    "lost": "扣分",
    "reason": "原因、问题",
    "": "不读",
}
RESULT_SEVERAL = frozenset({"name", "reason", ""})
NUMBERS = ("possible", "got", "lost")
NOT_EXAMINED = "未测"

# role → heads that say it outright; any other head is looked up among those of standards.
_WORDS = {
    "code": "编号 序号 代码 代号 编码 指标编号 指标代码 标准编号",
    "type": "点位类型 点位类别 类型 类别 场所类型 考察点位类型 测评点位类型 实地点位类型",
    "place": "点位 点位名称 测评点位 考察点位 实地点位 地点 测评地点 考察地点 具体点位 所在点位",
    "places": "点位数 点位数量 测评点位数 考察点位数 抽测点位数 抽查点位数 测了几处 抽测数 处数",
    "got": "得分 实得分 实际得分 测评得分 考评得分 考核得分 最终得分 检查得分 测评结果",
    "lost": "扣分 失分 扣分值 失分值 扣减分 扣分数",
    "reason": (
        "扣分原因 失分原因 扣分说明 失分说明 原因 存在问题 主要问题 问题 问题描述 具体问题 情况说明 说明 备注 "
        "检查情况 测评情况 反馈意见 扣分依据"
    ),
}
_EXACT = {plain(word): role for role, words in _WORDS.items() for word in words.split()}
_OURS = {"points": "possible", "text": "name", "outline": "name", LEVEL: "name", "code": "code", "places": "place"}
_OURS |= dict.fromkeys(LEVELS, "name")
_AMOUNT = re.compile(r"(?:得|扣|共|减)?\+?(-?)(\d{1,9}(?:\.\d{1,6})?)分?")
_NONE = {"未测", "未考察", "未检查", "未测评", "缺项", "不涉及", "不适用", "无此项", "/", "-", "--", "---"}


@dataclass
class ResultLine:
    """One line. name: the innermost of its names; above: those around it; notes: what a reader should look at."""

    where: Where
    source: str
    code: str = ""
    name: str = ""
    above: tuple[str, ...] = ()
    type: str = ""
    place: str = ""
    places: str = ""
    possible: str = ""
    got: str = ""
    lost: str = ""
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Results:
    """Lines in the order of the file, and what was left out."""

    lines: list[ResultLine] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def propose_results(section: Section) -> list[Proposal]:
    """A proposal for each column of a result table, in their order."""
    found = [_by_head(section.columns[index].head) for index in range(len(section.columns))]
    for role in RESULT_ROLES:
        at = [index for index, one in enumerate(found) if one.role == role]
        for index in at[1:] if role not in RESULT_SEVERAL else ():
            found[index].role = "reason" if role == "reason" else ""
            found[index].why += "，前面已有这一列"
    _serial(section, found)
    return found


def _by_head(head: Sequence[str]) -> Proposal:
    for text in (*head[-1:], "".join(head), *head[-2::-1]):
        for words in (plain(text), without_bracket(text)):
            if words in _EXACT:
                return Proposal(_EXACT[words], HEAD, f"表头“{text}”")
        known = role_of(text)
        if known and known[0] in _OURS:
            return Proposal(_OURS[known[0]], HEAD if known[1] else CONTENT, f"表头“{text}”")
    return Proposal("", NONE, "没认出来")


def _serial(section: Section, found: list[Proposal]) -> None:
    """A column of codes that only counts 1, 2, 3 says nothing of an indicator."""
    for index, one in enumerate(found):
        texts = section.starts(index)
        if one.role == "code" and len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]:
            one.role, one.why = "", "从 1 数起的序号"


def amount(text: str, role: str) -> str:
    """The number a cell of points says: 3.5分, 扣0.5; −0.5 is a deduction of 0.5, but never a score.

    未测 for every word of it; other words as they stand.
    """
    said = re.sub(r"\s", "", folded(text)).replace("−", "-").strip("()")
    if said in _NONE:
        return NOT_EXAMINED
    found = _AMOUNT.fullmatch(said)
    return (found[2] if role == "lost" else found[1] + found[2]) if found else one_line(text)


def read_results(section: Section, roles: Sequence[str]) -> Results:
    """Every row of a section. roles: what each of its columns is. Cells merged over rows hold for all of them."""
    found = Results()
    for layout in section.layouts:
        reader = _Reader(layout, tuple(roles), found)
        for row, kind in layout.table.rows:
            if kind == BODY:
                reader.body(row)
            elif kind == BAND:
                reader.band(row)
            else:
                why = {REPEAT: "表头又出现一次", NOTES: "表下的注"}.get(kind, "合计行，不算在内")
                reader.leave(row, why, minor=True)
    return found


class _Reader:
    """One table while it is read: the names that hold, and the band they stand under."""

    def __init__(self, layout: Layout, roles: tuple[str, ...], found: Results) -> None:
        self.layout, self.roles, self.found = layout, roles, found
        self.names: dict[int, str] = {}
        self.code = self.heading = ""
        self.open = False  # a line of this table that rows with reasons only go on

    def leave(self, row: int, why: str, *, minor: bool = False) -> None:
        text = source(self.layout, row, row)
        self.found.left_out.append(LeftOut(where(self.layout, row, row), text, why, minor))

    def band(self, row: int) -> None:
        """A line over the whole width names what stands below it."""
        self.heading = one_line(self.layout.table.grid.filled(row)[0].text)
        self.names, self.code, self.open = {}, "", False
        self.leave(row, "横贯全表的一行，当作下面各行的上级指标", minor=True)

    def _cells(self, row: int, role: str) -> list[Cell]:
        columns = [index for index, known in enumerate(self.roles) if known == role]
        return [cell for index in columns for cell in self.layout.cells(row, index)]

    def _said(self, row: int, role: str) -> str:
        return one_line("；".join(distinct([cell.text.strip() for cell in self._cells(row, role)])))

    def body(self, row: int) -> None:
        fresh = self._take_names(row)
        begins = [cell for role in NUMBERS for cell in self._cells(row, role) if cell.row == row]
        reasons = [cell.text.strip() for cell in self._cells(row, "reason") if cell.row == row]
        if begins:
            self._line(row, reasons, fresh=fresh)
        elif reasons and self.open and not fresh:
            where_ = next((cell.text.strip() for cell in self._cells(row, "place") if cell.row == row), "")
            self.found.lines[-1].reasons += [f"{where_}：{text}" if where_ else text for text in reasons]
        elif self.layout.table.grid.starting(row):
            self.leave(row, "没有满分、得分、扣分，不算结果")

    def _take_names(self, row: int) -> bool:
        """Keep the names that hold in a row; did one of them begin here?"""
        fresh = False
        for index, role in enumerate(self.roles):
            texts = [one_line(cell.text) for cell in self.layout.cells(row, index) if role == "name"]
            new = bool(texts) and any(cell.row == row for cell in self.layout.cells(row, index))
            if new:
                self.names = {at: name for at, name in self.names.items() if at < index}
                self.names[index] = "；".join(texts)
                fresh = True
        codes = [one_line(cell.text) for cell in self._cells(row, "code")]
        new_code = any(cell.row == row for cell in self._cells(row, "code"))
        self.code = codes[0] if codes else "" if fresh else self.code
        return fresh or new_code

    def _line(self, row: int, reasons: list[str], *, fresh: bool) -> None:
        names = [self.names[index] for index in sorted(self.names)]
        name = names.pop() if names else ""
        code = self.code
        if not code and (known := read_code(name)) and known.rest:
            code, name = known.text, known.rest
        line = ResultLine(where(self.layout, row, row), source(self.layout, row, row), code, name)
        line.above = tuple(distinct([self.heading, *names]))
        line.type, line.place, line.places = (self._said(row, role) for role in ("type", "place", "places"))
        line.possible, line.got, line.lost = (amount(self._said(row, role), role) for role in NUMBERS)
        line.reasons = reasons
        if not fresh and not any(role == "name" and self.layout.cells(row, at) for at, role in enumerate(self.roles)):
            line.notes.append("指标空着，照上一行")
        self.found.lines.append(line)
        self.open = True
