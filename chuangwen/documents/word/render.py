"""A paper as a Word file: the context of its template, then fill."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .blocks import annexes_xml, blocks_xml
from .errors import TemplateRefused
from .figures import document_root
from .fill import fill
from .paper import Head, Paper, Paragraph
from .parts import closing_xml, has_imprint, imprint_xml, mark_xml, title_lines
from .sheet import Sheet
from .template import standard_template


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the paper that is drawn into the open document."""

    drawing: Callable[[Sheet], str]

    def draw(self, sheet: Sheet) -> str:
        """The part's paragraphs."""
        return self.drawing(sheet)


def render(paper: Paper, template: bytes | None = None) -> bytes:
    """The paper as .docx bytes, in the standard template of its form or in an office's own."""
    return fill(standard_template(paper.head.form) if template is None else template, context(paper))


def context(paper: Paper) -> dict[str, object]:
    """Everything a template may name."""
    closes = bool(paper.signature or paper.dated or paper.attachments or has_imprint(paper))
    return {
        "mark": Part(lambda _sheet: mark_xml(paper.head)),
        "mark_text": paper.head.mark,
        "number": paper.head.number,
        "signer": paper.head.signer,
        "title": title_lines(paper.title),
        "addressee": f"{paper.addressee.rstrip('：:')}：" if paper.addressee else "",
        "body": Part(lambda sheet: blocks_xml(sheet, paper.blocks, keep_last=closes)),
        "closing": Part(lambda _sheet: closing_xml(paper)),
        "annexes": Part(lambda sheet: annexes_xml(sheet, paper)),
        "imprint": Part(lambda _sheet: imprint_xml(paper)),
    }


def check_template(template: bytes) -> None:
    """Refuse an office's template that is unsafe or loses a needed part of the paper; for use at upload."""
    probe = Paper(
        head=Head(mark="标志"),
        title="标题探查",
        blocks=(Paragraph("正文探查"),),
        signature="署名探查",
        dated=date(2000, 1, 2),
    )
    text = "".join(document_root(render(probe, template)).itertext())
    lost = [place for place, words in NEEDED.items() if words not in text]
    if lost:
        raise TemplateRefused(f"模板缺少{'、'.join(lost)}。请在要放的地方各写一段后重新上传。")


NEEDED = {"{{ title }}": "标题探查", "{{p body }}": "正文探查", "{{p closing }}": "署名探查"}
