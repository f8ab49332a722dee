"""Score from the command line: the only part of the rulebook that opens files.

python -m rulebook score standard.yaml answers.csv    total, tree, losses and why
python -m rulebook test cases.yaml ...                 worked examples, each with what it must give
python -m rulebook read "每处扣0.5分" --points 5        the rule in a text, and what of it was not understood
"""

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from rulebook.cases import Case, load_cases, run_case
from rulebook.prose import PARTIAL, UNDERSTOOD, read
from rulebook.scoring import (
    SCORED,
    Answers,
    Frame,
    Line,
    Result,
    SpecError,
    Standard,
    SubjectResult,
    compile_standard,
    place_losses,
    reason,
    reduce,
    score,
    written,
)
from rulebook.scoring.exact import plain
from rulebook.scoring.standard import VOICE

COLUMNS = ("place", "place_type", "unit", "criterion", "ordinal", "mark", "count", "base")


def read_answers(path: Path) -> list[Mapping[str, str]]:
    """Read a CSV file with the columns COLUMNS, and where needed assessor and district."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS[:4] if name not in (reader.fieldnames or ())]
        if missing:
            raise SystemExit(f"{path.name} 缺少列：{'、'.join(missing)}")
        return list(reader)


def rows_of(standard: Standard, rows: Sequence[Mapping[str, str]]) -> list[tuple[object, ...]]:
    """Return answers by key; an empty number is 0, an empty assessor the first."""
    voices, found = list(standard.assessors), []
    for row in rows:
        voice = row.get("assessor") or ""
        if voice and voice not in voices:
            raise SystemExit(f"体系里没有测评主体“{voice}”")
        try:
            ordinal, *rest = (int(row.get(name) or 0) for name in COLUMNS[4:])
        except ValueError as error:
            raise SystemExit(f"序号、结果、数量、基数都要填整数：{error}") from None
        found.append((row["place"], row["criterion"], ordinal + VOICE * (voices.index(voice) if voice else 0), *rest))
    return found


def print_result(result: Result) -> None:
    """Print the tree, what makes the total, then for every criterion with a loss or bonus where it lies and why."""
    for line in result.lines.values():
        print(f"{'  ' * line.level}{line.key} {line.label}{line.name}  {worth(line)}")
    print_total(result.whole)
    for criterion in result.standard.criteria:
        line = result.lines[criterion.key]
        if line.state == SCORED and (line.lost or line.bonus):
            word = {"bonus": "加分", "deduction": "扣分"}.get(line.role, "失分")
            print(f"\n{criterion.key} {criterion.label} {word} {written(line.lost or line.bonus, line.digits)}")
            for part in reason(result.whole, criterion.key).lines:
                print(f"    {part.text}  {part.shown}")
            for place, lost in place_losses(result.whole, criterion.key).items():
                print(f"      {place}  {written(abs(lost), line.digits)}")


def worth(line: Line) -> str:
    """Write a line's score of its full points and how much was examined; what stands outside them with its sign."""
    if not line.role:
        return f"{line.shown_got} / {written(line.full, line.digits)}  已测 {line.examined}/{line.expected}"
    return f"{line.shown_got}{f'（最多 {written(line.full, line.digits)}）' if line.full else ''}"


def print_total(whole: SubjectResult) -> None:
    """Print methods, assessors and districts, bonuses and deductions, vetoes and remarks."""
    total, digits = whole.total, whole.total.digits
    for name, parts in (("测评方法", whole.methods), ("测评主体", whole.assessors), ("片区", whole.districts)):
        for part in parts:
            got = part.line.shown_got if part.line else "未测"
            print(f"{name} {part.label}  权重 {plain(part.weight, 0)}，计 {plain(part.counted * 100, 0)}%  {got}")
    if total.bonus or total.taken:
        lost = f"应得 {written(total.possible, digits)}，失分和扣分 {written(total.lost, digits)}"
        print(f"{lost}，加分 {written(total.bonus, digits)}，得 {total.shown_got}")
    for veto in whole.vetoes:
        print(f"否决：{veto.words}")
    for remark in whole.remarks:
        print(f"注：{remark}")


def run_score(standard_path: Path, answers_path: Path) -> int:
    """Score a file of answers; return 1 when some were left out."""
    try:
        standard = compile_standard(yaml.safe_load(standard_path.read_text(encoding="utf-8")))
    except SpecError as error:
        for problem in error.problems:
            print(f"{problem.key}：{problem.message}", file=sys.stderr)
        return 2
    rows = read_answers(answers_path)
    places = {row["place"]: (row["place"], row["place_type"], row["unit"], row.get("district") or "") for row in rows}
    frame = Frame.of(places.values())
    sums = reduce(standard, frame, Answers.of(standard, frame, rows_of(standard, rows)))
    print_result(score(standard, sums))
    for bad in sums.rejected:
        print(f"第 {bad.row + 2} 行没有计入：{bad.reason}", file=sys.stderr)
    return 1 if sums.rejected else 0


def run_tests(paths: Sequence[Path]) -> int:
    """Run worked examples; return 1 when one of them gives something else."""
    wrong = 0
    for path in paths:
        cases: list[Case] = load_cases(yaml.safe_load(path.read_text(encoding="utf-8")))
        for case in cases:
            differences = run_case(case)
            wrong += bool(differences)
            print(f"{'不符' if differences else '相符'}  {path.stem}：{case.name}")
            for difference in differences:
                print(f"      {difference}")
    return 1 if wrong else 0


def run_read(text: str, points: str) -> int:
    """Print the rule proposed for a text and the text with its marks; return 1 when it was not understood."""
    try:
        reading = read(text, points)
    except ValueError:
        raise SystemExit(f"分值要填小数，现在是“{points}”") from None
    print({UNDERSTOOD: f"已识别：{reading.label}", PARTIAL: "未识别（只读懂一部分）"}.get(reading.status, "未识别"))
    signs = {"setting": "【{}】", "unread": "〈{}？〉"}
    print("".join(signs.get(span.role, "{}").format(text[span.start : span.end]) for span in reading.spans))
    if reading.rule is not None:
        print(yaml.safe_dump(reading.rule, allow_unicode=True, sort_keys=False), end="")
    for note in reading.notes:
        print(f"注：{note}")
    return 0 if reading.rule is not None else 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command and do it."""
    parser = argparse.ArgumentParser(prog="rulebook", description="测评体系试算")
    commands = parser.add_subparsers(dest="command", required=True)
    scoring = commands.add_parser("score", help="用一份测评体系给一份记录计分")
    scoring.add_argument("standard", type=Path)
    scoring.add_argument("answers", type=Path)
    testing = commands.add_parser("test", help="跑计分例子，看结果是否相符")
    testing.add_argument("cases", type=Path, nargs="+")
    reading = commands.add_parser("read", help="从一段文字读出规则")
    reading.add_argument("text")
    reading.add_argument("--points", required=True, help="本项分值")
    given = parser.parse_args(arguments)
    if given.command == "read":
        return run_read(given.text, given.points)
    return run_tests(given.cases) if given.command == "test" else run_score(given.standard, given.answers)


if __name__ == "__main__":
    sys.exit(main())
