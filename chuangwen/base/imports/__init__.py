"""Imports 导入: a file is read, every row checked and shown, and only then written; unused rows can be taken back.

An app declares an ImportSpec per kind and registers it in AppConfig.ready; base keeps batches, rows, pages and verbs.
"""

from chuangwen.base.imports.checking import CLEAR, FIRST_YEAR, IN_AT_MOST, LAST_YEAR, Directory, RowCheck, existing
from chuangwen.base.imports.plain import name_uses, save_plain, undo_plain, uses_of
from chuangwen.base.imports.recognising import elsewhere, refuse_templates
from chuangwen.base.imports.spec import Applied, Checked, ImportSpec, Row, Undoing, register, spec_of

__all__ = [
    "CLEAR",
    "FIRST_YEAR",
    "IN_AT_MOST",
    "LAST_YEAR",
    "Applied",
    "Checked",
    "Directory",
    "ImportSpec",
    "Row",
    "RowCheck",
    "Undoing",
    "elsewhere",
    "existing",
    "name_uses",
    "refuse_templates",
    "register",
    "save_plain",
    "spec_of",
    "undo_plain",
    "uses_of",
]
