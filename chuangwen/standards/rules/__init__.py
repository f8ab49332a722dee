"""Rules as people write them. Adding a kind: a file with its KIND, and a line here; its meaning is the rulebook's."""

import json
import re
from collections.abc import Mapping

from chuangwen.standards.rules.bands import KIND as BANDS
from chuangwen.standards.rules.capped_ratio import KIND as CAPPED_RATIO
from chuangwen.standards.rules.checklist import KIND as CHECKLIST
from chuangwen.standards.rules.gate import KIND as GATE
from chuangwen.standards.rules.kind import FRAME, Kind, known
from chuangwen.standards.rules.param import Items, Param, Rule, Unreadable, merge, plain
from chuangwen.standards.rules.pass_rate import KIND as PASS_RATE
from chuangwen.standards.rules.per_occurrence import KIND as PER_OCCURRENCE
from chuangwen.standards.rules.per_step import KIND as PER_STEP

REGISTERED = (PER_OCCURRENCE, PASS_RATE, CHECKLIST, BANDS, CAPPED_RATIO, PER_STEP, GATE)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in REGISTERED}
SEVERAL = "几条规则合用"  # and whatever else the phrases cannot say: written as data
UNDECIDED = "还没有定"
_SPLIT = re.compile(r"[；;，,\n]")

__all__ = [
    "FRAME",
    "KINDS",
    "REGISTERED",
    "SEVERAL",
    "UNDECIDED",
    "Items",
    "Kind",
    "Param",
    "Rule",
    "Unreadable",
    "canonical",
    "is_undecided",
    "label_of",
    "read",
    "said",
    "shown_items",
    "write",
]


def canonical(rule: Rule) -> Rule:
    """The one form a rule is kept in: numbers as text, defaults left out; what is unknown stays for the compiler."""
    if "rules" in rule:
        rest = {name: value for name, value in plain(rule).items() if (name, value) != ("combine", "sum")}
        return {**rest, "rules": [canonical(one) for one in rule["rules"] or () if isinstance(one, dict)]}
    kind = KINDS.get(str(rule.get("kind")))
    if kind is None:
        return plain(rule)
    params = known(kind.params)
    values = {name: params[name].keep(value) if name in params else plain(value) for name, value in rule.items()}
    empty = (None, "", [], {})
    return {
        name: value
        for name, value in values.items()
        if value not in empty and (name not in params or value != params[name].default)
    }


def is_undecided(rule: Rule) -> bool:
    """Nobody has said yet how it is scored; the parts of a checklist may be known already."""
    return not rule.get("kind") and "rules" not in rule


def label_of(rule: Rule) -> str:
    """The Chinese name of a rule's kind."""
    if is_undecided(rule):
        return UNDECIDED
    kind = KINDS.get(str(rule.get("kind")))
    return kind.label if kind else SEVERAL


def shown_items(rule: Rule) -> list[str]:
    """The texts that stand in a column of their own."""
    found = rule.get("items", ())
    return [str(item) for item in found] if isinstance(found, list) else []


def write(rule: Rule) -> tuple[str, str]:
    """(name of the kind, settings as phrases) for an Excel cell; as data where the phrases would not say it all."""
    if is_undecided(rule):
        return "", ""
    kind = KINDS.get(str(rule.get("kind")))
    if kind is not None:
        text = "；".join(clause for param in kind.params for clause in param.clauses(rule))
        try:
            if read(kind.label, text, "\n".join(shown_items(rule))) == rule:
                return kind.label, text
        except Unreadable:
            pass
    return SEVERAL, json.dumps(rule, ensure_ascii=False)


def read(label: str, text: str, items: str = "") -> Rule:
    """A rule from its kind's name and its settings in phrases (or as data, beginning with a brace).

    Raises Unreadable naming the phrase.
    """
    if text.lstrip().startswith("{"):
        return _data(text)
    kind = next((kind for kind in REGISTERED if label in (kind.label, kind.name)), None)
    if kind is None:
        names = "、".join(kind.label for kind in REGISTERED)
        raise Unreadable(f"没有“{label}”这种规则。可填：{names}。" if label else f"规则没有填。可填：{names}。")
    rule: Rule = {"kind": kind.name}
    for clause in filter(None, map(str.strip, _SPLIT.split(text))):
        merge(rule, _claimed(kind, clause.rstrip("。")))
    for param in kind.own:
        if isinstance(param, Items) and items.strip():
            rule[param.name] = param.keep(items)
    return canonical(rule)


def _claimed(kind: Kind, clause: str) -> Rule:
    for param in kind.params:
        found = param.claim(clause)
        if found is not None:
            return found
    raise Unreadable(f"“{clause}”看不懂。{kind.label}照这样写：{kind.example}。")


def _data(text: str) -> Rule:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Unreadable("花括号里的写法不对。照《测评体系文件》的格式核对引号、逗号和括号。") from error
    return canonical(found) if isinstance(found, dict) else {}


def said(message: str, rule: Rule) -> str:
    """A message of the rulebook about this rule, with the names of settings as the pages say them."""
    own = KINDS.get(str(rule.get("kind")))
    kinds = (*REGISTERED, own) if own else REGISTERED
    labels = {param.name: param.label for kind in kinds for param in kind.params}
    labels |= {"points": "分值", "method": "测评方法", "place_types": "点位类型", "weight": "权重", "kind": "规则"}
    message = re.sub(r"[“‘](\w+)[”’]", lambda found: f"“{labels.get(found[1], found[1])}”", message)
    cells = {"place、unit 或 pooled": "每处点位、每个单位或全部合在一起", "place": "每处点位"}
    for word, label in cells.items():
        message = message.replace(f"请改为 {word}", f"请改为{label}")
    return message
