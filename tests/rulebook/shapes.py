"""The table shapes of the field, with invented content: national system, responsibility table, unit and enterprise…"""

from tests.rulebook.office_tables import LEFT, UP, Picture

GRADES = "符合上述3项标准为A，符合标准2)、3)为B，其余情形为C#。"
NATIONAL: Picture = (
    ("示例市文明城市测评体系", LEFT, LEFT, LEFT, LEFT, LEFT),
    ("测评\n项目", "指标名称", "测评内容", "测评标准", "权数", "测评方法"),
    (
        "Ⅰ—1\n政\n务\n环\n境",
        "Ⅱ—1\n学习教育",
        "Ⅲ—1\n健全制度",
        f"1)列入议事日程，制定计划；\n2)建立学习制度；\n3)完善考核办法。\n{GRADES}",
        3.4,
        "1)问卷调查 2)实地考察 3)材料审核",
    ),
    (UP, UP, "Ⅲ—2\n群众满意率", "A>85%，B>80%，C≤80%", 2.68, "问卷调查"),
    (UP, "Ⅱ—2\n行政效能", "Ⅲ—3\n窗口服务", "窗口工作人员着装整齐、用语文明。", 2, "现场查看（政务大厅、办税厅）"),
    ("Ⅰ—2\n法治环境", "Ⅱ—3\n法治宣传", "Ⅲ—4\n宣传教育", "每年开展宣传活动不少于 4 次。", 1.92, "材料审核"),
    ("合计", LEFT, LEFT, LEFT, 10, ""),
    ("注：权数为百分制。", LEFT, LEFT, LEFT, LEFT, LEFT),
)
RESPONSIBILITY: Picture = (
    ("测评项目", "测评标准", "测评方法", "材料要求", "责任单位"),
    (
        "1.理想信念教育",
        "（1）开展主题教育",
        "材料审核",
        "①文件；②图片 3 张",
        "牵头单位：市委宣传部；配合单位：市文明办、各区",
    ),
    (UP, "（2）核心价值观进公园", "实地考察", "", "市园林局、各区"),
    ("2.诚信建设", "（1）发布红黑榜", UP, "网址或截图", "市发展改革委"),
)
ENTERPRISE: Picture = (
    ("编号", "要素", "达标标准", "分值", "评分方法"),
    (1, "目标职责", "", 30, ""),
    (1.1, "目标", "", 10, ""),
    ("1.1.1", "目标制定", "制定年度目标并发文", 5, "没有年度目标不得分"),
    ("1.1.2", "目标分解", "逐级分解目标", 5, "少一个部门扣1分"),
    (1.2, "机构", "", 20, ""),
    ("1.2.1", "机构设置", "设置管理机构", 20, "没有机构不得分"),
)
UNIT: Picture = (
    ("文明单位考核细则", LEFT, LEFT, LEFT),
    ("序 号", "考评项目", "评分标准", "分 值"),
    ("一", "组织领导", "", 6),
    (1, "指导思想明确，人员落实到位。", "人员落实不到位，各扣1分。", 4),
    (2, "年初有计划，年终有总结。", "无计划或总结的不得分。", 2),
    ("二", "创建活动", "", 10),
    (1, "积极参加集中整治活动。", "每发现一次未参加扣3分，扣完为止。", 10),
    ("总分", LEFT, "", 16),
)
COMPANY: Picture = (
    ("考核项目", "考核内容", "考核要点", "考核方法", "要点分值", "评分标准", "得分"),
    ("一、组织领导", "形成机制（2分）", "①一把手抓创建", "查阅资料，听取汇报", 1, "不任组长扣1分", ""),
    (UP, UP, "②成立领导机构", UP, 1, "没有机构扣1分", ""),
    (UP, "队伍经费（1分）", "①落实经费", UP, 1, "没有经费扣1分", ""),
)
CAMPUS: Picture = (
    ("一级指标", "二级指标", "指标描述", "测评方式", "负责部门"),
    (
        "1-1 领 导 班 子 建 设（7 分）",
        "II-1 党建工作（7分）",
        "1)坚持政治建设。（1.5分）\n2)制度健全，记录完善。（3分）\n3)落实廉政建设。（2.5分）",
        "1)3)审核材料\n2)实地查看",
        "党办",
    ),
)
TWO_ROWS: Picture = (
    ("任务分解表", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT),
    ("序号", "测评指标", LEFT, "测评标准", "责任单位", LEFT, "完成时限"),
    (UP, "一级指标", "二级指标", UP, "牵头单位", "配合单位", UP),
    (1, "公共环境", "环境卫生", "主次干道干净整洁", "市城管局", "各街道", "6月底"),
    (2, UP, UP, "背街小巷无垃圾", "市城管局", "市住建局\n各街道", "6月底"),
    (3, UP, "公共秩序", "车辆停放有序", "市公安局", "", "6月底"),
)
POINTS_IN_TEXT: Picture = (
    ("序号", "项目分值", "标    准", "备 注"),
    (1, "责任意识（5分）", "建立责任制度，做到制度上墙。(2.5)", "每条中缺项，扣本条分值。"),
    (UP, UP, "负责人职责明确。(2.5)", UP),
    (2, "创建氛围（6分）", "公益广告不少于2处。(2)", "有创新的追加0.5分。"),
    (UP, UP, "建立机构，有部门负责。(4)", UP),
)
BANDS: Picture = (
    ("创建测评表", LEFT, LEFT, LEFT),
    ("测评内容", "测评标准", "分值", "测评方式"),
    ("一、公共环境（5分）", LEFT, LEFT, LEFT),
    ("道路", "路面平整", 2, "实地考察"),
    (UP, "无乱停车辆", 3, "实地考察"),
    ("二、公共服务（4分）", LEFT, LEFT, LEFT),
    ("窗口", "态度热情", 4, "问卷调查"),
    ("測評標準", LEFT, LEFT, LEFT),
)
SHAPES = {
    "national": NATIONAL,
    "responsibility": RESPONSIBILITY,
    "enterprise": ENTERPRISE,
    "unit": UNIT,
    "company": COMPANY,
    "campus": CAMPUS,
    "two rows": TWO_ROWS,
    "points in text": POINTS_IN_TEXT,
    "bands": BANDS[:-1],
}


