"""Body blocks and annexes as WordprocessingML."""

from collections.abc import Iterable

from .numbering import Numbering
from .ooxml import paragraph, run
from .paper import Attachment, Block, Heading, Paper, Paragraph, Photos, Table
from .parts import has_imprint
from .photos import photos_xml
from .sheet import Sheet
from .tables import table_xml

AFTER_TABLE = '<w:spacing w:after="120"/>'


def blocks_xml(sheet: Sheet, blocks: Iterable[Block], *, keep_last: bool = False) -> str:
    """The blocks in order, headings numbered; keep_last holds the last paragraph with what follows."""
    numbering = Numbering()
    blocks = tuple(blocks)
    last = len(blocks) - 1
    return "".join(
        block_xml(sheet, block, numbering, keep=keep_last and index == last) for index, block in enumerate(blocks)
    )


def block_xml(sheet: Sheet, block: Block, numbering: Numbering, *, keep: bool) -> str:
    """One block; a heading of level 1 or 2 stays with the text after it."""
    match block:
        case Heading(level, text):
            label = run(numbering.next(level))
            return paragraph(f"GwHeading{level}", label + sheet.text(text), keep=keep or level <= 2)
        case Paragraph(text):
            return paragraph("GwBody", sheet.text(text), keep=keep)
        case Table():
            return table_xml(sheet, block, keep_last=keep) + paragraph("GwThin", "", AFTER_TABLE, keep=keep)
        case Photos():
            return photos_xml(sheet, block) + paragraph("GwThin", "", keep=keep)
    raise TypeError(f"{type(block).__name__} is not a block of a paper")


def annexes_xml(sheet: Sheet, paper: Paper) -> str:
    """All annexes, each on a new page; a change between upright and lying pages starts a new section.

    The end of the last one goes with the imprint, which never has a page to itself.
    """
    alone, last, closes = len(paper.attachments) == 1, len(paper.attachments), has_imprint(paper)
    parts = []
    for number, annex in enumerate(paper.attachments, start=1):
        turned = annex.landscape != sheet.landscape
        if turned:
            parts.append(sheet.section_end())
            sheet.landscape = annex.landscape
        mark, keep = "附件" if alone else f"附件{number}", closes and number == last and not sheet.landscape
        parts.append(annex_xml(sheet, annex, mark, fresh_page=not turned, keep_last=keep))
    if sheet.landscape and closes:
        parts.append(sheet.section_end())
        sheet.landscape = False
    elif sheet.landscape:
        sheet.turn_last_section()
    return "".join(parts)


def annex_xml(sheet: Sheet, annex: Attachment, mark: str, *, fresh_page: bool, keep_last: bool) -> str:
    """Mark at the top left, title on the third line, then the blocks with numbers of their own."""
    head = paragraph("GwAnnexMark", run(mark), fresh_page=fresh_page, keep=True)
    return (
        head
        + paragraph("GwAnnexTitle", run(annex.title), keep=True)
        + blocks_xml(sheet, annex.blocks, keep_last=keep_last)
    )
