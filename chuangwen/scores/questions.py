"""What freezing says before it is done."""

from django.urls import reverse

from chuangwen.base.asking import Question
from chuangwen.base.templatetags.words import NBSP
from chuangwen.inspections.models import Round
from chuangwen.inspections.queries import still_missing
from chuangwen.scores import live
from chuangwen.scores.inputs import visits_of


def freezing(round: Round) -> Question:
    total = live.whole_of(round).total
    units = visits_of(round).values("unit_id").distinct().count()
    missing = still_missing(round)
    facts = (
        *([missing] if missing else ()),
        f"总得分 {total.shown_got}，和 {units}{NBSP}个单位的得分、名次一起原样留存。",
        "通报取用最近一次定分。公开以后，责任单位和包片领导看得到自己的得分和名次。",
        "以后更正记录不改它。不能删；记录变了，可以写明原因再定一次，各次都留着。",
    )
    return Question("定分", f"“{round.name}”", reverse("scores:round", args=[round.uuid]), facts)
