"""Notice of rectification 整改通知书 for one unit, with its reply slip 回执."""

import math
from dataclasses import dataclass
from datetime import date

from .due import due_cell, until
from .errors import PaperRefused
from .paper import (
    NO_IMPRINT,
    Align,
    Attachment,
    Block,
    Column,
    FigureRun,
    Head,
    Heading,
    Imprint,
    Paper,
    Paragraph,
    PhotoPair,
    Photos,
    Table,
    Text,
    plain,
)
from .wording import period, sentence, wording

HAND_ROWS_MM = (22.0, 20.0, 18.0, 16.0, 15.0, 14.0)  # room for handwriting in an empty slip, the most that goes well
FILLED_ROWS_MM = (0.0, 8.0, 10.0, 12.0, 14.0)
SLIP_FIRST_MM, SLIP_LATER_MM, SLIP_FOOT_MM = 92.0, 148.0, 13.0  # rows on its first page, on later ones, signature
SLIP_LINE_MM, SLIP_PROBLEM_SIGNS, SLIP_WORDS_SIGNS = 5.6, 12, 11
FEWEST_ROWS = 2  # that stand with the signature


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeProblem:
    """One problem, and from its events what the slip shows; empty strings become blank cells. settled: as in a list."""

    place: str
    finding: Text
    criterion: str
    deadline: date | None
    settled: str = ""
    responsible: str = ""
    measure: str = ""
    result: str = ""
    rectifier: str = ""
    review: str = ""
    closing: str = ""
    before: bytes | None = None
    after: bytes | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who signed for the notice on the page, and when (text in local time, e.g. 2026年4月2日09:15)."""

    person: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """Everything a notice says to one unit. demands replaces the usual demands."""

    head: Head
    unit: str
    basis: str
    kind: str
    examiner: str
    first_day: date
    last_day: date
    found: FigureRun
    problems: tuple[NoticeProblem, ...]
    reply_to: str
    dispute_days: str
    contact: str
    phone: str
    signature: str
    dated: date
    receipt: Receipt | None = None
    photos: bool = False
    demands: tuple[Text, ...] = ()
    imprint: Imprint = NO_IMPRINT
    sealed: bool = True


def rectification_notice(facts: NoticeFacts) -> Paper:
    """The notice as a paper; render() makes the file."""
    if not facts.problems:
        raise PaperRefused(f"{facts.unit}没有要整改的问题，不用发整改通知书。")
    if facts.first_day > facts.last_day:
        raise PaperRefused("检查的开始日期晚于结束日期，请改正。")
    words = wording()["notice"]
    contact = Paragraph(sentence(words["contact"], person=facts.contact, phone=facts.phone))
    parts = ((problem_table(facts),), demands(facts), (contact,))
    named = zip(words["sections"], parts, strict=True)
    return Paper(
        head=facts.head,
        title=words["title"],
        addressee=facts.unit,
        blocks=(opening(facts), *(block for title, part in named for block in (Heading(1, title), *part))),
        attachments=attachments(facts),
        signature=facts.signature,
        dated=facts.dated,
        sealed=facts.sealed,
        imprint=facts.imprint,
    )


def opening(facts: NoticeFacts) -> Paragraph:
    """On what ground, when, by whom, how many problems."""
    return Paragraph(
        sentence(
            wording()["notice"]["opening"],
            basis=facts.basis,
            period=period(facts.first_day, facts.last_day),
            examiner=facts.examiner,
            kind=facts.kind,
            found=facts.found,
        )
    )


def problem_table(facts: NoticeFacts) -> Table:
    """Numbered problems with place, clause, deadline and responsible person."""
    layout = (
        (1.3, Align.CENTER),
        (3.4, Align.LEFT),
        (4.8, Align.LEFT),
        (3.7, Align.LEFT),
        (3, Align.CENTER),
        (2.2, Align.CENTER),
    )
    rows = tuple(
        (str(number), row.place, row.finding, row.criterion, due_cell(row, facts.dated), row.responsible)
        for number, row in enumerate(facts.problems, start=1)
    )
    return Table(columns=named_columns("columns", layout), rows=rows, small=True)


def demands(facts: NoticeFacts) -> tuple[Block, ...]:
    """The usual demands, or the office's own."""
    return tuple(Heading(3, text) for text in (facts.demands or notice_demands(facts)))


