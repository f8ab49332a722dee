"""What the page of a version shows besides the version: its tree, its faults, and the line chosen in the address."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from chuangwen.base.events import history
from chuangwen.base.history import word
from chuangwen.base.ids import key_of
from chuangwen.organisations.models import Person
from chuangwen.standards import comparing, panels, proposals, trying
from chuangwen.standards.checking import OPEN_RULE, faults_of, line_fault
from chuangwen.standards.checklists import concerning, sections, types_of
from chuangwen.standards.drafts import digest
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from chuangwen.standards.reviewing import remarks_of
from chuangwen.standards.spec import spec_of
from rulebook.scoring import Problem, written

FAULTS_SHOWN = 20
ROWS_NAMED = 6


def whole(version: StandardVersion, person: Person, *, check: bool) -> dict[str, Any]:
    """The tree; for who may publish a draft, what keeps it from being published and what to look at."""
    if not (check and version.is_draft):
        return _shown(version, panels.tree(version))
    faults = faults_of(version)
    tree = panels.tree(version, frozenset(fault.key for fault in faults))
    return _shown(version, tree) | _findings(version, person, tree, faults)


def findings(version: StandardVersion, person: Person) -> dict[str, Any]:
    """The faults and remarks alone, all of them worked out anew."""
    tree = panels.tree(version)
    return _shown(version, tree) | _findings(version, person, tree, faults_of(version))


def edited(version: StandardVersion, person: Person, seen: str) -> dict[str, Any]:
    """The tree after a change: marks from what each row says by itself, and what others changed since `seen`."""
    criteria = list(version.criteria.order_by("position", "id"))
    bad = frozenset(row.key for row in criteria if line_fault(row))
    return _shown(version, panels.tree(version, bad, criteria)) | {"others": _others(version, person, seen)}


def _shown(version: StandardVersion, tree: list[panels.Row]) -> dict[str, Any]:
    return {
        "tree": tree,
        "points": panels.total_of(version, tree),
        "criteria": sum(row.ask.startswith("c=") for row in tree),
        "indicators": sum(row.ask.startswith("i=") for row in tree),
        "step": version.steps.select_related("actor").last() if version.is_draft else None,
        "seen": history(version).values_list("pk", flat=True).first() or 0,
    }


def _findings(
    version: StandardVersion, person: Person, tree: list[panels.Row], faults: list[Problem]
) -> dict[str, Any]:
    """`faults`: (row of the tree or none, words); `remarks`: (words, rows named, how many more).

    A row that came into the draft after the tree was read is not named.
    """
    by_key = {row.key: row for row in tree}
    remarks = remarks_of(version, person)
    return {
        "fault_count": len(faults),
        "open_rules": sum(OPEN_RULE in fault.message for fault in faults),
        "faults": [(by_key.get(fault.key), fault.message) for fault in faults[:FAULTS_SHOWN]],
        "remarks": [
            (one.words, [*filter(None, map(by_key.get, one.keys[:ROWS_NAMED]))], max(0, len(one.keys) - ROWS_NAMED))
            for one in remarks
        ],
    }


def _others(version: StandardVersion, person: Person, seen: str) -> str:
    """Who changed what since the page showed the tree; nothing when nobody else did."""
    if not seen.isdecimal():
        return ""
    events = history(version).filter(pk__gt=int(seen)).exclude(actor_id=person.pk)[:5]
    return "、".join(dict.fromkeys(f"{event.actor.name} {word(event.name)}" for event in events))


def sheets(version: StandardVersion, code: str) -> dict[str, Any]:
    """Operation sheets: `types` there are, the one `chosen` by its code (none: all), `sheets` of (type, sections)."""
    types = list(types_of(version).filter(archived_at__isnull=True))
    chosen = next((kind for kind in types if kind.code == code), None)
    known: dict[str, Any] = {}
    made = []
    for kind in [chosen] if chosen else types:
        rows = list(concerning(version, kind.pk))
        known |= {row.key: _compiled(row) for row in rows if row.key not in known}
        made.append((kind, sections((row, known[row.key]) for row in rows)))
    return {"types": types, "chosen": chosen, "sheets": made}


def compared(version: StandardVersion, others: list[StandardVersion], asked: Mapping[str, str]) -> dict[str, Any]:
    """Changes since the version `old` of the address (else the first of `others`, of the same standard)."""
    own = [one for one in others if one.standard_id == version.standard_id]
    old = next((one for one in others if str(one.uuid) == asked.get("old")), own[0] if own else None)
    if old is None:
        return {"old": None, "changes": [], "total": 0}
    before, after = old.spec or spec_of(old), version.spec or spec_of(version)
    found = comparing.compare(before, after)
    kind, text = asked.get("kind", ""), asked.get("q", "").strip()
    shown = [one for one in found if kind not in comparing.WORDS or kind in one.kinds]
    return {
        "old": old,
        "kind": kind,
        "kinds": [(name, word, sum(name in one.kinds for one in found)) for name, word in comparing.WORDS.items()],
        "total": len(found),
        "changes": [one for one in shown if text in one.line.title or text in one.line.path],
        "settings": comparing.settings(before, after),
    }


def tryout(version: StandardVersion, asked: Mapping[str, str]) -> dict[str, Any]:
    """The sheet to fill, of type `t` at `places` places, and what it scores."""
    types = list(types_of(version).filter(archived_at__isnull=True))
    chosen = next((kind for kind in types if kind.code == asked.get("t")), None)
    wanted = key_of(asked.get("places")) or 1
    places = min(max(wanted, 1), trying.MOST_PLACES)
    found = trying.tried(version, chosen, places, asked)
    return {
        "types": types,
        "chosen": chosen,
        "places": places,
        "numbers": range(1, trying.MOST_PLACES + 1),
        "columns": range(1, places + 1),
        "marks": [*panels.MARKS.items()],
        "tried": found,
        "full": written(found.total.possible, found.total.digits) if found.total else "",
    }


def _compiled(row: Criterion) -> Any:
    standard, _ = panels.alone(row)
    return standard.criteria[0] if standard else None


def panel(version: StandardVersion, asked: Mapping[str, str]) -> dict[str, Any]:
    """The criterion (`c`) or indicator (`i`) of the address; without one the first criterion of the version."""
    if indicator := asked_indicator(version, asked):
        return {"indicator": indicator, "row": f"i{indicator.pk}"}
    rows = version.criteria.select_related("indicator").prefetch_related("place_types")
    pk = key_of(asked.get("c"))
    chosen = rows.order_by("indicator__position", "position").first() if pk is None else _or_404(rows, pk)
    if chosen is None:
        return {}
    shown = {"criterion": chosen, "row": f"c{chosen.pk}", "proposal": proposals.proposed(chosen)}
    return shown | {"rules": panels.rule_words(chosen), "trial": panels.trial(chosen, asked)}


def walk(version: StandardVersion, asked: Mapping[str, str]) -> dict[str, Any]:
    """Criteria whose rule is not decided: the one asked for (`c`), or the next after `after`, with its proposal."""
    rows, at = proposals.to_decide(version, key_of(asked.get("c")), key_of(asked.get("after")))
    chosen = rows[at] if rows else None
    return {
        "criterion": chosen,
        "number": at + 1,
        "count": len(rows),
        "proposal": proposals.proposed(chosen) if chosen else None,
        "seen": digest(chosen) if chosen else "",
        "alike": proposals.alike(chosen) if chosen else [],
    }


def asked_indicator(version: StandardVersion, asked: Mapping[str, str]) -> Indicator | None:
    """The indicator `i` of the address; None when it names none, 404 when it is not of this version."""
    pk = key_of(asked.get("i"))
    return None if pk is None else _or_404(version.indicators, pk)


def _or_404(rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
