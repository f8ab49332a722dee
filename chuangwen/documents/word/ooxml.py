"""Small pieces of WordprocessingML as strings; the only place where text is escaped."""

import re

# What XML 1.0 cannot carry, and the escape characters docxtpl gives a meaning of its own.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "{": "&#123;", "}": "&#125;"})
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def clean(text: str) -> str:
    """Text without characters that XML cannot carry; tabs become spaces, line ends become one kind."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def escape(text: str) -> str:
    """Text safe inside XML and inside a Word template: every character arrives literally."""
    return clean(text).translate(ESCAPES)


def run(text: str, props: str = "") -> str:
    """A run of text; line ends become breaks."""
    properties = f"<w:rPr>{props}</w:rPr>" if props else ""
    lines = escape(text).split("\n")
    content = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{properties}{content}</w:r>"


def paragraph(style: str, content: str, props: str = "", *, keep: bool = False, fresh_page: bool = False) -> str:
    """A paragraph of one style; props are further elements of w:pPr in schema order."""
    flags = "<w:keepNext/>" * keep + "<w:pageBreakBefore/>" * fresh_page
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{flags}{props}</w:pPr>{content}</w:p>'


def fonts(name: str) -> str:
    """One font for Chinese, Latin and digits alike, so that quotes and figures stay full."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'
