"""Reading papers: who sees which, lists, the register of numbers, things to do."""

from chuangwen.documents.queries.listing import (
    Filter,
    filter_of,
    issued_of,
    listed,
    listed_numbers,
    number_years,
    years_of,
)
from chuangwen.documents.queries.numbers import Number, holder_of, next_number, read_number
from chuangwen.documents.queries.todo import todo_for_office, todo_for_unit
from chuangwen.documents.queries.visible import (
    contact_membership,
    find,
    governed,
    governs,
    signed_with,
    visible_numbers,
    visible_to,
    void_words,
)

__all__ = [
    "Filter",
    "Number",
    "contact_membership",
    "filter_of",
    "find",
    "governed",
    "governs",
    "holder_of",
    "issued_of",
    "listed",
    "listed_numbers",
    "next_number",
    "number_years",
    "read_number",
    "signed_with",
    "todo_for_office",
    "todo_for_unit",
    "visible_numbers",
    "visible_to",
    "void_words",
    "years_of",
]
