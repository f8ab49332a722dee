"""Beside the office's to-do list: this year's problems by state, and how many they are together."""

import pytest
from django.utils import timezone

from chuangwen.dashboards.side import side_for
from tests.factories.organisations import county
from tests.factories.problems import act, handed_out, in_review

pytestmark = pytest.mark.django_db


def test_the_sum_is_that_of_the_states_below_it_without_what_was_withdrawn() -> None:
    world, today = county(), timezone.localdate()
    handed_out(world, found_on=today)
    in_review(world, found_on=today)
    act(world.office, handed_out(world, found_on=today), "withdraw", words="重复")
    side = side_for(world.office)
    assert [(state.label, state.count) for state in side.states if state.count] == [("待签收", 1), ("待复核", 1)]
    assert side.total == 2
