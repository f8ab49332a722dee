"""The context of the page 与我们对照: what was asked for in the address, and what is shown for it in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from chuangwen.assessments import queries
from chuangwen.assessments.comparing import BY, SORTS, Comparison, Row, sorted_rows, total
from chuangwen.assessments.forms import ThresholdForm
from chuangwen.assessments.models import Assessment
from chuangwen.base.ids import key_of, uuid_of
from chuangwen.base.templatetags.words import NBSP
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Person
from chuangwen.scores.models import Run
from rulebook import scoring
from rulebook.sides import ALIKE, FEW, LENIENT, STRICT, UNSEEN_BY_THEM, UNSEEN_BY_US, WORDS, Side

DIGITS = 2
SHOWN = 500  # rows on the page; the export has them all
REASONS_SHOWN = 5
TABS = {
    "all": "全部",
    LENIENT: WORDS[LENIENT],
    STRICT: WORDS[STRICT],
    ALIKE: WORDS[ALIKE],
    FEW: WORDS[FEW],
    "unseen": "一方未测",
}


@dataclass(frozen=True)
class Asked:
    """The address: which round, as frozen or as it stands; how listed; what of it."""

    rounds: Sequence[Round]
    comparison: Comparison | None
    by: str
    sort: str
    tab: str
    top: str
    kind: int | None
    words: str

    @classmethod
    def of(cls, person: Person, assessment: Assessment, query: Mapping[str, str]) -> "Asked":
        by, sort, tab = query.get("by", ""), query.get("sort", ""), query.get("tab", "")
        rounds = list(queries.rounds_for(person, assessment))
        found = _chosen(rounds, assessment, query.get("round", ""))
        return cls(
            rounds=rounds,
            comparison=Comparison(assessment, *found) if found else None,
            by=by if by in BY else "node",
            sort=sort if sort in SORTS else "apart",
            tab=tab if tab in TABS else "all",
            top=query.get("top", ""),
            kind=key_of(query.get("type")),
            words=query.get("q", "").strip(),
        )

    def rows(self) -> tuple[list[Row], list[Row]]:
        """(of every verdict, of the one asked for), sorted."""
        if self.comparison is None:
            return [], []
        every = [row for row in self.comparison.by(self.by) if self._holds(self.comparison, row)]
        every = sorted_rows(every, self.sort)
        return every, [row for row in every if self.tab == "all" or tab_of(row) == self.tab]

    def _holds(self, comparison: Comparison, row: Row) -> bool:
        node = comparison.tree.nodes.get(row.key)
        under = not self.top or node is None or self.top in (node.key, *node.above)
        of_type = not self.kind or self.by not in ("type", "both") or row.type_id == str(self.kind)
        said = (row.label, row.name, row.type_name, row.team, *row.reasons)
        return under and of_type and (not self.words or any(self.words in text for text in said))


def _chosen(rounds: Sequence[Round], assessment: Assessment, text: str) -> tuple[Round, Run | None] | None:
    """The round named as uuid or uuid.number of a frozen run; without one, that held nearest to the assessment."""
    uuid, _, number = text.partition(".")
    wanted = uuid_of(uuid)
    found = next((one for one in rounds if one.uuid == wanted), None)
    if found is None and not text and rounds:
        found = min(rounds, key=lambda one: abs((one.starts_on - assessment.held_on).days))
        number = "last"
    if found is None:
        return None
    runs = found.runs.filter(got__isnull=False).order_by("-number")
    run = runs.first() if number == "last" else runs.filter(number=key_of(number) or 0).first()
    return found, run


def tab_of(row: Row) -> str:
    return "unseen" if row.verdict in (UNSEEN_BY_US, UNSEEN_BY_THEM) else row.verdict


def compare_page(person: Person, assessment: Assessment, query: Mapping[str, str]) -> dict[str, Any]:
    """Everything the page shows."""
    asked = Asked.of(person, assessment, query)
    every, rows = asked.rows()
    found = asked.comparison
    terms = queries.terms_of(assessment)
    counts = Counter(tab_of(row) for row in every)
    page = {
        "assessment": assessment,
        "asked": asked,
        "round": found.round if found else None,
        "run": found.run if found else None,
        "choices": _choices(asked.rounds),
        "chosen": _value(found.round, found.run) if found else "",
        "ways": BY,
        "sorts": SORTS,
        "tabs": [(key, label, len(every) if key == "all" else counts[key]) for key, label in TABS.items()],
        "rows": [shown(row, found) for row in rows[:SHOWN]] if found else [],
        "more": max(0, len(rows) - SHOWN),
        "waiting": sum(one.is_open for one in terms),
        "terms": len(terms),
        "strange": len(queries.strange_types(assessment)),
        "threshold": tenths(assessment.threshold),
        "form": ThresholdForm(initial={"threshold": tenths(assessment.threshold)}),
        "as_of": timezone.now(),
        "said": said(asked),
    }
    return page | (_more(found, asked.top, rows) if found else {})


def _more(found: Comparison, top: str, rows: Sequence[Row]) -> dict[str, Any]:
    """The sums, what can be chosen, and what is to be known of the numbers."""
    counted = found.counted(rows)
    sums = total(counted)
    nodes = found.tree.nodes
    tops = dict.fromkeys((nodes[key].above or (key,))[0] for key in found.keys)
    tops |= {top: None} if top in nodes else {}
    types = sorted((name, key) for key, name in found.type_names.items() if key.isdigit())
    return {
        "total": {"ours": side(sums.ours), "theirs": side(sums.theirs), "apart": apart(sums.apart)},
        "counted": len(counted),
        "tops": [(key, nodes[key].said) for key in tops],
        "kinds": [(int(key), name) for name, key in types],
        "unpublished": len(found.ours.unpublished),
        "other_version": found.round.version_id != found.assessment.version_id,
    }


def _choices(rounds: Sequence[Round]) -> list[tuple[str, str]]:
    """Every round, as it stands and as it was frozen: one query."""
    runs: dict[int, list[Run]] = {}
    for run in Run.objects.filter(round__in=rounds, got__isnull=False).order_by("-number"):
        runs.setdefault(run.round_id, []).append(run)
    found = []
    for one in rounds:
        found += [(_value(one, run), f"{one.name}（第 {run.number} 次定分）") for run in runs.get(one.pk, ())]
        found.append((_value(one, None), f"{one.name}（现在的记录）"))
    return found


def _value(round: Round, run: Run | None) -> str:
    return f"{round.uuid}.{run.number}" if run else str(round.uuid)


def tenths(value: int) -> str:
    """Tenths of a percentage point as written: 50 → 5, 25 → 2.5."""
    return f"{value // 10}.{value % 10}" if value % 10 else str(value // 10)


def side(one: Side | None) -> dict[str, str]:
    """A side in words; nothing where it was not examined."""
    if one is None:
        return {}
    return {
        "got": scoring.shown(scoring.rounded(one.got, DIGITS), DIGITS),
        "possible": scoring.shown(scoring.rounded(one.possible, DIGITS), DIGITS),
        "rate": f"{scoring.shown(scoring.rounded(one.rate * 100, DIGITS), DIGITS)}%",
        "places": "" if one.places is None else f"{one.places}{NBSP}处",
    }


def apart(value: Fraction | None) -> str:
    """A difference in percentage points with its sign."""
    if value is None:
        return ""
    text = scoring.shown(scoring.rounded(value * 100, DIGITS), DIGITS)
    return f"+{text}" if value > 0 else text


def shown(row: Row, found: Comparison) -> dict[str, Any]:
    """A row in words, with the addresses of what is behind its numbers."""
    theirs = {"node": row.key, "type": row.type_id}
    asked = urlencode({name: value for name, value in theirs.items() if value})
    return {
        "row": row,
        "ours": side(row.pair.ours),
        "theirs": side(row.pair.theirs),
        "apart": apart(row.apart),
        "verdict": WORDS[row.verdict],
        "our_records": _records(row, found),
        "their_rows": f"{reverse('assessments:assessment', args=[found.assessment.uuid])}?{asked}" if asked else "",
        "reasons": row.reasons[:REASONS_SHOWN],
        "more_reasons": max(0, len(row.reasons) - REASONS_SHOWN),
    }


def _records(row: Row, found: Comparison) -> str:
    """The score page of the round, opened at this line and type; of several types, this page with one row for each."""
    if len(row.only) > 1:
        asked = {"by": "both", "top": row.key, "round": _value(found.round, found.run)}
        return f"?{urlencode(asked)}"
    kind = row.type_id or "".join(row.only)
    asked = {"type": kind, "criterion" if row.is_criterion else "node": row.key}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('scores:round', args=[found.round.uuid])}?{query}" if query else ""


def said(asked: Asked) -> str:
    """What a list is of, for the sheet beside it and the head on paper."""
    found = asked.comparison
    if found is None:
        return ""
    of_run = f"第 {found.run.number} 次定分" if found.run else f"按 {timezone.localtime():%Y-%m-%d %H:%M} 的记录"
    parts = [
        f"{found.assessment.name}与{found.round.name}对照（{of_run}）",
        BY[asked.by],
        TABS[asked.tab] if asked.tab != "all" else "",
        f"相差 {tenths(found.assessment.threshold)} 个百分点以内算相近",
        f"含“{asked.words}”" if asked.words else "",
    ]
    return " · ".join(filter(None, parts))
