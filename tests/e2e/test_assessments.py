"""C7: the level above hands back a workbook; by the browser it is read, matched and beside our own round in the end."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import heading, open_link, press
from tests.factories.assessments import ground
from tests.rulebook.office_tables import LEFT, UP, tables_xlsx

SHEET = (
    ("2026年省级模拟测评结果", LEFT, LEFT, LEFT, LEFT, LEFT),
    ("测评内容", "测评标准", "点位类型", "点位", "分值", "得分", "存在问题"),
    ("公共环境", "Ⅱ-1 无烟头、纸屑", "主干道", "0号路", 10, 6, "东口有烟头"),
    (UP, UP, UP, "1号路", 10, 7, "西口有纸屑"),
    (UP, UP, UP, "2号路", 10, 8, ""),
    (UP, "标识标牌是不是完好", UP, "0号路", 5, 5, ""),
    (UP, "河道清洁", "河道", "", 5, 4, ""),
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_result_table_beside_our_round(desktop, sign_in, tmp_path) -> None:
    made = ground()
    for number in range(3):
        made.visit(f"{number}号路", made.road)
    book = tmp_path / "省测结果.xlsx"
    book.write_bytes(tables_xlsx(SHEET))
    page = desktop()
    sign_in(page, made.world.office)
    page.goto("/")
    open_link(page, "上级测评")
    open_link(page, "登记上级测评")
    page.get_by_label("名称").fill("2026年省级模拟测评")
    press(page, "去导入结果表")
    page.get_by_label("Excel 或 Word 文件").set_input_files(book)
    press(page, "上传，认列")
    heading(page, "认列：省测结果.xlsx")
    press(page, "按这样读")
    heading(page, "读出的结果：省测结果.xlsx")
    expect(page.get_by_text("没有对上 1\u00a0行")).to_be_visible()
    press(page, "导入 5\u00a0行")
    open_link(page, "对应没有对上的")
    page.get_by_label("标识标牌是不是完好 对应").fill("Ⅱ-2")
    press(page, "照上面对应")
    page.get_by_label("主干道 对应").select_option(label="主次干道")
    press(page, "对应点位类型")
    open_link(page, "与我们对照")
    row = page.get_by_role("row", name=re.compile("Ⅱ-1"))
    for text in ("100.00%", "70.00%", "+30.00", "偏松", "0号路：东口有烟头"):
        expect(row).to_contain_text(text)
    expect(page.get_by_role("row", name=re.compile("Ⅱ-2"))).to_contain_text("样本少")
    open_link(page, "按点位类型")
    expect(page.get_by_role("row", name=re.compile("主次干道"))).to_contain_text("偏松")
