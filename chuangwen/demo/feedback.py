"""Feedback of the level above 上级反馈 on 示例县 as a table: 20 invented findings of the first half of 2026 (C7)."""

from datetime import date

from chuangwen.demo.tables import Table

LABEL = "2026年上半年省级模拟测评反馈"
FOUND = date(2026, 5, 20)
# place (code of the register, or words where the register has none), finding, criterion, unit, done, measures
DONE = (
    ("SC-001", "", "活禽区与其他区未分开", "农贸市场分区经营", "县市场监管局", 5, "已设隔断，单独出入口"),
    ("SC-002", "", "摊前地面积水", "地面干净无积水", "县市场监管局", 2, "已疏通排水沟，每日冲洗两次"),
    ("XQ-003", "", "楼道堆放旧家具", "楼道无堆放杂物", "县住建局", 6, "已清运，楼栋长每周查一次"),
    ("XQ-011", "", "消防通道停放机动车", "消防通道畅通", "县住建局", 3, "已划线立牌，物业夜间巡查"),
    ("ZD-004", "", "人行道地砖破损 6 处", "路面平整无破损", "县城管局", 12, "已更换地砖 6 处"),
    ("BJ-002", "", "墙面乱贴小广告", "无乱贴乱画", "县城管局", 1, "已清除，沿街门店签包干书"),
    ("CT-001", "", "候车厅无志愿服务岗", "设置志愿服务站", "县交通运输局", 9, "已设岗，排出值班表"),
    ("YY-001", "", "门诊大厅有人吸烟", "室内公共场所禁烟", "县卫健局", 1, "已劝导，增设劝导员 2 名"),
    ("LK-005", "", "行人闯红灯", "行人遵守信号灯", "县公安局", 7, "早晚高峰设文明劝导岗"),
    ("GJ-008", "", "站牌玻璃破碎", "设施完好", "县公交公司", 4, "已更换"),
    ("", "火车站广场东侧", "非机动车停放杂乱", "车辆停放有序", "县交通运输局", 5, "已施划停车线 80 米"),
    ("", "城南高架桥下", "堆放建筑垃圾", "无卫生死角", "县城管局", 8, "已清运 12 车，加装围挡"),
)  # fmt: skip
OPEN = (
    ("XQ-019", "", "公益广告褪色未更换", "公益广告常换常新", "县住建局"),
    ("XQ-027", "", "充电车棚不足，飞线充电", "无飞线充电", "县住建局"),
    ("ZD-012", "", "盲道被花箱占用", "盲道畅通", "县城管局"),
    ("BJ-009", "", "背街排水沟淤塞", "排水畅通", "县城管局"),
    ("GZ-003", "", "无障碍厕位堆放工具", "无障碍设施可用", "县环卫中心"),
    ("SQ-004", "", "市民公约未上墙", "市民公约上墙", ""),
    ("CY-010", "", "无公筷公勺提示", "文明用餐提示", "县市场监管局"),
    ("", "河东滨河步道", "护栏缺失约 5 米", "设施完好", "县水务局"),
)  # fmt: skip


def table() -> Table:
    """Twelve put right in summer, eight still to be handed out."""
    done = [
        (*_row(place, words, what, criterion, unit), "已销号", date(2026, 6, day), measures)
        for place, words, what, criterion, unit, day, measures in DONE
    ]
    left = [(*_row(*given), "待交办", None, "") for given in OPEN]
    return Table("problems-feedback", "示例县-上级反馈.xlsx", (*done, *left))


def _row(place: str, words: str, what: str, criterion: str, unit: str) -> tuple[object, ...]:
    """The template's columns from 编号 to 期限."""
    return "", FOUND, LABEL, place, words, what, criterion, unit, "", None
