"""Ours and theirs side by side 与我们的结果对照: by indicator, by place type, by both, by inspecting team."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from django.db.models import QuerySet

from chuangwen.assessments.models import SCALE, Assessment, Result
from chuangwen.assessments.ours import Ours, scored_line
from chuangwen.assessments.queries import Tree
from chuangwen.inspections.models import Round, Visit
from chuangwen.places.models import PlaceType
from chuangwen.scores.inputs import visits_of
from chuangwen.scores.models import Run
from rulebook.sides import FEW, Pair, Scored, Side, added, gathered, pooled

UNKNOWN = "?"  # before what they call a type that is none of ours
BY = {"node": "按指标", "type": "按点位类型", "both": "按指标和点位类型", "team": "按督导组"}
SORTS = {"apart": "相差大的在前", "tree": "按体系的次序"}
NO_TEAM = "没有分组"
MOST_NAMED = 3
SIDES = ("ours", "theirs")


@dataclass(frozen=True)
class Place:
    """A place both looked at, with our visit."""

    name: str
    visit: Visit


@dataclass(frozen=True)
class Row:
    """One thing as both found it. key, type_id: what of ours it is; reasons: what they wrote."""

    pair: Pair
    verdict: str
    key: str = ""
    label: str = ""
    name: str = ""
    is_criterion: bool = False
    type_id: str = ""
    type_name: str = ""
    team: str = ""
    reasons: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    order: int = 0
    remark: str = ""
    only: tuple[str, ...] = ()  # types our number is of, where not of all

    @property
    def apart(self) -> Fraction | None:
        return self.pair.apart


@dataclass
class Comparison:
    """An assessment beside one round, live or as frozen in `run`."""

    assessment: Assessment
    round: Round
    run: Run | None = None

    @cached_property
    def rows(self) -> list[Result]:
        """Their rows that stand for something of ours."""
        return list(self.assessment.results.exclude(node_key="").order_by("position", "id"))

    @cached_property
    def tree(self) -> Tree:
        return Tree(self.assessment.version_id)

    @cached_property
    def keys(self) -> list[str]:
        """What they scored, in the order of our standard."""
        named = {row.node_key for row in self.rows}
        return [key for key in self.tree.nodes if key in named]

    @cached_property
    def leaves(self) -> set[str]:
        """Of these, those with none below: they can be added without counting anything twice."""
        inner = {above for key in self.keys for above in self.tree.nodes[key].above}
        return set(self.keys) - inner

    @cached_property
    def ours(self) -> Ours:
        return Ours(self.round, self.run, self.keys)

    @cached_property
    def theirs(self) -> tuple[dict[str, Side], dict[tuple[str, str], Side]]:
        return gathered([_scored(row) for row in self.rows if row.got is not None])

    @property
    def threshold(self) -> Fraction:
        return Fraction(self.assessment.threshold, 1000)

    @cached_property
    def type_names(self) -> dict[str, str]:
        """The types they speak of, by the key used here."""
        found = {row.place_type_id for row in self.rows if row.place_type_id}
        names = {str(pk): name for pk, name in PlaceType.objects.filter(pk__in=found).values_list("pk", "name")}
        strange = {type_of(row): row.type_text for row in self.rows if row.type_text and not row.place_type_id}
        return names | strange

    def by(self, way: str) -> list[Row]:
        """The rows of one way to look at it, in the order of the standard."""
        ways = {"node": self._by_node, "type": self._by_type, "both": self._by_both, "team": self._by_team}
        return list(ways[way]())

    def _by_node(self) -> Iterator[Row]:
        for order, key in enumerate(self.keys):
            only = self._only_types(key)
            ours = pooled(self.ours.types[key, kind] for kind in only) if only else self.ours.whole.get(key)
            row = self._row(key, "", Pair(ours, self.theirs[0].get(key)), order)
            yield replace(row, only=only, remark=self._only_said(only)) if only else row

    def _only_said(self, only: Sequence[str]) -> str:
        names = "、".join(self.type_names[kind] for kind in only[:MOST_NAMED])
        return f"只比他们看过的{names}" + (f"等 {len(only)} 类点位" if len(only) > MOST_NAMED else "")

    @cached_property
    def _scored_types(self) -> dict[str, set[str]]:
        """By key, the types they scored; '' for a score of no type."""
        found: dict[str, set[str]] = {key: set() for key in self.keys}
        for row in self.rows:
            if row.got is not None:
                found[row.node_key].add(type_of(row))
        return found

    def _only_types(self, key: str) -> tuple[str, ...]:
        """The types a key is compared by where they looked at some of ours only; empty where at all or not said."""
        spoken, seen = self._scored_types[key], {kind for at, kind in self.ours.types if at == key}
        if "" in spoken or not spoken & seen or seen <= spoken:
            return ()
        return tuple(sorted(spoken & seen))

    def _by_both(self) -> Iterator[Row]:
        spoken = dict.fromkeys((row.node_key, type_of(row)) for row in self.rows if type_of(row))
        at = {key: order for order, key in enumerate(self.keys)}
        for key, kind in sorted(spoken, key=lambda one: (at[one[0]], self.type_names[one[1]])):
            yield self._row(key, kind, Pair(self.ours.types.get((key, kind)), self.theirs[1].get((key, kind))), at[key])

    def _row(self, key: str, kind: str, pair: Pair, order: int) -> Row:
        node = self.tree.nodes[key]
        return Row(
            pair=pair,
            verdict=pair.verdict(self.threshold, by_places=key in self.ours.in_field),
            key=key,
            label=node.label,
            name=node.name,
            is_criterion=node.is_criterion,
            type_id="" if kind.startswith(UNKNOWN) else kind,
            type_name=self.type_names.get(kind, ""),
            reasons=tuple(self._reasons[key, kind]),
            order=order,
            remark="" if key in self.ours.keys else "本轮的体系里没有这一条",
        )

    @cached_property
    def _reasons(self) -> dict[tuple[str, str], list[str]]:
        """What they wrote of a key, at a type or anywhere; each once."""
        found: dict[tuple[str, str], list[str]] = {}
        for row in self.rows:
            text = f"{row.place_text}：{row.reason}" if row.place_text and row.reason else row.reason
            for at in {(row.node_key, ""), (row.node_key, type_of(row))}:
                known = found.setdefault(at, [])
                known += [text] if text and text not in known else []
        return found

    def _by_type(self) -> Iterator[Row]:
        """By type, over what both examined there: nothing is compared with what the other did not look at."""
        for order, (kind, name) in enumerate(sorted(self.type_names.items(), key=lambda one: one[1])):
            spoken = [key for key in self.leaves if (key, kind) in self.theirs[1]]
            both = [key for key in spoken if (key, kind) in self.ours.types]
            theirs = added(self.theirs[1][key, kind] for key in both or spoken)
            ours = added(self.ours.types[key, kind] for key in both)
            pair = Pair(
                ours and Side(ours.got, ours.possible, self.ours.places_of_type(both, kind)),
                theirs and Side(theirs.got, theirs.possible, self._their_places(set(both or spoken), kind)),
            )
            verdict = pair.verdict(self.threshold)
            strange = kind.startswith(UNKNOWN)
            remark = "没有对上我们的点位类型" if strange else f"双方都测的 {len(both)} 条"
            type_id = "" if strange else kind
            yield Row(pair, verdict, type_id=type_id, type_name=name, order=order, remark=remark)

    def _their_places(self, keys: set[str], kind: str) -> int | None:
        """How many places of a type they name for these keys, or the most they say they looked at."""
        rows = [row for row in self.rows if row.node_key in keys and type_of(row) == kind and row.got is not None]
        named = {row.place_text for row in rows if row.place_text}
        said = max((row.places or 0 for row in rows), default=0)
        return max(len(named), said) or None

    def counted(self, rows: Sequence[Row]) -> list[Row]:
        """What of these rows is added up: examined by both, and of a branch only what has nothing of theirs below."""
        return [row for row in rows if row.apart is not None and (not row.key or row.key in self.leaves)]

    def _by_team(self) -> Iterator[Row]:
        """By team, over the places both looked at and what both examined there; always from the records of today."""
        spoken = [row for row in self.rows if row.place_id and row.got is not None and row.node_key in self.leaves]
        visits = {visit.place_id: visit for visit in self._visits({row.place_id for row in spoken})}
        found = self.ours.at_places(visits)
        teams: dict[tuple[str, int], list[tuple[Result, Side]]] = {}
        for row in spoken:
            there = found.get(row.place_id)
            line = scored_line(there, row.node_key) if there else None
            if line:
                side = Side(line.got, line.possible)
                team = visits[row.place_id].team
                teams.setdefault((team.name if team else NO_TEAM, team.pk if team else 0), []).append((row, side))
        for order, ((name, _), pairs) in enumerate(sorted(teams.items())):
            yield self._team(name, pairs, visits, order)

    def _visits(self, places: set[int]) -> QuerySet[Visit]:
        rows = visits_of(self.round).filter(place_id__in=places)
        return rows.select_related("place", "team")

    def _team(self, name: str, pairs: Sequence[tuple[Result, Side]], visits: dict[int, Visit], order: int) -> Row:
        keys = dict.fromkeys(row.place_id for row, _ in pairs)
        ours = added(side for _, side in pairs)
        theirs = added(Side(*_points(row)) for row, _ in pairs)
        count = len(keys)
        pair = Pair(ours and Side(ours.got, ours.possible, count), theirs and Side(theirs.got, theirs.possible, count))
        places = tuple(Place(visits[key].place.name, visits[key]) for key in keys if key)
        return Row(pair, pair.verdict(self.threshold), team=name, places=places, order=order)


def total(rows: Sequence[Row]) -> Pair:
    """Rows examined by both, added up; how many places that makes is not known."""
    ours, theirs = (
        [Side(one.got, one.possible) for row in rows if (one := getattr(row.pair, whose))] for whose in SIDES
    )
    return Pair(added(ours), added(theirs))


def type_of(row: Result) -> str:
    """The key a type goes by: its own, or what they call it."""
    if row.place_type_id:
        return str(row.place_type_id)
    return f"{UNKNOWN}{row.type_text}" if row.type_text else ""


def _points(row: Result) -> tuple[Fraction, Fraction]:
    return Fraction(row.got or 0, 10**SCALE), Fraction(row.possible, 10**SCALE)


def _scored(row: Result) -> Scored:
    return Scored(row.node_key, type_of(row), row.place_text, *_points(row), row.places)


def sorted_rows(rows: Sequence[Row], sort: str) -> list[Row]:
    """By the order of the standard, or the largest difference first: what has none, or only few places, after."""
    if sort == "tree":
        return sorted(rows, key=lambda row: row.order)
    return sorted(rows, key=lambda row: (row.apart is None, row.verdict == FEW, -abs(row.apart or 0), row.order))
