"""The reply slip 回执 as a file of its own: lying pages, the table, and the photos before and after."""

import io
from functools import cache

from docx import Document

from .blocks import blocks_xml
from .fill import fill
from .notice import NoticeFacts, attachments, reply_slip
from .ooxml import paragraph, run
from .paper import Form, Photos
from .render import Part
from .sheet import Sheet
from .template import element, place, prepare_page, prepare_settings, prepare_styles


def render_slip(facts: NoticeFacts) -> bytes:
    """The slip of a notice as .docx bytes, filled as far as the facts go."""
    annex = reply_slip(facts)
    pictures = [block for extra in attachments(facts)[1:] for block in extra.blocks if isinstance(block, Photos)]

    def drawing(sheet: Sheet) -> str:
        sheet.landscape = True
        title = paragraph("GwAnnexTitle", run(annex.title), keep=True)
        drawn = title + blocks_xml(sheet, (*annex.blocks, *pictures))
        sheet.turn_last_section()
        return drawn

    return fill(slip_template(), {"slip": Part(drawing)})


@cache
def slip_template() -> bytes:
    """A page without red head: only the place of the slip."""
    document = Document()
    prepare_styles(document)
    prepare_settings(document)
    prepare_page(document, Form.DOCUMENT)
    document.element.body.insert(0, element(place("slip")))
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()
