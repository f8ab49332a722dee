"""Invented papers for the tests and the benchmark: 示例省高速公路管理局, 示例县."""

import io
from datetime import date

from PIL import Image

from chuangwen.documents.word import (
    CircularFacts,
    FigureRun,
    Form,
    Head,
    Imprint,
    ListedProblem,
    NoticeFacts,
    NoticeProblem,
    Overall,
    PlaceFindings,
    ProblemGroup,
    RankRow,
)

FINDINGS = ("车道栏杆破损未修复", "便民服务箱缺少药品", "监督电话牌字迹不清", "公益广告褪色", "入口处堆放杂物")
UNITS = (
    "示例东分公司 示例西分公司 示例南分公司 示例北分公司 示例中分公司 青石分公司 白杨分公司 柳河分公司 长岭分公司 "
    "示例桥梁管理处 示例隧道管理处 示例服务区管理处"
).split()


def photo(width: int = 1600, height: int = 1200) -> bytes:
    """A plain JPEG."""
    stored = io.BytesIO()
    Image.new("RGB", (width, height), (120, 150, 120)).save(stored, "JPEG")
    return stored.getvalue()


def overall() -> Overall:
    """Figures of the second round of the bureau."""
    return Overall(
        drawn=FigureRun("round.drawn", "80"),
        examined=FigureRun("round.examined", "78"),
        coverage=FigureRun("round.coverage", "97.5%"),
        observations=FigureRun("round.observations", "1166"),
        score=FigureRun("round.score", "86.42"),
        possible=FigureRun("round.possible", "100.00"),
        rate=FigureRun("round.rate", "86.4%"),
        change=FigureRun("round.change", "1.47"),
        found=FigureRun("round.found", "64"),
        closed=FigureRun("round.closed", "58"),
        closed_rate=FigureRun("round.closed_rate", "90.6%"),
        open=FigureRun("round.open", "6"),
        overdue=FigureRun("round.overdue", "3"),
    )


def ranking() -> tuple[RankRow, ...]:
    """Twelve units, the second and third of equal score."""
    ranks = (1, 2, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12)
    scores = (
        "93.10",
        "92.85",
        "92.85",
        "91.20",
        "90.00",
        "88.75",
        "87.30",
        "86.05",
        "84.90",
        "82.15",
        "80.60",
        "77.25",
    )
    return tuple(
        RankRow(
            rank=str(rank),
            unit=unit,
            score=FigureRun(f"unit.score.{index}", score),
            rate=f"{score[:-1]}%",
            gap="0.25" if index else "—",
            tied=rank == 2,
        )
        for index, (rank, unit, score) in enumerate(zip(ranks, UNITS, scores, strict=True))
    )


def listed_problems(count: int) -> tuple[ListedProblem, ...]:
    """Rows for the annexed list."""
    return tuple(
        ListedProblem(
            unit=UNITS[n % 12],
            place=f"示例{n % 40 + 1}号收费站",
            finding=FINDINGS[n % 5],
            criterion=f"2.{n % 9 + 1} 站容站貌整洁，设施完好",
            deadline=date(2026, 4, 30),
        )
        for n in range(count)
    )


def circular_facts(count: int = 64, **changes: object) -> CircularFacts:
    """The circular of 17 April with any number of problems."""
    bureau = "示例省高速公路管理局"
    copies = "局领导，示例省交通运输厅文明创建办公室，示例省文明办，北片、中片、南片包片领导"
    two = FINDINGS[:2]
    facts: dict[str, object] = {
        "head": Head(mark=f"{bureau}文件", number="示高局〔2026〕12号"),
        "round": "2026年第2轮文明服务窗口暗访",
        "kind": "暗访",
        "examiner": "局创建办",
        "scope": ("全局", FigureRun("round.units", "12"), "个单位"),
        "first_day": date(2026, 3, 31),
        "last_day": date(2026, 4, 11),
        "as_of": date(2026, 4, 16),
        "addressee": "局属各单位，局机关各处室",
        "overall": overall(),
        "ranking": ranking(),
        "groups": tuple(
            ProblemGroup(unit, (PlaceFindings(f"{unit[:-3]}收费站", two), PlaceFindings("长岭收费站", FINDINGS[2:3])))
            for unit in UNITS[:4]
        ),
        "problems": listed_problems(count),
        "reply_to": "局创建办",
        "signature": bureau,
        "dated": date(2026, 4, 17),
        "imprint": Imprint(copies=copies, printer=f"{bureau}办公室", printed_on=date(2026, 4, 17)),
    }
    return CircularFacts(**(facts | changes))


def notice_problems(*, done: bool) -> tuple[NoticeProblem, ...]:
    """Three problems, before or after rectification."""
    steps = {"measure": "已更换栏杆并补漆", "result": "4月8日整改到位", "rectifier": "李示例"}
    checks = {"review": "照片与现场一致", "closing": "4月9日销号"}
    return tuple(
        NoticeProblem(
            place=f"青石街{number}号小区",
            finding=finding,
            criterion="3.2 公共设施完好",
            deadline=date(2026, 4, 15),
            responsible="王示例",
            before=photo(),
            after=photo() if done else None,
            **(steps | checks if done else {}),
        )
        for number, finding in enumerate(FINDINGS[:3], start=1)
    )


def notice_facts(*, done: bool = False, **changes: object) -> NoticeFacts:
    """A notice of the county's office to one street office."""
    facts: dict[str, object] = {
        "head": Head(mark="示例县文明创建办公室", number="示创建办整〔2026〕3号", form=Form.LETTER),
        "unit": "青石街道办事处",
        "basis": "《示例县文明城市测评体系（2026版）》",
        "kind": "暗访",
        "examiner": "县创建办",
        "first_day": date(2026, 3, 17),
        "last_day": date(2026, 3, 24),
        "found": FigureRun("unit.found", "3"),
        "problems": notice_problems(done=done),
        "reply_to": "县创建办",
        "dispute_days": "3",
        "contact": "周示例",
        "phone": "0000-1234567",
        "signature": "示例县文明创建办公室",
        "dated": date(2026, 3, 25),
    }
    return NoticeFacts(**(facts | changes))
