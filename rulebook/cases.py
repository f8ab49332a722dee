"""Worked examples 计分例子: a rule, a standard or a composite, what was found, what must come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from rulebook.scoring import (
    SCORED,
    Answer,
    Answers,
    Frame,
    SpecError,
    Standard,
    SubjectResult,
    compile_standard,
    reduce,
    score,
    shown,
    written,
)
from rulebook.scoring.composing import Score, compile_composite, compose
from rulebook.scoring.entries import Entry, answers_of, judge
from rulebook.scoring.exact import decimal
from rulebook.scoring.standard import VOICE
from rulebook.scoring.tree import STATE_WORDS, Line

MARKS: Mapping[str, int] = {"未测": 0, "合格": 1, "不合格": 2, "缺项": 3}


@dataclass(frozen=True)
class Case:
    """One example: a standard as data, places, answers, and the expected score of each key.

    `data` is the example as written: its entries, and what else is expected (units, vetoes, remarks).
    """

    name: str
    spec: object
    places: tuple[tuple[object, str, object, str], ...]
    answers: tuple[tuple[object, ...], ...]
    expect: Mapping[str, object]
    refused: str
    data: Mapping[str, Any]


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
    rows = tuple(
        (key, value.get("type", "点位"), value.get("unit", "单位"), value.get("district", ""))
        for key, value in places.items()
    )
    first, spec = next(iter(places)), one.get("composite") or read_spec(one, shared)
    voices = list(spec.get("assessors") or ()) if isinstance(spec, Mapping) else []
    answers = tuple(row for answer in one.get("answers", ()) for row in read_answer(answer, first, voices))
    refused = str(one.get("refused", ""))
    return Case(str(one["name"]), spec, rows, answers, one.get("expect", {}), refused, one)


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


def read_answer(data: Mapping[str, Any], place: str, voices: Sequence[str] = ()) -> list[tuple[object, ...]]:
    """Read one answer; `value` is a measured value, `times` repeats it, `met` and `not_met` list standards.

    `assessor` names one of the standard's.
    """
    where, criterion = data.get("place", place), data.get("criterion", "c")
    voice = VOICE * voices.index(data["assessor"]) if "assessor" in data else 0
    if "met" in data or "not_met" in data:
        return [
            (where, criterion, voice + ordinal, mark, 0, 0)
            for mark, name in ((1, "met"), (2, "not_met"))
            for ordinal in data.get(name, ())
        ]
    count = int(decimal(data["value"]) * 1000) if "value" in data else int(data.get("count", 0))
    mark = MARKS[str(data.get("mark", "合格"))]
    row = (where, criterion, voice + int(data.get("ordinal", 0)), mark, count, int(data.get("base", 0)))
    return [row] * int(data.get("times", 1))


def said(line: Line, expected: str) -> str:
    """Write a score with as many places as expected, or its state, or whether a veto fell."""
    if line.role == "veto":
        return line.shown_got
    if line.state != SCORED:
        return STATE_WORDS[line.state]
    places = len(expected.partition(".")[2])
    if places == line.digits and line.published_got is not None:
        return shown(line.published_got, places)
    return written(line.got, places)


def read_entry(standard: Standard, data: Mapping[str, Any], place: object) -> Entry:
    """Read a dated entry; `level` names a level of honour or an event of a negative list."""
    key = str(data["criterion"])
    rule = standard.criteria[standard.number[key]].rules[0] if key in standard.number else None
    named = {one.label: one.ordinal for one in (*getattr(rule, "levels", ()), *getattr(rule, "severities", ()))}
    ordinal = named.get(data.get("level", ""), int(data.get("ordinal", 0)))
    on = Date.fromisoformat(str(data["date"]))
    approver = str(data.get("approver", "办公室"))
    return Entry(data.get("id"), data.get("place", place), key, ordinal, on, str(data.get("item", "")), approver)


def entered(case: Case, standard: Standard) -> tuple[list[Answer], list[str]]:
    """Return the answers that the entries of an example come to, and why others do not count."""
    rows = [read_entry(standard, one, case.places[0][0]) for one in case.data.get("entries", ())]
    if not rows:
        return [], []
    since = case.data.get("since")
    period = Date.fromisoformat(str(since)) if since else None
    verdicts = judge(standard, rows, Date.fromisoformat(str(case.data["as_of"])), period)
    return answers_of(standard, verdicts), [verdict.reason for verdict in verdicts if not verdict.counts]


def run_case(case: Case) -> list[str]:
    """Return what differs from what the example expects; nothing when it agrees."""
    composite = "composite" in case.data
    try:
        compiled = (compile_composite if composite else compile_standard)(case.spec)
    except SpecError as error:
        found = str(error)
        return [] if case.refused and case.refused in found else [f"体系不能用：{found}"]
    if case.refused:
        return [f"应当拒绝（{case.refused}），却接受了"]
    return composed(case) if composite else scored(case, compiled)  # type: ignore[arg-type]


def scored(case: Case, standard: Standard) -> list[str]:
    """Score the example and compare the whole, units, vetoes, remarks and entries with what is expected."""
    frame = Frame.of(case.places)
    answers, left_out = entered(case, standard)
    sums = reduce(standard, frame, Answers.of(standard, frame, [*case.answers, *answers]))
    result = score(standard, sums)
    differences = [f"第 {bad.row + 1} 条记录没有计入：{bad.reason}" for bad in sums.rejected]
    for key, expected in case.expect.items():
        differences += compare(result.whole, key, str(expected))
    for unit, wanted in case.data.get("units", {}).items():
        for key, expected in wanted.items():
            differences += [f"{unit}：{one}" for one in compare(result.units[unit], key, str(expected))]
    differences += contains("不计的登记", case.data.get("not_counted", ()), left_out)
    differences += contains("否决", case.data.get("barred", ()), [veto.words for veto in result.whole.vetoes])
    return differences + missing(case.data.get("says", ()), result.whole.remarks)


def composed(case: Case) -> list[str]:
    """Put the scores of the example together; a score is of 100 unless `of` says otherwise."""
    rows = {key: value if isinstance(value, Mapping) else {"got": value} for key, value in case.data["scores"].items()}
    scores = {
        key: Score(decimal(one["got"]), decimal(one.get("of", "100"))) if one.get("got") is not None else None
        for key, one in rows.items()
    }
    changes = {name: decimal(case.data.get(name, "0")) for name in ("bonus", "deduction")}
    found = compose(compile_composite(case.spec), scores, **changes, vetoes=tuple(case.data.get("vetoes", ())))
    expected = str(case.expect.get("total"))
    differences = [] if found.shown_got == expected else [f"total 应为 {expected}，算得 {found.shown_got}"]
    differences += contains("不参加排名", case.data.get("barred", ()), found.barred)
    return differences + missing(case.data.get("says", ()), found.remarks)


def contains(what: str, expected: Sequence[str], found: Sequence[str]) -> list[str]:
    """Compare sentences one by one with a few words expected of each."""
    same = len(expected) == len(found) and all(words in one for words, one in zip(expected, found, strict=True))
    return [] if same else [f"{what}应为 {'；'.join(expected) or '没有'}，得到 {'；'.join(found) or '没有'}"]


def missing(expected: Sequence[str], found: Sequence[str]) -> list[str]:
    """Return the words expected in some remark that stand in none."""
    lacking = [words for words in expected if not any(words in one for one in found)]
    return [f"注里没有“{words}”，只有 {'；'.join(found) or '没有'}" for words in lacking]


def compare(subject: SubjectResult, key: str, expected: str) -> list[str]:
    """Compare one line with what is expected of it."""
    line = subject.lines.get(key)
    got = "没有这一项" if line is None else said(line, expected)
    return [] if got == expected.replace("-", "−") else [f"{key} 应为 {expected}，算得 {got}"]
