"""示例县 as tables: 7 communities, 3 + 20 villages, 42 estates, 32 roads, 24 types of place, 60 units (S4, A3)."""

from chuangwen.demo import names
from chuangwen.demo.tables import Table

INSTALLATION = "示例县文明创建"
GROUND = "示例县"
OFFICE = "示例县创建全国文明城市工作领导小组办公室"
DRAWN = 78  # places of the mock assessment
STREETS = ("城关街道", "河东街道", "河西街道")
BUREAUS = (
    "城管局 住建局 交通运输局 公安局 市场监管局 卫健局 教育局 文旅局 民政局 商务局 "
    "农业农村局 生态环境局 水务局 司法局 "
    "人社局 财政局 自然资源局 应急管理局 退役军人局 医保局 政务服务局 邮政管理局 "
    "税务局 供电公司 供水公司 燃气公司 "
    "公交公司 园林中心 环卫中心 团委 妇联 总工会"
).split()
TYPES = (
    ("XQ", "住宅小区"), ("ZD", "主次干道"), ("BJ", "背街小巷"), ("SC", "农贸市场"), ("SQ", "社区"),
    ("CZ", "村庄"), ("GY", "公园"), ("GC", "公共广场"), ("ZW", "政务大厅"), ("YY", "医院"),
    ("XX", "中小学校"), ("XZ", "校园周边"), ("CS", "商场超市"), ("CT", "长途汽车站"), ("HC", "火车站"),
    ("GJ", "公交站台"), ("LK", "交通路口"), ("YH", "银行网点"), ("GZ", "公共厕所"), ("BG", "宾馆饭店"),
    ("CY", "餐饮店"), ("WB", "网吧"), ("YD", "营业厅"), ("ZS", "中转站"),
)  # fmt: skip
COUNTS = {"BJ": 18, "SC": 6, "GY": 5, "GC": 4, "ZW": 1, "YY": 5, "XX": 12, "XZ": 12, "CS": 8, "CT": 1, "HC": 1,
          "GJ": 20, "LK": 16, "YH": 10, "GZ": 14, "BG": 8, "CY": 20, "WB": 6, "YD": 6, "ZS": 3}  # fmt: skip
OWNERS = {
    "ZD": "县城管局", "BJ": "县城管局", "GC": "县城管局", "SC": "县市场监管局", "CY": "县市场监管局",
    "GY": "县园林中心", "ZW": "县政务服务局", "YY": "县卫健局", "XX": "县教育局", "XZ": "县教育局",
    "CS": "县商务局", "CT": "县交通运输局", "HC": "县交通运输局", "GJ": "县公交公司", "LK": "县公安局",
    "YH": "县财政局", "GZ": "县环卫中心", "ZS": "县环卫中心", "BG": "县文旅局", "WB": "县文旅局", "YD": "县供电公司",
}  # fmt: skip
ROADS, ESTATES = 32, 42
COMMUNITIES, TOWN_VILLAGES, VILLAGES = 7, 3, 20


def regions() -> Table:
    """Code, name, parent code, kind: streets and a town with their communities and villages."""
    rows: list[tuple[object, ...]] = [(f"Q1{n}", name, "", "街道") for n, name in enumerate(STREETS)]
    rows.append(("Q19", "双溪镇", "", "乡镇"))
    rows += [(f"S{n + 1:02d}", community(n), f"Q1{n % 3}", "社区") for n in range(COMMUNITIES)]
    rows += [(f"C{n + 1:02d}", village(n), "Q10" if n < TOWN_VILLAGES else "Q19", "村")
             for n in range(TOWN_VILLAGES + VILLAGES)]  # fmt: skip
    return Table("regions", "示例县-区域.xlsx", tuple(rows))


def community(number: int) -> str:
    return f"{names.WORDS[number]}社区"


def village(number: int) -> str:
    return f"{names.place(number + 20)}村"


def units() -> Table:
    """60 units: bureaus, streets and the town with their communities, and the villages' town."""
    rows: list[tuple[object, ...]] = [("0201", "县委督查室", "督查室", "", "部门", "")]
    rows += [(f"1{n:02d}", f"示例县{name}", f"县{name}", "", "部门", "") for n, name in enumerate(BUREAUS)]
    rows += [(f"2{n}", f"示例县{name}办事处", name, "", "街道", name) for n, name in enumerate(STREETS)]
    rows.append(("29", "双溪镇人民政府", "双溪镇", "", "乡镇", "双溪镇"))
    rows += [(f"2{n % 3}{n + 1:02d}", f"{community(n)}居民委员会", community(n), f"2{n % 3}", "社区", community(n))
             for n in range(COMMUNITIES)]  # fmt: skip
    left = 60 - 2 - len(rows)  # the ground itself and its office are units too
    rows += [(f"29{n + 1:02d}", f"{village(n + 3)}村民委员会", village(n + 3), "29", "村", village(n + 3))
             for n in range(left)]  # fmt: skip
    return Table("units", "示例县-单位.xlsx", tuple(rows))


def place_types() -> Table:
    return Table("place-types", "示例县-点位类型.xlsx", TYPES)


def places() -> Table:
    """Code, name, type, region, owner, address."""
    labels = dict(TYPES)
    rows: list[tuple[object, ...]] = []
    for n in range(ESTATES):
        rows.append((f"XQ-{n + 1:03d}", f"{names.place(n)}花园", labels["XQ"], community(n % 7), "县住建局", ""))
    for n in range(ROADS):
        rows.append((f"ZD-{n + 1:03d}", f"{names.place(n)}路", labels["ZD"], STREETS[n % 3], OWNERS["ZD"], ""))
    for n in range(COMMUNITIES):
        rows.append((f"SQ-{n + 1:03d}", community(n), labels["SQ"], community(n), community(n), ""))
    for n in range(TOWN_VILLAGES + VILLAGES):
        rows.append((f"CZ-{n + 1:03d}", village(n), labels["CZ"], village(n), "双溪镇", ""))
    for code, count in COUNTS.items():
        rows += [
            (f"{code}-{n + 1:03d}", f"{names.place(n + len(code) * 7)}{labels[code]}", labels[code], STREETS[n % 3],
             OWNERS[code], "")
            for n in range(count)
        ]  # fmt: skip
    return Table("places", "示例县-点位.xlsx", tuple(rows))


def people() -> Table:
    """One contact per unit, three area leaders, twelve inspectors, an outside supervisor, the office."""
    rows: list[tuple[object, ...]] = [
        ("陈学军", "xian", "", OFFICE, "创建办", "", "副主任"),
        ("沈慧敏", "xian2", "", OFFICE, "创建办", "", "干事"),
    ]
    rows += [(names.person(200 + n), f"xian-p{n + 1}", "", GROUND, "包片领导", "", "县级领导") for n in range(3)]
    rows += [(names.person(210 + n), f"xian-c{n + 1}", "", "督查室", "测评员", "", "测评员") for n in range(12)]
    rows.append((names.person(230), "xian-h1", "", "督查室", "行风监督员", "", ""))
    for n, unit in enumerate(units().rows[1:]):
        rows.append((names.person(240 + n), f"xian-{unit[0]}", "", unit[2], "联络员", unit[5], "联络员"))
    return Table(
        "people",
        "示例县-人员.xlsx",
        tuple((*row[:2], names.phone(number), *row[3:]) for number, row in enumerate(rows)),
    )


def tables() -> tuple[Table, ...]:
    return regions(), units(), people(), place_types(), places()
