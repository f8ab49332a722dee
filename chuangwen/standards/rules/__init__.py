"""Rules as people write them. Adding a kind: a file with its KIND, and a line here; its meaning is the rulebook's."""

import json
import re
from collections.abc import Mapping

from chuangwen.standards.rules.bands import KIND as BANDS
from chuangwen.standards.rules.bonus import KIND as BONUS
from chuangwen.standards.rules.capped_ratio import KIND as CAPPED_RATIO
from chuangwen.standards.rules.checklist import KIND as CHECKLIST
from chuangwen.standards.rules.clean_places import KIND as CLEAN_PLACES
from chuangwen.standards.rules.completion import KIND as COMPLETION
from chuangwen.standards.rules.density import KIND as DENSITY
from chuangwen.standards.rules.gate import KIND as GATE
from chuangwen.standards.rules.kind import FRAME, Kind, kept, known
from chuangwen.standards.rules.manual import KIND as MANUAL
from chuangwen.standards.rules.metric import KIND as METRIC
from chuangwen.standards.rules.negative_list import KIND as NEGATIVE_LIST
from chuangwen.standards.rules.param import Items, Param, Rule, Unreadable, merge, plain
from chuangwen.standards.rules.pass_rate import KIND as PASS_RATE
from chuangwen.standards.rules.per_occurrence import KIND as PER_OCCURRENCE
from chuangwen.standards.rules.per_step import KIND as PER_STEP
from chuangwen.standards.rules.rate import KIND as RATE
from chuangwen.standards.rules.scale import KIND as SCALE
from chuangwen.standards.rules.shortfall import KIND as SHORTFALL
from chuangwen.standards.rules.survey import KIND as SURVEY
from chuangwen.standards.rules.veto import KIND as VETO
from rulebook.scoring.criteria import CELL_OF_ROLE
from rulebook.scoring.kinds import LABELS, ROLES

REGISTERED = (
    *(PER_OCCURRENCE, PASS_RATE, CHECKLIST, SHORTFALL, GATE),
    *(BANDS, CAPPED_RATIO, PER_STEP, RATE, DENSITY, COMPLETION, SCALE),
    *(SURVEY, MANUAL, METRIC),
    *(BONUS, CLEAN_PLACES, NEGATIVE_LIST, VETO),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in REGISTERED}
SEVERAL = "几条规则合用"  # and whatever else the phrases cannot say: written as data
UNDECIDED = "还没有定"
_BESIDE = {
    "points": "分值", "method": "测评方法", "place_types": "点位类型", "weight": "权重", "kind": "规则", "rule": "规则",
    "role": "分值以外", "to": "加到、扣到哪里", "precedence": "方法先后", "assessors": "测评主体",
    "combine": "几条规则", "rules": "几条规则",
    "fixed_on_spot": "当场整改", "repeated": "反复出现", "overdue": "逾期未改", "plus": "另扣",
}  # fmt: skip
_VALUES = {
    "above": "大于", "from": "不小于", "below": "小于", "to": "不大于", "all": "全部符合", "at_least": "符合几项",
    "named": "符合哪几项", "round": "本轮结束", "criterion": "测评标准", "parent": "上级指标", "total": "总分",
    "min": "取最低", "product": "相乘", "base": "随记录填", **LABELS,
}  # fmt: skip
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
    "of_people",
    "of_rulebook",
    "read",
    "role_of",
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
    return plain(rule) if kind is None else kept(rule, kind)


def role_of(rules: list[Rule], said: str = "") -> str:
    """bonus, deduction, veto: outside the points. What the only rule's kind always is, else what is said."""
    known = ROLES.get(str(rules[0].get("kind")), frozenset()) if len(rules) == 1 else frozenset()
    return next(iter(known)) if len(known) == 1 and "" not in known else said


def of_people(rule: Rule, role: str) -> Rule:
    """A rule of the rulebook's data as people keep it: what a result is formed of is left out where they expect it."""
    return canonical({"cell": CELL_OF_ROLE.get(role, "pooled"), **rule}) if role and "kind" in rule else canonical(rule)


def of_rulebook(rule: Rule, role: str) -> Rule:
    """The same for the rulebook, which expects bonuses and deductions to be formed over everything."""
    kind = KINDS.get(str(rule.get("kind")))
    if not role or kind is None:
        return rule
    cell = rule.get("cell", known(kind.params)["cell"].default)
    rest = {name: value for name, value in rule.items() if name != "cell"}
    return rest if cell == CELL_OF_ROLE.get(role, "pooled") else rest | {"cell": cell}


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
    """A message of the rulebook about this rule, with settings and their values as the pages say them."""
    own = KINDS.get(str(rule.get("kind")))
    kinds = (*REGISTERED, own) if own else REGISTERED
    params = {param.name: param for kind in kinds for param in kind.params}
    labels = {name: param.label for name, param in params.items()} | _BESIDE
    values = _VALUES | {value: words[0] for kind in kinds for value, words in _choices(kind)}

    def value_of(name: str, value: str) -> str:
        if name == "kind":
            return LABELS.get(value, value)
        options = getattr(params.get(name), "options", {})
        return options[value][0] if value in options else values.get(value, value)

    def listed(found: re.Match[str]) -> str:
        now = "没有填" if found[3] == "None" else f"是“{value_of(found[1], found[3])}”"
        known = "、".join(value_of(found[1], one) for one in found[2].split("、"))
        return f"“{found[1]}”只能填{known}，现在{now}"

    message = re.sub(r"“(\w+)”只能填 ([^，]+)，现在是“([^”]*)”", listed, message)
    message = re.sub(r"\b([a-z_]+): ([a-z_]+)", lambda found: f"“{found[1]}”填{value_of(found[1], found[2])}", message)
    message = re.sub(r"[“‘](\w+)[”’]", lambda found: f"“{labels.get(found[1], found[1])}”", message)
    return re.sub(r" ?(?<![A-Za-z_“])([a-z_]{2,})(?![A-Za-z_”]) ?", lambda found: _spaced(found, values), message)


def _choices(kind: Kind) -> list[tuple[str, tuple[str, ...]]]:
    return [pair for param in kind.params for pair in getattr(param, "options", {}).items()]


def _spaced(found: re.Match[str], values: Mapping[str, str]) -> str:
    return values.get(found[1], found[0])
