"""销号 pressed twice in haste closes one: the next one's button, at the same place, is armed after a second."""

import pytest
from playwright.sync_api import Page

from chuangwen.problems.models import Problem
from tests.factories.organisations import World, county
from tests.factories.problems import in_review

pytestmark = pytest.mark.django_db(transaction=True)


def closed() -> int:
    return Problem.objects.filter(state="closed").count()


def on_the_second(page: Page, world: World, sign_in) -> dict[str, float]:
    """Close the first of two; where its button stood."""
    first, second = in_review(world), in_review(world)
    sign_in(page, world.office)
    page.goto(f"/problems/{first.uuid}/?tab=review")
    button = page.get_by_role("button", name="销号", exact=True)
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + 10)
    page.wait_for_url(f"**/problems/{second.uuid}/**", wait_until="commit")
    return box


@pytest.mark.parametrize("device", ["desktop", "plain_phone"])
def test_a_second_press_at_once_does_nothing_and_one_later_closes(device, request, sign_in) -> None:
    page = request.getfixturevalue(device)()
    box = on_the_second(page, county(), sign_in)
    page.get_by_role("button", name="销号", exact=True).wait_for()
    for _ in range(3):
        page.mouse.click(box["x"] + 20, box["y"] + 10)
    button = page.get_by_role("button", name="销号", exact=True)
    assert button.evaluate("button => getComputedStyle(button).pointerEvents") == "none"
    assert closed() == 1
    page.wait_for_timeout(1200)
    button.click()
    page.get_by_text("已销号。", exact=True).wait_for()
    assert closed() == 2
