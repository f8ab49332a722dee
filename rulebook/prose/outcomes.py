"""What a band or a checklist gives: a grade, points, full, nothing, a deduction, a share of the points."""

from dataclasses import dataclass
from fractions import Fraction

from rulebook.prose.parsing import Read, alt, meant, opt, seq, share_of, tag, word
from rulebook.prose.phrases import Doubt, Given, Rule, number, points, written

LETTERS = {"A": "1", "B": "0.6", "C": "0", "C#": "0"}
IN_WORDS = {"优秀": "1", "优": "1", "良好": "0.8", "良": "0.8", "中等": "0.6", "合格": "0.6", "不合格": "0", "差": "0"}
USUAL_SHARES = {**LETTERS, **IN_WORDS}


@dataclass(frozen=True)
class Outcome:
    """What is given: a `grade`, `points`, a `minus` from full, or a `share` of full; `full` and nothing are shares."""

    kind: str
    value: Fraction
    grade: str = ""

    @property
    def takes(self) -> bool:
        """Say whether it only takes from what would otherwise be full."""
        return self.kind == "minus" or (self.kind == "share" and self.value == 0)


GRADE = meant("grade", "grade", lambda token: token.text.rstrip("级等次档"))
OUTCOME_PARTS = seq(
    opt(word("fill")),
    alt(
        seq(opt(word("is")), GRADE),
        seq(word("get", "is"), points("points")),
        seq(number("points"), word("point")),
        meant("full", "share", lambda token: Fraction(1)),
        seq(word("is"), meant("full", "share", lambda token: Fraction(1))),
        seq(opt(word("own")), meant("zero", "share", lambda token: Fraction(0))),
        meant("spare", "share", lambda token: Fraction(1)),
        seq(word("minus"), points("minus")),
        seq(opt(word("get", "by")), meant("number", "share", share_of), opt(word("of")), word("value")),
        seq(word("get"), word("own", "value"), opt(word("of")), meant("number", "share", share_of)),
    ),
)


def outcome_of(read: Read) -> Outcome:
    """Return what an outcome phrase said."""
    (claim,) = [claim for claim in read.claims if claim.setting in ("grade", "points", "share", "minus")]
    if claim.setting == "grade":
        return Outcome("grade", Fraction(0), claim.value)
    return Outcome(claim.setting, claim.value)


OUTCOME = tag(OUTCOME_PARTS, "outcome", outcome_of)
ONLY_GRADE = tag(GRADE, "outcome", outcome_of)


def worth(outcome: Outcome, given: Given) -> Fraction:
    """Return the points an outcome gives."""
    if outcome.kind == "grade":
        if outcome.grade not in given.shares:
            raise Doubt(f"等次“{outcome.grade}”得分值的几成没有写")
        return given.shares[outcome.grade] * given.points
    value = {
        "points": outcome.value,
        "minus": given.points - outcome.value,
        "share": outcome.value * given.points,
    }[outcome.kind]
    if not 0 <= value <= given.points:
        raise Doubt(f"得分 {written(value)} 不在 0 到本项分值 {written(given.points)} 之间")
    return value


def graded(outcomes: list[Outcome], given: Given) -> tuple[Rule, list[str]]:
    """Return the settings `grades` (and `grades_in`) for some outcomes, and the label of each."""
    values = [worth(outcome, given) for outcome in outcomes]
    if len({outcome.kind == "grade" for outcome in outcomes}) > 1:
        raise Doubt("有的写等次，有的写分数")
    if outcomes[0].kind == "grade":
        labels = [outcome.grade for outcome in outcomes]
        return {"grades": {label: written(given.shares[label]) for label in labels}}, labels
    labels = [f"{written(value)}分" for value in values]
    return {"grades_in": "points", "grades": dict(zip(labels, map(written, values), strict=True))}, labels
