"""A score frozen again and a second circular of a round: neither passes beside the issued paper unsaid."""

from uuid import uuid4

import pytest
from django.urls import reverse

from chuangwen.documents.models import Document
from chuangwen.inspections.actions import correct_answer
from chuangwen.scores.actions import freeze_run
from tests.factories.asking import surely
from tests.factories.documents import Finished, circular, finished, issued

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
LIVING = "印的是成文时的数字；点开看到的是现在的情况，件数可能与文中不同。"


@pytest.fixture
def made() -> Finished:
    return finished()


@pytest.fixture
def office(client, made):
    client.force_login(made.world.office, backend=BACKEND)
    return client


def frozen(made: Finished, **given: str):
    return freeze_run(actor=made.world.office, round=made.round, client_id=uuid4(), **given)


def page(client, paper: Document):
    return client.get(reverse("documents:document", args=[paper.uuid]))


def draft(made: Finished) -> dict[str, object]:
    return {"client_id": uuid4(), "kind": "circular", "round": made.round.uuid}


def test_a_score_frozen_again_is_said_on_the_issued_paper(made, office) -> None:
    frozen(made)
    paper = issued(circular(made), made.world)
    assert page(office, paper).context["rerun"] is None
    answer = made.round.answers.filter(mark=2).first()
    given = {"actor": made.world.office, "client_id": uuid4(), "reason": "看错了"}
    correct_answer(answer=answer, mark=1, **given)
    second = frozen(made, reason="更正记录")
    shown = page(office, paper)
    assert shown.context["rerun"] == second
    address = reverse("scores:run", args=[second.uuid])
    assert f'此后又定过分：<a href="{address}">第 2 次，' in shown.content.decode()


def test_the_units_read_the_paper_without_it(made, client) -> None:
    paper = issued(circular(made), made.world)
    frozen(made)
    client.force_login(made.world.contact, backend=BACKEND)
    shown = page(client, paper)
    assert (shown.context["rerun"], LIVING in shown.content.decode()) == (None, False)


def test_the_figures_of_an_issued_paper_say_that_they_open_the_present(made, office) -> None:
    paper = circular(made)
    assert LIVING not in page(office, paper).content.decode()
    assert LIVING in page(office, issued(paper, made.world)).content.decode()


def test_a_second_circular_of_a_round_is_asked_for(made, office) -> None:
    paper = issued(circular(made), made.world)
    asked = office.post(reverse("documents:document-new"), draft(made)).context["question"]
    assert f"本轮已发过{paper.number_text}" in asked.facts[0]
    assert asked.facts[0].endswith("，再拟的作更正或重发用。")
    assert Document.objects.count() == 1
    answer = surely(office, reverse("documents:document-new"), draft(made))
    assert answer.url == reverse("documents:document", args=[Document.objects.latest("id").uuid])
    assert Document.objects.count() == 2


def test_after_a_voided_one_nothing_is_asked(made, office) -> None:
    Document.objects.filter(pk=issued(circular(made), made.world).pk).update(state=Document.State.VOID)
    assert office.post(reverse("documents:document-new"), draft(made)).status_code == 302
