"""Templates: nothing inline (strict Content-Security-Policy), and none of the words the field does not use."""

import re

from tools.checks.tree import Tree, strings

INLINE = {
    r"<script\b(?![^>]*\bsrc=)": "no inline script: put it into static/<app>/",
    r"<style\b": "no inline style sheet: put it into static/<app>/",
    r"<[^>]*\sstyle\s*=": "no style attribute: use a class",
    r"<[^>]*\son[a-z]+\s*=": "no handler in an attribute: listen in static/<app>/",
    r"\bhx-on\b": "hx-on needs eval, which the policy forbids",
    r"javascript:": "no script in an address",
}
NEVER = ["成功", "工单", "用户", "提交审批", "任务卡", "数据看板", "系统繁忙", "！"]
TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text without what the pattern finds; its lines keep their numbers."""
    return pattern.sub(lambda match: "\n" * match[0].count("\n"), text)


def inline(tree: Tree) -> list[str]:
    """No inline script, style or handler in a template."""
    found = []
    for file in tree.written(".html", "chuangwen"):
        text = _without(TAG, file.text)
        for pattern, message in INLINE.items():
            for match in re.finditer(pattern, text, re.IGNORECASE):
                found.append(file.says(text.count("\n", 0, match.end()) + 1, message))
    return found


def words(tree: Tree) -> list[str]:
    """The words of ui.md §7 under “Never”, in templates and in the strings of what pages are made of."""
    found = []
    for file in tree.written(".html", "chuangwen"):
        for number, line in enumerate(_without(COMMENT, file.text).splitlines(), 1):
            found += [file.says(number, f"never “{word}” on a page") for word in NEVER if word in line]
    for file in tree.python("chuangwen"):
        for number, text in strings(file):
            found += [file.says(number, f"never “{word}” on a page") for word in NEVER if word in text]
    return found