def notice_demands(facts: NoticeFacts) -> tuple[Text, ...]:
    """The usual demands: deadlines where something is still to be put right, and for that only; slip, objections."""
    words, fix = wording()["notice"], until(facts.problems, facts.dated)
    settled = "、".join(dict.fromkeys(row.settled for row in facts.problems if row.settled))
    pattern = words["demand_fix_some" if settled else "demand_fix"]
    return (
        *((sentence(pattern, until=fix, settled=settled),) if fix else ()),
        sentence(words["demand_reply"], reply_to=facts.reply_to),
        sentence(words["demand_dispute"], dispute_days=facts.dispute_days),
    )


def attachments(facts: NoticeFacts) -> tuple[Attachment, ...]:
    """The slip, and the photos when they are wanted."""
    pairs = tuple(
        PhotoPair(caption=f"{number}.{row.place}：{plain(row.finding)}", before=row.before, after=row.after)
        for number, row in enumerate(facts.problems, start=1)
        if row.before or row.after
    )
    if not (facts.photos and pairs):
        return (reply_slip(facts),)
    found_only = not any(pair.after for pair in pairs)
    title = wording()["notice"]["found_title" if found_only else "photos_title"]
    return reply_slip(facts), Attachment(title=title, blocks=(Photos(pairs, found_only=found_only),))


def reply_slip(facts: NoticeFacts) -> Attachment:
    """The slip 回执: filled from the problems' events, blank lines where nothing happened yet."""
    words, receipt = wording()["notice"], facts.receipt
    layout = (
        (1.4, Align.CENTER), (4.5, Align.LEFT), (4, Align.LEFT), (4, Align.LEFT),
        (2, Align.CENTER), (3, Align.LEFT), (2.2, Align.CENTER),
    )  # fmt: skip
    rows = tuple(slip_row(number, row) for number, row in enumerate(facts.problems, start=1))
    signed = sentence(words["receipt"], person=receipt.person, time=receipt.time) if receipt else words["receipt_blank"]
    table = Table(columns=named_columns("slip_columns", layout), rows=rows, small=True, row_mm=slip_row_mm(facts))
    head = sentence(words["slip_head"], number=facts.head.number, unit=facts.unit)
    blocks = (Paragraph(head), Paragraph(signed), table, Paragraph(words["slip_foot"]))
    return Attachment(title=words["slip_title"], blocks=blocks, landscape=True)


def slip_row_mm(facts: NoticeFacts) -> float:
    """Least row height of the slip: the first one by which all of it goes on one page, else by which the signature has
    rows beside it on its page."""
    blank = not any(row.measure or row.result for row in facts.problems)
    heights = HAND_ROWS_MM if blank else FILLED_ROWS_MM
    natural = [slip_lines(row) * SLIP_LINE_MM for row in facts.problems]
    fits = {least: slip_fit([max(least, own) for own in natural]) for least in heights}
    whole = (least for least, (pages, _rows) in fits.items() if pages == 1)
    fair = (least for least, (_pages, rows) in fits.items() if rows >= FEWEST_ROWS)
    return next(whole, next(fair, heights[0]))


def slip_lines(row: NoticeProblem) -> int:
    """Lines of the tallest cell of a row, about."""
    problem = math.ceil(len(f"{row.place}：{plain(row.finding)}") / SLIP_PROBLEM_SIGNS)
    return max(problem, *(math.ceil(len(text) / SLIP_WORDS_SIGNS) for text in (row.measure, row.result)))


def slip_fit(heights: list[float]) -> tuple[int, int]:
    """How many pages a slip of such rows takes, and how many rows stand on the page of its signature."""
    left, pages, rows = SLIP_FIRST_MM, 1, 0
    for height in heights:
        if height > left:
            left, pages, rows = SLIP_LATER_MM, pages + 1, 0
        left, rows = left - height, rows + 1
    return (pages, rows) if left >= SLIP_FOOT_MM else (pages + 1, 0)


def slip_row(number: int, row: NoticeProblem) -> tuple[Text, ...]:
    """One problem on the slip; who is responsible stands in for a rectifier not named yet."""
    problem = sentence("{place}：{finding}", place=row.place, finding=row.finding)
    return str(number), problem, row.measure, row.result, row.rectifier or row.responsible, row.review, row.closing


def named_columns(key: str, layout: tuple[tuple[float, Align], ...]) -> tuple[Column, ...]:
    """Column titles of the wording with their widths and alignments."""
    return tuple(Column(title, *shape) for title, shape in zip(wording()["notice"][key], layout, strict=True))
