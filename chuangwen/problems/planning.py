"""What one verb would do to one problem: the new state, the changed fields, or why it cannot be. Writes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import timedelta
from typing import Any

from chuangwen.base.errors import Refused
from chuangwen.base.templatetags.words import day, moment
from chuangwen.organisations.models import Organisation, Role
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import REPORTS, Acting, Clock
from rulebook.workflows import CONTACT, OFFICE, PROBLEM, NotPossible, Transition, next_state

State = Problem.State
TITLE = Problem._meta.get_field("title").max_length
FAR = 15  # working days: an extension that asks for more is granted only to a date the office itself writes
FARTHEST = timedelta(days=731)  # a later date is a slip of the keyboard


class Unfit(Refused):
    """This problem cannot take the step (others might); the message is short enough to be counted in a list."""


@dataclass(frozen=True)
class Order:
    """A step as asked for. date: the deadline set, asked or granted; days: the same in working days.

    unit: who answers for it from now on. to: the state chosen where the verb leaves a choice. photos: how many come.
    """

    verb: str
    words: str = ""
    date: Date | None = None
    days: int | None = None
    unit: Organisation | None = None
    to: str | None = None
    responsible: str = ""
    photos: int = 0

    def transition(self, state: str) -> Transition:
        """The row of the table for a problem in this state."""
        return PROBLEM.verb(self.verb, state)


@dataclass(frozen=True)
class Plan:
    """to: the next state. changes: fields of the problem. words, date: what the step's row says of it."""

    to: str
    changes: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    date: Date | None = None
    on_behalf_of: Organisation | None = None


def check(order: Order, clock: Clock, problem: Problem) -> None:
    """What the order lacks for this problem."""
    transition = order.transition(problem.state)
    if transition.needs_words and not order.words.strip():
        raise Refused(WORDS_MISSING.get(order.verb, f"{transition.label}要写明理由，对方才知道为什么。"), field="words")
    on_record = problem.fixed_on_spot and problem.state == State.PENDING
    if transition.needs_photos and not order.photos and not on_record:
        raise Refused("还没有整改后的照片。拍一张同一角度的，一起报送。", field="photos")
    if order.verb in DATED and order.date is None:
        raise Refused(f"{transition.label}要填日期。", field="date")
    if order.unit is None and (order.verb == "reassign" or order.to == State.HANDED_OUT):
        raise Refused("请选改由哪个单位负责。", field="unit")
    if order.verb == "uphold_objection" and not (order.unit or order.to):
        raise Refused("异议成立的，要定下改由哪个单位负责，还是不作问题处理。")
    if order.date and order.date < clock.today:
        raise Refused(f"{day(order.date)}已经过去。请填今天或以后的工作日。", field="date")
    if order.date and order.date > clock.today + FARTHEST:
        raise Refused(f"{day(order.date)}离今天两年以上。请核对年份。", field="date")
    if order.date and not clock.is_workday(order.date):
        near = clock.next_workday(order.date)
        raise Refused(f"{day(order.date)}不是工作日。最近的工作日是 {day(near)}。", field="date")


WORDS_MISSING = {
    "report": "还没有写整改措施。做了什么，写一句话。",
    "send_back": "退回要写理由，责任单位才知道改什么。",
    "object": "提出异议要写明理由，创建办才好裁定。",
    "ask_extension": "申请延期要写明理由。",
    "reword": "问题写成什么，没有填。",
}
DATED = ("ask_extension", "redate")


def plan(problem: Problem, order: Order, acting: Acting, clock: Clock, *, roles: frozenset[str]) -> Plan:
    """What the order does to this problem, or Unfit. roles: those the person has at this problem."""
    transition = order.transition(problem.state)
    if transition.roles.isdisjoint(roles):
        raise Unfit(_not_yours(transition))
    try:
        to = next_state(PROBLEM, problem.state, order.verb, _choice(order))
    except NotPossible as impossible:
        raise Unfit(str(impossible)) from None
    if transition.before_expiry and clock.has_passed(problem.deadline, problem.jurisdiction.cutoff_hour):
        raise Unfit(f"期限 {day(problem.deadline)}已过，不能再申请延期。请尽快报送整改，或与创建办联系。")
    if transition.other_person and _reported_by(problem, acting, order.verb):
        whose = "当场已整改是本人记的" if order.verb == "confirm_spot" else "这一件的整改是本人报送或代录的"
        raise Unfit(f"{whose}，要由另一位同志复核。")
    found = EFFECTS.get(order.verb, _only_state)(problem, order, clock)
    acts_for_unit = CONTACT in transition.roles and CONTACT not in roles and OFFICE in roles
    return replace(found, to=to, on_behalf_of=problem.unit if acts_for_unit else None)


