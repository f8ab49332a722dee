"""The parts around the body: issuing mark, title lines, annex list, signature, imprint."""

import math
import re
import unicodedata

from .layout import layout, text_width, twips
from .ooxml import paragraph, run
from .paper import Form, Head, Imprint, Paper, chinese_date

CHARACTER = 320  # twips of a 3号 character
IMPRINT_CHARACTER = 280  # twips of a 4号 character
IMPRINT_LINE = 480
LONGEST_SIGNATURE = 27  # 3号 characters
TITLE_LINE = 20  # 2号 characters on one line
MARK_WORDS = re.compile(
    "委员会|领导小组|指挥部|人民政府|办公室|管理局|窗口|工作|(?:创建|建设)(?!工作|指导)|城市|[省市区县州盟旗局厅院部委](?![委政])"
)
BREAK_AFTER = "的和与及、，》）轮次期年月区县市省局"
ANCHOR = paragraph("GwThin", "", keep=True)  # LibreOffice joins frames that no ordinary paragraph parts
RED = 'w:space="0" w:color="FF0000"'


def mark_xml(head: Head) -> str:
    """The red issuing mark, narrowed or on two lines when the name is long; a letter's mark has its double rule."""
    lines = mark_lines(head.mark)
    size, scale = mark_size(max(lines, key=len))
    mark = "\n".join(lines)
    style = f'<w:w w:val="{scale}"/><w:sz w:val="{size * 2}"/>'
    line = f'w:line="{round(size * 22)}" w:lineRule="exact"'
    if head.form is Form.DOCUMENT:
        drop = twips(layout()["mark"]["drop_mm"])
        return paragraph("GwMark", run(mark, style), f'<w:spacing w:before="{drop}" {line}/>')
    top = twips(layout()["letter"]["mark_mm"])
    below = top + size * 22 * len(lines) + twips(layout()["letter"]["gap_mm"])
    place = frame(twips(layout()["page"]["left"]), top, text_width())
    return paragraph("GwMark", run(mark, style), f"{place}<w:spacing {line}/>") + ANCHOR + letter_rule(below)


def frame(left: int, top: int, width: int) -> str:
    """A place fixed to the page, in twips from its upper left corner; text keeps clear of it."""
    position = f'w:vAnchor="page" w:hAnchor="page" w:x="{left}" w:y="{top}"'
    return f'<w:framePr w:w="{width}" w:wrap="notBeside" {position}/>'


def mark_lines(mark: str) -> tuple[str, ...]:
    """The mark on one line, or on two, broken after the word that ends nearest to the middle."""
    if mark_size(mark)[0] >= layout()["mark"]["smallest_pt"]:
        return (mark,)
    return mark_halves(mark)


def mark_halves(mark: str) -> tuple[str, ...]:
    """A mark in two parts of whole words, as far as its words are known; a short one stays whole."""
    ends = [found.end() for found in MARK_WORDS.finditer(mark) if 2 < found.end() < len(mark) - 2]
    end = min(ends, key=lambda place: abs(place - len(mark) / 2), default=0)
    return (mark[:end], mark[end:]) if end else (mark,)


def mark_size(mark: str) -> tuple[int, int]:
    """Points and width in per cent that fit the mark into the text block on one line."""
    rules = layout()["mark"]
    natural = text_width() / 20 * 0.98 / max(len(mark), 1)
    size = math.floor(min(rules["largest_pt"], natural / rules["narrowest"]))
    return size, min(100, math.floor(100 * natural / size))


def letter_rule(from_top: int) -> str:
    """The double rule under a letter's mark, thick above thin, fixed to the page."""
    left = twips((layout()["page"]["width"] - layout()["letter"]["rule_mm"]) / 2)
    place = frame(left, from_top, twips(layout()["letter"]["rule_mm"]))
    return paragraph("GwThin", "", f"{place}{rule_borders(upper=18, lower=6)}")


