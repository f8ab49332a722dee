"""Score pages: the tree, the ranking, and the records behind a lost point; each sees only the own part."""

import uuid

import pytest
from django.urls import reverse

from chuangwen.inspections.models import Answer, Round
from chuangwen.organisations.models import Area, AreaPart
from chuangwen.scores import live, queries
from chuangwen.scores.actions import freeze_run
from tests.factories.organisations import client_of, county
from tests.factories.places import make_place, make_type
from tests.factories.scoring import answer, make_visit, tell

OK, BAD = Answer.Mark.QUALIFIED, Answer.Mark.NOT_QUALIFIED


def url(scored, **query: object) -> str:
    address = reverse("scores:round", args=[scored.round.uuid])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


@pytest.fixture
def released(scored):
    answer(scored.first, "litter", BAD, count=3)
    answer(scored.second, "litter", BAD, count=1)
    tell(scored.first, later=True)
    tell(scored.second, later=True)
    Round.objects.filter(pk=scored.round.pk).update(state=Round.State.RELEASED)
    scored.round.refresh_from_db()
    return scored


def test_the_office_sees_the_tree_and_the_ranking(released) -> None:
    page = client_of(released.world.office).get(url(released))
    assert page.status_code == 200
    assert [row.key for row in page.context["tree"]] == ["", "env", "litter", "signs", "service", "queue"]
    assert [(row.rank, row.got, row.above) for row in page.context["rankings"][0].rows] == [
        (1, "9.00", ""),
        (2, "7.00", "2.00"),
    ]


def test_a_lost_point_opens_records_that_add_up_to_it(released) -> None:
    page = client_of(released.world.office).get(url(released, criterion="litter"))
    why = page.context["why"]
    assert why.lost == "1.00"
    assert [(row.answer.place.name, row.lost) for row in why.records] == [("大厅", "0.75"), ("人民路", "0.25")]
    assert why.reason.lines[0].shown == "5.00"
    assert "合计，与失分相符" in page.content.decode()


def test_a_unit_sees_its_own_score_after_release_and_no_other(released) -> None:
    page = client_of(released.world.contact).get(url(released))
    assert page.status_code == 200
    assert [row.subject_id for row in page.context["rankings"][0].rows] == [released.first.unit_id]
    assert page.context["tree"][0].got == "7.00"
    other = client_of(released.world.contact).get(url(released, unit=released.second.unit_id))
    assert other.status_code == 404


def test_nobody_but_the_office_sees_a_round_not_released(scored) -> None:
    people = scored.world.people
    found = {name: client_of(person).get(url(scored)).status_code for name, person in people.items()}
    assert found == {
        "office": 200,
        "contact": 404,
        "leader": 404,
        "inspector": 403,
        "supervisor": 403,
        "system": 403,
        "security": 403,
        "audit": 403,
    }


def test_another_tenant_sees_nothing(released) -> None:
    assert client_of(county("邻县").office).get(url(released)).status_code == 404


def test_the_list_asks_the_same_queries_for_one_round_and_three(scored, same_queries) -> None:
    version, names = scored.round.version, iter(("第2轮", "第3轮", "第4轮"))

    def make_one() -> None:
        Round.objects.create(
            tenant=version.tenant,
            jurisdiction=scored.round.jurisdiction,
            name=next(names),
            kind="mock",
            version=version,
            starts_on=scored.round.starts_on,
            ends_on=scored.round.ends_on,
            state=Round.State.CLOSED,
        )

    same_queries(make_one, reverse("scores:scores"), client_of(scored.world.office))


def test_the_page_of_a_round_asks_the_same_queries_for_one_place_and_three(scored, same_queries) -> None:
    kind = make_type(scored.world.tenant, "社区")

    def make_one() -> None:
        visit = make_visit(scored.round, make_place(scored.world.bureau, kind))
        answer(visit, "litter", BAD, count=1)
        tell(visit, later=True)

    same_queries(make_one, url(scored, criterion="litter"), client_of(scored.world.office))


def test_the_page_of_a_frozen_run_shows_what_was_kept(released) -> None:
    run = freeze_run(actor=released.world.office, round=released.round, client_id=uuid.uuid4())
    page = client_of(released.world.office).get(reverse("scores:run", args=[run.uuid]))
    assert page.status_code == 200
    [units] = page.context["rankings"]
    assert [(row.name, row.rank) for row in units.rows] == [("示例县住建局", 1), ("示例县城管局", 2)]
    assert client_of(released.world.contact).get(reverse("scores:run", args=[run.uuid])).status_code == 403


def test_units_and_leaders_see_what_was_fixed_of_their_own_units_and_no_other(released) -> None:
    people, lists = released.world.people, reverse("scores:scores")
    client = client_of(people["contact"])
    assert (client.get(lists).context["rows"], client.get(url(released)).context["fixed"]) == (
        [(released.round, None)],
        None,
    )
    freeze_run(actor=released.world.office, round=released.round, client_id=uuid.uuid4())
    for name in ("contact", "leader"):
        client = client_of(people[name])
        [(_, kept)] = client.get(lists).context["rows"]
        own = [(unit, line.subject_id, line.got, line.rank) for unit, line in kept.units]
        assert (kept.whole, own) == (False, [("示例县城管局", released.first.unit_id, 700, 2)])
        assert "示例县城管局 <b>7.00</b>，第&nbsp;2&nbsp;名" in client.get(url(released)).content.decode()
    [(_, whole)] = client_of(released.world.office).get(lists).context["rows"]
    assert (whole.whole, whole.units) == (True, [])


def test_a_leader_reads_what_was_fixed_of_the_own_units_by_rank(released) -> None:
    world = released.world
    AreaPart.objects.create(area=Area.objects.get(), organisation=world.other_bureau)
    freeze_run(actor=world.office, round=released.round, client_id=uuid.uuid4())
    [(_, kept)] = client_of(world.leader).get(reverse("scores:scores")).context["rows"]
    assert [(name, line.rank) for name, line in kept.units] == [("示例县住建局", 1), ("示例县城管局", 2)]


def test_ranking_shares_the_better_rank(scored) -> None:
    for visit in (scored.first, scored.second):
        answer(visit, "signs", OK)
        tell(visit)
    found = [(row.rank, row.tied, row.above, row.below) for row in queries.ranking(scored.round)]
    assert found == [(1, True, "", ""), (1, True, "", "")]
    assert live.whole_of(scored.round).total.shown_got == "10.00"


def test_an_indicator_opens_the_criteria_that_lost_and_a_type_its_own_tree(released) -> None:
    client = client_of(released.world.office)
    below = client.get(url(released, node="env")).context["below"]
    assert [(row.key, row.lost) for row in below.criteria] == [("litter", "1.00"), ("signs", "")]
    page = client.get(url(released, type=released.second.place_type_id))
    assert page.context["tree"][0].got == "9.00"
    assert client_of(released.world.contact).get(url(released, node="nothing")).context["below"] is None
