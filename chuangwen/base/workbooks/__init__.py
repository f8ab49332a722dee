"""Excel in and out: columns are declared once, written streaming, read back by their headers; tables as they are.

Knows nothing of what the rows mean: see chuangwen.base.imports and chuangwen.base.exports.
"""

from chuangwen.base.workbooks.columns import SAMPLES, Column, tidy
from chuangwen.base.workbooks.examining import HEADER_WITHIN, MAX_BYTES, MAX_ROWS
from chuangwen.base.workbooks.grids import Opened, open_tables
from chuangwen.base.workbooks.read import NoHead, Sheet, find, keys_in, read, rows_of
from chuangwen.base.workbooks.write import template, write

__all__ = [
    "HEADER_WITHIN",
    "MAX_BYTES",
    "MAX_ROWS",
    "SAMPLES",
    "Column",
    "NoHead",
    "Opened",
    "Sheet",
    "find",
    "keys_in",
    "open_tables",
    "read",
    "rows_of",
    "template",
    "tidy",
    "write",
]
