"""A demo file as a table: the kind it is imported as, its name, its rows in the order of the template's columns."""

from typing import NamedTuple


class Table(NamedTuple):
    kind: str
    file_name: str
    rows: tuple[tuple[object, ...], ...]
