"""Issue 3, 4: places looked at, materials and a survey entered by the office come to one total by their weights."""

import re
from fractions import Fraction

import pytest
from playwright.sync_api import Page, expect

from chuangwen.inspections.actions import Marked
from tests.e2e.acts import heading, open_link, press, said
from tests.factories.inspections import submit
from tests.factories.results import MATERIAL, SURVEY, Methods, methods

DOWN = {"合格": 1, "不合格": 2}  # how often the arrow is pressed in a choice that says 未测

pytestmark = pytest.mark.django_db(transaction=True)


def entered(page: Page, criterion: str, *words: str) -> None:
    """One criterion of both units by keyboard: into the first box, from one to the next by the tab key."""
    open_link(page, f"{criterion}的要求")
    heading(page, f"{criterion}的要求")
    page.get_by_label("谁提供的").fill("县统计局")
    page.get_by_label(re.compile(f"^环卫所：{criterion}的要求")).first.focus()
    for word in words:
        if word in DOWN:
            for _ in range(DOWN[word]):
                page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type(word)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    press(page, "录入填了的")
    expect(page.get_by_text("这一页都录齐了")).to_be_visible()
    open_link(page, "其他方法的结果")


def test_three_methods_in_one_total(desktop, sign_in) -> None:
    made = looked_at()
    page = desktop()
    sign_in(page, made.world.office)
    page.goto(f"/rounds/{made.round.uuid}/")
    open_link(page, "录入其他方法的结果")
    press(page, "把这 2\u00a0个列进来")
    expect(page.get_by_role("row", name="物业所")).to_contain_text("未测")
    entered(page, "records", "3", "1")
    entered(page, "plan", "合格", "不合格")
    open_link(page, re.compile(f"^{SURVEY}"))
    entered(page, "satisfied", "93.5", "80.1")
    open_link(page, "看计分")

    # material: 1/2 of 4 and (1 + 1/3) / 2 of 6; field: (8.5 + 10 + 6) / 3 of 10; survey: (93.5 + 80.1) / 2 of 100
    rates = {MATERIAL: Fraction(6, 10), "实地考察": Fraction(49, 60), SURVEY: Fraction(868, 1000)}
    weights = {MATERIAL: 30, "实地考察": 50, SURVEY: 20}
    total = sum(weights[name] * rate for name, rate in rates.items()) / 100 * 30
    assert total == Fraction(11429, 500)
    parts = page.locator("section", has_text="总分按方法的权重合成")
    for name, got in ((MATERIAL, "5.40"), ("实地考察", "12.25"), (SURVEY, "5.21"), ("合计", "22.86")):
        expect(parts.get_by_role("row", name=re.compile(f"^{name}")).last).to_contain_text(got)
    open_link(page, "plan的要求")
    assert "物业所" in said(page.locator("aside"))


def looked_at() -> Methods:
    made = methods()
    for place, found in zip(made.places, (3, 0, 8), strict=True):
        submit(made.visit(place), [Marked("litter", count=found)] if found else [], confirmed=[1])
    return made
