"""Issue 2, 15: 发布 sent four times at the very same moment is one publication and a success each time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from chuangwen.base.models import Event
from chuangwen.organisations.models import Person
from chuangwen.standards import actions
from chuangwen.standards.models import StandardVersion
from tests.factories.organisations import county
from tests.factories.standards import published_standard


@pytest.mark.django_db(transaction=True)
def test_four_at_once_publish_once_and_all_answer_the_same() -> None:
    world = county()
    first = published_standard(world.jurisdiction)
    draft = actions.new_draft_from(actor=world.office, client_id=uuid4(), version=first)
    barrier = Barrier(4)

    def publish(_: int) -> tuple[str, str]:
        try:
            actor, version = Person.objects.get(pk=world.office.pk), StandardVersion.objects.get(pk=draft.pk)
            barrier.wait()
            answer = actions.publish(actor=actor, version=version)
            return answer.state, answer.spec_hash
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(publish, range(4)))
    kept = StandardVersion.objects.get(pk=draft.pk)
    assert answers == [("published", kept.spec_hash)] * 4
    assert Event.objects.filter(name="standards.version_published").count() == 2
    assert list(StandardVersion.objects.order_by("number").values_list("state", flat=True)) == [
        "superseded",
        "published",
    ]
