"""Composites 综合考评: scores of years, stages, linked systems or rounds put together into one, every part said.

Kinds 20 (years of a cycle 15/25/60, linked systems with a gate, stages) and 21 (term: mean, latest, best): parts with
weights, parts of parts. What is missing is said and never 0.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from rulebook.scoring.errors import Problem, SpecError
from rulebook.scoring.exact import largest_remainder, plain, rounded, shown, total
from rulebook.scoring.params import Params
from rulebook.scoring.ranking import Entry, Place, rank
from rulebook.scoring.result import SubjectResult
from rulebook.scoring.tree import SCORED

NOTHING, ONE = Fraction(0), Fraction(1)
TERMS = {"weighted": "按权重", "mean": "取平均", "latest": "取最近一次", "best": "取最好一次"}
EFFECTS = {"ineligible": "取消资格", "zero": "总分记 0 分"}


class Score(NamedTuple):
    """What a part came to: points got of so many possible, published with `digits`, and what bars the subject there."""

    got: Fraction
    possible: Fraction
    digits: int | None = None  # None: as many as the composite publishes
    barred: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of a composite; one with parts of its own is formed by its term, the others are scores given."""

    key: str
    label: str
    weight: Fraction
    points: Fraction
    gate: Fraction | None
    effect: str
    bars: bool  # a veto on the subject in this part is one on the whole
    term: str
    parts: "tuple[Part, ...]"

    def walk(self) -> "Iterator[Part]":
        """Yield this part and all below it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Composite:
    """A compiled composite. `published`: parts count as published, rounded; else exactly."""

    key: str
    title: str
    digits: int
    published: bool
    renormalise: bool
    bonus_cap: Fraction | None
    root: Part

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the keys of the parts whose scores are to be given."""
        return tuple(part.key for part in self.root.walk() if not part.parts)


class PartLine(NamedTuple):
    """One part as it counted: its rate (None: no result), its share of the total, and what it gave in points of it."""

    key: str
    label: str
    level: int
    rate: Fraction | None
    got: Fraction | None  # in its own points
    share: Fraction
    gave: Fraction


@dataclass(frozen=True)
class Composed:
    """A composed score. `got` is None where there is no result; `barred` says what takes the subject out of ranking."""

    got: Fraction | None
    possible: Fraction
    digits: int
    lines: tuple[PartLine, ...]
    barred: tuple[str, ...]
    remarks: tuple[str, ...]
    extras: tuple[tuple[str, Fraction], ...] = ()  # what came on top of the parts

    @property
    def published_got(self) -> int | None:
        """Return the published score × 10^digits."""
        return None if self.got is None else rounded(self.got, self.digits)

    @property
    def shown_got(self) -> str:
        """Write the score with its declared places, or that there is none."""
        return "未出分" if self.published_got is None else shown(self.published_got, self.digits)

    @property
    def rankable(self) -> bool:
        """Say whether the subject takes a rank."""
        return self.got is not None and not self.barred

    @property
    def explained(self) -> tuple[tuple[str, str], ...]:
        """Return the sum in words: what each part gave, what came on top, the total; amounts as shown add up to it."""
        if self.published_got is None:
            return ()
        parts = [line for line in self.lines if line.level == 1 and line.share]
        rows = [
            (f"{line.label} {plain(line.got or NOTHING)}，占 {plain(line.share * 100, 0)}%", line.gave)
            for line in parts
        ]
        rows += [(name, value) for name, value in self.extras if value]
        rest = (self.got or NOTHING) - total(value for _, value in rows)
        rows += [("低于 0 的部分不计" if rest > 0 else "总分记 0", rest)] if rest else []
        amounts = largest_remainder([value for _, value in rows], self.published_got, self.digits)
        said = [(name, shown(one, self.digits)) for (name, _), one in zip(rows, amounts, strict=True)]
        return (*said, ("总分", self.shown_got))


def read_part(params: Params, points: Fraction, found: list[Problem]) -> Part:
    """Take key, label, weight, points, gate with effect, and parts with their term."""
    key = params.text("key")
    params.key = key
    rows = params.rows("parts")
    own = params.positive("points", points)
    gate = params.number("gate", least="0") if params.has("gate") else None
    effect = params.choice("effect", EFFECTS, "ineligible") if gate is not None else ""
    if gate is not None and not 0 < gate <= own:
        found.append(Problem(key, f"“gate”要大于 0、不超过满分 {plain(own)}，现在是 {plain(gate)}"))
    named = params.choice("term", TERMS) if params.has("term") else ""
    if named and not rows:
        found.append(Problem(key, "没有“parts”，“term”不起作用"))
    term = (named or "weighted") if rows else ""
    if rows and params.has("bars"):
        found.append(Problem(key, "“bars”填在没有“parts”的部分"))
    bars = params.flag("bars") if params.has("bars") else True
    label, weight = params.text("label", key), params.number("weight", "1", least="0")
    params.finish()
    below = tuple(read_part(Params(key, row), own, found) for row in rows)
    found += weight_problems(key, term, rows, below)
    return Part(key, label, weight, own, gate, effect, bars, term, below)


