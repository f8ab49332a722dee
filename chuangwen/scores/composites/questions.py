"""What publishing and deleting a composite say before they are done."""

from django.urls import reverse

from chuangwen.base.asking import Question
from chuangwen.base.templatetags.words import NBSP
from chuangwen.scores.composites import subjects
from chuangwen.scores.composites.results import Result
from chuangwen.scores.models import Composite


def publishing(composite: Composite, result: Result) -> Question:
    if not composite.is_draft:
        return _asked("公布", composite, over="已经公布。")
    called = subjects.CALLED[Composite.Kind(composite.kind)]
    out = [row.name for row in result.rows if row.barred]
    lacking = sum(row.got is None for row in result.rows)
    open_ = sum(any(cell.missing for cell in row.cells) for row in result.rows if row.got is not None)
    facts = [
        f"{len(result.rows)}{NBSP}个{called}的总评、名次和各部分得分原样留存，以后改名、更正、再定分都不改它。",
        f"{out[0]}等 {len(out)} 个不参加排名。" if len(out) > 1 else f"{out[0]}不参加排名。" if out else "",
        f"{lacking} 个没有总评。" if lacking else "",
        f"{open_} 个有的部分还没有结果，不计 0 分，按其余折算。" if open_ else "",
        "责任单位和包片领导看得到自己的一行。不能收回；要更正，另做一个。"
        if composite.kind != Composite.Kind.WHOLE
        else "不能收回；要更正，另做一个。",
    ]
    return _asked("公布", composite, tuple(filter(None, facts)))


def discarding(composite: Composite) -> Question:
    if not composite.is_draft:
        return _asked("删掉", composite, over="已经公布，不能删。")
    count = composite.scores.count()
    lost = f"录入的 {count}{NBSP}个得分一并删去，不能找回。" if count else "各部分一并删去，不能找回。"
    return _asked("删掉", composite, (lost, "轮次和定分不受影响。"))


def _asked(verb: str, composite: Composite, facts: tuple[str, ...] = (), over: str = "") -> Question:
    what = f"“{composite.title}”"
    stay = reverse("scores:composite", args=[composite.uuid])
    return Question(verb, what, stay, facts, f"{what}{over}" if over else "")
