"""Score from the command line: the only part of the rulebook that opens files.

python -m rulebook score standard.yaml answers.csv    total, tree, losses and why
python -m rulebook test cases.yaml ...                 worked examples, each with what it must give
"""

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from rulebook.cases import Case, load_cases, run_case
from rulebook.scoring import (
    SCORED,
    Answers,
    Frame,
    Result,
    SpecError,
    compile_standard,
    place_losses,
    reason,
    reduce,
    score,
    written,
)

COLUMNS = ("place", "place_type", "unit", "criterion", "ordinal", "mark", "count", "base")


def read_answers(path: Path) -> list[Mapping[str, str]]:
    """Read a CSV file with the columns place, place_type, unit, criterion, ordinal, mark, count, base."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS[:4] if name not in (reader.fieldnames or ())]
        if missing:
            raise SystemExit(f"{path.name} 缺少列：{'、'.join(missing)}")
        return list(reader)


def rows_of(rows: Sequence[Mapping[str, str]]) -> list[tuple[object, ...]]:
    """Return answers by key; an empty number is 0."""
    try:
        return [(row["place"], row["criterion"], *(int(row.get(name) or 0) for name in COLUMNS[4:])) for row in rows]
    except ValueError as error:
        raise SystemExit(f"序号、结果、数量、基数都要填整数：{error}") from None


def print_result(result: Result) -> None:
    """Print the tree, then for every criterion with a loss where it lies and why."""
    for line in result.lines.values():
        width = "  " * line.level
        print(
            f"{width}{line.key} {line.label}{line.name}  {line.shown_got} / {written(line.full, line.digits)}"
            f"  已测 {line.examined}/{line.expected}"
        )
    for remark in result.whole.remarks:
        print(f"注：{remark}")
    for criterion in result.standard.criteria:
        line = result.lines[criterion.key]
        if line.state == SCORED and line.lost:
            print(f"\n{criterion.key} {criterion.label} 失分 {written(line.lost, line.digits)}")
            for part in reason(result.whole, criterion.key).lines:
                print(f"    {part.text}  {part.shown}")
            for place, lost in place_losses(result.whole, criterion.key).items():
                print(f"      {place}  {written(lost, line.digits)}")


def run_score(standard_path: Path, answers_path: Path) -> int:
    """Score a file of answers; return 1 when some were left out."""
    try:
        standard = compile_standard(yaml.safe_load(standard_path.read_text(encoding="utf-8")))
    except SpecError as error:
        for problem in error.problems:
            print(f"{problem.key}：{problem.message}", file=sys.stderr)
        return 2
    rows = read_answers(answers_path)
    frame = Frame.of({row["place"]: (row["place"], row["place_type"], row["unit"]) for row in rows}.values())
    sums = reduce(standard, frame, Answers.of(standard, frame, rows_of(rows)))
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command and do it."""
    parser = argparse.ArgumentParser(prog="rulebook", description="测评体系试算")
    commands = parser.add_subparsers(dest="command", required=True)
    scoring = commands.add_parser("score", help="用一份测评体系给一份记录计分")
    scoring.add_argument("standard", type=Path)
    scoring.add_argument("answers", type=Path)
    testing = commands.add_parser("test", help="跑计分例子，看结果是否相符")
    testing.add_argument("cases", type=Path, nargs="+")
    given = parser.parse_args(arguments)
    return run_tests(given.cases) if given.command == "test" else run_score(given.standard, given.answers)


if __name__ == "__main__":
    sys.exit(main())
