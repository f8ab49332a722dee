"""From an office's own table to rows of an import: columns pointed out once a head, lines as cells of the template.

file (base.workbooks.open_tables) → sections with proposals → what a person says of each → rows with what was left out.
"""

from chuangwen.standards.tables.filling import Read, read_rows
from chuangwen.standards.tables.mapping import Mapping, Part, proposed
from chuangwen.standards.tables.opening import File, keep_file, open_file

__all__ = ["File", "Mapping", "Part", "Read", "keep_file", "open_file", "proposed", "read_rows"]
