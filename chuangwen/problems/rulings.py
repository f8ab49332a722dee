"""What deciding an objection 裁定异议 means where the problem came from: apps above register what they know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms

from chuangwen.organisations.models import Person
from chuangwen.problems.models import Problem


@dataclass(frozen=True)
class Follows:
    """What follows for the record when another unit is made responsible, when it is no problem, when the objection is
    rejected: sentences."""

    moved: tuple[str, ...]
    wrong: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass
class Behind:
    """The record behind a problem, as the office reads it before deciding.

    right: what the record should have said; None where nothing is left to correct. uphold: takes the step together with
    what follows, given as to problems.actions.take_step. say: works out what is read; nothing of it where a step is
    taken, which must not wait for a score.
    """

    right: forms.Form | None
    uphold: Callable[..., Problem]
    say: Callable[[], Follows]

    @cached_property
    def follows(self) -> Follows:
        return self.say()


@dataclass(frozen=True)
class Mended:
    """The record behind a problem has been corrected: as what it stands, why, its page; kept: why the problem goes on
    all the same, empty while nobody decided."""

    mark: str
    reason: str
    url: str
    kept: str


Look = Callable[[Person, Problem, Mapping[str, Any] | None], Behind | None]
_looks: dict[str, Look] = {}
_mended: dict[str, Callable[[Person, Problem], Mended | None]] = {}


def register(source_kind: str, look: Look) -> None:
    """Called in AppConfig.ready; look(person, problem, what was sent or None)."""
    _looks[source_kind] = look


def behind(person: Person, problem: Problem, sent: Mapping[str, Any] | None = None) -> Behind | None:
    """None for a problem without a record of ours: imported, typed in."""
    look = _looks.get(problem.source_kind)
    return look(person, problem, sent) if look else None


def register_mended(source_kind: str, look: Callable[[Person, Problem], Mended | None]) -> None:
    """Called in AppConfig.ready."""
    _mended[source_kind] = look


def mended(person: Person, problem: Problem) -> Mended | None:
    """None while the record behind the problem says what it said, and for whoever is no office of it."""
    look = _mended.get(problem.source_kind)
    return look(person, problem) if look else None
