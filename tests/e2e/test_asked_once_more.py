"""A second press in haste hits nothing: 确认 stands nowhere near the button that was pressed first."""

import pytest

from chuangwen.inspections.models import Round
from tests.e2e.acts import fits, heading
from tests.factories.inspections import field, open_round, submit

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = ("开始", "结束", "公开")


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    """Do two boxes on the screen not touch?"""
    beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
    return beside or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]


@pytest.mark.parametrize("device", ["desktop", "plain_phone"])
def test_the_life_of_a_round_step_by_step(device, request, sign_in) -> None:
    made = field()
    round = open_round(made.world, made.version, made.places)
    for visit in round.visits.all():
        submit(visit)
    Round.objects.update(state=Round.State.DRAFT)
    page = request.getfixturevalue(device)()
    sign_in(page, made.world.office)
    page.goto(f"/rounds/{round.uuid}/")
    for verb in STEPS:
        button = page.get_by_role("button", name=verb, exact=True)
        first = button.bounding_box()
        button.click()
        heading(page, f"{verb}“{round.name}”？")
        sure = page.get_by_role("button", name=f"确认{verb}", exact=True)
        assert apart(first, sure.bounding_box())
        sure.click()
        heading(page, round.name)
    if device == "plain_phone":
        fits(page)
    assert Round.objects.get().state == Round.State.RELEASED
