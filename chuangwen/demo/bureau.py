"""示例省高速公路管理局 as tables: 9 companies + 3 offices, 80 toll stations, 3 leaders, 2 groups (S0, A2–A4)."""

from chuangwen.demo import names
from chuangwen.demo.tables import Table

INSTALLATION = "示例省高速公路管理局文明创建"
GROUND = "示例省高速公路管理局"
OFFICE = "局文明创建办公室"
AREAS = ("北片", "中片", "南片")
COMPANIES = 9
OFFICES = ("局机关服务中心", "局路政管理处", "局信息监控中心")
STATIONS = 80
GROUPS = ("督导一组", "督导二组")


def units() -> Table:
    """Code, name, short name, parent code, kind, region."""
    rows: list[tuple[object, ...]] = [("02", "局督查室", "督查室", "", "处室", "")]
    for number in range(COMPANIES):
        word = names.place(number)
        rows.append((f"1{number}", f"示例{word}高速公路有限公司", f"{word}公司", "", "公司", ""))
    rows += [(f"3{number}", name, name, "", "处室", "") for number, name in enumerate(OFFICES)]
    for number in range(STATIONS):
        rows.append((station_code(number), f"{station_name(number)}收费站", "", f"1{number % COMPANIES}", "收费站", ""))
    return Table("units", "公路局-单位.xlsx", tuple(rows))


def station_code(number: int) -> str:
    return f"1{number % COMPANIES}{number // COMPANIES + 1:02d}"


def station_name(number: int) -> str:
    return names.place(number + COMPANIES)


def place_types() -> Table:
    return Table("place-types", "公路局-点位类型.xlsx", (("SFZ", "收费站"),))


def places() -> Table:
    rows = [
        (f"SFZ-{number + 1:03d}", f"{station_name(number)}收费站", "收费站", "", f"{station_name(number)}收费站")
        for number in range(STATIONS)
    ]
    return Table("places", "公路局-点位.xlsx", tuple(rows))


def people() -> Table:
    """One contact for every company, office and station; leaders, two groups of inspectors, the office itself."""
    rows: list[tuple[object, ...]] = [
        ("周文清", "ju", "", OFFICE, "创建办", "", "创建办主任"),
        ("吴建平", "ju2", "", OFFICE, "创建办", "", "干事"),
    ]
    rows += [
        (names.person(20 + number), f"ju-p{number + 1}", "", GROUND, "包片领导", "", f"{area}包片领导")
        for number, area in enumerate(AREAS)
    ]
    rows += [
        (names.person(30 + number), f"ju-d{number + 1}", "", "局督查室", "测评员", "", GROUPS[number // 3] + "成员")
        for number in range(6)
    ]
    contacts = [row for row in units().rows if row[4] in ("公司", "收费站") or row[0] in ("30", "31", "32")]
    rows += [
        (names.person(40 + number), f"ju-{row[0]}", "", row[1], "联络员", "", "文明创建联络员")
        for number, row in enumerate(contacts)
    ]
    return Table(
        "people",
        "公路局-人员.xlsx",
        tuple((*row[:2], names.phone(number), *row[3:]) for number, row in enumerate(rows)),
    )


def tables() -> tuple[Table, ...]:
    return units(), people(), place_types(), places()
