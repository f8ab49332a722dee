"""What is wrong with a standard, said before anything is scored by it."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One fault: the key of the criterion, node or setting it was found in, and a sentence for its author."""

    key: str
    message: str


class SpecError(ValueError):
    """A standard 测评体系 that cannot be compiled; `problems` names every fault found, `key` the first."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        self.key = problems[0].key
        self.message = problems[0].message
        super().__init__("；".join(f"{p.key}：{p.message}" for p in problems))


def refuse(key: str, message: str) -> SpecError:
    """Return the error of a single fault."""
    return SpecError(Problem(key, message))