def system_of(criteria: int) -> Picture:
    """A whole system of three levels in one table: title, head in two rows again on every page, totals and a note.

    Every fourth standard is graded by its parts, every third states its deduction, the others measure or ask; points
    are 1 each, so that the total is the number of criteria.
    """
    head = (
        ("测评指标", LEFT, LEFT, "测评标准", "分值", "测评方法", "评分办法", "责任单位", LEFT),
        ("一级指标", "二级指标", "三级指标", UP, UP, UP, UP, "牵头单位", "配合单位"),
    )
    rows: list[tuple] = [("示例市文明城市测评体系（2026版）", *[LEFT] * 8), *head]
    for number in range(criteria):
        if number and number % 30 == 0:
            rows += head
        one, two, three = number // 30 + 1, number // 10 + 1, number // 2 + 1
        names = (
            f"Ⅰ-{one} 项目{one}" if number % 30 == 0 else UP,
            f"Ⅱ-{two} 指标{two}" if number % 10 == 0 else UP,
            f"Ⅲ-{three} 内容{three}" if number % 2 == 0 else UP,
        )
        rows.append((*names, *_standard(number), "市城管局", "市住建局、各街道"))
    return (*rows, ("合计", LEFT, LEFT, LEFT, criteria, "", "", "", ""), ("注：满分按合计折算。", *[LEFT] * 8))


def _standard(number: int) -> tuple[str | int, ...]:
    """(text, points, method, rule) of one standard."""
    if number % 4 == 0:
        grades = "符合3项为A；符合2项为B；其余为C"
        text = f"1)第{number}项有计划；\n2)有制度；\n3)有总结。"
        return text, 1, "1)2)材料审核 3)问卷调查", grades
    if number % 3 == 0:
        return f"第{number}类点位干净整洁", 1, "实地考察", "每发现一处扣0.2分，扣完为止"
    if number % 5 == 0:
        return f"第{number}类满意率", 1, "问卷调查", "A>85%，B>80%，C≤80%"
    return f"第{number}项工作开展良好", 1, "材料审核", "没有开展不得分"
