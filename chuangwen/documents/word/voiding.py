"""The mark of a paper that is no longer valid 作废: in the header of every page; the text block stays as it is."""

import io

from docx import Document

from .fill import repack
from .layout import font
from .ooxml import fonts, paragraph, run
from .template import fill_part

RED = '<w:color w:val="FF0000"/>'
CENTRED = '<w:jc w:val="center"/>'
LONGEST = 70  # signs beside the mark: two lines, above what a letter has fixed to the page


def voided(file: bytes, words: str) -> bytes:
    """The same .docx with 作废 and the words of it (when, why) in the header of its pages; equal bytes for equal."""
    said = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    document = Document(io.BytesIO(file))
    section = document.sections[0]  # the later ones have its headers
    headers = [section.header, section.even_page_header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    black = f'{fonts(font("black"))}{RED}<w:sz w:val="44"/>'
    small = f'{fonts(font("song"))}{RED}<w:sz w:val="21"/>'
    for header in headers:
        fill_part(header, paragraph("GwPage", f"{run('作废', black)}{run(f'　{said}', small)}", CENTRED))
    stored = io.BytesIO()
    document.save(stored)
    return repack(stored.getvalue())
