"""Kind 12: scale 换算: the value of another result falls into a band, the band gives points on this scale.

The bands lie side by side, half-open, without gaps or overlaps; what lies outside all of them has `else_points`.
Pattern: 100 分不扣，[95, 100) 扣 1 分，[90, 95) 扣 2 分 …，80 分以下扣 5 分.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from rulebook.scoring.exact import plain
from rulebook.scoring.kinds.bands import TESTS, Band, Bands, Test, check_monotone, read_tests, samples
from rulebook.scoring.kinds.base import Frame, Rule
from rulebook.scoring.kinds.grades import Grade
from rulebook.scoring.kinds.values import read_better, read_value
from rulebook.scoring.params import Params


@dataclass(frozen=True, kw_only=True)
class Scale(Bands):
    """Bands whose grades are points."""

    name: ClassVar[str] = "scale"
    label: ClassVar[str] = "换算"
    endless: ClassVar[frozenset[str]] = frozenset({"bonus", "deduction"})

    def earned(self, grade: Grade) -> str:
        """Say the points."""
        return f"换算为 {grade.label}"

    def describe(self) -> str:
        """Say the bands in their order."""
        bands = "，".join(f"{' 且 '.join(map(str, band.tests))} 为 {band.grade.label}" for band in self.bands)
        return f"{self.value.word}：{bands}，其余为 {self.otherwise.label}"


def read_grade(params: Params, frame: Frame, name: str) -> Grade:
    """Take points, between the floor and the full points, as a grade; of a deduction below 0, of a bonus above."""
    points = params.number(name)
    if frame.role == "deduction" and (points > 0 or (frame.capped and -points > frame.points)):
        raise params.error(f"“{name}”填了 {plain(points, 0)}：扣分的换算填 0 或负数，最多扣到“points”")
    if frame.role == "bonus" and (points < 0 or (frame.capped and points > frame.points)):
        raise params.error(f"“{name}”填了 {plain(points, 0)}：加分的换算填 0 或正数，最多加到“points”")
    if not frame.role and not frame.floor * frame.points <= points <= frame.points:
        raise params.error(f"“{name}”填了 {plain(points, 0)}，超出了最低分到满分的范围（低于 0 的，请填“floor”）")
    taken = frame.points if frame.role == "deduction" else 0  # a deduction is what is short of the full rate
    return Grade(f"{plain(points)} 分", (taken + points) / frame.points, False)


def read_bands(params: Params, frame: Frame) -> list[Band]:
    """Take the bands."""
    found = []
    for row in params.rows("bands"):
        one = Params(params.key, row)
        found.append(Band(read_grade(one, frame, "points"), read_tests(one), ()))
        one.finish()
    if not found:
        raise params.error("缺少“bands”")
    return found


def held(value: Fraction, tests: tuple[Test, ...]) -> bool:
    """Say whether a value lies in a band."""
    return all(TESTS[test.word][0](value, test.line) for test in tests)


def check_seams(params: Params, bands: list[Band], ends: bool) -> None:
    """Refuse overlaps, gaps between bands, and ends that nothing covers (`ends`: else_points covers them)."""
    covered = [sum(held(value, band.tests) for band in bands) for value in samples(bands)]
    if max(covered) > 1:
        raise params.error("换算的各档有重叠：一个数只能落在一档里，界限写成 from（含）到 below（不含）")
    first, last = covered.index(1), len(covered) - covered[::-1].index(1)
    if 0 in covered[first:last]:
        raise params.error("换算的各档之间有空档：上一档的界限就是下一档的界限，一档含、一档不含")
    if (first > 0 or last < len(covered)) and not ends:
        raise params.error("有的数不在任何一档里，请填“else_points”")
    if ends and first == 0 and last == len(covered):
        raise params.error("各档已经把所有的数都包括了，“else_points”用不上")


def compile_rule(params: Params, frame: Frame) -> Rule:
    """Read value, times, suffix as in `bands`; bands [{points, above/from/below/to}], else_points, better."""
    if not frame.points:
        raise params.error("换算的分值要大于 0")
    own, value, bands = params.whole("ordinal", 0, most=999), read_value(params, frame), read_bands(params, frame)
    ends = params.has("else_points")
    worst = min((band.grade for band in bands), key=lambda grade: grade.rate)
    otherwise = read_grade(params, frame, "else_points") if ends else worst
    higher = read_better(params, value)
    if any(held_nowhere(band) for band in bands):
        raise params.error("有一档的界限自相矛盾，没有一个数落得进去")
    check_seams(params, bands, ends)
    return Scale(
        frame=frame,
        value=value,
        bands=tuple(bands),
        otherwise=otherwise,
        own=(own,),
        best_value=check_monotone(params, bands, otherwise, higher=higher),
        higher=higher,
    )


def held_nowhere(band: Band) -> bool:
    """Say whether no value lies in a band."""
    return not any(held(value, band.tests) for value in samples([band]))
