"""Issue 2, 12: the flow 待交办 → 待签收 → 整改中 → 待复核 → 已销号, and every way aside."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.problems.actions import open_problems, take_step
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import clock_for, visible_to
from tests.factories.organisations import World, county
from tests.factories.problems import (
    act,
    closed,
    finding,
    fixing,
    handed_out,
    in_review,
    make_problem,
    photo,
    run_out,
)

State = Problem.State


@pytest.fixture
def world(db: None) -> World:
    return county()


def workday(days: int = 20) -> date:
    """A working day that many days ahead, or the next one after it."""
    today = timezone.localdate()
    return next(day for n in range(days, days + 7) if (day := today + timedelta(days=n)).weekday() < 5)


def refused(person, problem, verb, **given) -> str:
    with pytest.raises(Refused) as caught:
        act(person, problem, verb, **given)
    return caught.value.message


def test_the_straight_way_leaves_its_steps(world):
    problem = closed(world)
    steps = list(problem.steps.order_by("id").values_list("verb", "from_state", "to_state"))
    assert steps == [
        ("found", "", "pending"),
        ("hand_out", "pending", "handed_out"),
        ("sign", "handed_out", "fixing"),
        ("report", "fixing", "review"),
        ("close", "review", "closed"),
    ]
    assert (problem.closed_on, problem.on_time, problem.returns) == (timezone.localdate(), True, 0)


def test_every_step_is_one_event_and_says_who(world):
    problem = handed_out(world)
    before = Event.objects.count()
    act(world.contact, problem, "sign", responsible="马强")
    event = Event.objects.latest("id")
    assert (Event.objects.count() - before, event.name, event.actor) == (1, "problems.sign", world.contact)
    step = problem.steps.latest("id")
    assert (step.actor_label, step.words) == (f"示例县城管局 {world.contact.name}", "责任人：马强")


def test_handing_out_starts_the_clock(world):
    problem = handed_out(world)
    expected = clock_for(world.tenant.pk).deadline(world.jurisdiction)
    assert (problem.deadline, problem.deadline_provisional) == tuple(expected)
    assert list(visible_to(world.contact)) == [problem]


def test_without_a_unit_nothing_is_handed_out_until_one_is_named(world):
    problem = open_problems(actor=world.inspector, findings=[replace(finding(world), unit=None)])[0]
    assert refused(world.office, problem, "hand_out") == "还没有责任单位"
    assert act(world.office, problem, "hand_out", unit=world.bureau).unit == world.bureau


def test_a_day_off_is_no_deadline_and_the_next_working_day_is_offered(world):
    saturday = next(d for n in range(7) if (d := timezone.localdate() + timedelta(days=n + 1)).weekday() == 5)
    message = refused(world.office, make_problem(world), "hand_out", date=saturday)
    monday = saturday + timedelta(days=2)
    assert message.endswith(f"不是工作日。最近的工作日是 {monday.month}月{monday.day}日。")


def test_a_deadline_in_the_past_is_refused(world):
    message = refused(world.office, make_problem(world), "hand_out", date=date(2026, 1, 5))
    assert message == "1月5日已经过去。请填今天或以后的工作日。"


def test_a_deadline_years_away_is_a_slip_of_the_keyboard(world):
    with pytest.raises(Refused, match="9999年12月31日离今天两年以上。请核对年份。"):
        act(world.office, make_problem(world), "hand_out", date=date(9999, 12, 31))


def test_the_report_needs_words_and_a_photo(world):
    problem = fixing(world)
    assert refused(world.contact, problem, "report", photos=[photo()]) == "还没有写整改措施。做了什么，写一句话。"
    assert refused(world.contact, problem, "report", words="改了").startswith("还没有整改后的照片。")


def test_a_broken_photo_is_named_and_nothing_is_written(world):
    problem = fixing(world)
    message = refused(world.contact, problem, "report", words="改了", photos=[photo(size=(400, 300))[:-300]])
    assert message == "照片不完整，可能没有传完。请重新选这张照片。"
    problem.refresh_from_db()
    assert problem.state == State.FIXING


def test_whoever_reported_does_not_verify(world):
    problem = act(world.office, fixing(world), "report", words="代录", photos=[photo()])
    assert refused(world.office, problem, "close").startswith("这一件的整改是本人报送或代录的")


def test_the_contact_does_not_verify(world):
    assert refused(world.contact, in_review(world), "close") == "销号由创建办来办。"


def test_sending_back_needs_a_reason_and_sets_a_new_deadline(world):
    problem = run_out(in_review(world))
    assert refused(world.office, problem, "send_back") == "退回要写理由，责任单位才知道改什么。"
    back = act(world.office, problem, "send_back", words="桶还是满的")
    assert (back.state, back.returns) == (State.RETURNED, 1)
    assert back.deadline == clock_for(world.tenant.pk).deadline(world.jurisdiction).on


def test_the_office_steps_for_a_unit_and_it_is_marked(world):
    problem = act(world.office, handed_out(world), "sign")
    step = problem.steps.latest("id")
    assert (step.on_behalf_of, step.actor) == (world.bureau, world.office)
    assert Event.objects.latest("id").on_behalf_of_id == world.bureau.pk


def test_a_contact_acts_for_units_below_and_not_beside(world):
    below = handed_out(world, world.station)
    assert act(world.contact, below, "sign").state == State.FIXING
    beside = handed_out(world, world.other_bureau)
    assert refused(world.contact, beside, "sign") == "签收由责任单位的联络员来办。"


def test_a_leader_sees_and_does_not_act(world):
    problem = handed_out(world)
    assert list(visible_to(world.leader)) == [problem]
    assert refused(world.leader, problem, "sign") == "签收由责任单位的联络员来办。"


def test_an_extension_is_asked_before_expiry_and_granted(world):
    problem, until = fixing(world), workday()
    asked = act(world.contact, problem, "ask_extension", words="定制件未到", date=until)
    assert (asked.state, asked.extension_asked_to) == (State.FIXING, until)
    granted = act(world.office, asked, "grant_extension")
    assert (granted.deadline, granted.extension_asked_to) == (until, None)


def test_an_extension_may_be_refused_with_words(world):
    problem = fixing(world)
    asked = act(world.contact, problem, "ask_extension", words="定制件未到", date=workday())
    assert refused(world.office, asked, "refuse_extension") == "不予延期要写明理由，对方才知道为什么。"
    kept = act(world.office, asked, "refuse_extension", words="先用临时措施")
    assert (kept.deadline, kept.extension_asked_to) == (problem.deadline, None)


def test_after_expiry_no_extension_can_be_asked(world):
    problem = run_out(fixing(world))
    message = refused(world.contact, problem, "ask_extension", words="来不及", date=workday())
    assert message == "期限 1月5日已过，不能再申请延期。请尽快报送整改，或与创建办联系。"


def test_an_extension_is_later_than_the_deadline(world):
    problem = fixing(world)
    message = refused(world.contact, problem, "ask_extension", words="来不及", date=problem.deadline)
    assert message.startswith("现在的期限就是")


def test_an_upheld_objection_hands_out_to_the_other_unit_with_a_new_clock(world):
    problem = run_out(handed_out(world))
    act(world.contact, problem, "object", words="不归本局")
    moved = act(world.office, problem, "uphold_objection", words="属实", unit=world.other_bureau)
    expected = clock_for(world.tenant.pk).deadline(world.jurisdiction).on
    assert (moved.state, moved.unit, moved.deadline) == (State.HANDED_OUT, world.other_bureau, expected)
    assert list(visible_to(world.contact)) == []


def test_an_upheld_objection_that_is_no_problem_withdraws(world):
    problem = act(world.contact, handed_out(world), "object", words="不是问题")
    done = act(world.office, problem, "uphold_objection", words="属实", to="withdrawn", unit=world.other_bureau)
    assert (done.state, done.unit) == (State.WITHDRAWN, world.bureau)


def test_what_follows_from_an_upheld_objection_is_never_guessed(world):
    problem = act(world.contact, handed_out(world), "object", words="不归本局")
    said = refused(world.office, problem, "uphold_objection", words="属实")
    assert said == "异议成立的，要定下改由哪个单位负责，还是不作问题处理。"
    assert refused(world.office, problem, "uphold_objection", words="属实", to="handed_out") == "请选改由哪个单位负责。"


def test_a_rejected_objection_goes_back_and_time_lost_at_the_office_is_given_back(world):
    problem = run_out(act(world.contact, handed_out(world), "object", words="不归本局"))
    back = act(world.office, problem, "reject_objection", words="三定方案写明归你局")
    assert (back.state, back.deadline) == (State.FIXING, clock_for(world.tenant.pk).deadline(world.jurisdiction).on)


def test_fixed_on_the_spot_goes_to_verification(world):
    problem = act(world.inspector, make_problem(world), "fix_on_spot", photos=[photo("green")])
    assert (problem.state, problem.deadline, problem.on_time) == (State.REVIEW, None, True)
    assert problem.steps.get(verb="fix_on_spot").date is None
    assert act(world.office, problem, "close").state == State.CLOSED


def test_another_inspector_may_not_step(world):
    message = refused(world.second_inspector, make_problem(world), "fix_on_spot", photos=[photo()])
    assert message == "当场整改由创建办来办。"


def test_a_closed_problem_is_reopened_with_a_reason_and_a_deadline(world):
    problem = act(world.office, closed(world), "reopen", words="又满溢了")
    assert (problem.state, problem.closed_on) == (State.FIXING, None)
    assert problem.deadline == clock_for(world.tenant.pk).deadline(world.jurisdiction).on


def test_withdrawn_before_handing_out_stays_hidden(world):
    problem = act(world.office, make_problem(world), "withdraw", words="重复")
    assert (problem.state, list(visible_to(world.contact))) == (State.WITHDRAWN, [])


def test_reassigning_starts_a_new_clock(world):
    problem = run_out(fixing(world))
    moved = act(world.office, problem, "reassign", words="划转", unit=world.other_bureau)
    assert (moved.state, moved.unit) == (State.HANDED_OUT, world.other_bureau)
    assert refused(world.office, moved, "reassign", words="再", unit=world.other_bureau) == "责任单位已经是示例县住建局"


def test_before_handing_out_the_unit_is_simply_changed(world):
    problem = act(world.office, make_problem(world), "reassign", unit=world.other_bureau)
    assert (problem.state, problem.unit, problem.deadline) == (State.PENDING, world.other_bureau, None)


def test_redating_keeps_the_state(world):
    problem, until = fixing(world), workday()
    assert act(world.office, problem, "redate", words="全县停电", date=until).deadline == until


def test_urging_leaves_a_step_and_changes_nothing(world):
    problem = run_out(fixing(world))
    urged = act(world.office, problem, "urge", words="请今天报送")
    assert (urged.state, urged.deadline) == (State.FIXING, problem.deadline)
    assert urged.steps.latest("id").words == "请今天报送"


def test_a_stale_page_learns_the_state_who_and_when(world):
    problem = in_review(world)
    act(world.office, problem, "close")
    message = refused(world.office, problem, "send_back", words="迟了")
    assert message.startswith("现在是“已销号”，不能退回重改（")
    assert f"示例县创建办 {world.office.name} 销号）" in message


def test_the_same_form_again_is_harmless(world):
    problem, client_id = handed_out(world), uuid4()
    for _ in range(4):
        done = take_step(actor=world.contact, problem=problem, verb="sign", client_id=client_id)
        assert done.state == State.FIXING
    assert problem.steps.filter(verb="sign").count() == 1


def test_the_office_writes_a_title_anew_and_the_former_words_stay(world):
    for make in (make_problem, in_review):
        problem = make(world)
        place, _, former = problem.title.partition("：")
        done = act(world.office, problem, "reword", words=" 公示栏内容过期 ")
        assert (done.title, done.state) == (f"{place}：公示栏内容过期", problem.state)
        assert done.steps.latest("id").words == f"原来写作：{former}"


def test_other_words_that_are_none_or_too_many_are_refused(world):
    problem = make_problem(world)
    assert refused(world.office, problem, "reword", words=" ") == "问题写成什么，没有填。"
    same = problem.title.partition("：")[2]
    assert refused(world.office, problem, "reword", words=same) == "写法与原来的一样，没有改。"
    assert refused(world.office, problem, "reword", words="长" * 200).startswith("太长了，最多 ")
    assert refused(world.contact, handed_out(world), "reword", words="别的") == "改写法由创建办来办。"
