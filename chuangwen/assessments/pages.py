"""The contexts of the pages: columns of a file, its rows before they are written, an assessment, what is matched."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from chuangwen.assessments import queries
from chuangwen.assessments.forms import MatchForm, ResultColumnsForm
from chuangwen.assessments.models import Assessment, Result
from chuangwen.assessments.tables import proposed
from chuangwen.assessments.workbooks import RESULTS, matched_words
from chuangwen.base.history import lines
from chuangwen.base.ids import key_of
from chuangwen.base.imports import Row
from chuangwen.base.imports.pages import Cell
from chuangwen.base.imports.pages import page as import_page
from chuangwen.base.lists import keyset
from chuangwen.base.models import ImportBatch
from chuangwen.base.workbooks import Column
from chuangwen.organisations.models import Person
from chuangwen.problems.queries import visible_to as visible_problems
from chuangwen.standards.tables import open_file
from chuangwen.standards.tables.opening import Heads
from chuangwen.standards.tables.pages import ColumnsPage, as_said

MATCHED = Column("match", "对应我们的")
How = Result.How
SOURCES_SHOWN = 200


def columns(batch: ImportBatch, assessment: Assessment, data: QueryDict | None) -> ColumnsPage:
    """The page on which columns are pointed out: as first offered, as said before, or as just sent."""
    return as_said(batch, data, lambda heads: _offered(batch, assessment, heads))


def _offered(batch: ImportBatch, assessment: Assessment, heads: Heads) -> ColumnsPage:
    file = open_file(batch, heads)
    mapping, proposals = proposed(file, assessment.jurisdiction, heads)
    return ColumnsPage(file, ResultColumnsForm(file, mapping), proposals)


def preview(person: Person, batch: ImportBatch, query: Mapping[str, str]) -> dict[str, Any]:
    """The rows before they are written: those of every import, and beside each what of ours it is."""
    page = import_page(batch, RESULTS, person, tab=query.get("tab", ""), cursor=query.get("cursor", ""))
    everything = [Row(number, cells) for number, cells in batch.rows.order_by("number").values_list("number", "cells")]
    words = matched_words(everything, batch.context, person)
    page.columns.append(MATCHED)
    for line in page.lines:
        how, text = words[line.row.number]
        own = " ".join(filter(None, (line.row.cells.get("code"), line.row.cells.get("name"))))
        line.cells.append(Cell(MATCHED, f"{text}（{how}）" if text not in ("", own) else how))
    counts = Counter(how for how, _ in words.values())
    hows = [(str(one.label), counts[str(one.label)]) for one in How if counts[str(one.label)]]
    left_out = [one for one in batch.reading.get("left_out", []) if not one["minor"]]
    return {
        "batch": batch,
        "spec": RESULTS,
        "page": page,
        "slice": page.slice,
        "hows": hows,
        "waiting": counts[str(How.NEAR.label)] + counts[str(How.NONE.label)],
        "nothing": sum(counts[str(how.label)] for how in (How.CODE, How.NAME, How.NEAR)) == 0,
        "left_out": left_out[:SOURCES_SHOWN],
        "totals": [one for one in batch.reading.get("left_out", []) if one["minor"]][:SOURCES_SHOWN],
    }


def assessment_page(person: Person, assessment: Assessment, query: Mapping[str, str]) -> dict[str, Any]:
    """One assessment: its rows as they came, what they stand for, its files and its feedback."""
    rows = assessment.results.select_related("place_type", "place")
    if text := query.get("q", "").strip():
        rows = rows.filter(reason__icontains=text) | rows.filter(name__icontains=text)
    if key := query.get("node", ""):
        rows = rows.filter(node_key=key)
    if kind := key_of(query.get("type")):
        rows = rows.filter(place_type=kind)
    tree = queries.Tree(assessment.version_id)
    page = keyset(rows, order=("position", "id"), cursor=query.get("cursor", ""))
    problems = visible_problems(person).filter(jurisdiction=assessment.jurisdiction_id, batch_uuid=assessment.feedback)
    states = Counter(problems.values_list("state", flat=True))
    return {
        "assessment": assessment,
        "slice": page,
        "rows": [(row, _said_of(row, tree)) for row in page.rows],
        "node": tree.called.get(key, ""),
        "filtered": bool(text or key or kind),
        "words": text,
        "count": rows.count(),
        "waiting": sum(one.is_open for one in queries.terms_of(assessment)),
        "strange": queries.strange_types(assessment),
        "files": list(queries.files_of(assessment)),
        "problems": sum(states.values()),
        "closed": states["closed"],
        "history": lines(assessment, limit=8),
    }


def _said_of(row: Result, tree: queries.Tree) -> str:
    """What of ours a row is, where that is called otherwise; or that it is nothing yet."""
    called = tree.called.get(row.node_key, "")
    if not called:
        return row.get_how_display()
    return "" if called == f"{row.code} {row.name}".strip() else f"对应 {called}"


def match_page(assessment: Assessment, tab: str, data: QueryDict | None) -> dict[str, Any]:
    """What of their table is still to be matched, or is: each with the line of ours."""
    terms = queries.terms_of(assessment)
    tree = queries.Tree(assessment.version_id)
    waiting = [one for one in terms if one.is_open]
    tab = tab if tab in ("open", "all") else "open" if waiting else "all"
    shown = waiting if tab == "open" else [one for one in terms if not one.is_open]
    return {
        "assessment": assessment,
        "tab": tab,
        "tabs": [("open", "待对应", len(waiting)), ("all", "已对应", len(terms) - len(waiting))],
        "form": MatchForm(shown, tree, data),
        "nodes": list(tree.said),
        "strange": queries.strange_types(assessment),
        "terms": len(terms),
    }