def foot_rule() -> str:
    """The double rule at the foot of a letter's first page, thin above thick, wider than the text block."""
    page, width = layout()["page"], layout()["letter"]["rule_mm"]
    edge = (page["width"] - width) / 2
    left, right = twips(edge - page["left"]), twips(edge - page["right"])
    return paragraph("GwThin", "", f'{rule_borders(upper=6, lower=18)}<w:ind w:left="{left}" w:right="{right}"/>')


def rule_borders(*, upper: int, lower: int) -> str:
    """Two red lines by their widths in eighths of a point."""
    return (
        f'<w:pBdr><w:top w:val="single" w:sz="{upper}" {RED}/><w:bottom w:val="single" w:sz="{lower}" {RED}/></w:pBdr>'
        '<w:spacing w:line="40" w:lineRule="exact"/>'
    )


def title_lines(title: str) -> str:
    """A long title broken into lines of like length, after a word where one ends near the middle."""
    count = math.ceil(len(title) / TITLE_LINE)
    if count < 2 or "\n" in title:
        return title
    ideal = len(title) / count
    lines, start = [], 0
    for number in range(1, count):
        wanted = round(ideal * number)
        near = range(max(start + 2, wanted - 4), min(wanted + 4, start + TITLE_LINE, len(title) - 2) + 1)
        ends = [
            place for place in near if title[place - 1] in BREAK_AFTER or title[place : place + 2] in ("情况", "关于")
        ]
        place = min(ends, key=lambda end: abs(end - wanted), default=wanted)
        lines.append(title[start:place])
        start = place
    return "\n".join([*lines, title[start:]])


def annex_list_xml(paper: Paper) -> str:
    """附件说明: one line below the body, numbered when there are several, no full stop."""
    titles = [annex.title for annex in paper.attachments]
    if not titles:
        return ""
    entries = [titles[0]] if len(titles) == 1 else [f"{number}.{title}" for number, title in enumerate(titles, 1)]
    hang = 5 if len(titles) == 1 else 6
    lines = []
    for index, entry in enumerate(entries):
        first = index == 0
        left, hanging = (hang, 3 + (hang - 5)) if first else (hang, hang - 5)
        space = '<w:spacing w:before="579"/>' if first else ""
        indent = (
            f'<w:ind w:leftChars="{left * 100}" w:left="{left * CHARACTER}"'
            f' w:hangingChars="{hanging * 100}" w:hanging="{hanging * CHARACTER}"/>'
        )
        lines.append(paragraph("GwAnnexList", run(f"附件：{entry}" if first else entry), space + indent, keep=True))
    return "".join(lines)


