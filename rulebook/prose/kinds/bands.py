"""分档: A＞85%，B＞80%，C≤80%; 85%以上（含）得5分，…; 80%≤B＜90%; 低于60%的不得分."""

from fractions import Fraction

from rulebook.prose.ends import CHAINED, ENDS, QUANTITY, WAY, Side, chained_sides
from rulebook.prose.intervals import Band, Cut, Line, lined_up, one_by_one
from rulebook.prose.outcomes import ONLY_GRADE, OUTCOME, Outcome, graded, worth
from rulebook.prose.parsing import CLAUSE, Read, alt, many, opt, run, seq, tag, word
from rulebook.prose.phrases import (
    CLOSING,
    LEAD,
    SEPARATOR,
    Doubt,
    Given,
    Rule,
    Understood,
    last_words,
    several,
    value_name,
    written,
)

NAME = run(CLAUSE, "name")
REST = tag(
    alt(
        seq(word("else"), opt(word("comma", "colon")), OUTCOME),
        seq(ONLY_GRADE, opt(word("colon", "is")), word("else")),
        seq(word("not"), opt(word("comma")), OUTCOME),
    ),
    "rest",
    lambda read: read.first("outcome"),
)


def band_of(read: Read) -> tuple[Outcome, list[Side]]:
    """Return the outcome of a band and its sides."""
    return read.first("outcome"), read.first("sides")


def chained_band(read: Read) -> tuple[Outcome, list[Side]] | None:
    """Return 80%≤B＜90%, the grade in the middle."""
    sides = chained_sides(read)
    return (read.first("outcome"), sides) if sides else None


BAND = alt(
    tag(seq(ONLY_GRADE, opt(word("colon", "is", "list", "comma")), opt(NAME), ENDS), "band", band_of),
    tag(seq(ENDS, opt(word("of")), opt(word("comma", "colon")), OUTCOME), "band", band_of),
    tag(seq(CHAINED, opt(word("of")), opt(word("comma", "colon")), OUTCOME), "band", band_of),
    tag(seq(QUANTITY, WAY, ONLY_GRADE, WAY, QUANTITY), "band", chained_band),
)
ITEM = seq(opt(NAME), BAND)
GRAMMAR = seq(LEAD, ITEM, many(seq(SEPARATOR, ITEM)), opt(SEPARATOR, REST), CLOSING)


def same_quantity(read: Read) -> None:
    """Doubt bands that name different things."""
    bands = [claim for claim in read.claims if claim.setting == "band"]
    names = [claim for claim in read.claims if claim.setting == "name"]
    found = ["".join(n.value for n in names if n.end == b.start or b.start <= n.start < b.end) for b in bands]
    first, *more = [name.rstrip("在达为是到应的于") for name in found]
    first = last_words(read) + first if first else value_name(read)
    if any(name and not first.endswith(name) for name in more):
        raise Doubt("几档说的不是同一个数")
    if several(first):
        raise Doubt("说的不止一个数")


def unit_of(bands: list[tuple[Outcome, list[Side]]]) -> str:
    """Return the one unit of all ends."""
    units = {side.unit for _, sides in bands for side in sides}
    if len(units) > 1:
        raise Doubt("几档的单位不同")
    return units.pop()


def banded(outcome: Outcome, sides: list[Side]) -> Band:
    """Put the sides of a band in their places."""
    ends = {side.side: side.end for side in sides}
    return Band(outcome, ends.get("low"), ends.get("high"))


def line_of(read: Read, unit: str) -> Line:
    """Work out which band every value falls into."""
    found = read.values("band")
    bands = [banded(outcome, sides) for outcome, sides in found]
    rest: Outcome | None = read.first("rest")
    if rest is None and all(outcome.takes for outcome, _ in found):
        if one_by_one(unit) and any(outcome.kind == "minus" for outcome, _ in found):
            raise Doubt("没有写是扣一次，还是每一个都扣")
        if len(found) > 1 and sum(1 for band in bands if band.low is None or band.high is None) > 1:
            raise Doubt("几档都扣分的，写的范围有重叠")
        return lined_up(bands, unit, Outcome("share", Fraction(1)))
    return lined_up(bands, unit, rest, stated=rest is not None)


def edge(cut: Cut, higher: bool) -> Rule:
    """Write the one end of a band that counts."""
    if higher:
        return {"from" if cut.uppers else "above": written(cut.low)}
    return {"to" if cut.lowers else "below": written(cut.high)}


def build(read: Read, given: Given) -> Understood:
    """Make bands from the best to the worst, each with the one end that counts; the last is the rest."""
    same_quantity(read)
    unit = unit_of(read.values("band"))
    line = line_of(read, unit)
    points = [worth(band.outcome, given) for band in line.bands]
    higher = points == sorted(points)
    if not (higher or points == sorted(points, reverse=True)):
        raise Doubt("数值更好反而得分更低")
    if len({band.outcome for band in line.bands}) < len(points) or len(set(points)) == 1:
        raise Doubt("有两档得分相同")
    best_first, cuts = (line.bands[::-1], line.cuts[::-1]) if higher else (line.bands, line.cuts)
    settings, labels = graded([band.outcome for band in best_first], given)
    rows: list[Rule] = [{"grade": label, **edge(cut, higher)} for label, cut in zip(labels[:-1], cuts, strict=True)]
    rule: Rule = {
        "kind": "bands",
        "value": "measure",
        "suffix": unit,
        "better": "higher" if higher else "lower",
        **settings,
        "bands": rows,
        "else": labels[-1],
    }
    open_ = ["value", *(["grades"] if "grades_in" not in settings else [])]
    return Understood(rule, tuple(open_))
