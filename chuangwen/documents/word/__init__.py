"""Word files of official papers 公文: plain dataclasses in, .docx bytes out.

Knows the page of GB/T 9704-2012, styles, numbering, figures as bookmarks, templates in a sandbox, and two papers
(circular 通报, notice of rectification 整改通知书). Must not know Django, the database, or where a number comes from.
"""

from .circular import (
    CircularFacts,
    ListedProblem,
    Overall,
    PlaceFindings,
    ProblemGroup,
    RankRow,
    circular,
    circular_demands,
)
from .counting import count_paper, count_text
from .errors import FigureMismatch, PaperRefused, PdfUnavailable, TemplateRefused, WordError
from .figures import FigurePlace, figure_places, figures_in
from .fill import fill
from .notice import NoticeFacts, NoticeProblem, Receipt, notice_demands, rectification_notice, reply_slip
from .paper import (
    Align,
    Attachment,
    Column,
    FigureRun,
    Form,
    Head,
    Heading,
    Imprint,
    Paper,
    Paragraph,
    PhotoPair,
    Photos,
    Table,
    Text,
    plain,
)
from .pdf import to_pdf
from .render import check_template, render
from .slip import render_slip
from .template import standard_template
from .voiding import voided

__all__ = [
    "Align", "Attachment", "CircularFacts", "Column", "FigureMismatch", "FigurePlace", "FigureRun", "Form", "Head",
    "Heading", "Imprint", "ListedProblem", "NoticeFacts", "NoticeProblem", "Overall", "Paper", "PaperRefused",
    "Paragraph", "PdfUnavailable", "PhotoPair", "Photos", "PlaceFindings", "ProblemGroup", "RankRow", "Receipt",
    "Table", "TemplateRefused", "Text", "WordError", "check_template", "circular", "circular_demands",
    "count_paper", "count_text", "figure_places", "figures_in", "fill", "notice_demands", "plain",
    "rectification_notice", "render", "render_slip", "reply_slip", "standard_template", "to_pdf", "voided",
]  # fmt: skip
