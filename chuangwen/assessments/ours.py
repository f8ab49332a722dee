"""What a round of ours found of the same things: by line of the standard, and by place type; live or as frozen."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import cached_property

import numpy as np

from chuangwen.inspections.models import Round
from chuangwen.places.models import PlaceType
from chuangwen.scores import live
from chuangwen.scores.inputs import compiled, frame_of, sums_of, visits_of
from chuangwen.scores.models import Run
from chuangwen.standards.entering import is_only_entered
from rulebook import scoring
from rulebook.scoring.result import SubjectResult
from rulebook.scoring.subjects import ITSELF
from rulebook.sides import Side


class Ours:
    """One round for some keys. Types go by the text of their database key, as theirs do. Four queries at most."""

    def __init__(self, round: Round, run: Run | None, keys: Collection[str]) -> None:
        self.round, self.run = round, run
        self.standard = compiled(round)
        known = {line.key: line for line in self.standard.lines}
        self.keys = [key for key in keys if key in known]
        self.frame = frame_of(visits_of(round))
        self.sums = sums_of(round, self.frame)
        types = PlaceType.objects.filter(tenant=round.tenant_id, code__in=list(self.frame.types))
        self.type_keys = {code: str(pk) for code, pk in types.values_list("code", "pk")}
        self.unpublished = [key for key in self.keys if run and not self.standard.publishes(known[key])]
        self.whole, self.types = self._sides()

    def _sides(self) -> tuple[dict[str, Side], dict[tuple[str, str], Side]]:
        """Of the frozen run what it keeps; a level it did not publish is worked out from the records."""
        if self.run is None:
            return self._live(self.keys)
        whole, types = self._live(self.unpublished) if self.unpublished else ({}, {})
        kept_whole, kept_types = self._kept(self.run)
        return {**whole, **kept_whole}, {**types, **kept_types}

    def _live(self, keys: Collection[str]) -> tuple[dict[str, Side], dict[tuple[str, str], Side]]:
        result = scoring.score(self.standard, self.sums)
        whole = {key: side for key in keys if (side := self._side(result.whole, key, ""))}
        types = {
            (key, self.type_keys[code]): side
            for code, subject in result.place_types.items()
            for key in keys
            if (side := self._side(subject, key, code))
        }
        return whole, types

    def _side(self, subject: SubjectResult, key: str, code: str) -> Side | None:
        line = scored_line(subject, key)
        return self._found(line.got, line.possible, key, code) if line else None

    def _found(self, got: Fraction, possible: Fraction, key: str, code: str) -> Side:
        """A side with its places; what is entered for units has none."""
        return Side(got, possible, self.places([key], code) if key in self.in_field else None)

    def _kept(self, run: Run) -> tuple[dict[str, Side], dict[tuple[str, str], Side]]:
        """The lines of a frozen run: its place types are numbered in the order of their codes."""
        codes, scale = sorted(run.names.get("type", {})), 10**run.digits
        rows = run.lines.filter(subject_kind__in=("whole", "type"), node_key__in=self.keys, got__isnull=False)
        whole, types = {}, {}
        for kind, number, key, got, possible in rows.values_list(
            "subject_kind", "subject_id", "node_key", "got", "possible"
        ):
            code = codes[number] if kind == "type" else ""
            if not possible or (code and code not in self.type_keys):
                continue
            side = self._found(Fraction(got, scale), Fraction(possible, scale), key, code)
            if code:
                types[key, self.type_keys[code]] = side
            else:
                whole[key] = side
        return whole, types

    @cached_property
    def _examined(self) -> Mapping[str, np.ndarray]:
        """By key, which places of the frame were examined for it."""
        seen = self.sums.data[0] > 0
        at = {}
        for number, criterion in enumerate(self.standard.criteria):
            slots = [self.standard.slot_of[number, ordinal] for ordinal in criterion.ordinals]
            at[criterion.key] = seen[slots].any(axis=0)
        wanted = set(self.keys)
        for line in self.standard.lines:
            if isinstance(line, scoring.Node) and line.key in wanted:
                below = [at[one.key] for one in line.walk() if isinstance(one, scoring.Criterion)]
                at[line.key] = np.logical_or.reduce(below) if below else np.zeros(seen.shape[1], dtype=bool)
        return at

    @cached_property
    def _type_of(self) -> np.ndarray:
        return np.array([place.place_type for place in self.frame.places], dtype=object)

    def places(self, keys: Collection[str], code: str = "") -> int:
        """How many places were examined for any of these keys, of one type or of all; units themselves are none."""
        found = [self._examined[key] for key in keys]
        if not found:
            return 0
        wanted = self._type_of == code if code else self._type_of != ITSELF
        return int((np.logical_or.reduce(found) & wanted).sum())

    def places_of_type(self, keys: Collection[str], type_key: str) -> int:
        """The same by the key of a type."""
        code = next((code for code, key in self.type_keys.items() if key == type_key), None)
        return self.places(keys, code) if code else 0

    @cached_property
    def in_field(self) -> frozenset[str]:
        """The keys behind which places stand: criteria not entered for units alone, and what holds one of them."""
        looked_at = [one for one in self.standard.criteria if not is_only_entered(one)]
        parents, found = self.standard.parents, set[str]()
        for key in (one.key for one in looked_at):
            while key and key not in found:
                found.add(key)
                key = parents.get(key, "")
        return frozenset(found)

    def at_places(self, places: Collection[int]) -> dict[int, SubjectResult]:
        """By place, what was found there: these places scored one by one."""
        if not places:
            return {}
        visits = visits_of(self.round).filter(place_id__in=list(places))
        result = live.scored(self.round, visits)
        return result.divided(place.key for place in result.sums.frame.places)  # type: ignore[return-value]


def scored_line(subject: SubjectResult, key: str) -> scoring.Line | None:
    """The line of a key, where anything of it was examined and could be got."""
    line = subject.lines.get(key)
    return line if line is not None and line.state == scoring.SCORED and line.possible else None
