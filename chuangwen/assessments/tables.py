"""From a result table as it was handed back to rows of an import: columns pointed out once a head, lines as cells."""

import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from chuangwen.assessments.models import Assessment
from chuangwen.assessments.queries import KIND
from chuangwen.base import files
from chuangwen.base.imports import Row, refuse_templates
from chuangwen.base.imports import actions as imports
from chuangwen.base.models import ImportBatch
from chuangwen.base.workbooks import HEADER_WITHIN, open_tables
from chuangwen.organisations.models import Jurisdiction, Person
from chuangwen.standards.models import TableHead
from chuangwen.standards.tables import File, Mapping, Part
from chuangwen.standards.tables.mapping import KNOWN
from chuangwen.standards.tables.opening import Heads
from rulebook.tables import Options, Proposal, Section
from rulebook.tables.results import ResultLine, propose_results, read_results

SOURCE_SHOWN = 600
AROUND = " › "


def keep_file(*, actor: Person, assessment: Assessment, data: bytes, name: str, client_id: UUID) -> ImportBatch:
    """Begin an import with a file; refused when no table can be opened in it. Sent twice: one batch."""
    opened = open_tables(data)
    refuse_templates(
        (grid.name, [cell.text for cell in grid.cells if cell.row == number])
        for grid in opened.grids
        for number in range(HEADER_WITHIN)
    )
    return imports.begin(
        actor=actor,
        kind=KIND,
        data=data,
        name=name,
        media_type=files.XLSX if opened.kind == "xlsx" else files.DOCX,
        client_id=client_id,
        context={"assessment": assessment.pk},
    )


def print_of(section: Section) -> str:
    """How a head is remembered: apart from the same head over a table of standards."""
    known = section.fingerprint()
    return hashlib.sha256(f"results:{known}".encode()).hexdigest() if known else ""


def proposed(
    file: File, jurisdiction: Jurisdiction, heads: Heads | None = None
) -> tuple[Mapping, list[list[Proposal]]]:
    """The mapping offered first, and why: remembered where this office has read such a head before."""
    known = {head.fingerprint: head.roles for head in TableHead.objects.filter(jurisdiction=jurisdiction)}
    found, parts = [], []
    for section in file.sections:
        proposals = propose_results(section)
        roles = known.get(print_of(section), [])
        if len(roles) == len(proposals):
            proposals = [Proposal(role, KNOWN, "上次这样认的") for role in roles]
        found.append(proposals)
        said = [proposal.role for proposal in proposals]
        parts.append(Part(says_enough(said), said))
    return Mapping(parts, Options(), heads or {}), found


def says_what(roles: list[str]) -> bool:
    return bool({"code", "name"} & set(roles))


def says_score(roles: list[str]) -> bool:
    """Two of the three numbers give the third."""
    return len({"possible", "got", "lost"} & set(roles)) > 1


def says_enough(roles: list[str]) -> bool:
    return says_what(roles) and says_score(roles)


@dataclass
class Read:
    """The rows a mapping gives, and what is said about them: JSON for the batch's `reading`."""

    rows: list[Row] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_rows(file: File, mapping: Mapping) -> Read:
    """Every line of the sections that are read; numbers count from 1 through the whole file."""
    found = Read(notes=list(file.notes))
    for section, part in zip(file.sections, mapping.parts, strict=True):
        if not part.read:
            rows = sum(len(layout.table.rows) for layout in section.layouts)
            found.notes.append(f"“{section.first.grid.name}”里有一张表没有读，{rows} 行")
            continue
        results = read_results(section, part.roles)
        found.left_out += [
            {"at": str(one.where), "text": one.text[:SOURCE_SHOWN], "why": one.why, "minor": one.minor}
            for one in results.left_out
        ]
        for line in results.lines:
            found.rows.append(Row(len(found.rows) + 1, cells_of(line)))
    return found


def cells_of(line: ResultLine) -> dict[str, str]:
    """One line as cells; `at` and `notes` are for the reader of the preview only."""
    return {
        "code": line.code,
        "name": line.name,
        "above": AROUND.join(line.above),
        "type": line.type,
        "place": line.place,
        "places": line.places.removesuffix("处").removesuffix("个"),
        "possible": line.possible,
        "got": line.got,
        "lost": line.lost,
        "reason": "\n".join(line.reasons),
        "at": str(line.where),
        "notes": "；".join(line.notes),
    }
