"""Every main page, by everybody who has it, on a desk and on a phone: no error, no overflow, one red button."""

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from chuangwen.scores.actions import ask_forecast
from chuangwen.scores.models import Composite, Forecast
from tests.e2e.acts import fits, widest
from tests.factories import documents
from tests.factories.composites import enter, make_composite, publish
from tests.factories.inspections import field, open_round
from tests.factories.organisations import World, make_person
from tests.factories.problems import fixing, in_review

pytestmark = pytest.mark.django_db(transaction=True)

OFFICE = (
    "/", "/search/?q=示例", "/rounds/", "/rounds/new/", "{round}", "{round}visits/", "{round}answers/",
    "{round}frame/", "{round}teams/", "{visit}", "/places/", "/places/new/", "/places/types/", "{place}", "/scores/",
    "{score}", "{score}first/", "{score}first/?n=2", "{score}first/?by=leader", "{score}forecast/", "{forecast}",
    "/scores/composites/", "/scores/composites/new/", "{composite}", "{draft}", "{draft}parts/", "{draft}entered/",
    "/standards/", "{standard}",
    "/problems/", "/problems/?tab=all", "/problems/new/", "{problem}",
    "/problems/text/?tab=all&all=1",
    "/documents/", "/documents/new/", "/documents/numbers/", "{circular}", "{notice}", "/units/", "{unit}", "/regions/",
    "/people/", "/people/new/", "{person}", "/areas/", "/areas/new/", "/jurisdiction/", "/transfers/",
    "/transfers/?tab=exports", "/imports/new/places/", "/password/",
)  # fmt: skip
CONTACT = (
    "/", "/search/?q=示例", "/rounds/", "{round}", "{round}visits/", "{visit}", "/places/", "{place}", "/scores/",
    "{score}", "{score}first/", "/scores/composites/", "{composite}", "/standards/", "{standard}",
    "/problems/", "/problems/?tab=all", "{problem}",
    "/documents/", "{circular}", "{notice}", "/units/", "{unit}", "/more/", "/password/",
)  # fmt: skip
LEADER = (
    "/", "/places/", "{place}", "/scores/", "{score}", "{score}first/", "{composite}",
    "/problems/", "/problems/?tab=all", "{problem}", "/documents/", "{circular}", "/more/",
)  # fmt: skip
FIELD = ("/m/", "/m/done/", "/m/me/", "{today}", "/more/", "/password/")


def full_county() -> tuple[dict[str, str], dict]:
    """A county in the middle of its work: addresses by name, and its people."""
    made = documents.finished()
    world, ground = made.world, field(made.world)
    fixing(world), in_review(world)
    running = open_round(world, ground.version, ground.places)
    visit = made.round.visits.filter(unit=world.station).first()
    notice = documents.issued(documents.notice(world, world.bureau, 2), world)
    circular = documents.issued(documents.circular(made), world)
    at = {
        "round": f"/rounds/{made.round.uuid}/",
        "visit": f"/visits/{visit.uuid}/",
        "place": f"/places/{visit.place_id}/",
        "score": f"/scores/{made.round.uuid}/",
        "standard": f"/standards/{made.round.version.uuid}/",
        "problem": f"/problems/{made.problems[0].uuid}/",
        "circular": f"/documents/{circular.uuid}/",
        "notice": f"/documents/{notice.uuid}/",
        "unit": f"/units/{world.bureau.pk}/",
        "forecast": f"/scores/forecasts/{forecast_of(made).uuid}/",
        "composite": f"/scores/composites/{published_of(world).uuid}/",
        "draft": f"/scores/composites/{make_composite(world, '草稿', shaped='linked').uuid}/",
        "person": f"/people/{world.contact.pk}/",
        "today": f"/m/visits/{running.visits.first().uuid}/",
    }
    return at, {**world.people, "newcomer": make_person(world.bureau, "contact")}


def published_of(world: World) -> Composite:
    """A cycle with its last year still open."""
    made = make_composite(world)
    for unit, score in ((world.bureau, "80.5"), (world.station, "91"), (world.other_bureau, "77.25")):
        enter(world, made, unit, p1=score, p2="88", bonus="1")
    return publish(world, made)


