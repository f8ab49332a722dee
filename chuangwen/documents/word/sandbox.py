"""The template language allowed in a Word template: insert a value, repeat, choose. Nothing else.

Templates may come from an office, so the parsed tree is checked against a short list before anything runs:
no calls, no arithmetic, no assignments, no imports, no names with an underscore in front.
"""

from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .errors import TemplateRefused

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const,
    nodes.For, nodes.If, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr,
    nodes.Filter, nodes.Test, nodes.Keyword,
)  # fmt: skip
FILTERS = {"default", "first", "last", "length", "join"}
TESTS = {"defined", "none", "eq", "ne", "even", "odd"}
DEEPEST_LOOP = 2


class PaperEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox that refuses every construct not on the list, at parsing time."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        check(tree, depth=0)
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not attr.startswith("_") and not callable(value)


def check(node: nodes.Node, *, depth: int) -> None:
    """Walk the tree and refuse what is not on the list."""
    if not isinstance(node, ALLOWED) or not name_allowed(node):
        raise TemplateRefused(
            f"模板里有不能用的写法（第 {node.lineno} 段附近：{describe(node)}）。"
            "模板只能写 {{ 名称 }}、{% for … %} 和 {% if … %}，请在 Word 中删去后重新上传。"
        )
    depth += isinstance(node, nodes.For)
    if depth > DEEPEST_LOOP:
        raise TemplateRefused(f"模板里的循环超过 {DEEPEST_LOOP} 层，请减少后重新上传。")
    for child in node.iter_child_nodes():
        check(child, depth=depth)


def name_allowed(node: nodes.Node) -> bool:
    """Names, filters and tests on the list; a loop neither filters nor calls itself."""
    match node:
        case nodes.Getattr(attr=name) | nodes.Name(name=name):
            return not name.startswith("_") and name != "self"
        case nodes.Getitem(arg=arg):
            return isinstance(arg, nodes.Const) and not str(arg.value).startswith("_")
        case nodes.Filter(name=name):
            return name in FILTERS
        case nodes.Test(name=name):
            return name in TESTS
        case nodes.For(recursive=recursive):
            return not recursive
    return True


def describe(node: nodes.Node) -> str:
    """The word of the template that was refused."""
    named = getattr(node, "attr", None) or getattr(node, "name", None)
    return f"“{named}”" if isinstance(named, str) else f"“{type(node).__name__}”"
