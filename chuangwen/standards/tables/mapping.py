"""What each column of a file's tables is: as found, as remembered from the last table so headed, as a person says."""

from dataclasses import dataclass, field
from typing import Any

from chuangwen.organisations.models import Jurisdiction
from chuangwen.standards.models import TableHead
from chuangwen.standards.tables.opening import File, Heads
from rulebook.tables import LEVELS, Options, Proposal, Section, has_levels, propose, read_code

KNOWN = "known"


@dataclass
class Part:
    """What is said of one section: whether it is read, and what its columns are."""

    read: bool
    roles: list[str]


@dataclass
class Mapping:
    """What is said of a whole file; kept with the batch as JSON."""

    parts: list[Part]
    options: Options = field(default_factory=Options)
    heads: Heads = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "parts": [{"read": part.read, "roles": part.roles} for part in self.parts],
            "options": options_json(self.options),
            "heads": {str(number): list(rows) for number, rows in self.heads.items()},
        }

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "Mapping":
        parts = [Part(part["read"], part["roles"]) for part in kept["parts"]]
        heads = {int(number): (rows[0], rows[1]) for number, rows in kept["heads"].items()}
        return cls(parts, Options(**kept["options"]), heads)

    def fits(self, file: File) -> bool:
        """Was it said of these columns? A page may be older than the file's heads."""
        sizes = [len(section.columns) for section in file.sections]
        return sizes == [len(part.roles) for part in self.parts]


def options_json(options: Options) -> dict[str, Any]:
    return {"split": options.split, "share": options.share, "top": options.top}


def proposed(
    file: File, jurisdiction: Jurisdiction, heads: Heads | None = None
) -> tuple[Mapping, list[list[Proposal]]]:
    """The mapping offered first, and why: remembered where this office has read such a head before."""
    prints = [section.fingerprint() for section in file.sections]
    known = {head.fingerprint: head for head in TableHead.objects.filter(jurisdiction=jurisdiction)}
    found, parts, options = [], [], Options()
    for section, fingerprint in zip(file.sections, prints, strict=True):
        proposals, head = propose(section), known.get(fingerprint)
        if head and len(head.roles) == len(proposals):
            proposals = [Proposal(role, KNOWN, "上次这样认的") for role in head.roles]
            options = Options(**head.options)
        found.append(proposals)
        told = section.has_head or not any(one.has_head for one in file.sections)
        parts.append(Part(told and _is_read(proposals), [proposal.role for proposal in proposals]))
    if not any(fingerprint in known for fingerprint in prints):
        options = Options(top=_top(file.sections, parts))
    return Mapping(parts, options, heads or {}), found


def _is_read(proposals: list[Proposal]) -> bool:
    """A table is offered for reading when it has standards and anything else to say of them."""
    roles = [proposal.role for proposal in proposals]
    return bool({"text", "outline"} & set(roles)) and len(list(filter(None, roles))) > 1


def _top(found: list[Section], parts: list[Part]) -> str:
    """Where the first level stands: outside, when no column says it or every table is numbered by its name or title."""
    read = [(section, part) for section, part in zip(found, parts, strict=True) if part.read]
    tables = [layout.table for section, _ in read for layout in section.layouts]
    bare = any(not has_levels(section, tuple(part.roles)) for section, part in read)
    full = any(LEVELS[-1] in part.roles for _, part in read) or any(
        "一级" in column.name for section, _ in read for column in section.columns
    )
    titles = [table.title[-1] if table.title else "" for table in tables]
    names = list(dict.fromkeys(table.grid.name for table in tables))
    for top, texts in (("title", titles), ("sheet", names)):
        if len(texts) > 1 and not full and all(map(_is_numbered, texts)):
            return top
    if not bare:
        return ""
    return "title" if all(titles) else "sheet"


def _is_numbered(text: str) -> bool:
    """一、公共环境: the name of one of several parts, not 第 2 张表."""
    code = read_code(text)
    return bool(code and code.rest)
