"""Verbs on papers: draft, change the words, take new figures, issue, void, sign for, keep the sealed version."""

from chuangwen.documents.actions.drafting import draft_circular, draft_notice, draft_notices
from chuangwen.documents.actions.editing import change_words, take_figures
from chuangwen.documents.actions.issuing import issue, void
from chuangwen.documents.actions.receiving import keep_sealed, sign

__all__ = [
    "change_words",
    "draft_circular",
    "draft_notice",
    "draft_notices",
    "issue",
    "keep_sealed",
    "sign",
    "take_figures",
    "void",
]
