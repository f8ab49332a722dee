"""What a person does in a browser, said once: sign in, fill a form, press, read; and whether the page fits."""

import io
import re
import secrets
from dataclasses import dataclass

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

PHONE_WIDTHS = (360, 390)
GAP = re.compile(r"[\s\u00a0]+")


@dataclass(frozen=True)
class Slip:
    """An activation slip as it was printed."""

    name: str
    account: str
    code: str


def said(place: Page | Locator) -> str:
    """The words a person reads there, gaps made single."""
    body = place.locator("body") if isinstance(place, Page) else place
    return GAP.sub(" ", body.inner_text()).strip()


def number_in(text: str, pattern: str) -> int:
    """The number that stands where `pattern` has its group."""
    found = re.search(pattern, GAP.sub(" ", text))
    assert found, f"{pattern} is not in: {text[:300]}"
    return int(found[1])


def press(place: Page | Locator, name: str, *, exact: bool = True) -> None:
    place.get_by_role("button", name=name, exact=exact).click()


def press_surely(page: Page, name: str) -> None:
    """A step that cannot be taken back: pressed, and confirmed on the page that asks once more."""
    press(page, name)
    press(page, f"确认{name}")


def open_link(place: Page | Locator, name: str, *, exact: bool = True) -> None:
    place.get_by_role("link", name=name, exact=exact).first.click()


def fill(place: Page | Locator, values: dict[str, str]) -> None:
    """Fill boxes by the start of their labels."""
    for label, value in values.items():
        place.get_by_label(re.compile(f"^{re.escape(label)}")).first.fill(value)


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    """The page has this title."""
    expect(page.get_by_role("heading", level=1).first).to_contain_text(text)


def fits(page: Page) -> None:
    """The page is not wider than the phone, nor than a narrow one."""
    page.wait_for_load_state()
    height = page.viewport_size["height"]
    for width in PHONE_WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} wide on a phone of {width}: {widest(page, width)}"


def widest(page: Page, width: int) -> list[str]:
    """What sticks out, for the person who has to mend it."""
    return page.evaluate(
        """width => [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1)
           .slice(0, 8).map(e => e.tagName + "." + e.className + " " + Math.round(e.getBoundingClientRect().right))""",
        width,
    )


def activate(page: Page, slip: Slip) -> str:
    """Use a slip: the person chooses a password, signs in with Enter, and is inside. Returns the password."""
    password = secrets.token_urlsafe(12)
    page.goto("/activate/")
    fill(page, {"账号": slip.account, "激活码": slip.code, "设一个密码": password, "再填一次密码": password})
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/login/"))
    sign_in_by_hand(page, slip.account, password)
    return password


def sign_in_by_hand(page: Page, account: str, password: str) -> None:
    """Through the sign-in form, with the keyboard alone."""
    page.goto("/login/")
    page.get_by_label("账号").fill(account)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def slips_on(page: Page) -> list[Slip]:
    """The slips printed on this page."""
    found = []
    for card in page.locator("article.org-slip").all():
        account, code, _ = card.locator("dd").all_inner_texts()
        found.append(Slip(card.locator(".who b").inner_text(), account.strip(), code.strip()))
    return found


def photo(label: str, colour: str = "#7a8a6a") -> dict[str, object]:
    """A real JPEG, as a phone hands it to a form."""
    image = Image.new("RGB", (1280, 960), colour)
    ImageDraw.Draw(image).text((40, 40), label, fill="white")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return {"name": f"{label}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
