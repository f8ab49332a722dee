"""Draws scored whole by the engine itself: slow and exact, where a score cannot be taken apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from rulebook.forecast.drawing import Draws
from rulebook.forecast.ground import Kind
from rulebook.forecast.values import found, put_right
from rulebook.scoring.columns import Ints, View
from rulebook.scoring.marking import mark_clean
from rulebook.scoring.outcomes import Pass, outcome, work_out
from rulebook.scoring.result import SubjectResult
from rulebook.scoring.standard import VOICE, Standard
from rulebook.scoring.sums import Frame, Sums
from rulebook.scoring.tree import SCORED

COLUMNS = 1 << 15  # places × draws scored at once
OUTSIDE = ("bonus", "veto")  # nothing there is a finding to be put right


@dataclass(frozen=True)
class Drawn(Sums):
    """The sums of places of a round, each as often as it was drawn; read criterion by criterion."""

    source: Sums = field(kw_only=True)
    chosen: Ints = field(kw_only=True)

    def view(self, standard: Standard, criterion: int, ordinals: Iterable[int], places: Ints) -> View:
        """Return the columns of some ordinals of a criterion at some places."""
        every = np.arange(len(self.source.frame.places))
        return View(self.source.view(standard, criterion, ordinals, every).data[:, :, self.chosen[places]])


def mended(standard: Standard, sums: Sums) -> Sums:
    """Return the sums with every finding put right."""
    data, every = sums.data.copy(), np.arange(len(sums.frame.places))
    changed = Sums(sums.frame, data)
    for number, criterion in enumerate(standard.criteria):
        for assessor in criterion.assessors if criterion.role not in OUTSIDE else ():
            for rule in criterion.rules:
                ordinals = [VOICE * assessor + ordinal for ordinal in rule.ordinals]
                view = changed.view(standard, number, ordinals, every)
                cells = found(rule, view)
                short = (cells.valid & (cells.num < cells.den * cells.size).astype(np.bool_)) | cells.marked
                clean = put_right(rule, view, short | (rule.nominal(view) > 0).astype(np.bool_))
                data[:, [standard.slot_of[number, ordinal] for ordinal in ordinals]] = clean.data
    return changed


@dataclass(frozen=True)
class Engine:
    """The standard with the sums as seen and as mended, clean places marked in both."""

    standard: Standard
    kinds: tuple[Kind, ...]
    sums: Sums

    @cached_property
    def seen(self) -> Sums:
        """Return the sums as seen."""
        return mark_clean(self.standard, self.sums)

    @cached_property
    def both(self) -> Sums:
        """Return the places as seen, then the same places mended."""
        right = mark_clean(self.standard, mended(self.standard, self.sums))
        places = self.seen.frame.places
        return Sums(Frame((*places, *places)), np.concatenate([self.seen.data, right.data], axis=2))

    @cached_property
    def possible(self) -> Fraction:
        """Return what is possible over all places seen."""
        places = [place for kind in self.kinds for place in kind.places.tolist()]
        subject = np.where(np.isin(np.arange(len(self.seen.frame.places)), places), 0, -1)
        return SubjectResult("", work_out(self.standard, self.seen, subject, 1), 0).total.possible

    def totals(self, draws: Draws, right: int | None = None) -> list[float]:
        """Return the total of every draw, the findings of one type put right; not a number where there is none."""
        size = max(some.shape[1] for some in draws)
        at_once = max(1, COLUMNS // max(1, sum(some.shape[0] for some in draws)))
        starts = range(0, size, at_once)
        return [total for start in starts for total in self.part(draws, right, start, min(start + at_once, size))]

    def part(self, draws: Draws, right: int | None, start: int, end: int) -> list[float]:
        """Score some of the draws, each a subject of one pass."""
        count, number, rows = end - start, len(self.seen.frame.places), []
        for i, (kind, some) in enumerate(zip(self.kinds, draws, strict=True)):
            wide = np.broadcast_to(some, (some.shape[0], max(some.shape[1], end)))
            rows.append(kind.places[wide[:, start:end]] + number * (i == right))
        chosen = np.concatenate(rows).reshape(-1)
        subject = np.tile(np.arange(count), chosen.size // count)
        source = self.seen if right is None else self.both
        frame = Frame(tuple(source.frame.places[place] for place in chosen.tolist()))
        marked = self.standard.clean and self.standard.districts  # only then the columns are read otherwise
        data = source.data[:, :, chosen] if marked else source.data[:, :0, :0]
        drawn = Drawn(frame, data, source=source, chosen=chosen)
        outcomes = tuple(outcome(self.standard, drawn, i, subject, count) for i in range(len(self.standard.criteria)))
        passed = Pass(self.standard, drawn, subject, count, outcomes)
        lines = (SubjectResult("", passed, i).total for i in range(count))
        return [float(line.got) if line.state == SCORED else np.nan for line in lines]