def forecast_of(made: documents.Finished) -> Forecast:
    plan = {made.round.visits.first().place_type.code: (9, 2)}
    given = {"actor": made.world.office, "round": made.round, "client_id": uuid4()}
    return ask_forecast(plan=plan, line=Decimal("29"), **given)


def look(page: Page, address: str) -> list[str]:
    """What is wrong with a page, in words."""
    status = page.goto(address).status
    wrong = [] if status == 200 else [f"answers {status}"]
    titles = page.get_by_role("heading", level=1).count()
    wrong += [] if titles == 1 or page.locator(".cw-sheet").count() else [f"{titles} titles"]
    red = page.locator("main .btn-primary:visible, .cw-action .btn-primary:visible").count()
    return wrong + ([f"{red} red buttons"] if red > 1 else [])


def wide(page: Page) -> list[str]:
    width = page.viewport_size["width"]
    found = page.evaluate("document.documentElement.scrollWidth")
    return [f"{found} wide: {widest(page, width)}"] if found > width else []


def walk_through(page: Page, addresses, at, *, phone: bool) -> list[str]:
    """Every page of a list; what is wrong, named with its address."""
    found = []
    for address in addresses:
        wrong = look(page, address.format(**at))
        wrong += narrow(page) if phone else wide(page)
        wrong += squeezed(page) + untranslated(page)
        found += [f"{address}: {what}" for what in wrong]
    return found


def narrow(page: Page) -> list[str]:
    try:
        fits(page)
    except AssertionError as error:
        return [str(error)]
    return []


def squeezed(page: Page) -> list[str]:
    """Links broken over more than three lines: a column too narrow for what it holds."""
    found = page.evaluate(
        """() => [...document.querySelectorAll("main a")]
           .filter(a => a.textContent.trim().length < 24 && a.getClientRects().length > 3)
           .map(a => a.textContent.trim())"""
    )
    return [f"squeezes {text}" for text in found]


def untranslated(page: Page) -> list[str]:
    """Words of the machine that no person should read."""
    seen = page.locator("body").inner_text()
    return [f"says {word}" for word in re.findall(r"\bNone\b|\bFalse\b|\{\{|\{%|成功|用户|！", seen)]


def test_the_offices_pages_stand_on_a_desk(desktop, sign_in):
    at, people = full_county()
    page = desktop()
    sign_in(page, people["office"])
    assert walk_through(page, OFFICE, at, phone=False) == []


def test_the_offices_pages_do_not_push_a_phone_sideways(phone, sign_in):
    at, people = full_county()
    page = phone()
    sign_in(page, people["office"])
    assert walk_through(page, OFFICE, at, phone=True) == []


@pytest.mark.parametrize(("who", "addresses"), [("contact", CONTACT), ("leader", LEADER), ("inspector", FIELD)])
def test_pages_of_units_leaders_and_the_field_fit_a_phone_and_a_desk(desktop, phone, sign_in, who, addresses):
    at, people = full_county()
    for page, is_phone in ((phone(), True), (desktop(), False)):
        sign_in(page, people[who])
        assert walk_through(page, addresses, at, phone=is_phone) == []


def test_a_slash_goes_to_the_search_and_enter_searches(desktop, sign_in):
    _, people = full_county()
    page = desktop()
    sign_in(page, people["office"])
    page.goto("/rounds/")
    page.keyboard.press("/")
    page.keyboard.type("示例")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.get_by_role("heading", level=1).inner_text() == "查找“示例”"


def test_a_phone_has_search_and_the_way_out_under_more(phone, sign_in):
    _, people = full_county()
    page = phone()
    sign_in(page, people["contact"])
    page.goto("/")
    page.get_by_role("link", name="更多", exact=True).tap()
    page.get_by_role("searchbox", name="查找").fill("示例")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.get_by_role("heading", level=1).inner_text() == "查找“示例”"
    page.goto("/more/")
    page.get_by_role("button", name="退出", exact=True).tap()
    page.wait_for_url("**/login/")


def test_a_newcomer_is_told_what_will_come(phone, sign_in):
    _, people = full_county()
    page = phone()
    sign_in(page, people["newcomer"])
    page.goto("/problems/?tab=closed")
    assert page.locator(".cw-empty").count() == 1
