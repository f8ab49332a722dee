"""Drafting on the page."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from chuangwen.documents.models import Document
from tests.factories.documents import finished
from tests.factories.inspections import field, open_round
from tests.factories.organisations import county
from tests.factories.problems import handed_out

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
NEW, NOTICE = reverse("documents:document-new"), reverse("documents:notice-new")


def post(client, world, url=NEW, **given):
    client.force_login(world.office, backend=BACKEND)
    return client.post(url, {"client_id": uuid4(), **given})


def test_a_circular_is_drafted_and_opened(client):
    made = finished()
    answer = post(client, made.world, kind="circular", round=made.round.uuid)
    assert answer.url == reverse("documents:document", args=[Document.objects.get().uuid])


def test_the_notices_of_a_round_are_drafted_and_listed(client):
    made = finished()
    answer = post(client, made.world, kind="notices", round=made.round.uuid)
    assert answer.url == f"{reverse('documents:documents')}?state=draft&kind=notice"
    assert Document.objects.count() == 2


def test_one_unit_gets_a_notice_for_the_problems_left_ticked(client):
    world = county()
    problems = [handed_out(world) for _ in range(3)]
    answer = post(client, world, kind="notice", unit=world.bureau.code)
    assert answer.url == f"{NOTICE}?unit={world.bureau.pk}"
    page = client.get(answer.url).content.decode()
    assert [page.count(f'value="{problem.uuid}" checked') for problem in problems] == [1, 1, 1]
    post(client, world, answer.url, pick=[problems[0].uuid, problems[2].uuid, "nonsense"])
    assert [row["uuid"] for row in Document.objects.get().facts["problems"]["rows"]] == [
        str(problems[0].uuid), str(problems[2].uuid)
    ]  # fmt: skip


def test_with_no_tick_it_says_what_is_missing(client):
    world = county()
    handed_out(world)
    page = post(client, world, f"{NOTICE}?unit={world.bureau.pk}")
    assert "这里没有已交办、还没有销号的问题。" in page.content.decode()


def test_a_round_is_asked_for_where_it_is_needed(client):
    world = county()
    assert "这种公文按轮次起草，请选一轮。" in post(client, world, kind="circular").content.decode()


def test_a_refusal_stands_at_its_field(client):
    made = finished(hand_out=False)
    page = post(client, made.world, kind="notices", round=made.round.uuid).content.decode()
    assert "没有已交办、还没有销号的问题。先在问题台账交办。" in page


def test_a_neighbours_round_and_unit_are_not_there(client):
    made = finished()
    neighbour = county("邻县", tenant=made.world.tenant)
    answer = post(client, neighbour, kind="circular", round=made.round.uuid)
    assert (answer.status_code, Document.objects.count()) == (200, 0)
    assert post(client, neighbour, f"{NOTICE}?unit={made.world.bureau.pk}").status_code == 404


def test_the_round_that_is_over_is_offered_before_the_one_under_way(client):
    made = finished()
    ground = field(made.world)
    open_round(made.world, ground.version, ground.places, starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 9))
    client.force_login(made.world.office, backend=BACKEND)
    assert client.get(NEW).context["form"]["round"].initial == str(made.round.uuid)