def width_of(text: str) -> float:
    """Width in Chinese characters; Latin letters and digits are half."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def signature_indents(signature: str, day: str, *, sealed: bool) -> tuple[float, float]:
    """Right indents of signature and date in characters, with or without a seal."""
    signs, date = width_of(signature), width_of(day)
    if sealed:
        wider = max(0.0, (signs - date) / 2 - 4)
        return 4 + wider - (signs - date) / 2, 4 + wider
    right = max(0.0, 2 + date - signs)
    return 2 + right, signs + right - date


def signature_lines(signature: str) -> str:
    """A signature on one line, or broken after a word where it is longer than the text block."""
    return "\n".join(mark_halves(signature)) if width_of(signature) > LONGEST_SIGNATURE else signature


def closing_xml(paper: Paper) -> str:
    """Annex list, then signature and date kept together, and with the imprint where it comes next."""
    day = chinese_date(paper.dated) if paper.dated else ""
    parts = [annex_list_xml(paper)]
    signature = signature_lines(paper.signature)
    indents = signature_indents(max(signature.split("\n"), key=width_of), day, sealed=paper.sealed)
    space, closed = '<w:spacing w:before="1158"/>', has_imprint(paper) and not paper.attachments
    for text, indent in zip((signature, day), indents, strict=True):
        if text:
            right = f'<w:ind w:rightChars="{round(indent * 100)}" w:right="{round(indent * CHARACTER)}"/>'
            parts.append(paragraph("GwSignature", run(text), space + right, keep=text is not day or closed))
            space = ""
    return "".join(parts)


def has_imprint(paper: Paper) -> bool:
    """Whether anything stands in the imprint 版记."""
    return bool(paper.imprint.copies or (paper.imprint.printer and paper.head.form is Form.DOCUMENT))


def imprint_xml(paper: Paper) -> str:
    """版记 at the foot of the last page: copies, then printing office and date between rules; never parted."""
    imprint, lines = paper.imprint, []
    if imprint.copies:
        lines.append((copies_line, copies_height(imprint)))
    if imprint.printer and paper.head.form is Form.DOCUMENT:
        lines.append((printer_line, IMPRINT_LINE * len(printer_scales(imprint))))
    if not lines:
        return ""
    page, size = layout()["page"], layout()["imprint"]
    needed = sum(height for _line, height in lines)
    top = twips(page["height"] - page["bottom"]) - needed
    parts = [room(needed), imprint_rule(top, size["outer"])]
    for index, (line, height) in enumerate(lines, start=1):
        parts.append(line(imprint, frame(twips(page["left"]), top, text_width())))
        top += height
        parts.append(imprint_rule(top, size["outer" if index == len(lines) else "inner"]))
    return ANCHOR.join(parts) + paragraph("GwThin", "")


def imprint_rule(top: int, size: int) -> str:
    """A rule as wide as the text block at one height of the page."""
    border = f'<w:pBdr><w:top w:val="single" w:sz="{size}" w:space="0" w:color="000000"/></w:pBdr>'
    return paragraph("GwThin", "", frame(twips(layout()["page"]["left"]), top, text_width()) + border, keep=True)


def copies_height(imprint: Imprint) -> int:
    """Height of the copies in twips, from the number of lines they need."""
    room = text_width() // IMPRINT_CHARACTER - 5
    return math.ceil((width_of(imprint.copies) + 1) / room) * IMPRINT_LINE


def copies_line(imprint: Imprint, place: str) -> str:
    """抄送：…。 with the second line under the first name."""
    text = imprint.copies if imprint.copies.endswith("。") else f"{imprint.copies}。"
    hang = 'w:hangingChars="300" w:hanging="840"'
    indent = f'<w:ind w:leftChars="400" w:left="1120" w:rightChars="100" w:right="280" {hang}/>'
    return paragraph("GwImprint", run(f"抄送：{text}"), place + indent, keep=True)


def printed(imprint: Imprint) -> str:
    """2026年3月25日印发."""
    return f"{chinese_date(imprint.printed_on)}印发" if imprint.printed_on else ""


def printer_scales(imprint: Imprint) -> tuple[int, ...]:
    """Width in per cent of the one line of office and date, or of the two lines where one would be too narrow."""
    free, day = text_width() / IMPRINT_CHARACTER - 3, width_of(printed(imprint))
    one, name = (math.floor(100 * free / (width_of(imprint.printer) + more)) for more in (day + 1, 0))
    return (min(one, 100),) if one >= layout()["imprint"]["narrowest"] * 100 else (min(name, 100), 100)


def printer_line(imprint: Imprint, place: str) -> str:
    """Office at the left, date of printing at the right."""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{text_width() - 280}"/></w:tabs>'
    indent = '<w:ind w:leftChars="100" w:left="280"/>'
    scales = printer_scales(imprint)
    name, day = (f'<w:w w:val="{scales[index]}"/>' for index in (0, -1))
    between = "<w:r><w:br/></w:r>" * (len(scales) - 1) + "<w:r><w:tab/></w:r>"
    content = f"{run(imprint.printer, name)}{between}{run(printed(imprint), day)}"
    return paragraph("GwImprint", content, place + tab + indent, keep=True)


def room(height: int) -> str:
    """Empty height under the last line: where it is not to be had, what follows goes to the next page."""
    return paragraph("GwThin", "", f'<w:spacing w:line="{height}" w:lineRule="exact"/>', keep=True)
