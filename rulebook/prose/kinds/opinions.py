"""问卷得分: 问卷中满意得2分，基本满意得1分，不满意不得分，空白票每张扣0.2分."""

import re

from rulebook.prose.outcomes import OUTCOME, Outcome
from rulebook.prose.parsing import CLAUSE, Read, many, meant, opt, run, seq, tag, word
from rulebook.prose.phrases import CLOSING, DEDUCTION, LEAD, SEPARATOR, Doubt, Given, Rule, Understood, written

SURVEY = re.compile("问卷|民意|调查|选票|答卷|评议|受访")
BLANK = re.compile("空白(?:票|卷|问卷|表|选票|测评表)?|弃权票?")
OPTION = tag(
    seq(
        meant("opinion", "option", lambda token: token.text),
        opt(word("of")),
        opt(word("comma", "colon", "is")),
        OUTCOME,
    ),
    "answer",
    lambda read: (read.first("option"), read.first("outcome")),
)
BLANKS = seq(SEPARATOR, run(CLAUSE, "blank"), word("every"), word("measure", text="张 份"), DEDUCTION)
GRAMMAR = seq(LEAD, OPTION, many(seq(SEPARATOR, OPTION), least=1), opt(BLANKS), CLOSING)


def build(read: Read, given: Given) -> Understood:
    """Make a survey of options from the best to the worst."""
    if not SURVEY.search("".join(read.values("lead"))):
        raise Doubt("没有写是不是问卷")
    answers: list[tuple[str, Outcome]] = read.values("answer")
    if any(outcome.kind not in ("points", "share") for _, outcome in answers):
        raise Doubt("有的选项没有写几分")
    in_points = any(outcome.kind == "points" for _, outcome in answers)
    values = [
        outcome.value * given.points if in_points and outcome.kind == "share" else outcome.value
        for _, outcome in answers
    ]
    rule: Rule = {
        "kind": "survey",
        "options": [
            {"label": label, "value": written(value)} for (label, _), value in zip(answers, values, strict=True)
        ],
    }
    blank = read.first("blank")
    if blank is not None:
        if not BLANK.fullmatch(blank.strip("的，")):
            raise Doubt("没有写扣的是不是空白票")
        rule["blank_each"] = written(read.first("minus"))
    return Understood(rule, ("divisor",))
