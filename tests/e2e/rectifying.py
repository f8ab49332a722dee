"""From findings to closed problems: handed out, signed for, put right, extended, disputed, decided."""

from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from chuangwen.base.models import CalendarDay
from tests.e2e.acts import fill, fits, heading, number_in, open_link, photo, press, said
from tests.e2e.inspecting import LITTER_FOUND

MEASURES = "已清扫，增派一名保洁员"


def addresses(page: Page, query: str) -> list[str]:
    """The problems a ledger lists, in its order."""
    page.goto(f"/problems/?{query}")
    links = page.locator("table tbody a[href*='/problems/']")
    return [link.get_attribute("href").partition("?")[0] for link in links.all()]


def state(page: Page, address: str) -> str:
    page.goto(address)
    return said(page.locator(".cw-head .st"))


def later_workday() -> date:
    """A working day some weeks ahead: later than any deadline of this walk."""
    ahead = CalendarDay.objects.filter(date__gt=timezone.localdate() + timedelta(20), is_workday=True)
    return ahead.order_by("date")[0].date


def hand_out_in_bulk(office: Page) -> list[str]:
    """Everything found waits 待交办; it is handed out in one go. Returns the problems."""
    found = addresses(office, "tab=pending")
    office.get_by_label("全选本页").check()
    expect(office.locator("[data-bulk-count]")).to_have_text(str(len(found)))
    press(office, "交办")
    press(office, f"交办 {len(found)} 件")
    expect(office.locator(".cw-note")).to_contain_text(f"已交办 {len(found)} 件")
    return found


def copy_group_text(office: Page, found: list[str]) -> None:
    """One text for each unit's chat group, with a link to every problem."""
    addresses(office, "tab=handed_out")
    office.get_by_label("全选本页").check()
    press(office, "拟群通知")
    texts = [box.input_value() for box in office.locator("textarea").all()]
    assert len(texts) == office.locator("section.cw-sec h2").count() > 1
    for address in found:
        assert sum(text.count(address) for text in texts) == 1
    office.get_by_role("button", name="复制", exact=True).first.click()
    expect(office.get_by_role("button", name="已复制", exact=True)).to_be_visible()


def sign_for_first(contact: Page) -> None:
    """The first thing in 待办, signed for in two taps."""
    contact.goto("/")
    fits(contact)
    open_link(contact, "签收")
    fits(contact)
    press(contact, "签收")
    assert said(contact.locator(".cw-head .st")) == "整改中"


def report(contact: Page, address: str) -> None:
    """Rectified, with one photo taken from the same spot."""
    contact.goto(address)
    contact.get_by_label("整改后照片").set_input_files(photo("整改后", "#6a9a5a"))
    fill(contact, {"整改措施": MEASURES})
    fits(contact)
    press(contact, "报送整改")
    assert said(contact.locator(".cw-head .st")) == "待复核"
    fits(contact)


def fold(page: Page, name: str):
    """A step folded away on the problem's page, opened."""
    step = page.locator("details.cw-fold", has=page.get_by_text(name, exact=True))
    step.locator("summary").click()
    return step


def ask_extension(contact: Page, address: str) -> date:
    contact.goto(address)
    until, step = later_workday(), fold(contact, "申请延期")
    fill(step, {"延至": f"{until}", "理由": "标识要重新制作"})
    fits(contact)
    press(step, "申请延期")
    expect(contact.locator("dl.cw-facts")).to_contain_text("申请延至")
    return until


def object_to(contact: Page, address: str) -> None:
    contact.goto(address)
    step = fold(contact, "提出异议")
    fill(step, {"理由": "这一段由市政养护单位负责"})
    press(step, "提出异议")
    assert said(contact.locator(".cw-head .st")) == "异议"


def answer_as_unit(contact: Page, found: list[str]) -> tuple[str, str, str]:
    """Three of the unit's problems signed for; one reported, one to be extended, one objected to."""
    own = addresses(contact, "tab=open")
    fits(contact)
    assert len(own) == 4 and set(own) < set(found)
    for _ in range(3):
        sign_for_first(contact)
    rectified = addresses(contact, f"tab=fixing&q={LITTER_FOUND}")[0]
    extended, disputed = (address for address in addresses(contact, "tab=fixing") if address != rectified)
    report(contact, rectified)
    ask_extension(contact, extended)
    object_to(contact, disputed)
    return rectified, extended, disputed


def grant_extension(office: Page, address: str) -> None:
    office.goto(address)
    asked = office.get_by_label("准予延至").input_value()
    assert asked == later_workday().isoformat()
    press(office, "准予延期")
    office.goto(address)
    month_day = f"{date.fromisoformat(asked).month}月{date.fromisoformat(asked).day}日"
    expect(office.locator(".cw-head p")).to_contain_text(f"期限 {month_day}")


def reject_objection(office: Page, address: str) -> None:
    office.goto(address)
    heading_of_box = office.get_by_role("heading", name="裁定异议")
    expect(heading_of_box).to_be_visible()
    fill(office, {"裁定意见": "路段养护合同写明由城管局负责"})
    press(office, "异议不成立")
    assert state(office, address) == "整改中"


def verify(office: Page, address: str) -> None:
    """销号, with before and after side by side and the same size."""
    office.goto(address)
    pair = office.locator(".cw-pair figure")
    assert [said(figure.locator("b")) for figure in pair.all()] == ["整改前", "整改后"]
    left, right = (figure.locator("img").bounding_box() for figure in pair.all())
    assert (left["y"], left["width"], left["height"]) == (right["y"], right["width"], right["height"])
    press(office, "销号")
    assert state(office, address) == "已销号"


def see_own_area(leader: Page, inside: list[str], outside: list[str]) -> None:
    """The leader sees the area's problems and no other."""
    assert set(addresses(leader, "tab=all")) == set(inside)
    for address in outside:
        assert leader.goto(address).status == 404


def type_in(page: Page) -> str:
    """A problem without a round, typed in and handed out at once."""
    page.goto("/problems/new/")
    fill(page, {"点位": "ZD-001", "问题": "路灯不亮", "来源": "群众反映"})
    page.get_by_label("照片", exact=True).set_input_files(photo("夜间"))
    page.get_by_label("登记后就交办").check()
    press(page, "列入台账")
    heading(page, "人民路：路灯不亮")
    return page.url


def sign_and_report(contact: Page, address: str) -> None:
    """A problem of the unit put right, signed for first where that is still to do."""
    if state(contact, address) == "待签收":
        press(contact, "签收")
    report(contact, address)


def ledger_counts(page: Page) -> dict[str, int]:
    """The ledger's tabs and their counts."""
    page.goto("/problems/?tab=all")
    tabs = (said(link) for link in page.locator(".cw-by a").all())
    return {text.rstrip("0123456789").strip(): number_in(text, r"(\d+)$") for text in tabs}
