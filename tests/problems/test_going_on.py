"""After a step the work goes on: the next one for the same decision, or for the same contact."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from chuangwen.problems.models import Problem
from chuangwen.problems.queries import clock_for
from tests.factories.organisations import World, county
from tests.factories.problems import act, fixing, handed_out, photo, run_out

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db: None) -> World:
    return county()


def login(client, person):
    client.force_login(person, backend=BACKEND)
    return client


def post(client, problem, verb, query="", **data):
    return client.post(f"/problems/{problem.uuid}/{verb}/{query}", {"client_id": str(uuid4()), **data}, follow=True)


def notes(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def asking(world: World) -> Problem:
    """One whose unit asks for an extension."""
    until = clock_for(world.tenant.pk).next_workday(timezone.localdate() + timedelta(days=15))
    return act(world.contact, fixing(world), "ask_extension", words="定制件", date=until)


def days(problem: Problem) -> str:
    return f"{problem.deadline.month}月{problem.deadline.day}日"


def test_after_deciding_an_extension_the_next_that_waits_is_open(world, client):
    first, second, third = (asking(world) for _ in range(3))
    fixing(world)
    page = post(login(client, world.office), first, "grant_extension", "?tab=open&only=extension")
    assert page.redirect_chain[-1][0] == f"/problems/{second.uuid}/?tab=open&only=extension"
    assert "申请延期 第 1\u00a0件，共 2\u00a0件</a>" in page.content.decode()
    first.refresh_from_db()
    assert notes(page) == [f"{first.number} 延期到 {days(first)}。接着是下一件。"]
    page = post(client, second, "refuse_extension", words="先用临时措施")
    assert page.redirect_chain[-1][0] == f"/problems/{third.uuid}/?tab=open&only=extension"
    assert notes(page) == [f"{second.number} 不予延期，期限还是 {days(second)}。接着是下一件。"]
    page = post(client, third, "grant_extension")
    assert page.redirect_chain[-1][0] == f"/problems/{third.uuid}/"


def test_after_signing_the_contact_reads_the_state_and_is_offered_the_next_to_sign(world, client):
    run_out(fixing(world))
    first, second = handed_out(world), handed_out(world)
    handed_out(world, world.other_bureau)
    page = post(login(client, world.contact), first, "sign")
    link = f'<a class="btn btn-row" href="/problems/{second.uuid}/">办下一件</a>'
    assert notes(page) == [f"已签收，现在是整改中。还有 2\u00a0件要办。{link}"]
    assert link in page.content.decode()


def test_after_reporting_the_most_urgent_of_the_others_is_next(world, client):
    only, late = fixing(world), run_out(handed_out(world))
    upload = SimpleUploadedFile("after.jpg", photo("green"), content_type="image/jpeg")
    page = post(login(client, world.contact), only, "report", words="已清运。", photos=upload)
    assert notes(page) == [
        "已报送，现在是待复核，等创建办复核。还有 1\u00a0件要办。"
        f'<a class="btn btn-row" href="/problems/{late.uuid}/">办下一件</a>'
    ]


def test_the_last_one_is_said_to_be_the_last(world, client):
    page = post(login(client, world.contact), handed_out(world), "object", words="不归本局")
    assert notes(page) == ["已提出异议，等创建办裁定。没有别的要办了。"]


def test_the_office_that_signs_for_a_unit_is_not_sent_on(world, client):
    first, _ = handed_out(world), handed_out(world)
    said = f"签收：现在是整改中，期限 {days(first)}。"
    assert notes(post(login(client, world.office), first, "sign")) == [said]


def test_an_overdue_one_says_why_no_extension_is_offered(world, client):
    said = "期限已过，不能再申请延期；请尽快报送整改。"
    late, asked, timely = run_out(fixing(world)), run_out(asking(world)), fixing(world)
    login(client, world.contact)
    shown = [said in client.get(f"/problems/{problem.uuid}/").content.decode() for problem in (late, asked, timely)]
    assert shown == [True, False, False]
    login(client, world.office)
    assert said not in client.get(f"/problems/{late.uuid}/").content.decode()


@pytest.fixture
def appeal(world) -> Problem:
    return act(world.contact, handed_out(world), "object", words="不归本局")


def test_the_ruling_says_what_follows_from_each_choice(world, client, appeal):
    text = login(client, world.office).get(f"/problems/{appeal.uuid}/").content.decode()
    until = clock_for(world.tenant.pk).deadline(world.jurisdiction).on
    assert "异议成立，改由这个单位负责</button>" in text
    granted = f"{world.jurisdiction.deadline_days}\u00a0个工作日，到 {until.month}月{until.day}日"
    assert f"向它交办，期限重计：{granted}" in text
    assert "异议成立，不作问题处理</button>" in text
    assert "撤销这一件，不用整改，不计入问题统计。" in text
    assert f"仍由示例县城管局整改，期限 {days(appeal)}不变。" in text
    run_out(appeal)
    assert "仍由示例县城管局整改，期限已过，重计：" in client.get(f"/problems/{appeal.uuid}/").content.decode()


def test_upheld_and_given_to_another_unit(world, client, appeal):
    login(client, world.office)
    text = post(client, appeal, "uphold_objection", words="属实", to="handed_out").content.decode()
    assert "请选改由哪个单位负责。" in text
    post(client, appeal, "uphold_objection", words="属实", to="handed_out", unit=world.other_bureau.code)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.unit) == ("handed_out", world.other_bureau)


def test_upheld_and_no_problem_at_all(world, client, appeal):
    post(login(client, world.office), appeal, "uphold_objection", words="属实", to="withdrawn")
    appeal.refresh_from_db()
    assert appeal.state == "withdrawn"


def test_the_line_above_the_next_case_says_how_it_was_ruled(world, client):
    rows = [act(world.contact, handed_out(world), "object", words="不归本局") for _ in range(4)]
    login(client, world.office)
    given = [
        ("uphold_objection", {"to": "withdrawn"}),
        ("uphold_objection", {"to": "handed_out", "unit": world.other_bureau.code}),
        ("reject_objection", {}),
    ]
    said = [
        notes(post(client, row, verb, "?tab=appeal", words="经核实", **data))[0].removeprefix(f"{row.number} ")
        for row, (verb, data) in zip(rows, given, strict=False)
    ]
    assert said == [
        "异议成立，不算问题，已撤销；记录和得分按裁定更正。接着是下一件。",
        f"异议成立，改由{world.other_bureau}负责，现在是待签收。接着是下一件。",
        f"异议不成立，现在是整改中，期限 {days(rows[2])}。接着是下一件。",
    ]


def test_upheld_without_saying_what_follows_is_refused(world, client, appeal):
    text = post(login(client, world.office), appeal, "uphold_objection", words="属实").content.decode()
    assert "异议成立的，要定下改由哪个单位负责，还是不作问题处理。" in text
    appeal.refresh_from_db()
    assert appeal.state == "appeal"
