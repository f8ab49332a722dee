"""Issue 2, 12: the ledger 问题台账: tabs with counts, filters in the address, kept views, who sees what."""

import re
from importlib import import_module
from uuid import uuid4

import pytest

from chuangwen.base.lists import SIZE
from chuangwen.problems.models import Problem, SavedView
from tests.factories.organisations import World, county
from tests.factories.places import make_place, make_type
from tests.factories.problems import closed, fixing, handed_out, in_review, make_problem, run_out

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db: None) -> World:
    return county()


@pytest.fixture
def as_office(world, client):
    client.force_login(world.office, backend=BACKEND)
    return client


def listed(client, query: str = "") -> list[str]:
    return [row.problem.number for row in client.get(f"/problems/{query}").context["ledger"].rows]


def test_the_tabs_count_every_state(world, as_office):
    run_out(fixing(world))
    for make in (make_problem, handed_out, in_review, closed):
        make(world)
    found = as_office.get("/problems/").context["ledger"]
    assert {tab.key: tab.count for tab in found.tabs} == {
        "open": 4,
        "pending": 1,
        "handed_out": 1,
        "fixing": 1,
        "review": 1,
        "closed": 1,
        "all": 5,
    }
    assert found.late == 1


def test_the_late_ones_come_first(world, as_office):
    handed_out(world)
    late = run_out(fixing(world))
    assert listed(as_office)[0] == late.number
    assert listed(as_office, "?tab=late") == [late.number]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("?q=幸福里", ["2026-0002"]), ("?sort=-number", ["2026-0002", "2026-0001"]), ("?only=no_unit", [])],
)
def test_the_address_filters_and_sorts(world, as_office, query, expected):
    handed_out(world)
    handed_out(world, title="幸福里小区：公益广告破损")
    assert listed(as_office, query) == expected


def test_it_filters_by_unit_with_those_below_by_type_and_by_source(world, as_office):
    kind = make_type(world.tenant)
    place, batch = make_place(world.station, kind), uuid4()
    own = handed_out(world, world.station, place=place, batch_uuid=batch, batch_label="第2轮暗访", criterion_key="c1")
    handed_out(world, world.other_bureau)
    for query in (f"unit={world.bureau.pk}", f"type={kind.pk}", f"batch={batch}", f"batch={batch}&criterion=c1"):
        assert listed(as_office, f"?{query}") == [own.number]


def test_a_contact_is_offered_the_sources_of_its_own_problems_the_newest_first(world, client):
    for unit, make, label in (
        (world.bureau, handed_out, "第1轮暗访"),
        (world.other_bureau, handed_out, "第2轮暗访"),
        (world.bureau, make_problem, "第3轮暗访"),
        (world.station, handed_out, "第4轮暗访"),
    ):
        make(world, unit, batch_uuid=uuid4(), batch_label=label)
    client.force_login(world.contact, backend=BACKEND)
    offered = client.get("/problems/").context["choices"].batches
    assert [label for _, label in offered] == ["第4轮暗访", "第1轮暗访"]


def test_a_unit_that_is_not_ones_own_is_not_there(world, client):
    client.force_login(world.contact, backend=BACKEND)
    assert client.get(f"/problems/?unit={world.other_bureau.pk}").status_code == 404


def test_the_contact_sees_what_was_handed_out_to_the_unit_and_below(world, client):
    own, below = handed_out(world), handed_out(world, world.station)
    make_problem(world)
    handed_out(world, world.other_bureau)
    client.force_login(world.contact, backend=BACKEND)
    assert listed(client, "?tab=all") == [own.number, below.number]
    assert "待交办" not in client.get("/problems/?tab=all").content.decode()


@pytest.mark.parametrize("who", ["inspector", "supervisor", "system", "security", "audit"])
def test_nobody_else_opens_the_ledger(world, client, who):
    client.force_login(getattr(world, who), backend=BACKEND)
    assert client.get("/problems/").status_code == 403


@pytest.mark.parametrize("query", ["?tab=all", "?tab=late", "?tab=all&sort=-number&q=路"])
def test_one_row_and_three_rows_ask_as_many_queries(world, as_office, same_queries, query):
    assert same_queries(lambda: run_out(fixing(world)), f"/problems/{query}", as_office) <= 20


