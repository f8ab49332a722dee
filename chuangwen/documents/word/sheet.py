"""One document being drawn: gives out bookmarks, picture relations and sections."""

import copy
import io
from typing import Any

from docx.document import Document
from lxml import etree

from .errors import PaperRefused
from .figures import bookmark_name
from .layout import layout, twips
from .ooxml import escape, paragraph, run
from .paper import FigureRun, Text, pieces

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIRST_BOOKMARK = 1000


class Sheet:
    """Knows the open document; blocks ask it for everything that must be unique in the file."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.landscape = False
        self.figures: dict[str, str] = {}
        self.shown: dict[str, int] = {}
        self.bookmarks = FIRST_BOOKMARK
        self.pictures = 0

    def text(self, text: Text, props: str = "") -> str:
        """Runs of a text, figures wrapped in bookmarks."""
        return "".join(
            run(piece, props) if isinstance(piece, str) else self.figure(piece, props) for piece in pieces(text)
        )

    def figure(self, figure: FigureRun, props: str = "") -> str:
        """A figure as a bookmarked run; the same figure must read the same everywhere."""
        known = self.figures.setdefault(figure.name, figure.text)
        if known != figure.text:
            raise PaperRefused(f"数字“{figure.name}”在一份公文里写成了“{known}”和“{figure.text}”，请改成一个。")
        count = self.shown[figure.name] = self.shown.get(figure.name, 0) + 1
        self.bookmarks += 1
        name = bookmark_name(figure.name, count)
        start = f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{name}"/>'
        return f'{start}{run(figure.text, props)}<w:bookmarkEnd w:id="{self.bookmarks}"/>'

    def picture(self, blob: bytes, width: int, height: int, label: str) -> str:
        """A run with an inline picture; width and height in EMU."""
        relation, _image = self.document.part.get_or_add_image(io.BytesIO(blob))
        self.pictures += 1
        return PICTURE.format(id=self.pictures, relation=relation, width=width, height=height, label=escape(label))

    def section_end(self) -> str:
        """The paragraph that closes the current section in its present orientation."""
        section = self.section(landscape=self.landscape)
        self.drop_first_page()
        return paragraph("GwThin", "", etree.tostring(section, encoding="unicode"))

    def section(self, *, landscape: bool) -> Any:
        """A copy of the document's section, upright or turned, with its headers and footers."""
        section = copy.deepcopy(self.document.element.body.sectPr)
        if landscape:
            turn(section)
        return section

    def drop_first_page(self) -> None:
        """Only the first section has a first page of its own."""
        section = self.document.element.body.sectPr
        for mark in section.findall(f"{W}titlePg"):
            section.remove(mark)

    def turn_last_section(self) -> None:
        """Make the last section of the document lie."""
        turn(self.document.element.body.sectPr)


def turn(section: Any) -> None:
    """Turn a section to landscape: binding edge 订口 upwards, margins go with the paper."""
    page = layout()["page"]
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    size.set(f"{W}w", str(twips(page["height"])))
    size.set(f"{W}h", str(twips(page["width"])))
    size.set(f"{W}orient", "landscape")
    for side, source in (("top", "left"), ("right", "top"), ("bottom", "right"), ("left", "bottom")):
        margins.set(f"{W}{side}", str(twips(page[source])))
    margins.set(f"{W}footer", str(twips(page["right"] / 2)))


PICTURE = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{id}" name="照片{id}" descr="{label}"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{id}" name="照片{id}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
