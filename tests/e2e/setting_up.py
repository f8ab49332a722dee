"""First steps of an installation: accounts, the office's papers, the registers from Excel, areas."""

from dataclasses import dataclass, field

from django.db import transaction
from playwright.sync_api import Page, expect

from chuangwen.organisations.actions.first_run import first_run
from tests.e2e.acts import Slip, activate, fill, heading, number_in, open_link, press, press_surely, said, slips_on
from tests.factories.workbooks import workbook

Rows = tuple[tuple[str, ...], ...]
OFFICE = "示例县创建办"
LITTER, SIGNS = "无烟头、纸屑", "标识完好"
REGIONS = (
    ("编码", "名称", "上级编码", "类别"),
    ("Q10", "城关街道", "Q01", "街道"),
    ("S01", "东门社区", "Q10", "社区"),
)
UNITS = (
    ("编码", "名称", "简称", "上级编码", "类别"),
    ("0201", "示例县督查室", "督查室", "01", "部门"),
    ("101", "示例县城市管理局", "县城管局", "01", "部门"),
    ("102", "示例县市场监督管理局", "县市场监管局", "01", "部门"),
    ("10101", "示例县环境卫生所", "环卫所", "101", "所"),
)
PEOPLE = (
    ("姓名", "账号", "单位", "角色", "职务"),
    ("林晓岚", "chengguan", "县城管局", "联络员", "办公室主任"),
    ("何立群", "shichang", "县市场监管局", "联络员", "干事"),
    ("顾长河", "baopian", "示例县", "包片领导", "县级领导"),
    ("方明远", "ducha1", "督查室", "测评员", ""),
    ("许建华", "ducha2", "督查室", "测评员", ""),
)
TYPES = (("编码", "名称"), ("ZD", "主次干道"), ("SC", "农贸市场"))
PLACES = (
    ("编码", "名称", "类型", "区域", "责任单位", "地址"),
    ("ZD-001", "人民路", "主次干道", "东门社区", "县城管局", "东起和平路，西至建设路"),
    ("ZD-002", "建设路", "主次干道", "城关街道", "县城管局", ""),
    ("ZD-003", "和平路", "主次干道", "城关街道", "环卫所", ""),
    ("SC-001", "城东农贸市场", "农贸市场", "东门社区", "县市场监管局", ""),
    ("SC-002", "城西农贸市场", "农贸市场", "城关街道", "示例县市场监督管理局", ""),
)
WRONG_PLACES = (*PLACES[:-1], ("SC-002", "城西农贸市场", "农贸大市场", "城关街道", "县市场监管局", ""))
STANDARD = (
    ("一级指标", "测评标准", "点位类型", "分值", "规则", "规则参数", "佐证要求"),
    ("公共环境", LITTER, "主次干道、农贸市场", "5", "逐处扣分", "每处扣0.5；封顶5", "不合格的拍照"),
    ("", SIGNS, "主次干道、农贸市场", "3", "合格率", "", ""),
    ("公共秩序", "车辆停放有序", "主次干道", "2", "合格率", "", ""),
    ("", "明码标价，亮证经营", "农贸市场", "2", "合格率", "", ""),
)


@dataclass
class Slips:
    """Who has been given a slip, by account."""

    all: dict[str, Slip] = field(default_factory=dict)

    def take(self, page: Page) -> list[Slip]:
        """Remember the slips printed on the page."""
        heading(page, "激活单")
        printed = slips_on(page)
        self.all |= {slip.account: slip for slip in printed}
        return printed


def found_installation() -> Slip:
    """The one thing that is no page here: the command of the first start."""
    with transaction.atomic():
        slip = first_run(
            installation="示例县文明创建", office=OFFICE, ground="示例县", administrator="平台管理员", account="admin"
        )
    return Slip(slip.person.name, slip.person.username, slip.grouped)


def make_office_account(admin: Page, slips: Slips) -> None:
    """The system administrator gives the office its first person, and prints the slip."""
    admin.goto("/people/new/")
    fill(admin, {"姓名": "陈学军", "电话": "0300-5550101", "单位": OFFICE, "职务": "副主任", "账号": "chuangjian"})
    admin.get_by_label("角色").select_option(label="创建办")
    press(admin, "新设账号")
    heading(admin, "陈学军")
    press(admin, "印激活单")
    assert [slip.account for slip in slips.take(admin)] == ["chuangjian"]


