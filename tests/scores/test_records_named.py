"""A lost point says what was found, as the problem does; and of which line of the criterion, and how much."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.inspections.actions import Marked
from chuangwen.inspections.models import Answer
from tests.factories.inspections import field, open_round, submit
from tests.factories.scoring import tell

pytestmark = pytest.mark.django_db


def test_a_record_says_which_line_it_is_of(db) -> None:
    made = field()
    visit = open_round(made.world, made.version, made.places[:1]).visits.get()
    good = Answer.Mark.QUALIFIED
    findings = [Marked("market", 1, note="占道"), Marked("market", 2), Marked("lamps", mark=good, count=8, base=10)]
    submit(visit, findings)
    tell(visit, later=True)
    office = Client()
    office.force_login(made.world.office, backend="django.contrib.auth.backends.ModelBackend")

    def records(key: str) -> list[str]:
        page = office.get(reverse("scores:round", args=[visit.round.uuid]), {"criterion": key})
        return [row.what for row in page.context["why"].records]

    assert records("market") == ["摊位整齐：占道", "没有做到“亮证经营”"]
    assert records("lamps") == ["路灯不完好（8\u00a0合格，共查\u00a010）"]
