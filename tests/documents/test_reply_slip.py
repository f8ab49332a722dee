"""The reply slip 回执 is filled from the problems' steps; the notice stays as issued (issue 2: 14)."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from chuangwen.base import files
from chuangwen.documents import actions
from chuangwen.problems.actions import take_step
from tests.documents.word.reading import opened, texts
from tests.factories.documents import issued, issued_notice, notice
from tests.factories.organisations import county
from tests.factories.problems import photo

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def slip(client, person, paper):
    client.force_login(person, backend=BACKEND)
    answer = client.get(reverse("documents:slip", args=[paper.uuid]))
    assert answer.status_code == 200
    return answer.content


def cells(file):
    return [cell.text for cell in opened(file).tables[0].rows[1].cells]


def rectify(world, problem):
    take_step(actor=world.contact, problem=problem, verb="sign", client_id=uuid4(), responsible="王示例")
    take_step(
        actor=world.contact,
        problem=problem,
        verb="report",
        client_id=uuid4(),
        words="已清运。",
        photos=[photo("green")],
    )


def test_14_nothing_done_yet_leaves_the_cells_to_the_pen(client):
    world = county()
    paper = issued_notice(world)
    problem = world.bureau.problems.get()
    file = slip(client, world.contact, paper)
    assert texts(file)[0] == "整改回执"
    assert cells(file) == ["1", problem.title, "", "", "", "", ""]


def test_14_report_review_and_end_fill_the_slip(client):
    world = county()
    paper = issued_notice(world)
    before = files.read(paper.file)
    problem = world.bureau.problems.get()
    rectify(world, problem)
    take_step(actor=world.office, problem=problem, verb="close", client_id=uuid4(), words="现场一致")
    today = timezone.localdate()
    day = f"{today.month}月{today.day}日"
    file = slip(client, world.contact, paper)
    assert cells(file) == [
        "1", problem.title, "已清运。", f"{day}报送", f"示例县城管局 {world.contact.name}", "现场一致", f"{day}销号"
    ]  # fmt: skip
    assert len(opened(file).inline_shapes) == 1
    paper.refresh_from_db()
    assert files.read(paper.file) == before


def test_sent_back_the_slip_says_so_until_the_next_report(client):
    world = county()
    paper = issued_notice(world)
    problem = world.bureau.problems.get()
    rectify(world, problem)
    take_step(actor=world.office, problem=problem, verb="send_back", client_id=uuid4(), words="还有积水")
    assert cells(slip(client, world.office, paper))[5:] == ["还有积水", ""]
    take_step(actor=world.contact, problem=problem, verb="report", client_id=uuid4(), words="已排水", photos=[photo()])
    assert cells(slip(client, world.office, paper))[2:6:3] == ["已排水", ""]


def test_14_the_signature_on_the_page_stands_on_the_slip(client):
    world = county()
    paper = issued_notice(world)
    signed = timezone.localtime(actions.sign(actor=world.contact, document=paper, client_id=uuid4()).signed_at)
    said = texts(slip(client, world.contact, paper))
    when = f"{signed.year}年{signed.month}月{signed.day}日{signed:%H:%M}"
    assert said[2] == f"签收人：示例县城管局 {world.contact.name}　　签收时间：{when}"


def test_a_problem_withdrawn_since_keeps_its_row(client):
    world = county()
    paper = issued(notice(world, count=2), world)
    problem = world.bureau.problems.order_by("id").first()
    take_step(actor=world.office, problem=problem, verb="withdraw", client_id=uuid4(), words="重复")
    assert len(opened(slip(client, world.office, paper)).tables[0].rows) == 3


def test_a_draft_has_no_slip(client):
    world = county()
    client.force_login(world.office, backend=BACKEND)
    assert client.get(reverse("documents:slip", args=[notice(world).uuid])).status_code == 404
