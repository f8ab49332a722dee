"""Excel in and out: columns are declared once, written streaming, read back by their headers.

Knows nothing of what the rows mean: see chuangwen.base.imports and chuangwen.base.exports.
"""

from chuangwen.base.workbooks.columns import Column, tidy
from chuangwen.base.workbooks.read import MAX_BYTES, MAX_ROWS, Sheet, read
from chuangwen.base.workbooks.write import template, write

__all__ = ["MAX_BYTES", "MAX_ROWS", "Column", "Sheet", "read", "template", "tidy", "write"]