def weight_problems(key: str, term: str, rows: Sequence[object], parts: Sequence[Part]) -> Iterator[Problem]:
    """Yield weights that are missing beside others, add up to nothing, or have no meaning under the term."""
    given = [isinstance(row, Mapping) and row.get("weight") is not None for row in rows]
    if term == "weighted" and any(given) and not all(given):
        yield Problem(key, "各部分的权重要么都填，要么都不填")
    elif term == "weighted" and not any(part.weight for part in parts):
        yield Problem(key, "各部分的权重合计不能为 0")
    elif term not in ("", "weighted") and any(given):
        yield Problem(key, f"{TERMS[term]}的，各部分不填权重")


def compile_composite(spec: object) -> Composite:
    """Compile a composite given as plain data (docs/formats/composite.md); SpecError names every fault and its part."""
    params = Params("综合考评", spec)
    key, title = params.text("key"), params.text("title", "")
    params.key = key
    settings = {
        "digits": params.whole("digits", 2, most=6),
        "published": params.choice("take", ("published", "exact"), "published") == "published",
        "renormalise": params.choice("missing", ("renormalise", "none"), "renormalise") == "renormalise",
        "bonus_cap": params.number("bonus_cap", least="0") if params.has("bonus_cap") else None,
    }
    found: list[Problem] = []
    top = {"key": key, "label": title, "parts": params.rows("parts"), "term": params.take("term")}
    points = params.positive("points", "100")
    params.finish()
    root = read_part(Params(key, top), points, found)
    if not root.parts:
        found.append(Problem(key, "下面没有“parts”"))
    keys = [part.key for part in root.walk()]
    found += [Problem(one, "编号用了两次") for one in dict.fromkeys(keys) if keys.count(one) > 1]
    if found:
        raise SpecError(*found)
    return Composite(key, title, root=root, **settings)  # type: ignore[arg-type]


def shares_of(part: Part, rates: Sequence[Fraction | None]) -> list[Fraction]:
    """Return what each part of a part counts, over those that have a result."""
    known = [i for i, rate in enumerate(rates) if rate is not None]
    if part.term == "latest":
        known = known[-1:]
    elif part.term == "best":
        known = sorted(known, key=lambda i: rates[i] or NOTHING, reverse=True)[:1]
    weights = [one.weight if part.term == "weighted" else ONE for one in part.parts]
    whole = total(weights[i] for i in known)
    return [weights[i] / whole if i in known and whole else NOTHING for i in range(len(rates))]


@dataclass(frozen=True)
class Composer:
    """Works one subject out, part by part from the leaves up."""

    composite: Composite
    scores: Mapping[str, Score | None]

    @cached_property
    def rates(self) -> Mapping[str, Fraction | None]:
        """Return the rate of every part; None where it has no result."""
        found: dict[str, Fraction | None] = {}
        for part in reversed(list(self.composite.root.walk())):
            found[part.key] = self.formed(part, [found[one.key] for one in part.parts])
        return found

    def rate(self, part: Part) -> Fraction | None:
        """Return the rate of a part."""
        return self.rates[part.key]

    def formed(self, part: Part, rates: Sequence[Fraction | None]) -> Fraction | None:
        """Form the rate of a part from those below it, or from the score given."""
        if not part.parts:
            score = self.scores.get(part.key)
            possible = self.taken(score.possible, score.digits) if score else NOTHING
            return self.taken(score.got, score.digits) / possible if score and possible else None
        shares = shares_of(part, rates)
        missed = any(rate is None and one.weight for rate, one in zip(rates, part.parts, strict=True))
        if not any(shares) or (missed and part.term in ("weighted", "mean") and not self.composite.renormalise):
            return None
        rate = total(share * rate for share, rate in zip(shares, rates, strict=True) if rate is not None)
        return self.taken(rate * part.points) / part.points if part is not self.composite.root else rate

    def taken(self, got: Fraction, given: int | None = None) -> Fraction:
        """Return points as they count: published, with the digits of their part, or exact."""
        digits = self.composite.digits if given is None else given
        return Fraction(rounded(got, digits), 10**digits) if self.composite.published else got

    def got(self, part: Part) -> Fraction | None:
        """Return what a part came to in its own points."""
        rate, score = self.rate(part), self.scores.get(part.key)
        if rate is None:
            return None
        return rate * (score.possible if score and not part.parts else part.points)

    def lines(self, part: Part, share: Fraction, level: int = 0) -> Iterator[PartLine]:
        """Yield a part and all below it with what they counted of the total."""
        rate = self.rate(part)
        gave = share * (rate or NOTHING) * self.composite.root.points
        yield PartLine(part.key, part.label, level, rate, self.got(part), share, gave)
        rates = [self.rate(one) for one in part.parts]
        shares = shares_of(part, rates) if rate is not None else [NOTHING] * len(rates)
        for one, inner in zip(part.parts, shares, strict=True):
            yield from self.lines(one, share * inner, level + 1)

    def fallen(self) -> Iterator[tuple[Part, str]]:
        """Yield the parts whose gate is not reached, with the words for it."""
        for part in self.composite.root.walk():
            got = self.got(part)
            if part.gate is not None and got is not None and got < part.gate:
                yield part, f"{part.label} {plain(got)}，不到 {plain(part.gate)}，{EFFECTS[part.effect]}"

    def remarks(self) -> Iterator[str]:
        """Say what is missing, and what a term left aside."""
        for part in self.composite.root.walk():
            missing = [one for one in part.parts if self.rate(one) is None]
            names = "、".join(one.label for one in missing)
            if missing and self.rate(part) is not None and part.term in ("weighted", "mean"):
                yield f"{names}还没有结果，不计 0 分，按其余折算"
            elif missing and part.term in ("weighted", "mean"):
                yield f"{names}还没有结果，先不出分"
            if part.term in ("latest", "best") and self.rate(part) is not None:
                shares = shares_of(part, [self.rate(one) for one in part.parts])
                taken = next(one for one, share in zip(part.parts, shares, strict=True) if share)
                yield f"{part.label}{TERMS[part.term]}：{taken.label}"
            lines = "、".join(one.label for one in missing if one.gate is not None)
            if lines:
                yield f"{lines}有最低线，没有结果，资格未定"


