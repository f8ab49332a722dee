"""Opening produced files again, as a checker would."""

import io
import zipfile

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from chuangwen.documents.word import Head, Paper, Paragraph


def opened(docx_bytes):
    """The file through python-docx."""
    return Document(io.BytesIO(docx_bytes))


def texts(docx_bytes):
    """Texts of the body's paragraphs that are not empty, in order."""
    return [paragraph.text for paragraph in opened(docx_bytes).paragraphs if paragraph.text]


def parsed(docx_bytes, name="word/document.xml"):
    """One part of the package as an element."""
    with zipfile.ZipFile(io.BytesIO(docx_bytes)) as archive:
        return etree.fromstring(archive.read(name))


def paragraph_with(docx_bytes, text):
    """The only body paragraph whose text is this."""
    (found,) = [paragraph for paragraph in opened(docx_bytes).paragraphs if paragraph.text == text]
    return found


def rewritten(docx_bytes, changes):
    """The package with parts replaced or added: name → bytes, or name → function of the old bytes."""
    stored = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx_bytes)) as source,
        zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        for name in [*names, *(name for name in changes if name not in names)]:
            change = changes.get(name)
            old = source.read(name) if name in names else b""
            target.writestr(name, change(old) if callable(change) else old if change is None else change)
    return stored.getvalue()


def east_asian_font(document, style_name):
    """Font of Chinese text in a style."""
    return document.styles[style_name].element.rPr.rFonts.get(qn("w:eastAsia"))


def paper(*blocks, **parts):
    """A small paper of one paragraph unless blocks are given."""
    head = parts.pop("head", Head(mark="示例县文明创建办公室文件", number="示创建办〔2026〕1号"))
    return Paper(
        head=head, title=parts.pop("title", "关于示例的通报"), blocks=blocks or (Paragraph("正文。"),), **parts
    )
