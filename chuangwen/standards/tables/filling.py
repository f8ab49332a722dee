"""Lines of a table as rows of the strict import: cells by its column keys, and beside them where they come from."""

from dataclasses import dataclass, field
from typing import Any

from chuangwen.base.imports import Row
from chuangwen.base.imports.checking import Directory
from chuangwen.base.models import Tenant
from chuangwen.places.models import PlaceType
from chuangwen.standards.models import Criterion
from chuangwen.standards.tables.mapping import Mapping
from chuangwen.standards.tables.opening import File
from chuangwen.standards.tables.rules import proposed
from rulebook.tables import Line, names, read

BETWEEN = "、"
SOURCE_SHOWN = 600
LEVELS = (1, 2, 3, 4)
_METHOD = Criterion._meta.get_field("method").max_length
_EVIDENCE = Criterion._meta.get_field("evidence").max_length


@dataclass
class Read:
    """The rows a mapping gives, and what is said about them: JSON for the batch's `reading`."""

    rows: list[Row] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_rows(file: File, mapping: Mapping, tenant: Tenant) -> Read:
    """Every line of the sections that are read; numbers count from 1 through the whole file."""
    types = PlaceType.objects.filter(tenant=tenant, archived_at__isnull=True).values_list("pk", "code", "name")
    directory = Directory([(pk, code, [name]) for pk, code, name in types], called="点位类型")
    found = Read(notes=list(file.notes))
    for section, part in zip(file.sections, mapping.parts, strict=True):
        if not part.read:
            where = section.first.grid.name
            rows = sum(len(layout.table.rows) for layout in section.layouts)
            found.notes.append(f"“{where}”里有一张表没有读，{rows} 行")
            continue
        if "method" not in part.roles:
            found.notes.append(f"“{section.first.grid.name}”没有测评方法这一列，都按实地考察")
        reading = read(section, part.roles, mapping.options)
        found.checks += reading.checks
        found.left_out += [
            {"at": str(one.where), "text": one.text[:SOURCE_SHOWN], "why": one.why, "minor": one.minor}
            for one in reading.left_out
        ]
        for line in reading.lines:
            found.rows.append(Row(len(found.rows) + 1, cells_of(line, directory)))
    return found


def cells_of(line: Line, types: Directory) -> dict[str, str]:
    """One line as cells; `at`, `source`, `words`, `why` and `notes` are for the reader of the preview only."""
    notes = list(line.notes)
    evidence, long = (line.evidence, "") if len(line.evidence) <= _EVIDENCE else ("", line.evidence)
    known, unknown = _types(line, types)
    proposal = proposed(line)
    notes += proposal.notes
    if unknown:
        notes.append(f"点位类型里没有{'、'.join(f'“{name}”' for name in unknown)}，写在说明里")
    apart = [words for words in line.rule.splitlines() if words not in line.text]
    explanation = [
        f"计分办法：{' '.join(apart)}" if apart else "",
        f"考察点位：{BETWEEN.join(unknown)}" if unknown else "",
        f"材料要求：{long}" if long else "",
        line.remarks,
    ]
    cells = {f"{name}{number}": "" for number in LEVELS for name in ("label", "name", "points", "weight")}
    for number, level in enumerate(line.path, 1):
        given = {"label": level.label, "name": level.name, "points": level.points, "weight": level.weight}
        cells |= {f"{name}{number}": text for name, text in given.items()}
    return cells | {
        "label": line.label,
        "text": line.text,
        "method": _method(line, notes),
        "types": BETWEEN.join(known),
        "points": line.points,
        "weight": line.weight,
        "kind": proposal.kind,
        "rule": proposal.rule,
        "items": proposal.items,
        "evidence": evidence,
        "explanation": "\n".join(filter(None, explanation)),
        "lead": BETWEEN.join(line.lead),
        "assist": BETWEEN.join(line.assist),
        "at": str(line.where),
        "source": line.source[:SOURCE_SHOWN],
        "words": line.rule,
        "why": proposal.why,
        "notes": "\n".join(notes),
    }


def _types(line: Line, types: Directory) -> tuple[list[str], list[str]]:
    """(places of the line that are place types, those that are none)."""
    said = names(line.places)
    known = [name for name in said if types.find(name)[0] is not None]
    return known, [name for name in said if name not in known]


def _method(line: Line, notes: list[str]) -> str:
    """The method, as many names as fit."""
    kept: list[str] = []
    for name in line.method.split(BETWEEN):
        if len(BETWEEN.join([*kept, name])) <= _METHOD:
            kept.append(name)
    if (said := BETWEEN.join(kept)) != line.method:
        notes.append(f"测评方法太长，只写得下“{said}”")
    return said
