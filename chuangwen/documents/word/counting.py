"""Length 字数 of a paper, counted as Word does: each Chinese sign one, each Latin word or number one."""

import re
from collections.abc import Iterable

from .paper import Block, Heading, Paper, Paragraph, Photos, Table, plain

UNIT = re.compile(r"[^\W\u2e80-\uffff]+(?:[.,:%\-/][^\W\u2e80-\uffff]+)*%?|[^\s]")


def count_text(text: str) -> int:
    """Length of a text; spaces do not count."""
    return len(UNIT.findall(text))


def count_paper(paper: Paper) -> int:
    """Length of title and body (tables of the body included), for the limits of 4000 and 5000; annexes do not count."""
    return count_text(paper.title) + sum(count_text(text) for text in block_texts(paper.blocks))


def block_texts(blocks: Iterable[Block]) -> Iterable[str]:
    """Every text a reader meets in the blocks."""
    for block in blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                yield plain(text)
            case Table():
                yield block.caption
                yield from (column.title for column in block.columns)
                yield from (plain(cell) for row in block.rows for cell in row)
            case Photos():
                yield from (pair.caption for pair in block.pairs)
