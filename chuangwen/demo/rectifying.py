"""What the units and the office of the demo do about problems, day by day."""

import uuid
from datetime import date, timedelta
from random import Random

from chuangwen.base.models import Tenant
from chuangwen.demo import pictures
from chuangwen.demo.stage import clock
from chuangwen.organisations.models import Person, Role
from chuangwen.organisations.queries import contacts_of
from chuangwen.problems.actions import Order, take_step, take_steps
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import visible_to

MEASURES = (
    "已清理，每日巡查两次",
    "已更换，列入周检",
    "已修复，责任到人",
    "已清运并增设垃圾桶",
    "已整改，举一反三自查一遍",
)


def hand_out(office: Person, problems: list[Problem], *, days: int) -> int:
    """All at once, as the bulk bar does."""
    rows = visible_to(office).filter(pk__in=[problem.pk for problem in problems])
    return take_steps(actor=office, problems=rows, order=Order("hand_out", days=days), client_id=uuid.uuid4()).done


def rectify(tenant: Tenant, problems: list[Problem], days: list[date], *, office: Person, closed: float) -> None:
    """Signed on the first day, reported on the next ones, verified on the last: about `closed` of them to the end."""
    luck = Random(f"{tenant.name} {len(problems)}")
    contacts = contacts_of([problem.unit_id for problem in problems if problem.unit_id])
    for problem in problems:
        who = _contact(contacts, problem)
        if who is None or luck.random() < 0.06:
            continue
        with clock(days[0], 8 + luck.randrange(8), luck.randrange(60)):
            _do(who, problem, "sign")
        if luck.random() > closed + 0.12:
            _hesitate(who, problem, days, luck)
            continue
        with clock(days[1 + luck.randrange(len(days) - 2)], 9 + luck.randrange(8), luck.randrange(60)):
            after = pictures.street(luck.randrange(10**9), clean=True)
            _do(who, problem, "report", words=luck.choice(MEASURES), photos=[after])
        if luck.random() < closed:
            with clock(days[-1], 10 + luck.randrange(6), luck.randrange(60)):
                _verify(office, problem, luck)


def _verify(office: Person, problem: Problem, luck: Random) -> None:
    if luck.random() < 0.05:
        _do(office, problem, "send_back", words="照片看不出已改到位，请补拍全景。", days=2)
    else:
        _do(office, problem, "close")


def _hesitate(who: Person, problem: Problem, days: list[date], luck: Random) -> None:
    """Some ask for more time, some say it is not theirs, most simply have not reported yet."""
    way = luck.random()
    with clock(days[1], 15, luck.randrange(60)):
        deadline = problem_now(problem).deadline
        if way < 0.2 and deadline and deadline >= days[1]:
            _do(who, problem, "ask_extension", words="配件定制中，到货即装。", date=deadline + timedelta(7))
        elif way < 0.35:
            _do(who, problem, "object", words="该处由道路养护单位管理，不属本单位。")


def problem_now(problem: Problem) -> Problem:
    return Problem.objects.select_related("unit", "jurisdiction", "tenant").get(pk=problem.pk)


def _do(actor: Person, problem: Problem, verb: str, **given: object) -> None:
    actor.__dict__.pop("_scope", None)
    take_step(actor=actor, problem=problem_now(problem), verb=verb, client_id=uuid.uuid4(), **given)


def _contact(contacts: dict, problem: Problem) -> Person | None:
    rows = [row for row in contacts.get(problem.unit_id, ()) if row.role == Role.CONTACT]
    return rows[0].person if rows else None
