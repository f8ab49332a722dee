"""A round: made, drawn and started by the office, examined on phones, hidden until it is released, closed."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from tests.e2e.acts import fill, fits, heading, number_in, open_link, photo, press, press_surely, said
from tests.e2e.setting_up import LITTER, SIGNS

ROUND = "第1轮督导"
TEAMS = (("一组", "方明远"), ("二组", "许建华"))
DRAWN = {"主次干道": "2", "农贸市场": "1"}
LITTER_FOUND = "树穴里有烟头"


def make_round(office: Page) -> str:
    """A round of two weeks with the published standard; returns its address."""
    today = timezone.localdate()
    office.goto("/rounds/")
    open_link(office, "新建轮次")
    fill(office, {"名称": ROUND, "开始": f"{today}", "结束": f"{today + timedelta(14)}"})
    office.get_by_label("类别").select_option(label="督导")
    office.get_by_label("名称").press("Enter")
    heading(office, "抽样")
    return office.url.removesuffix("draw/")


def draw_places(office: Page) -> None:
    """So many of each type, drawn with a seed the office was told; the page after making a round."""
    for kind, how_many in DRAWN.items():
        office.get_by_label(kind, exact=True).fill(how_many)
    fill(office, {"抽签号": "20261121"})
    press(office, "抽样")
    heading(office, "抽样结果")
    expect(office.locator(".cw-cols > .cw-sec tbody tr")).to_have_count(sum(map(int, DRAWN.values())))
    open_link(office, "去分组")
    heading(office, "分组")


def make_teams(office: Page, at: str) -> None:
    """Two teams of one inspector each; the drawn places shared between them; the page after the draw."""
    for name, member in TEAMS:
        fill(office, {"名称": name})
        office.get_by_role("checkbox", name=member).check()
        press(office, "建组")
        expect(office.get_by_role("cell", name=name, exact=True)).to_be_visible()
    press(office, "把 3 处点位分给各组")
    office.goto(at)
    press_surely(office, "开始")
    expect(office.locator(".cw-steps .now")).to_be_visible()


def see_nothing_yet(page: Page, round_at: str, *, visit_at: str = "") -> None:
    """A unit's contact finds neither the round nor its places before the office releases them."""
    for address in filter(None, (round_at, visit_at)):
        assert page.goto(address).status in (403, 404)
    page.goto("/rounds/")
    assert ROUND not in said(page)
    page.goto("/problems/?tab=all")
    expect(page.locator(".cw-empty")).to_be_visible()


def examine(phone: Page) -> int:
    """Every place of today's list, two findings at each; how many places."""
    examined = 0
    phone.goto("/m/")
    fits(phone)
    heading(phone, "今日点位")
    while phone.locator(".cw-places a").count():
        phone.locator(".cw-places a").first.click()
        phone.wait_for_url("**/visits/**")
        hand_in(phone)
        examined += 1
        open_link(phone, "测下一处")
        phone.wait_for_url("**/m/")
    heading(phone, "今日点位")
    assert "都交齐了" in said(phone)
    return examined


def item(page: Page, text: str):
    """One line of the checklist."""
    return page.locator(".fc-item", has_text=text)


def hand_in(phone: Page) -> None:
    """One place: litter counted and photographed, a sign marked, the rest confirmed; sent twice it stands once."""
    fits(phone)
    litter, signs = item(phone, LITTER), item(phone, SIGNS)
    litter.locator(".fc-mark").tap()
    litter.get_by_label("加 1 处").tap()
    litter.locator("input[type=file]").set_input_files(photo("现场"))
    litter.get_by_label("问题说明").fill(LITTER_FOUND)
    signs.locator(".fc-mark").tap()
    fits(phone)
    expect(phone.locator("#tally")).to_contain_text("不合格 2 项，共 3 处")
    press(phone, "交这个点位")
    confirm_the_rest(phone)
    sheet, answers = phone.url, []
    phone.route(sheet, lambda route: send_twice(route, answers), times=1)
    press(phone, "交这个点位")
    phone.wait_for_url("**/receipt/")
    fits(phone)
    assert answers == [302]
    assert number_in(said(phone), r"不合格 (\d+) 项") == 2
    receipt = said(phone.locator(".fc-receipt"))
    phone.goto(sheet)
    assert said(phone.locator(".fc-receipt")) == receipt


def send_twice(route: Route, answers: list[int]) -> None:
    """As a lost network does: the phone sends the whole page again, having missed the first answer."""
    answers.append(route.fetch(max_redirects=0).status)
    route.continue_()


def confirm_the_rest(phone: Page) -> None:
    """Each section that still has unmarked items asks, one tap each; one more where numbers were left empty."""
    for part in phone.locator(".fc-rest:visible").all():
        for words in ("其余合格", "没有填数的按未查"):
            choice = part.get_by_label(words)
            if part.get_by_text(words, exact=True).is_visible() and not choice.is_checked():
                part.get_by_text(words, exact=True).tap()


def close_round(office: Page, at: str) -> None:
    """All handed in: the round ends."""
    office.goto(at)
    expect(office.locator("tfoot").first).to_contain_text("3 / 3")
    press_surely(office, "结束")
    heading(office, ROUND)
    expect(office.get_by_role("button", name="公开", exact=True)).to_be_visible()


def release_round(office: Page, at: str) -> None:
    office.goto(at)
    press_surely(office, "公开")
    heading(office, ROUND)
