"""The files under check, read and parsed once."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef
VENDORED = "chuangwen/base/static/base/vendor/"


@dataclass
class File:
    """One text file: its path from the root with forward slashes, and its content."""

    path: str
    text: str

    @property
    def lines(self) -> int:
        return self.text.count("\n") + (not self.text.endswith("\n"))

    @functools.cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def says(self, line: int, message: str) -> str:
        return f"{self.path}:{line}: {message}"


@dataclass
class Tree:
    """All files of the repository that git tracks or would track; without git (a test's tree), all files."""

    root: Path
    files: list[File] = field(init=False)

    def __post_init__(self) -> None:
        self.files = []
        for path in self._paths():
            try:
                self.files.append(File(path, (self.root / path).read_text(encoding="utf-8")))
            except (UnicodeDecodeError, FileNotFoundError):
                continue  # pictures, Office files; a file just deleted

    def _paths(self) -> list[str]:
        if not (self.root / ".git").exists():
            return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=self.root, check=True, stdout=subprocess.PIPE).stdout.decode()
        return sorted({path for path in listed.split("\0") if path})

    def python(self, *folders: str) -> list[File]:
        """Python files below the folders (all without), migrations left out: those are written by a machine."""
        return [file for file in self._below(folders, ".py") if "/migrations/" not in file.path]

    def written(self, suffix: str, *folders: str) -> list[File]:
        """Our own files with this suffix; what others wrote (vendored) is left out."""
        return [file for file in self._below(folders, suffix) if not file.path.startswith(VENDORED)]

    def _below(self, folders: tuple[str, ...], suffix: str) -> list[File]:
        starts = tuple(f"{folder}/" for folder in folders) or ("",)
        return [file for file in self.files if file.path.endswith(suffix) and file.path.startswith(starts)]


def module_of(file: File) -> str:
    """The name a module goes by inside its app: `views` for views.py and for every file of a folder views/."""
    parts = file.path.removesuffix(".py").split("/")
    return parts[2] if file.path.startswith("chuangwen/") and len(parts) > 2 else ""


def strings(file: File) -> Iterator[tuple[int, str]]:
    """Line and text of every string in the code, docstrings left out."""
    documented = (ast.Module, ast.ClassDef, *Function.__args__)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(file.tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def called(node: ast.AST) -> Iterator[str]:
    """The last name of everything called below the node: `record` for record(...) and for events.record(...)."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Name):
                yield call.func.id
            elif isinstance(call.func, ast.Attribute):
                yield call.func.attr
