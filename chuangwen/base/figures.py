"""A registered number 数字: pages, papers and exports print only these; each opens its records."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Figure:
    """One number with what makes it traceable.

    value: a count, or a scaled integer when `text` has decimals. unit: the measure word (件、处、%). definition:
    the 口径 in a sentence. records_url: the page that lists exactly the rows counted. as_of: the day it holds for.
    """

    name: str
    label: str
    value: int | None
    text: str
    unit: str
    definition: str
    records_url: str
    as_of: date