def test_it_pages_by_key_both_ways(world, as_office, monkeypatch):
    numbers = [handed_out(world).number for _ in range(60)]
    first = as_office.get("/problems/").context["slice"]
    assert [row.number for row in first.rows] == numbers[:50]
    second = as_office.get(f"/problems/?cursor={first.next}").context["slice"]
    assert ([row.number for row in second.rows], second.next) == (numbers[50:], "")
    back = as_office.get(f"/problems/?cursor={second.previous}").context["slice"]
    assert [row.number for row in back.rows] == numbers[:50]


def test_a_view_is_kept_under_a_name_and_dropped(world, as_office):
    kept = {"name": "城管局逾期", "query": f"tab=late&unit={world.bureau.pk}", "client_id": str(uuid4())}
    for _ in range(2):
        as_office.post("/problems/views/", kept)
    view = SavedView.objects.get()
    assert (
        f'href="/problems/?tab=late&amp;unit={world.bureau.pk}">城管局逾期'
        in as_office.get("/problems/").content.decode()
    )
    as_office.post(f"/problems/views/{view.pk}/drop/")
    assert SavedView.objects.count() == 0


def test_somebody_elses_view_is_not_there(world, as_office):
    theirs = SavedView.objects.create(tenant=world.tenant, person=world.contact, name="我的", query="tab=all")
    assert as_office.post(f"/problems/views/{theirs.pk}/drop/").status_code == 404


def test_the_empty_ledger_says_how_problems_get_there(world, as_office):
    assert "轮次里发现的不合格会自动列进来" in as_office.get("/problems/").content.decode()
    handed_out(world)
    assert "这些条件下没有问题" in as_office.get("/problems/?q=没有这个").content.decode()
    assert Problem.objects.count() == 1


def test_the_print_holds_every_filtered_row_and_says_whose_it_is(world, as_office):
    made = [make_problem(world).number for _ in range(SIZE + 1)]
    closed(world)
    page = as_office.get("/problems/?print=1&tab=open").content.decode()
    assert re.findall(r'<tr><td class="nb">([^<]+)</td>', page) == made
    head = f"{world.office_unit}&nbsp;· 未销号 {SIZE + 1}\u00a0件&nbsp;· 按期限先后"
    assert re.findall(r"<h1>问题台账</h1><p>([^\n]*?)</p>", page) == [head]


def test_more_rows_than_anybody_prints_are_said_to_be_cut(world, as_office, monkeypatch):
    monkeypatch.setattr(import_module("chuangwen.problems.queries.ledger"), "PRINTED", 2)
    for _ in range(3):
        make_problem(world)
    assert "未销号 第 1–2\u00a0件，共 3\u00a0件" in as_office.get("/problems/?print=1").content.decode()


def test_the_print_asks_as_often_for_many_rows(world, as_office, same_queries):
    same_queries(lambda: handed_out(world), "/problems/?print=1", as_office)


@pytest.mark.parametrize(
    ("tab", "verbs"),
    [
        ("pending", ["hand_out", "reassign"]),
        ("late", ["urge", "reassign", "redate"]),
        ("fixing", ["urge", "reassign", "redate"]),
        ("review", []),
        ("all", ["hand_out", "urge", "reassign", "redate"]),
    ],
)
def test_only_what_some_of_the_tab_can_take_is_offered_for_many(world, as_office, tab: str, verbs: list[str]):
    for make in (make_problem, fixing, in_review):
        make(world)
    assert [verb for verb, _ in as_office.get(f"/problems/?tab={tab}").context["bulk_verbs"]] == verbs


def test_coming_from_a_search_the_office_reads_the_new_state_in_a_line(world, as_office):
    problem = make_problem(world)
    page = as_office.post(f"/problems/{problem.uuid}/hand_out/", {"client_id": str(uuid4())}, follow=True)
    problem.refresh_from_db()
    until = f"{problem.deadline.month}月{problem.deadline.day}日"
    assert [str(one) for one in page.context["messages"]] == [f"交办：现在是待签收，期限 {until}。"]
