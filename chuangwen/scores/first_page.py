"""The context of the page 先改哪些: what was asked for in the address, and what is shown for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from chuangwen.base.ids import key_of
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Person
from chuangwen.problems.queries import Row, rows_of
from chuangwen.scores import queries
from chuangwen.scores.first import BY, Look, Trial, grouped, look_of, opened
from chuangwen.scores.moved import moved

SHOWN = 200  # lines on the page; the export has them all
MOST_PLANNED = 50


@dataclass(frozen=True)
class Asked:
    """The address: whose problems, listed how, which are ticked, how many are to be planned."""

    look: Look
    by: str
    ticked: Sequence[str]
    budget: int

    @classmethod
    def of(cls, person: Person, round: Round, query: QueryDict) -> "Asked | None":
        look = look_of(person, round, key_of(query.get("unit")))
        by = query.get("by", "")
        known = by in BY and (by != "leader" or (look is not None and look.whole))
        budget = min(key_of(query.get("n")) or 0, MOST_PLANNED)
        return cls(look, by if known else "problem", query.getlist("k"), budget) if look else None

    @property
    def tabs(self) -> Mapping[str, str]:
        """The ways to list; by leader only for whoever sees all areas."""
        return BY if self.look.whole else {key: label for key, label in BY.items() if key != "leader"}

    @property
    def problems(self) -> list[int] | None:
        """The keys of the problems ticked; None where groups are, whose problems are not known yet."""
        keys = [key_of(key.removeprefix("p")) for key in self.ticked]
        return [key for key in keys if key is not None] if self.by == "problem" else None

    def trial(self) -> Trial:
        return Trial(self.look, grouped(self.look, opened(self.look), self.by))


def first_page(person: Person, round: Round, query: QueryDict) -> dict[str, Any] | None:
    """The list with what is ticked and what then moves; None when the address names a unit not theirs to see."""
    asked = Asked.of(person, round, query)
    if asked is None:
        return None
    trial = asked.trial()
    slow = trial.is_slow
    worths = [] if slow else trial.worths()
    shown = worths[:SHOWN]
    firsts = [worth.one.problem for worth in shown] if asked.by == "problem" else []
    steps = _steps(trial, asked.budget) if asked.by == "problem" and not slow else []
    ticked = [row.key for step in steps for row in step["rows"]] or list(asked.ticked)
    return {
        "round": round,
        "look": asked.look,
        "by": asked.by,
        "tabs": asked.tabs,
        "rows": [(worth, row) for worth, row in zip(shown, _as_listed(person, firsts, len(shown)), strict=True)],
        "count": len(worths),
        "problems": len({row.key for members in trial.groups.members.values() for row in members}),
        "slow": slow,
        "steps": steps,
        "budget": asked.budget or "",
        "most_planned": MOST_PLANNED,
        "ticked": set(ticked),
        "moved": moved(asked.look, trial.groups.picked(ticked)),
        "run": queries.latest_run(round) if asked.look.whole else None,
        "as_of": timezone.now(),
    }


def moved_part(person: Person, round: Round, query: QueryDict) -> dict[str, Any] | None:
    """Only what moves with what is ticked: the part of the page that is replaced with every tick."""
    asked = Asked.of(person, round, query)
    if asked is None:
        return None
    groups = grouped(asked.look, opened(asked.look, asked.problems), asked.by)
    return {"round": round, "look": asked.look, "moved": moved(asked.look, groups.picked(asked.ticked))}


def _as_listed(person: Person, problems: Sequence[Any], lines: int) -> list[Row | None]:
    """Problems with their deadlines, as the ledger lists them; nothing for groups."""
    return list(rows_of(person.tenant_id, list(problems))) if problems else [None] * lines


def _steps(trial: Trial, budget: int) -> list[dict[str, Any]]:
    return [{"rows": rows, "gain": gain, "total": total} for rows, gain, total in trial.plan(budget)] if budget else []


def said(asked: Asked) -> str:
    """What a list is of, for the sheet beside it: it cannot be told from the lines."""
    unit = asked.look.unit
    return " · ".join(
        [
            asked.look.round.name,
            unit.name if unit else ("全部单位" if asked.look.whole else "看得到的单位"),
            BY[asked.by],
            f"按 {timezone.localtime(timezone.now()):%Y-%m-%d %H:%M} 的记录试算",
            "各行能多得的分相加，不等于一起改能多得的分",
        ]
    )