def say_how_papers_are_numbered(office: Page) -> None:
    office.goto("/units/")
    open_link(office, "公文和期限")
    fill(office, {"发文代字": "示创文办", "整改期限": "3", "当日截止钟点": "18"})
    press(office, "改好")
    expect(office.get_by_label("发文代字")).to_have_value("示创文办")


def choose_file(page: Page, kind: str, rows: Rows) -> None:
    """Upload one Excel file for the preview."""
    page.goto("/transfers/")
    open_link(page, f"导入{kind}")
    upload(page, kind, rows)
    heading(page, f"导入{kind}：{kind}.xlsx")


def upload(page: Page, kind: str, rows: Rows) -> None:
    page.get_by_label("Excel 文件").set_input_files(
        {"name": f"{kind}.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(*rows)}
    )
    press(page, "上传并检查")


def bring_in(page: Page, kind: str, rows: Rows) -> None:
    """Import one register: preview, confirm, and read how many were new."""
    choose_file(page, kind, rows)
    press(page, f"导入 {len(rows) - 1} 行")
    heading(page, f"已导入：{kind}.xlsx")
    assert number_in(said(page), r"新增 (\d+)") == len(rows) - 1


def bring_in_places_with_a_slip_of_the_pen(page: Page) -> None:
    """One bad row: the preview says why, nothing is written; the cell is mended on the page and the file confirmed."""
    choose_file(page, "点位", WRONG_PLACES)
    waiting = page.get_by_role("button", name="导入 5 行（还有 1 行要改）", exact=True)
    expect(waiting).to_be_disabled()
    row = page.locator("#row-6")
    expect(row.locator(".cw-why")).to_contain_text("农贸大市场")
    here = page.url
    page.goto("/places/")
    expect(page.locator(".cw-empty")).to_contain_text("还没有点位")
    page.goto(here)
    offered = page.get_by_label("第 6 行类型")
    expect(offered).to_have_value("农贸市场")
    press(row, "就用这个")
    press(page, "导入 5 行")
    heading(page, "已导入：点位.xlsx")
    page.goto("/places/")
    assert number_in(said(page), r"共 (\d+) 处") == 5


def hand_out_slips(office: Page, slips: Slips) -> None:
    """Slips for everybody who has none yet, printed on one page."""
    office.goto("/people/")
    press(office, "印全部待发的 5 张")
    printed = slips.take(office)
    assert {slip.account for slip in printed} == {row[1] for row in PEOPLE[1:]}


def give_area(office: Page) -> None:
    """The leader answers for the roads' bureau, not for the markets'."""
    office.goto("/areas/")
    open_link(office, "新设片")
    fill(office, {"名称": "城建片", "单位（连同下级）": "县城管局"})
    office.get_by_label("包片领导").select_option(index=1)
    press(office, "新设片")
    expect(office.get_by_role("link", name="城建片")).to_be_visible()


def enter(page: Page, slips: Slips, account: str) -> Page:
    """A person's first day: activate the account, sign in."""
    activate(page, slips.all[account])
    return page


def publish_standard(office: Page) -> None:
    """A standard is begun on the page, filled from Excel, published; from then on it is frozen."""
    office.goto("/standards/")
    open_link(office, "新建")
    fill(office, {"名称": "示例县测评体系", "编码": "city"})
    office.get_by_label("编码").press("Enter")
    heading(office, "示例县测评体系")
    at = office.url
    open_link(office, "从 Excel 导入")
    upload(office, "测评体系", STANDARD)
    press(office, f"导入 {len(STANDARD) - 1} 行")
    office.goto(at)
    assert number_in(said(office), r"(\d+) 条测评标准") == len(STANDARD) - 1
    press_surely(office, "发布")
    expect(office.locator(".cw-head .st")).to_have_text("已发布")


def found_office(desktop) -> tuple[Page, Slips]:
    """From the empty installation to the office's first day: its page, and the slips handed out so far."""
    slips = Slips()
    first = found_installation()
    slips.all[first.account] = first
    make_office_account(enter(desktop(), slips, "admin"), slips)
    office = enter(desktop(), slips, "chuangjian")
    say_how_papers_are_numbered(office)
    return office, slips
