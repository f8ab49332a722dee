"""What the steps of a round that cannot be taken back say before they are taken; nothing where they are refused."""

from collections.abc import Callable

from django.urls import reverse

from chuangwen.base.asking import Question
from chuangwen.base.templatetags.words import NBSP
from chuangwen.inspections.models import Round
from chuangwen.inspections.queries import RoundPage, round_page

NAMED = 5  # places named that were not submitted
State = Round.State
PAST = {State.OPEN: "已经开始", State.CLOSED: "已经结束", State.RELEASED: "已经公开"}


def opening(round: Round) -> Question | None:
    return _asked("开始", round, State.DRAFT, _opening)


def closing(round: Round) -> Question | None:
    return _asked("结束", round, State.OPEN, _closing)


def releasing(round: Round) -> Question | None:
    return _asked("公开", round, State.CLOSED, _releasing)


def _asked(verb: str, round: Round, before: str, facts: Callable[[RoundPage], tuple[str, ...]]) -> Question | None:
    """Asked while the round stands before the step; once it is past it, told so; None where it is not yet possible."""
    order = list(State)
    ahead = order.index(State(round.state)) - order.index(State(before))
    stay, what = reverse("inspections:round", args=[round.uuid]), f"“{round.name}”"
    if ahead > 0:
        return Question(verb, what, stay, over=f"{what}{PAST[State(round.state)]}，没有再{verb}一次。")
    said = facts(round_page(round)) if ahead == 0 else ()
    return Question(verb, what, stay, said) if said else None


def _opening(page: RoundPage) -> tuple[str, ...]:
    if page.without_team or (page.looks and not page.total):
        return ()
    if not page.total:
        return (
            "这套体系没有到现场看的标准；从现在起可以录入结果。",
            "名称、开始日期和测评体系不能再改。",
            "不能退回筹备。",
        )
    teams = sum(row.team is not None for row in page.teams)
    return (
        f"{page.total}{NBSP}处点位分给 {teams}{NBSP}个组，测评员从现在起在手机上看到自己组的。",
        "不能再重抽，名称、开始日期和测评体系不能再改；结束日期还可以改，分组、指定点位、换点位还可以办。",
        "不能退回筹备。",
    )


def _closing(page: RoundPage) -> tuple[str, ...]:
    if page.left:
        waiting = [visit.place.name for row in page.teams for visit in row.waiting]
        more = f" 等 {page.left}{NBSP}处" if page.left > NAMED else ""
        said = f"{page.total}{NBSP}处点位中 {page.done}{NBSP}处已交，{page.left}{NBSP}处未交，记为未测，不计 0 分："
        first = f"{said}{'、'.join(waiting[:NAMED])}{more}。"
    elif page.total:
        first = f"{page.total}{NBSP}处点位都交齐了。"
    else:
        first = "本轮没有到现场看的点位。"
    return (
        first,
        *([f"{page.missing}结束以后、公开以前还可以录。"] if page.missing else ()),
        f"以后不再收{'实地的' if page.enters else ''}记录，已有的记录还可以由本办更正。",
        "责任单位现在还看不到，公开以后才看得到。",
        "不能再打开收记录。",
    )


def _releasing(page: RoundPage) -> tuple[str, ...]:
    if page.asked:
        return ()
    return (
        *([f"{page.missing}公开以后不再录新的，只能更正。"] if page.missing else ()),
        f"{page.units}{NBSP}个责任单位的联络员和包片领导看得到自己点位的记录和得分。",
        "可以签发通报；记录还可以更正，更正留痕。",
        "不能收回。",
    )
