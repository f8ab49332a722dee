"""Worked examples 计分例子: a rule or a standard, a few answers, what must come of them; differences out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rulebook.scoring import (
    SCORED,
    Answers,
    Frame,
    SpecError,
    SubjectResult,
    compile_standard,
    reduce,
    score,
    shown,
    written,
)
from rulebook.scoring.exact import decimal
from rulebook.scoring.tree import STATE_WORDS, Line

MARKS: Mapping[str, int] = {"未测": 0, "合格": 1, "不合格": 2, "缺项": 3}


@dataclass(frozen=True)
class Case:
    """One example: a standard as data, places, answers, and the expected score of each key."""

    name: str
    spec: object
    places: tuple[tuple[object, str, object], ...]
    answers: tuple[tuple[object, ...], ...]
    expect: Mapping[str, object]
    refused: str


def load_cases(data: object) -> list[Case]:
    """Read the examples of a file (a list under `cases`); a lone `rule` becomes a standard of one criterion."""
    if not isinstance(data, Mapping) or not isinstance(data.get("cases"), Sequence):
        raise ValueError("文件里要有 cases 列表")
    return [read_case(one, data) for one in data["cases"]]


def read_case(one: Mapping[str, Any], shared: Mapping[str, Any]) -> Case:
    """Read one example; what it does not say is taken from the file."""
    places = {**shared.get("places", {}), **one.get("places", {})}
    if not places:
        places = {"点位1": {}}
    rows = tuple((key, value.get("type", "点位"), value.get("unit", "单位")) for key, value in places.items())
    first = next(iter(places))
    answers = tuple(row for answer in one.get("answers", ()) for row in read_answer(answer, first))
    refused = str(one.get("refused", ""))
    return Case(str(one["name"]), read_spec(one, shared), rows, answers, one.get("expect", {}), refused)


def read_spec(one: Mapping[str, Any], shared: Mapping[str, Any]) -> object:
    """Return the standard of an example: whole, or of one criterion with the points and rule given."""
    if "standard" in one or "rule" not in one:
        return one.get("standard", shared.get("standard"))
    kinds = sorted({str(place.get("type", "点位")) for place in one.get("places", {}).values()} | {"点位"})
    criterion = {"key": "c", "points": one.get("points"), "rule": one["rule"]}
    types = {**dict.fromkeys(kinds, ""), **one.get("place_types", {})}
    return {
        "key": "例子",
        "digits": one.get("digits", 4),
        "place_types": types,
        "nodes": [{"key": "n", "criteria": [criterion]}],
    }


def read_answer(data: Mapping[str, Any], place: str) -> list[tuple[object, ...]]:
    """Read one answer; `value` is a measured value, `times` repeats it, `met` and `not_met` list standards."""
    where, criterion = data.get("place", place), data.get("criterion", "c")
    if "met" in data or "not_met" in data:
        return [
            (where, criterion, ordinal, mark, 0, 0)
            for mark, name in ((1, "met"), (2, "not_met"))
            for ordinal in data.get(name, ())
        ]
    count = int(decimal(data["value"]) * 1000) if "value" in data else int(data.get("count", 0))
    mark = MARKS[str(data.get("mark", "合格"))]
    row = (where, criterion, int(data.get("ordinal", 0)), mark, count, int(data.get("base", 0)))
    return [row] * int(data.get("times", 1))


def said(line: Line, expected: str) -> str:
    """Write a score with as many places as expected, or its state."""
    if line.state != SCORED:
        return STATE_WORDS[line.state]
    places = len(expected.partition(".")[2])
    if places == line.digits and line.published_got is not None:
        return shown(line.published_got, places)
    return written(line.got, places)


def run_case(case: Case) -> list[str]:
    """Return what differs from what the example expects; nothing when it agrees."""
    try:
        standard = compile_standard(case.spec)
    except SpecError as error:
        found = str(error)
        return [] if case.refused and case.refused in found else [f"体系不能用：{found}"]
    if case.refused:
        return [f"应当拒绝（{case.refused}），却接受了"]
    frame = Frame.of(case.places)
    sums = reduce(standard, frame, Answers.of(standard, frame, case.answers))
    result = score(standard, sums)
    differences = [f"第 {bad.row + 1} 条记录没有计入：{bad.reason}" for bad in sums.rejected]
    for key, expected in case.expect.items():
        differences += compare(result.whole, key, str(expected))
    return differences


def compare(subject: SubjectResult, key: str, expected: str) -> list[str]:
    """Compare one line with what is expected of it."""
    line = subject.lines.get(key)
    got = "没有这一项" if line is None else said(line, expected)
    return [] if got == expected.replace("-", "−") else [f"{key} 应为 {expected}，算得 {got}"]
