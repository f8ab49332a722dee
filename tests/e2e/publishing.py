"""Papers: a circular issued and opened as Word, a notice signed for; the ledger as Excel."""

import io
import re

import docx
from django.utils import timezone
from playwright.sync_api import Page, expect

from chuangwen.base.events import run_due
from chuangwen.documents.word import figures_in
from tests.e2e.acts import GAP, fill, fits, heading, number_in, open_link, press, press_surely, said
from tests.e2e.rectifying import MEASURES, sign_and_report
from tests.e2e.setting_up import UNITS
from tests.factories.workbooks import opened

SIGNER = "陈学军"


def draft(office: Page, kind: str) -> None:
    """起草公文 of the latest round, which is offered already."""
    office.goto("/documents/")
    open_link(office, "起草公文")
    office.get_by_label("起草什么").select_option(label=kind)
    press(office, "起草")


def draft_circular(office: Page) -> str:
    """The circular's page shows the paper and its figures; returns its address."""
    draft(office, "通报（一轮一份）")
    expect(office.get_by_role("article", name="公文预览")).to_be_visible()
    expect(office.locator(".cw-head .st")).to_have_text("草稿")
    return office.url


def issue(office: Page, at: str, serial: int) -> str:
    """签发 gives the next number of the year; returns it."""
    office.goto(at)
    fill(office, {"签发人": SIGNER})
    press_surely(office, "签发")
    number = f"示创文办〔{timezone.localdate().year}〕{serial}号"
    expect(office.locator(".cw-head p")).to_contain_text(number)
    expect(office.locator(".cw-head .st")).to_have_text("已签发")
    return number


def downloaded(page: Page, name: str) -> bytes:
    """The file a link or button of the page gives."""
    with page.expect_download() as waiting:
        open_link(page, name)
    return waiting.value.path().read_bytes()


def words_of(file: bytes) -> str:
    """Every word of a Word file, gaps taken out: lines of a title are broken by sense."""
    paper = docx.Document(io.BytesIO(file))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return GAP.sub("", "".join([*(paragraph.text for paragraph in paper.paragraphs), *cells]))


def tables_of(file: bytes) -> list[list[list[str]]]:
    """The tables of a Word file as rows of texts."""
    paper = docx.Document(io.BytesIO(file))
    return [[[cell.text.strip() for cell in row.cells] for row in table.rows] for table in paper.tables]


def figures_on(page: Page) -> dict[str, str]:
    """The figures listed beside the paper: registered name → text."""
    rows = page.locator(".doc-side tr[id^='f-']")
    return {row.get_attribute("id").removeprefix("f-"): row.locator("td").first.text_content().strip()
            for row in rows.all()}  # fmt: skip


def check_circular(office: Page, at: str, number: str, *, score: str, problems: int, round_at: str) -> None:
    """The Word file against the pages: title, number, every figure, ranking, list of problems."""
    office.goto(at)
    title, shown, file = (
        said(office.get_by_role("heading", level=1).first),
        figures_on(office),
        downloaded(office, "下载 Word"),
    )
    words, printed = words_of(file), figures_in(file)
    assert title in words and number in words
    assert {name: shown[name] for name in printed} == printed
    assert (printed["score.total"], printed["problems.found"]) == (score, str(problems))
    ranking = ranking_on(office, round_at)
    tables = tables_of(file)
    short = {row[1]: row[2] for row in UNITS}  # pages have the short name of a unit, papers the full one
    assert [[short[unit], got] for _, unit, got, *_ in table_with(tables, "名次")[1:]] == ranking
    assert len(table_with(tables, "责任单位", "期限")[1:]) == problems


def table_with(tables: list[list[list[str]]], *heads: str) -> list[list[str]]:
    """The table whose head row has these words."""
    return next(table for table in tables if all(any(head in cell for cell in table[0]) for head in heads))


def ranking_on(office: Page, round_at: str) -> list[list[str]]:
    """[unit, score] in the order of the score page."""
    office.goto(round_at)
    open_link(office, "看计分")
    table = office.locator("section.cw-sec", has=office.get_by_role("heading", name="各单位得分")).locator("tbody tr")
    return [[said(row.locator("td").nth(1)), said(row.locator("td").nth(2))] for row in table.all()]


def every_figure_has_its_records(office: Page, at: str) -> None:
    """Each number of the paper opens a page of rows."""
    office.goto(at)
    links = {link.get_attribute("href") for link in office.locator(".doc-side a.fig").all()}
    assert links
    for link in sorted(links):
        assert office.goto(link).status == 200


def send_notices(office: Page) -> str:
    """One notice of rectification for each unit; the roads' bureau's is issued. Returns its address."""
    draft(office, "整改通知书（一轮里每个单位一份）")
    office.goto("/documents/?kind=notice")
    office.get_by_role("link", name=re.compile("城市管理局|县城管局")).first.click()
    at = office.url
    issue(office, at, 2)
    return at


def sign_notice(contact: Page, at: str) -> None:
    """收文 in 待办: signing on the page is the receipt."""
    contact.goto("/")
    row = contact.locator(".cw-todo li", has=contact.get_by_text("收文", exact=True)).first
    row.locator("a.btn").click()
    heading(contact, "整改通知书")
    assert contact.url == at
    fits(contact)
    press(contact, "签收")
    expect(contact.locator(".doc-side")).to_contain_text(re.compile(r"林晓岚.*签收"))


def check_reply_slip(contact: Page, at: str) -> None:
    """回执: empty of what is still to do, filled once one of its problems is reported."""
    contact.goto(at)
    first = contact.locator("#problems tbody a").first.get_attribute("href")
    before = words_of(downloaded(contact, "下载回执"))
    sign_and_report(contact, first)
    contact.goto(at)
    after = words_of(downloaded(contact, "下载回执"))
    assert (before.count(MEASURES), after.count(MEASURES)) == (0, 1)


def export_ledger(office: Page) -> int:
    """The ledger as Excel: a job makes it, and the rows it says are the rows it has. Returns how many."""
    office.goto("/problems/?tab=all")
    listed = office.locator("table tbody tr").count()
    press(office, "导出")
    heading(office, "导出")
    run_due()
    office.reload()
    said_rows = number_in(said(office.locator("#export-state")), r"共 (\d+) 行")
    book = opened(downloaded(office, "下载"))
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if any(row)]
    assert listed == said_rows == len(rows) - 1
    return listed