def _choice(order: Order) -> str | None:
    if order.verb == "uphold_objection" and order.unit:
        return order.to or State.HANDED_OUT
    return order.to


def _not_yours(transition: Transition) -> str:
    by_unit = Role.CONTACT in transition.roles
    return f"{transition.label}由{'责任单位的联络员' if by_unit else '创建办'}来办。"


def _reported_by(problem: Problem, acting: Acting, verb: str) -> bool:
    verbs = ("found",) if verb == "confirm_spot" else REPORTS
    last = problem.steps.filter(verb__in=verbs).order_by("-id").first()
    return last is not None and last.actor_id == acting.person.pk


def _only_state(problem: Problem, order: Order, clock: Clock) -> Plan:
    return Plan("", words=order.words)


def _clock_starts(problem: Problem, order: Order, clock: Clock) -> Plan:
    """A deadline from now: the date given, else working days."""
    if order.date:
        until, provisional = order.date, False
    else:
        until, provisional = clock.deadline(problem.jurisdiction, order.days)
    changes = {"deadline": until, "deadline_provisional": provisional, "extension_asked_to": None}
    return Plan("", changes, order.words, until)


def _hand_out(problem: Problem, order: Order, clock: Clock) -> Plan:
    unit = order.unit or problem.unit
    if unit is None:
        raise Unfit("还没有责任单位")
    found = _clock_starts(problem, order, clock)
    changes = {**found.changes, "handed_out_at": clock.now, "unit_id": unit.pk}
    return replace(found, changes=changes)


def _new_unit(problem: Problem, order: Order, clock: Clock) -> Plan:
    """Another unit answers for it. Once it has been handed out that is a new handing out, with a new clock."""
    if order.unit is None:  # only asked whether it could be
        return _only_state(problem, order, clock)
    if order.unit.pk == problem.unit_id:
        raise Unfit(f"责任单位已经是{order.unit}")
    words = f"{order.words}\n责任单位：{problem.unit or '未定'} → {order.unit}".strip()
    if problem.state == State.PENDING:
        return Plan("", {"unit_id": order.unit.pk}, words)
    found = _hand_out(problem, order, clock)
    anew = {"responsible": "", "reported_on": None, "on_time": None}
    return replace(found, changes={**found.changes, **anew}, words=words)


def _uphold(problem: Problem, order: Order, clock: Clock) -> Plan:
    moves = order.unit and order.to != State.WITHDRAWN
    return _new_unit(problem, order, clock) if moves else _only_state(problem, order, clock)


def _reject(problem: Problem, order: Order, clock: Clock) -> Plan:
    """The deadline stays, unless it ran out while the office was deciding."""
    ran_out = clock.has_passed(problem.deadline, problem.jurisdiction.cutoff_hour)
    return _clock_starts(problem, order, clock) if ran_out or order.date else _only_state(problem, order, clock)


def _reword(problem: Problem, order: Order, clock: Clock) -> Plan:
    """Other words for the same thing found: the place before the colon stays, the former words go into the step."""
    place, colon, what = problem.title.partition("：")
    kept, what = (f"{place}：", what) if colon else ("", place)
    title = kept + " ".join(order.words.split())
    if title == problem.title:
        raise Refused("写法与原来的一样，没有改。", field="words")
    if len(title) > TITLE:
        raise Refused(f"太长了，最多 {TITLE - len(kept)} 个字。", field="words")
    return Plan("", {"title": title}, f"原来写作：{what}")


def _sign(problem: Problem, order: Order, clock: Clock) -> Plan:
    name = order.responsible.strip()[:40]
    words = f"责任人：{name}\n{order.words}".strip() if name else order.words
    return Plan("", {"responsible": name} if name else {}, words)


