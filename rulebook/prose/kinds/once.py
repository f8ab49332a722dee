"""一次性扣分: 未建立制度的，扣2分: one thing that is so or not, as a checklist of one item."""

import re

from rulebook.prose.parsing import Read, opt, seq, word
from rulebook.prose.phrases import (
    DEDUCTION,
    ENDING,
    LEAD,
    Doubt,
    Given,
    Understood,
    cap_of,
    condition,
    minus_of,
    no_condition,
    written,
)

LACKS = re.compile(
    "(?:未|没有|没|无|不)(?:建立?|成立|制定|设|配|明确|公示|公开|公布|健全|完善|规范|落实|具备|安排|出台|组建|有|到位|张贴|悬挂|纳入|齐)"
    "|没有|(?<!有)无(?!障碍|故|人机|论)"
)
COUNTED = re.compile("每|发现|出现|发生|存在|查出|[一二三]次|各|均|都")
GRAMMAR = seq(LEAD, opt(word("comma")), DEDUCTION, ENDING)


def build(read: Read, given: Given) -> Understood:
    """Make a checklist of one item: full, or full less the deduction; what could be counted is left alone."""
    about = condition(read)
    if not LACKS.search(about) or COUNTED.search(about) or no_condition(about):
        raise Doubt("没有写是扣一次，还是发现几处扣几次")
    (minus,) = minus_of(read, given)
    if not 0 < minus <= given.points or cap_of(read, given) is not None:
        raise Doubt("扣的分比本项分值还多")
    return Understood(
        {
            "kind": "checklist",
            "n": 1,
            "grades_in": "points",
            "grades": {"符合": written(given.points), "不符合": written(given.points - minus)},
            "needs": [{"grade": "符合", "need": "all"}],
            "else": "不符合",
        }
    )
