"""The one door from template to paper: fill(template_bytes, context) → .docx bytes.

Plain values are escaped and inserted by docxtpl in the sandbox. Drawn values (objects with draw(sheet)) leave an
empty marked paragraph and are put in afterwards, so that the users' text never meets docxtpl's own rewriting.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
from lxml import etree
from markupsafe import Markup

from .errors import TemplateRefused
from .intake import check_file
from .ooxml import NAMESPACES, escape
from .sandbox import PaperEnvironment
from .sheet import Sheet
from .template import standard_template

SLOT = "cw-slot-"
STAMP = (2000, 1, 1, 0, 0, 0)


@runtime_checkable
class Drawn(Protocol):
    """A value that draws itself as paragraphs and tables."""

    def draw(self, sheet: Sheet) -> str:
        """WordprocessingML of the paragraphs and tables."""


class PaperTemplate(DocxTemplate):
    """docxtpl without templates in file properties: these are plain data."""

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        return None


def fill(template_bytes: bytes, context: Mapping[str, Any]) -> bytes:
    """Fill a template. Raises TemplateRefused (Chinese message) if it is unsafe, damaged or asks for unknown values.

    The same template and context give the same bytes.
    """
    check_file(template_bytes)
    drawn = {name: value for name, value in context.items() if isinstance(value, Drawn)}
    template = PaperTemplate(io.BytesIO(template_bytes))
    render(template, {name: slot(name) if name in drawn else safe(value) for name, value in context.items()})
    add_missing_styles(template.docx)
    put_drawn(template.docx, drawn)
    stored = io.BytesIO()
    template.docx.save(stored)
    return repack(stored.getvalue())


def render(template: DocxTemplate, context: dict[str, Any]) -> None:
    """Run the template in the sandbox; every failure becomes one clear sentence."""
    try:
        template.render(context, PaperEnvironment(), autoescape=True)
    except UndefinedError as error:
        raise TemplateRefused(f"模板要的内容这份公文里没有：{missing_name(error)}。请改正名称后重新上传。") from error
    except TemplateSyntaxError as error:
        raise TemplateRefused(
            f"模板第 {error.lineno} 段附近的 {{{{ }}}} 或 {{% %}} 写法不完整，请补齐后重新上传。"
        ) from error
    except TemplateError as error:
        raise TemplateRefused("模板里有不能用的写法，请只保留 {{ 名称 }} 后重新上传。") from error
    except TemplateRefused:
        raise
    except Exception as error:  # a template is foreign input: lxml, docxtpl and python-docx each raise their own
        raise TemplateRefused("模板填写后不是有效的 Word 文件，请用标准模板改制后重新上传。") from error


def missing_name(error: UndefinedError) -> str:
    """The name a template asked for in vain, out of the engine's English sentence."""
    names = re.findall(r"'([^']*)'", error.message or "")
    return f"“{names[-1]}”" if names else "（名称不明）"


def safe(value: Any) -> Any:
    """Texts escaped so that they arrive literally, containers likewise; anything else as its text."""
    if isinstance(value, str):
        return Markup(escape(value))
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): safe(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [safe(item) for item in value]
    return Markup(escape(str(value)))


def slot(name: str) -> Markup:
    """The marked paragraph that a drawn value replaces."""
    return Markup('<w:p><w:pPr><w:pStyle w:val="{}{}"/></w:pPr></w:p>').format(SLOT, name)


def put_drawn(document: Any, drawn: Mapping[str, Drawn]) -> None:
    """Replace each marked paragraph, in document order, by what its value draws."""
    sheet = Sheet(document)
    marks = [mark for mark in document.element.body.iter(qn("w:pStyle")) if mark.get(qn("w:val"), "").startswith(SLOT)]
    for mark in marks:
        empty = mark.getparent().getparent()
        name = mark.get(qn("w:val")).removeprefix(SLOT)
        if name not in drawn:
            raise TemplateRefused(f"模板用了保留的样式名“{SLOT}{name}”，请改名后重新上传。")
        pieces = parse_xml(f"<w:body {NAMESPACES}>{drawn[name].draw(sheet)}</w:body>")
        for piece in list(pieces):
            empty.addprevious(piece)
        empty.getparent().remove(empty)
    etree.cleanup_namespaces(document.element, keep_ns_prefixes=[prefix for prefix in document.element.nsmap if prefix])


def add_missing_styles(document: Any) -> None:
    """Give an office's own template the styles that drawn paragraphs use and it does not define."""
    styles = document.styles.element
    present = {style.get(qn("w:styleId")) for style in styles.findall(qn("w:style"))}
    if "GwBody" in present and "GwThin" in present:
        return
    ours = PaperTemplate(io.BytesIO(standard_template())).get_docx().styles.element
    for style in ours.findall(qn("w:style")):
        if style.get(qn("w:styleId")).startswith("Gw") and style.get(qn("w:styleId")) not in present:
            styles.append(style)


def repack(docx_bytes: bytes) -> bytes:
    """The same parts with one fixed time stamp: equal content gives equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_bytes)) as source, zipfile.ZipFile(packed, "w") as target:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(part), compresslevel=6)
    return packed.getvalue()
