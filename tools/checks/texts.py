"""Every tracked file: nothing left for later, no address of a package registry, no path of somebody's machine."""

import re

from tools.checks.tree import File, Tree

WORD = "".join  # so that this file does not hold what it looks for
LATER = re.compile(r"\b(?:" + "|".join([WORD(["TO", "DO"]), WORD(["FIX", "ME"]), WORD(["XX", "X"])]) + r")\b")
SKIPPED = re.compile(r"\bpytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b|@unittest\.skip|\.skipTest\(")
REGISTRY = re.compile(
    r"pypi\.(?:org|tuna)|pythonhosted\.org|npmjs\.(?:org|com)|npmmirror\.com|deb\.debian\.org"
    r"|--(?:extra-)?index-url|\bregistry\s*=\s*http|\"resolved\"\s*:\s*\"http",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.*/>%}])/(?:work|root|home/\w+|Users/\w+|tmp)/[\w.]")
CODE = (".py", ".html", ".js", ".css", ".toml", ".yaml", ".yml", ".sh", ".md", ".txt")


def _lines(file: File, pattern: re.Pattern[str], message: str) -> list[str]:
    return [
        file.says(number, f"{message}: {match[0]}")
        for number, line in enumerate(file.text.splitlines(), 1)
        if (match := pattern.search(line))
    ]


def later(tree: Tree) -> list[str]:
    """Nothing is left for later in a commit: an issue is the place for it."""
    return [line for suffix in CODE for file in tree.written(suffix) for line in _lines(file, LATER, "left for later")]


def skipped(tree: Tree) -> list[str]:
    """No test is left out by hand; what needs LibreOffice is marked `libreoffice`, and dev.py names it."""
    return [line for file in tree.python("tests") for line in _lines(file, SKIPPED, "a test is left out")]


def addresses(tree: Tree) -> list[str]:
    """No registry's host name, no path of one machine."""
    files = [file for file in tree.written("") if file.path != "tools/checks/texts.py"]
    found = [line for file in files for line in _lines(file, REGISTRY, "address of a package registry")]
    return found + [line for file in files for line in _lines(file, MACHINE, "path of one machine")]
