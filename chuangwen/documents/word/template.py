"""The standard template: page, styles, page numbers and the places docxtpl fills, built by python-docx."""

import io
from functools import cache
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from .layout import font, layout, twips
from .ooxml import NAMESPACES, fonts, paragraph, run
from .paper import Form
from .parts import foot_rule

KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}


@cache
def standard_template(form: Form = Form.DOCUMENT) -> bytes:
    """The template as a .docx; an office may edit a copy in Word and upload it."""
    document = Document()
    prepare_styles(document)
    prepare_settings(document)
    prepare_page(document, form)
    body = document.element.body
    for piece in template_paragraphs(form):
        body.insert(len(body) - 1, element(piece))
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


def element(xml: str) -> Any:
    """A piece of WordprocessingML as an element."""
    tag_end = min(place for place in (xml.find(">"), xml.find(" "), xml.find("/")) if place > 0)
    return parse_xml(f"{xml[:tag_end]} {NAMESPACES}{xml[tag_end:]}")


def template_paragraphs(form: Form) -> list[str]:
    """Where each part stands; {{p …}} places are drawn, the others are plain text."""
    side = '<w:jc w:val="right"/>' if form is Form.LETTER else ""
    near = '<w:spacing w:before="280"/>' if form is Form.LETTER else ""
    rule = "" if form is Form.LETTER else red_rule()
    number = paragraph("GwNumber", run_field("{{ number }}"), rule + near + side)
    return [
        place("mark"),
        place_if("signer"),
        paragraph(
            "GwNumber",
            signer_line(),
            rule + SIGNER_TABS,
        ),
        paragraph("GwBody", run_field("{%p else %}")),
        number,
        paragraph("GwBody", run_field("{%p endif %}")),
        paragraph("GwTitle", run_field("{{ title }}")),
        place_if("addressee"),
        paragraph("GwAddressee", run_field("{{ addressee }}")),
        paragraph("GwBody", run_field("{%p endif %}")),
        *(place(name) for name in ("body", "closing", "annexes", "imprint")),
    ]


def run_field(text: str, props: str = "") -> str:
    """A run that keeps template signs as they are."""
    return run("", props).replace("></w:t>", f">{text}</w:t>")


def place(name: str) -> str:
    """A place filled with drawn paragraphs."""
    return paragraph("GwBody", run_field(f"{{{{p {name} }}}}"))


def place_if(name: str) -> str:
    """Start of a part that only stands where there is something to say."""
    return paragraph("GwBody", run_field(f"{{%p if {name} %}}"))


SIGNER_TABS = (
    '<w:tabs><w:tab w:val="left" w:pos="320"/><w:tab w:val="right" w:pos="8524"/></w:tabs><w:jc w:val="left"/>'
)


def signer_line() -> str:
    """Number at the left, signer 签发人 at the right, the name in 楷体."""
    name = run_field("{{ signer }}", fonts(font("kai")))
    return f"<w:r><w:tab/></w:r>{run_field('{{ number }}')}<w:r><w:tab/></w:r>{run('签发人：')}{name}"


def red_rule() -> str:
    """The red line 4 mm under the number, as wide as the text block."""
    return f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="5" w:color="{layout()["mark"]["colour"]}"/></w:pBdr>'


def prepare_styles(document: DocumentType) -> None:
    """Only our own styles, so that Word's list shows what a typist needs."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in KEPT_STYLES:
            styles.remove(style)
    normal = next(style for style in styles if style.get(qn("w:styleId")) == "Normal")
    styles.replace(styles.find(qn("w:docDefaults")), element(DEFAULTS))
    styles.replace(normal, element(NORMAL.format(fonts=fonts(font("body")), squeeze=layout()["grid"]["squeeze"])))
    for entry in layout()["style"]:
        styles.append(element(style_xml(entry)))


def style_xml(entry: dict[str, Any]) -> str:
    """A paragraph style from one row of the layout table."""
    line = entry.get("line", layout()["grid"]["pitch"])
    exact = f' w:line="{line}" w:lineRule="exact"' if line else ' w:line="240" w:lineRule="auto"'
    spacing = f'<w:spacing w:before="{entry.get("before", 0)}" w:after="{entry.get("after", 0)}"{exact}/>'
    chars, size = entry.get("indent", 0), entry["size"]
    indent = f'<w:ind w:firstLineChars="{chars * 100}" w:firstLine="{round(chars * size * 20)}"/>' if chars else ""
    outline = f'<w:outlineLvl w:val="{entry["outline"]}"/>' if "outline" in entry else ""
    keep = "<w:keepNext/>" if entry.get("keep") else ""
    colour = f'<w:color w:val="{entry["colour"]}"/>' if "colour" in entry else ""
    half = round(size * 2)
    loose = "" if line == layout()["grid"]["pitch"] else '<w:snapToGrid w:val="0"/>'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{entry["id"]}"><w:name w:val="{entry["name"]}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}{loose}{spacing}{indent}'
        f'<w:jc w:val="{entry.get("align", "both")}"/>{outline}</w:pPr>'
        f'<w:rPr>{fonts(font(entry["font"]))}{colour}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


def prepare_settings(document: DocumentType) -> None:
    """Odd and even page numbers differ; punctuation keeps its full width."""
    document.settings.odd_and_even_pages_header_footer = True
    spacing = document.settings.element.find(qn("w:characterSpacingControl"))
    if spacing is not None:
        spacing.set(qn("w:val"), "doNotCompress")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    properties = document.core_properties
    properties.author = properties.comments = properties.title = properties.last_modified_by = ""


def prepare_page(document: DocumentType, form: Form) -> None:
    """A4, margins, 22 × 28 grid, page numbers outside."""
    page, section = layout()["page"], document.sections[0]
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
    section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
    section.header_distance, section.footer_distance = Mm(page["header"]), Mm(page["footer"])
    below = 0
    if form is Form.LETTER:
        foot = layout()["letter"]["foot_mm"]
        below = twips(page["footer"] - foot)
        section.footer_distance = Mm(foot)
        section.different_first_page_header_footer = True
        fill_part(section.first_page_footer, foot_rule())
    fill_part(section.footer, page_number(below, even=False))
    fill_part(section.even_page_footer, page_number(below, even=True))
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)
    section._sectPr.append(element(f'<w:docGrid w:type="lines" w:linePitch="{layout()["grid"]["pitch"]}"/>'))


def fill_part(part: Any, xml: str) -> None:
    """Put one paragraph into a header or footer of its own."""
    part.is_linked_to_previous = False
    root = part._element
    for child in list(root):
        root.remove(child)
    root.append(element(xml))


def page_number(below: int, *, even: bool) -> str:
    """— 1 — one character from the outer edge: odd pages right, even pages left."""
    indent = '<w:ind w:leftChars="100" w:left="280"/>' if even else '<w:ind w:rightChars="100" w:right="280"/>'
    side = "left" if even else "right"
    field = "".join(f"<w:r>{part}</w:r>" for part in FIELD)
    space = f'<w:spacing w:after="{below}"/>' if below else ""
    return paragraph("GwPage", f"{run('— ')}{field}{run(' —')}", f'{space}{indent}<w:jc w:val="{side}"/>')


FIELD = (
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
    '<w:fldChar w:fldCharType="separate"/>',
    "<w:t>1</w:t>",
    '<w:fldChar w:fldCharType="end"/>',
)
DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
)
NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:widowControl/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:jc w:val="both"/></w:pPr>'
    '<w:rPr>{fonts}<w:spacing w:val="{squeeze}"/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>'
)
