"""Issue 2, 15: a visit sent four times at once gives one set of rows and a success each time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from chuangwen.base.models import Event
from chuangwen.inspections import actions
from chuangwen.inspections.actions import Marked
from chuangwen.inspections.models import Answer, Visit
from chuangwen.organisations.models import Person
from chuangwen.problems.models import Problem
from tests.factories.inspections import field, open_round


@pytest.mark.django_db(transaction=True)
def test_four_at_once_give_one_set_of_rows_and_four_successes() -> None:
    made = field()
    visit = open_round(made.world, made.version, made.places[:1]).visits.get()
    person = made.world.inspector

    def send(_: int) -> str:
        try:
            actor = Person.objects.get(pk=person.pk)
            sent = actions.submit_visit(actor=actor, visit=visit, marks=[Marked("litter", count=2)], confirmed=[1, 2])
            return sent.state
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        states = list(pool.map(send, range(4)))
    assert states == [Visit.State.SUBMITTED] * 4
    assert (Answer.objects.count(), Problem.objects.count()) == (7, 1)
    assert Event.objects.filter(name="inspections.visit_submitted").count() == 1
