"""C1: a round divided into places or regions, as its standard judges them: kept, ranked, explained, frozen."""

import uuid
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.inspections.models import Answer, Round
from chuangwen.organisations.actions import edit_region
from chuangwen.scores import live, queries
from chuangwen.scores.actions import freeze_run
from chuangwen.scores.models import Line, SubjectTotal
from tests.factories.organisations import county, make_region
from tests.factories.places import make_place, make_type
from tests.factories.published import make_round, publish_spec, small_spec
from tests.factories.scoring import answer, make_visit, tell

OK, BAD = Answer.Mark.QUALIFIED, Answer.Mark.NOT_QUALIFIED


def divided(places, **settings: str) -> SimpleNamespace:
    """A round of a standard that judges these subjects; `places(world, type)` makes what is visited, in order."""
    world = county()
    kind = make_type(world.tenant, "窗口")
    round = make_round(publish_spec(world.jurisdiction, {**small_spec(kind.code), **settings}))
    visits = [make_visit(round, place) for place in places(world, kind)]
    for number, visit in enumerate(visits):
        answer(visit, "litter", BAD if number else OK, count=2 * number)
        tell(visit, later=True)
    return SimpleNamespace(world=world, round=round, visits=visits)


def halls(world, kind):
    return [make_place(world.bureau, kind, "一号厅"), make_place(world.bureau, kind, "二号厅"),
            make_place(world.other_bureau, kind, "三号厅")]  # fmt: skip


@pytest.fixture
def windows(db):
    return divided(halls, subject="window")


@pytest.fixture
def villages(db):
    """Two villages below one street; the second has two groups, and a place each in them."""

    def places(world, kind):
        street = make_region(world.tenant, "河东街道", world.region, kind="街道")
        first, second = (make_region(world.tenant, name, street, kind="行政村") for name in ("东村", "西村"))
        groups = [make_region(world.tenant, name, second, kind="村民组") for name in ("一组", "二组")]
        return [make_place(world.bureau, kind, "路口", region) for region in (first, *groups)]

    return divided(places, subject="village")


def page_of(person, round: Round, **query: object):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return client.get(f"{reverse('scores:round', args=[round.uuid])}?{asked}")


def shown(page) -> list[tuple[str, list[tuple[object, str, str]]]]:
    return [(one.label, [(row.rank, row.name, row.got) for row in one.rows]) for one in page.context["rankings"]]


def test_windows_are_ranked_first_and_their_units_after_them(windows):
    page = page_of(windows.world.office, windows.round)
    assert shown(page) == [
        ("窗口", [(1, "一号厅", "10.00"), (2, "二号厅", "8.00"), (3, "三号厅", "6.00")]),
        ("单位", [(1, "示例县城管局", "9.00"), (2, "示例县住建局", "6.00")]),
    ]
    assert "各窗口得分" in page.content.decode()
    assert "测评对象：窗口" in page.content.decode()


def test_a_village_is_the_nearest_region_of_that_kind(villages):
    [ranking, _] = shown(page_of(villages.world.office, villages.round))
    assert ranking == ("村", [(1, "东村", "10.00"), (2, "西村", "7.00")])


def test_a_standard_of_units_calls_them_as_it_says(db):
    made = divided(halls, subject="school")
    assert [label for label, _ in shown(page_of(made.world.office, made.round))] == ["学校"]


def test_one_subject_is_looked_at_with_its_own_reasons(windows):
    second = windows.visits[1].place_id
    page = page_of(windows.world.office, windows.round, place=second, criterion="litter")
    assert (page.context["name"], page.context["tree"][0].got, page.context["why"].lost) == ("二号厅", "8.00", "1.00")
    assert [row.answer.place_id for row in page.context["why"].records] == [second]


def test_a_contact_sees_the_subjects_that_are_wholly_theirs(windows):
    Round.objects.filter(pk=windows.round.pk).update(state=Round.State.RELEASED)
    contact = windows.world.contact
    [ranking, _] = shown(page_of(contact, windows.round))
    assert ranking == ("窗口", [(1, "一号厅", "10.00"), (2, "二号厅", "8.00")])
    asked = [page_of(contact, windows.round, place=visit.place_id).status_code for visit in windows.visits]
    assert asked == [200, 200, 404]


def test_a_subject_the_standard_does_not_judge_is_no_page(windows):
    region = windows.world.region.pk
    assert [page_of(windows.world.office, windows.round, region=region).status_code] == [404]


def test_only_the_subjects_of_a_changed_answer_are_worked_out_again(villages):
    tell(villages.visits[1])
    assert SubjectTotal.objects.filter(kind="region", stale=True).count() == 0  # the sums are as they were
    Answer.objects.filter(visit=villages.visits[1]).update(mark=OK, count=0)
    tell(villages.visits[1])
    [stale] = SubjectTotal.objects.filter(kind="region", stale=True)
    assert stale.subject_id == villages.visits[1].region.parent_id
    assert [row.got for row in live.subject_rows(villages.round, "region")] == [1000, 800]


def test_a_region_called_otherwise_is_counted_anew(villages):
    group, office = villages.visits[2].region, villages.world.office
    edit_region(actor=office, region=group, name="二村", kind="村", parent=group.parent)
    rows = queries.ranking(villages.round, "region")
    assert [(row.name, row.got) for row in rows] == [("东村", "10.00"), ("西村", "8.00"), ("二村", "6.00")]


def test_places_without_a_region_or_outside_every_village_are_in_none(villages):
    street = villages.visits[0].region.parent
    for region in (None, street):
        visit = make_visit(
            villages.round, make_place(villages.world.bureau, villages.visits[0].place_type, "路", region)
        )
        answer(visit, "litter", OK)
        tell(visit, later=True)
    assert [row.name for row in queries.ranking(villages.round, "region")] == ["东村", "西村"]


def test_where_no_region_is_called_a_village_each_is_one(db):
    def places(world, kind):
        regions = [make_region(world.tenant, name, world.region) for name in ("甲", "乙")]
        return [make_place(world.bureau, kind, "路口", region) for region in regions]

    made = divided(places, subject="village")
    assert [row.name for row in queries.ranking(made.round, "region")] == ["甲", "乙"]


def test_a_frozen_run_keeps_the_subjects_with_rank_and_name(villages):
    Round.objects.filter(pk=villages.round.pk).update(state=Round.State.CLOSED)
    villages.round.refresh_from_db()
    run = freeze_run(actor=villages.world.office, round=villages.round, client_id=uuid.uuid4())
    assert [(row.rank, row.name, row.got) for row in queries.kept_ranking(run, "region")] == [
        (1, "东村", "10.00"),
        (2, "西村", "7.00"),
    ]
    keys = set(Line.objects.filter(run=run, subject_kind="region").values_list("node_key", flat=True))
    assert keys == {"", "env", "service"}
