"""The list of papers, the register of numbers, and their exports."""

from uuid import uuid4

import pytest
from django.http import QueryDict
from django.urls import reverse

from chuangwen.base import exports, files
from chuangwen.base.models import Event
from chuangwen.documents import actions
from chuangwen.documents.queries import todo_for_office
from tests.factories.documents import circular, finished, issued, issued_notice, notice
from tests.factories.organisations import county
from tests.factories.workbooks import opened

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
LIST, REGISTER = "/documents/", "/documents/numbers/"


def titles(client, person, query="", url=LIST):
    client.force_login(person, backend=BACKEND)
    page = client.get(url + query)
    assert page.status_code == 200
    rows = page.context["slice"].rows
    return [getattr(row, "title", None) or str(row) for row in rows]


def sheet(world, kind):
    job = exports.ask(actor=world.office, kind=kind, query=QueryDict(), client_id=uuid4())
    exports.make_export(Event.objects.get(name="base.export_asked"))
    job.refresh_from_db()
    rows = list(opened(files.read(job.file)).worksheets[0].iter_rows(values_only=True))
    return job.rows, rows


def test_6_each_sees_the_papers_meant_for_them(client):
    made = finished()
    world = made.world
    issued(circular(made), world)
    issued_notice(world)
    issued_notice(world, world.other_bureau)
    notice(world)
    report = f"关于{made.round.name}情况的通报"
    bureau, other = "整改通知书（示例县城管局）", "整改通知书（示例县住建局）"
    assert titles(client, world.office) == [bureau, other, bureau, report]
    assert titles(client, world.contact) == [bureau, report]
    assert titles(client, world.other_contact) == [other, report]
    assert titles(client, county("邻县", tenant=world.tenant).office) == []


def test_the_filter_lives_in_the_address(client):
    made = finished()
    world = made.world
    report = circular(made).title
    paper = issued_notice(world)
    assert titles(client, world.office, "?kind=circular") == [report]
    assert titles(client, world.office, "?state=issued") == [paper.title]
    assert titles(client, world.office, "?unsigned=1") == [paper.title]
    assert titles(client, world.office, f"?q={paper.number_text[:4]}") == [paper.title]
    assert titles(client, world.office, "?year=2019") == []
    assert titles(client, world.office, "?kind=nonsense&year=x") == [paper.title, report]


def test_the_list_asks_as_often_for_three_rows_as_for_one(client, same_queries):
    world = county()
    client.force_login(world.office, backend=BACKEND)
    same_queries(lambda: issued_notice(world), LIST, client)


def test_the_register_asks_as_often_for_three_rows_as_for_one(client, same_queries):
    world = county()
    client.force_login(world.office, backend=BACKEND)
    same_queries(lambda: issued_notice(world), REGISTER, client)


def test_14_the_register_keeps_void_numbers_with_their_reason(client):
    world = county()
    first, second = issued_notice(world), issued_notice(world)
    actions.void(actor=world.office, document=first, client_id=uuid4(), reason="发文对象写错")
    both = [second.number_text, first.number_text]
    assert titles(client, world.office, url=REGISTER) == both
    assert titles(client, world.office, "?state=void", REGISTER) == both[1:]
    assert titles(client, world.office, "?state=issued", REGISTER) == both[:1]
    assert "发文对象写错" in client.get(REGISTER).content.decode()
    assert titles(client, county("邻县", tenant=world.tenant).office, url=REGISTER) == []


def test_the_export_of_papers_holds_what_the_list_shows():
    world = county()
    paper = issued_notice(world)
    count, rows = sheet(world, "documents")
    assert (count, rows[1][:5]) == (1, (paper.number_text, paper.title, "整改通知书", "已签发", "示例县城管局"))


def test_the_export_of_the_register_holds_reasons():
    world = county()
    paper = issued_notice(world)
    actions.void(actor=world.office, document=paper, client_id=uuid4(), reason="=写错")
    count, rows = sheet(world, "document-numbers")
    assert (count, rows[1][0], rows[1][7]) == (1, paper.number_text, "已作废")


def test_drafts_wait_in_the_offices_list_of_things_to_do():
    world = county()
    paper = notice(world)
    assert [(todo.title, todo.url) for todo in todo_for_office(world.office)] == [
        (f"{paper.title}（待签发）", reverse("documents:document", args=[paper.uuid]))
    ]
