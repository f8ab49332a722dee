"""The members of a team among many people: typed words leave who fits, who is chosen stands above by name."""

import pytest
from playwright.sync_api import expect

from chuangwen.inspections.models import TeamMember
from chuangwen.organisations.models import Role
from tests.e2e.acts import fits, press
from tests.factories.inspections import field, open_round
from tests.factories.organisations import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_people_are_found_by_name_or_unit_and_the_chosen_stay_named(device, request, sign_in) -> None:
    made = field()
    round = open_round(made.world, made.version, made.places)
    first = made.world.inspector
    unit = first.memberships.get().organisation
    people = [make_person(unit, Role.INSPECTOR, f"测评员{number:02d}") for number in range(1, 31)]
    page = request.getfixturevalue(device)()
    sign_in(page, made.world.office)
    team = round.teams.get()
    page.goto(f"/rounds/{round.uuid}/teams/{team.pk}/")
    told, find = page.get_by_role("status"), page.get_by_label("按姓名或单位找")
    named = page.locator(".cw-choose label")
    expect(told).to_have_text(f"选了 1\u00a0人：{first.name}（{unit}）")
    expect(named.first).to_contain_text(first.name)
    find.fill("测评员1")
    expect(page.locator(".cw-choose label:visible")).to_have_count(10)
    page.get_by_label(f"测评员17（{unit}）").check()
    find.fill("没有这个人")
    find.press("Enter")
    expect(page.locator(".cw-choose label:visible")).to_have_count(0)
    expect(told).to_have_text(f"选了 2\u00a0人：{first.name}（{unit}）、测评员17（{unit}）")
    if device == "phone":
        fits(page)
    press(page, "改好")
    page.wait_for_url("**/teams/")
    members = set(TeamMember.objects.filter(team=team).values_list("membership__person_id", flat=True))
    assert members == {first.pk, people[16].pk}
