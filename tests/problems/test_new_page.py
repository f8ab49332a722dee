"""Issue 2, 12: a problem without a round, typed in."""

from uuid import uuid4

import pytest
from django.utils import timezone

from chuangwen.problems.models import Problem
from tests.factories.organisations import World, county
from tests.factories.places import make_place, make_type

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db: None) -> World:
    return county()


@pytest.fixture
def form(world, client):
    client.force_login(world.office, backend=BACKEND)

    def send(**fields):
        today = timezone.localdate().isoformat()
        given = {"what": "路灯 2 盏不亮", "found_on": today, "client_id": str(uuid4()), **fields}
        return client.post("/problems/new/", given)

    return send


def test_the_unit_follows_from_the_place(world, form):
    place = make_place(world.station, make_type(world.tenant), "槐树巷")
    form(place=place.code)
    problem = Problem.objects.get()
    assert (problem.title, problem.unit, problem.place, problem.state) == (
        "槐树巷：路灯 2 盏不亮",
        world.station,
        place,
        "pending",
    )


def test_a_spot_in_no_register_is_written_in_words(world, form):
    form(place="桥头空地", unit=world.bureau.code, hand_out="on", label="领导调研")
    problem = Problem.objects.get()
    assert (problem.place_text, problem.place, problem.unit) == ("桥头空地", None, world.bureau)
    assert (problem.state, problem.batch_label) == ("handed_out", "领导调研")


def test_sent_twice_it_is_one_problem_and_the_same_answer(form):
    client_id = str(uuid4())
    answers = {form(place="桥头空地", client_id=client_id).url for _ in range(2)}
    assert len(answers) == Problem.objects.count() == 1


def test_what_is_missing_is_said_at_the_field(form):
    text = form(place="", what="").content.decode()
    assert "点位没有填。名册里没有的，直接写地点。" in text
    assert "问题没有填。写看到的现象。" in text


def test_a_day_ahead_is_refused(form):
    response = form(place="桥头空地", found_on="2099-01-01")
    assert "发现日期在今天以后。请核对。" in response.content.decode()


def test_what_is_too_long_is_told_with_its_length_and_stays(form):
    text = form(place="桥头空地", what="积水" * 2500, label="领" * 101).content.decode()
    assert "写了 5000 个字，最多 90 个字。这里写一句，细的写在“情况”，写的都还在。" in text
    assert "写了 101 个字，最多 100 个字。请写短些，写的都还在。" in text
    assert f"{'积水' * 2500}</textarea>" in text
    assert "maxlength" not in text
    assert not Problem.objects.exists()


def test_a_spot_in_too_many_words_is_told_and_not_cut(form):
    assert "地点写了 120 个字，最多 100 个字。请写短些，写的都还在。" in form(place="桥" * 120).content.decode()


def test_what_is_said_at_length_stands_with_the_problem(form):
    form(place="桥头空地", what="路灯不亮\n两盏", detail="从 11 月起。" * 100)
    problem = Problem.objects.get()
    assert (problem.title, problem.detail) == ("桥头空地：路灯不亮 两盏", "从 11 月起。" * 100)
