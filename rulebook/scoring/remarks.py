"""What has to be said about a score 注: what was left out, renormalised, capped."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from rulebook.scoring.exact import plain, total
from rulebook.scoring.outcomes import Outcome, Pass
from rulebook.scoring.standard import TOTAL, Standard
from rulebook.scoring.tree import SCORED, UNTESTED, Line


def unexamined(standard: Standard, lines: Mapping[str, Line]) -> list[str]:
    """Say how many criteria were not examined, and how many have no place at all."""
    open_ = [one for one in lines.values() if one.kind == "criterion" and one.state == UNTESTED and not one.role]
    nowhere = sum(not line.expected for line in open_)
    said = []
    if len(open_) > nowhere and standard.untested == "renormalise":
        said.append(f"{len(open_) - nowhere} 条标准未测，不计 0 分，按同级折算")
    if nowhere:
        said.append(f"{nowhere} 条标准没有对应的点位，不计分")
    return said


def silent(standard: Standard, outcomes: Sequence[Outcome], subject: int) -> list[str]:
    """Say which assessors did not assess what others did, where they are weighed inside criteria."""
    if not standard.assessors or standard.weighs_assessors:
        return []
    missing: dict[int, int] = {}
    for outcome in outcomes:
        voices = [(one.assessor, one.rates[subject]) for one in outcome.voices]
        if any(rate is not None for _, rate in voices):
            for assessor, rate in voices:
                missing[assessor] = missing.get(assessor, 0) + (rate is None)
    labels = [label for label, _ in standard.assessors.values()]
    said = "，".join(f"{labels[one]} {count} 条" for one, count in sorted(missing.items()) if count)
    return [f"有的测评主体没有评，权重按已评的折算：{said}"] if said else []


def outside(standard: Standard, lines: Mapping[str, Line], root_bonus: Fraction) -> list[str]:
    """Say where bonuses met the cap, and which changes of an indicator found no score to change."""
    said = []
    total_line = lines[TOTAL]
    given = total(
        [root_bonus, *(lines[one.key].bonus for one in standard.criteria if one.to == TOTAL and one.key in lines)]
    )
    if total_line.state == SCORED and standard.bonus_cap is not None and given > standard.bonus_cap:
        said.append(f"加分合计 {plain(given)}，最多计 {plain(standard.bonus_cap)}")
    idle = sum(
        lines[one.key].got != 0 and lines[standard.parents[one.key]].state != SCORED
        for one in standard.criteria
        if one.to == "parent" and one.key in lines
    )
    return [*said, f"{idle} 条加减分所在的指标没有得分，不计"] if idle else said


def homeless(passed: Pass, subject: int) -> list[str]:
    """Say how many places have no district, where totals of districts are weighed."""
    if not passed.standard.districts:
        return []
    count = int(((passed.subject == subject) & (passed.district < 0)).sum())
    return [f"{count} 处点位不属于任何片区，不计入总分"] if count else []
