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
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)


def inline(tree: Tree) -> list[str]:
    """No inline script, style or handler in a template."""
    found = []
    for file in tree.written(".html", "chuangwen"):
        for pattern, message in INLINE.items():
            for match in re.finditer(pattern, file.text, re.IGNORECASE):
                found.append(file.says(file.text.count("\n", 0, match.end()) + 1, message))
    return found


def words(tree: Tree) -> list[str]:
    """The words of ui.md §7 under “Never”, in templates and in the strings of what pages are made of."""
    found = []
    for file in tree.written(".html", "chuangwen"):
        text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), file.text)
        for number, line in enumerate(text.splitlines(), 1):
            found += [file.says(number, f"never “{word}” on a page") for word in NEVER if word in line]
    for file in tree.python("chuangwen"):
        for number, text in strings(file):
            found += [file.says(number, f"never “{word}” on a page") for word in NEVER if word in text]
    return found