def _report(problem: Problem, order: Order, clock: Clock) -> Plan:
    changes: dict[str, Any] = {"extension_asked_to": None}
    if problem.reported_on is None:
        passed = clock.has_passed(problem.deadline, problem.jurisdiction.cutoff_hour)
        changes |= {"reported_on": clock.today, "on_time": not passed}
    return Plan("", changes, order.words)


def _fix_on_spot(problem: Problem, order: Order, clock: Clock) -> Plan:
    """Put right before anybody was told of it: the unit sees it from now on; nothing is due any more."""
    found = _report(problem, order, clock)
    if problem.handed_out_at:
        return found
    if problem.unit is None:
        raise Unfit("还没有责任单位")
    return replace(found, changes={**found.changes, "handed_out_at": clock.now})


def _confirm_spot(problem: Problem, order: Order, clock: Clock) -> Plan:
    """Put right before anybody was told of it, and verified: the words name the record that says so."""
    if not problem.fixed_on_spot:
        raise Unfit("测评员没有记当场已整改")
    found = _fix_on_spot(problem, order, clock)
    record = problem.steps.filter(verb="found").order_by("id").first()
    named = f"{moment(record.at)} {record.actor_label}" if record else problem.batch_label
    words = f"凭测评记录（{named}）：当场已整改。\n{order.words}".strip()
    return replace(found, changes={**found.changes, "closed_on": clock.today}, words=words)


def _send_back(problem: Problem, order: Order, clock: Clock) -> Plan:
    found = _clock_starts(problem, order, clock)
    return replace(found, changes={**found.changes, "returns": problem.returns + 1})


def _close(problem: Problem, order: Order, clock: Clock) -> Plan:
    return Plan("", {"closed_on": clock.today}, order.words)


def _reopen(problem: Problem, order: Order, clock: Clock) -> Plan:
    found = _clock_starts(problem, order, clock)
    return replace(found, changes={**found.changes, "closed_on": None})


def _ask_extension(problem: Problem, order: Order, clock: Clock) -> Plan:
    if problem.extension_asked_to:
        raise Unfit(f"已申请延至 {day(problem.extension_asked_to)}，等创建办批。")
    if problem.deadline and order.date <= problem.deadline:
        late = day(problem.deadline + timedelta(days=1))
        raise Refused(f"现在的期限就是 {day(problem.deadline)}。延期要填 {late}以后的工作日。", field="date")
    return Plan("", {"extension_asked_to": order.date}, order.words, order.date)


def _grant_extension(problem: Problem, order: Order, clock: Clock) -> Plan:
    asked = _asked(problem)
    until = order.date or asked
    longer = f"延长 {clock.longer(until, problem.deadline)} 个工作日"
    if order.date is None and clock.longer(asked, problem.deadline) > FAR:
        raise Refused(f"申请的 {day(asked)}比现在的期限{longer}。准到哪一天，请填上。", field="date")
    changes = {"deadline": until, "deadline_provisional": False, "extension_asked_to": None}
    return Plan("", changes, order.words or longer, until)


def _refuse_extension(problem: Problem, order: Order, clock: Clock) -> Plan:
    _asked(problem)
    return Plan("", {"extension_asked_to": None}, order.words)


def _asked(problem: Problem) -> Date:
    if problem.extension_asked_to is None:
        raise Unfit("没有待批的延期申请")
    return problem.extension_asked_to


def _redate(problem: Problem, order: Order, clock: Clock) -> Plan:
    if order.date is None:  # only asked whether it could be
        return _only_state(problem, order, clock)
    changes = {"deadline": order.date, "deadline_provisional": False, "extension_asked_to": None}
    return Plan("", changes, order.words, order.date)


def _object(problem: Problem, order: Order, clock: Clock) -> Plan:
    return Plan("", {"extension_asked_to": None}, order.words)


EFFECTS: dict[str, Callable[[Problem, Order, Clock], Plan]] = {
    "hand_out": _hand_out,
    "sign": _sign,
    "report": _report,
    "fix_on_spot": _fix_on_spot,
    "confirm_spot": _confirm_spot,
    "close": _close,
    "send_back": _send_back,
    "ask_extension": _ask_extension,
    "grant_extension": _grant_extension,
    "refuse_extension": _refuse_extension,
    "object": _object,
    "uphold_objection": _uphold,
    "reject_objection": _reject,
    "reopen": _reopen,
    "reassign": _new_unit,
    "redate": _redate,
    "reword": _reword,
}