def compose(
    composite: Composite,
    scores: Mapping[str, Score | None],
    *,
    bonus: Fraction = NOTHING,
    deduction: Fraction = NOTHING,
    vetoes: Sequence[str] = (),
) -> Composed:
    """Put the scores of one subject together; `scores` by key of the part, None where there is none yet.

    bonus, deduction: points on top of the whole, the bonus at most the cap; vetoes: words of what bars the subject.
    """
    known = {part.key: part for part in composite.root.walk() if not part.parts}
    if strange := [key for key in scores if key not in known]:
        raise ValueError(f"no such part: {strange}")
    composer, root = Composer(composite, scores), composite.root
    rate, fallen = composer.rate(root), list(composer.fallen())
    got = None if rate is None else rate * root.points
    remarks = list(composer.remarks())
    extras: tuple[tuple[str, Fraction], ...] = ()
    if got is not None:
        cap = composite.bonus_cap
        given = bonus if cap is None else min(bonus, cap)
        remarks += [f"加分合计 {plain(bonus)}，最多计 {plain(given)}"] if given < bonus else []
        extras = (("加分", given), ("扣分", -deduction))
        got = max(got + given - deduction, NOTHING)
        got = NOTHING if any(part.effect == "zero" for part, _ in fallen) else got
    told = [(known[key], f"{known[key].label}：{words}") for key, one in scores.items() if one for words in one.barred]
    barred = (
        *(words for part, words in fallen if part.effect == "ineligible"),
        *(words for part, words in told if part.bars),
        *vetoes,
    )
    remarks += [words for part, words in told if not part.bars]
    remarks += [words for part, words in fallen if part.effect == "zero"]
    lines = tuple(composer.lines(root, ONE))
    return Composed(got, root.points, composite.digits, lines, barred, tuple(remarks), extras)


def score_of(result: SubjectResult | Composed) -> Score | None:
    """Return a result of a standard, or of another composite, as the score of a part; None where there is none."""
    if isinstance(result, Composed):
        return None if result.got is None else Score(result.got, result.possible, result.digits, result.barred)
    line = result.total
    if line.state != SCORED:
        return None
    return Score(line.got, line.possible, line.digits, (result.barred,) if result.barred else ())


def compose_all(
    composite: Composite, scores: Mapping[str, Mapping[Hashable, Score | None]], **extras: Mapping[Hashable, Any]
) -> dict[Hashable, Composed]:
    """Compose every subject of any part, in order of first appearance; scores by part, then by subject.

    extras: bonus, deduction, vetoes of `compose`, by subject.
    """
    subjects = dict.fromkeys(subject for part in composite.wanted for subject in scores.get(part, ()))
    return {
        subject: compose(
            composite,
            {part: found.get(subject) for part, found in scores.items()},
            **{name: values[subject] for name, values in extras.items() if subject in values},
        )
        for subject in subjects
    }


def rank_all(
    found: Mapping[Hashable, Composed],
    *,
    groups: Mapping[Hashable, object] | None = None,
    competitors: Mapping[object, Iterable[int]] | None = None,
    last: int = 0,
) -> list[Place]:
    """Rank composed totals inside groups, as published; who is barred or has no total takes no rank, with the words."""
    entries = [
        Entry(key, one.published_got, group=(groups or {}).get(key, ""), barred="；".join(one.barred))
        for key, one in found.items()
    ]
    return rank(entries, competitors=competitors, last=last)
