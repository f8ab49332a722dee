"""The two stories: the bureau's spring of 2026, and the county's mock assessment that ended a few days ago."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from types import ModuleType

from django.db import transaction
from django.utils import timezone

from chuangwen.assessments import actions as assessments
from chuangwen.assessments.tables import keep_file, proposed
from chuangwen.base.imports import actions as imports
from chuangwen.base.models import Tenant
from chuangwen.demo import assessed, bureau, county, feedback, papers, rectifying, rounds, standards
from chuangwen.demo.files import FOLDER
from chuangwen.demo.stage import activate_all, bring_in, clock, new_password, person
from chuangwen.inspections.models import Round
from chuangwen.organisations.actions import create_area, create_person, edit_jurisdiction, set_up
from chuangwen.organisations.models import Membership, Organisation, Role
from chuangwen.organisations.queries import own_jurisdiction
from chuangwen.problems.entries import batch_of
from chuangwen.problems.models import Problem
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.tables import open_file

Say = Callable[[str], None]


def founded(world: ModuleType, account: str, word: str, on: date) -> tuple[Tenant, str]:
    """An installation with its office, its files imported and every account in use; returns the password of all."""
    with clock(on, 9), transaction.atomic():
        slip = set_up(
            installation=world.INSTALLATION, office=world.OFFICE, ground=world.GROUND, administrator="系统管理员",
            account=f"{account}-sys",
        )  # fmt: skip
    with clock(on, 10):
        unit = slip.person.memberships.get().organisation
        create_person(
            actor=person(slip.person.username), client_id=uuid.uuid4(), name="周文清", unit=unit, role=Role.OFFICE,
            username=account, title="主任", phone="0000-8100000",
        )  # fmt: skip
        office = person(account)
        edit_jurisdiction(
            actor=office, jurisdiction=own_jurisdiction(office), issuer=world.OFFICE, document_word=word,
            cutoff_hour=18, deadline_days=3,
        )  # fmt: skip
        tables = world.tables()
        for table in (*[t for t in tables if t.kind != "people"], *[t for t in tables if t.kind == "people"]):
            bring_in(person(account), table)
        password = new_password()
        activate_all(slip.person.tenant, person(account), password)
    return slip.person.tenant, password


def give_areas(account: str, names: tuple[str, ...], parts: Callable[[int], list[Organisation]], on: date) -> None:
    """The ground shared among the leaders, in order of their accounts."""
    with clock(on, 11):
        office = person(account)
        leaders = Membership.objects.filter(tenant=office.tenant, role=Role.LEADER).order_by("person__username")
        for number, (name, leader) in enumerate(zip(names, leaders, strict=False)):
            create_area(
                actor=office, client_id=uuid.uuid4(), jurisdiction=own_jurisdiction(office), name=name, leader=leader,
                units=parts(number), regions=(), valid_from=on,
            )  # fmt: skip


def play_bureau(say: Say) -> str:
    """Rounds 17–24 March and 31 March–11 April, rectification between them, circulars of 25 March and 17 April (S0)."""
    founding = date(2026, 2, 26)
    tenant, password = founded(bureau, "ju", "示高文明办", founding)
    companies = list(Organisation.objects.filter(tenant=tenant, kind="公司").order_by("code"))
    give_areas("ju", bureau.AREAS, lambda n: companies[n * 3 : n * 3 + 3], founding)
    version = standards.publish(
        "ju", "窗口服务标准.xlsx", code="SL-WINDOW", name="示例窗口服务标准（样例，非官方）", on=date(2026, 3, 12)
    )
    teams = {name: tuple(f"ju-d{n * 3 + m + 1}" for m in range(3)) for n, name in enumerate(bureau.GROUPS)}
    first = rounds.Plan(
        "ju", "第1轮督导", "supervision", date(2026, 3, 17), date(2026, 3, 24), 45, "20260316-1", teams, 0.14
    )
    second = rounds.Plan(
        "ju", "第2轮督导", "supervision", date(2026, 3, 31), date(2026, 4, 11), 45, "20260330-2", teams, 0.07
    )
    for plan, circular, fixing in (
        (first, date(2026, 3, 25), [date(2026, 3, 26), date(2026, 3, 27), date(2026, 3, 28), date(2026, 3, 30)]),
        (second, date(2026, 4, 17), [date(2026, 4, 20), date(2026, 4, 21), date(2026, 4, 22), date(2026, 4, 24)]),
    ):
        say(f"{bureau.GROUND}：{plan.name}")
        round = rounds.prepare(plan, version, on=plan.starts - timedelta(1))
        rounds.examine(plan, round)
        problems = rounds.finish(plan, round, on=circular, days=3)
        papers.issue("ju", Round.objects.get(pk=round.pk), on=circular, signer="吴建平")
        rectifying.rectify(tenant, problems, fixing, office=person("ju"), closed=0.97)
    return password


def receive_feedback(tenant: Tenant, account: str, *, on: date) -> None:
    """The feedback of the level above imported; what is still open handed out and mostly put right (C7)."""
    with clock(on, 9):
        bring_in(person(account), feedback.table())
    waiting = list(Problem.objects.filter(tenant=tenant, source_kind="feedback", state="pending").order_by("id"))
    with clock(on, 10):
        rectifying.hand_out(person(account), waiting, days=5)
    days = [on + timedelta(n) for n in (1, 2, 4, 6)]
    rectifying.rectify(tenant, waiting, days, office=person(account), closed=0.7)


def receive_results(account: str, version: StandardVersion, *, on: date) -> None:
    """Their result table taken in like any file: columns as offered, what is only near left to be pointed out (C7)."""
    with clock(on, 11):
        office = person(account)
        ground = own_jurisdiction(office)
        found = assessments.create_assessment(
            actor=office, client_id=uuid.uuid4(), jurisdiction=ground, name=assessed.NAME, level="province",
            held_on=assessed.HELD, version=version, feedback=batch_of(ground, feedback.LABEL),
        )  # fmt: skip
        data = (FOLDER / assessed.FILE).read_bytes()
        batch = keep_file(actor=office, assessment=found, data=data, name=assessed.FILE, client_id=uuid.uuid4())
        file = open_file(batch)
        mapping, _ = proposed(file, ground)
        assessments.map_columns(actor=office, batch=batch, file=file, mapping=mapping)
        imports.confirm(actor=office, batch=batch)


def play_county(say: Say) -> str:
    """One mock assessment of 78 drawn places that ended three days ago, and feedback of the level above."""
    today = timezone.localdate()
    founding = today - timedelta(40)
    tenant, password = founded(county, "xian", "示创文办", founding)
    say(f"{county.GROUND}：模拟测评")
    bureaus = list(Organisation.objects.filter(tenant=tenant, kind="部门").order_by("code"))
    give_areas("xian", ("城东片", "城西片", "城北片"), lambda n: bureaus[1 + n * 11 : 12 + n * 11], founding)
    version = standards.publish(
        "xian",
        "城市文明测评体系.xlsx",
        code="SL-CITY",
        name="示例县城市文明测评体系（样例，非官方）",
        on=founding + timedelta(5),
    )
    receive_feedback(tenant, "xian", on=today - timedelta(20))
    receive_results("xian", version, on=today - timedelta(20))
    teams = {f"测评{n + 1}组": tuple(f"xian-c{n * 3 + m + 1}" for m in range(3)) for n in range(4)}
    plan = rounds.Plan(
        "xian",
        "下半年模拟测评",
        "mock",
        today - timedelta(12),
        today - timedelta(4),
        county.DRAWN,
        "示例县-78",
        teams,
        0.12,
    )
    round = rounds.prepare(plan, version, on=plan.starts - timedelta(1))
    rounds.examine(plan, round)
    problems = rounds.finish(plan, round, on=today - timedelta(3), days=5)
    papers.issue("xian", Round.objects.get(pk=round.pk), on=today - timedelta(3), signer="陈学军")
    fixing = [today - timedelta(2), today - timedelta(2), today - timedelta(1), today - timedelta(1)]
    rectifying.rectify(tenant, problems, fixing, office=person("xian"), closed=0.45)
    going_on(version, teams, today)
    return password


def going_on(version: StandardVersion, teams: dict[str, tuple[str, ...]], today: date) -> None:
    """A round of undercover visits under way, so that the inspectors have places to go to today."""
    plan = rounds.Plan(
        "xian",
        "本周暗访",
        "undercover",
        today - timedelta(2),
        today + timedelta(4),
        30,
        "本周",
        teams,
        chance=0.1,
        left=16,
    )
    rounds.examine(plan, rounds.prepare(plan, version, on=plan.starts - timedelta(1)))
