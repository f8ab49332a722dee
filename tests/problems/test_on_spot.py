"""当场已整改 as the inspector recorded it: shown, set apart when handing out, verified on its record in one step."""

from uuid import uuid4

import pytest

from chuangwen.base.errors import Refused
from chuangwen.base.files import attachments_of
from chuangwen.inspections.marks import Marked
from chuangwen.problems.figures import of_batch
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import todo_for_office
from tests.factories.inspections import answer_of, field, open_round, submit
from tests.factories.organisations import World, county
from tests.factories.problems import act, handed_out, make_problem, photo

BACKEND = "django.contrib.auth.backends.ModelBackend"
HAND_OUT = "/problems/bulk/?tab=pending&all=1&verb=hand_out"


@pytest.fixture
def world(db: None) -> World:
    return county()


def marked(world: World, **fields: object) -> Problem:
    return make_problem(world, fixed_on_spot=True, **fields)


def login(client, person):
    client.force_login(person, backend=BACKEND)
    return client


def states() -> list[str]:
    return list(Problem.objects.order_by("pk").values_list("state", flat=True))


def test_by_itself_it_is_not_handed_out(world):
    assert [marked(world, hand_out=True).state, make_problem(world, hand_out=True).state] == ["pending", "handed_out"]


def test_ledger_and_page_show_the_mark(world, client):
    problem = marked(world)
    pages = [login(client, world.office).get(url) for url in ("/problems/", f"/problems/{problem.uuid}/")]
    assert ["测评员记：当场已整改" in page.content.decode() for page in pages] == [True, True]
    assert pages[1].context["main_form"].verb == "confirm_spot"


def test_handing_out_many_sets_it_apart(world, client):
    make_problem(world)
    problem = marked(world)
    page = login(client, world.office).get(HAND_OUT)
    assert (page.context["count"], list(page.context["spot"])) == (1, [problem])
    text = page.content.decode()
    assert "另有 1\u00a0件测评员记了当场已整改，不交办，凭记录逐件复核销号：" in text
    assert f'href="/problems/{problem.uuid}/?tab=pending&only=spot"' in text.replace("&amp;", "&")
    client.post(HAND_OUT, {"client_id": str(uuid4())})
    assert states() == ["handed_out", "pending"]


def test_asked_for_it_is_handed_out_with_the_others(world, client):
    make_problem(world)
    marked(world)
    page = login(client, world.office).get(f"{HAND_OUT}&spot=1")
    assert "连同测评员记了当场已整改的 1\u00a0件一起交办。" in page.content.decode()
    client.post(f"{HAND_OUT}&spot=1", {"client_id": str(uuid4())})
    assert states() == ["handed_out", "handed_out"]


def test_where_all_are_marked_nothing_is_handed_out(world, client):
    marked(world)
    text = login(client, world.office).get(HAND_OUT).content.decode()
    assert ("逐件复核销号" in text, "没有选中问题" in text) == (True, False)


def test_one_step_closes_it_on_the_record(world, client):
    first, second = marked(world), marked(world)
    url = f"/problems/{first.uuid}/confirm_spot/?tab=pending&only=spot"
    done = login(client, world.office).post(url, {"client_id": str(uuid4()), "words": "照片核过"})
    assert done.url == f"/problems/{second.uuid}/?tab=pending&only=spot"
    first.refresh_from_db()
    found, step = first.steps.order_by("id")
    assert (step.from_state, step.to_state, first.closed_on) == ("pending", "closed", first.reported_on)
    assert step.words.endswith(f" {found.actor_label}）：当场已整改。\n照片核过")
    assert step.words.startswith("凭测评记录（")
    assert login(client, world.contact).get(f"/problems/{first.uuid}/").status_code == 200


def test_a_photo_of_it_may_come_along(world):
    problem = act(world.office, marked(world), "confirm_spot", photos=[photo("green")])
    step = problem.steps.get(verb="confirm_spot")
    assert [row.role for row in attachments_of([step])[step.pk]] == ["after"]


def test_who_recorded_it_does_not_verify_it(world, client):
    problem = act_of_office(world)
    with pytest.raises(Refused) as refused:
        act(world.office, problem, "confirm_spot")
    assert refused.value.message == "当场已整改是本人记的，要由另一位同志复核。"
    assert login(client, world.office).get(f"/problems/{problem.uuid}/").context["main_form"].verb == "fix_on_spot"
    assert act(world.office, problem, "fix_on_spot").state == "review"


def act_of_office(world: World) -> Problem:
    """One the office itself entered."""
    problem = marked(world)
    problem.steps.update(actor=world.office)
    return problem


def test_without_the_mark_there_is_no_such_step(world):
    with pytest.raises(Refused) as refused:
        act(world.office, make_problem(world), "confirm_spot")
    assert refused.value.message == "测评员没有记当场已整改"


def test_settled_it_is_not_among_the_open_ones(world):
    batch = uuid4()
    problem = marked(world, batch_uuid=batch)
    handed_out(world, batch_uuid=batch)
    act(world.office, problem, "confirm_spot")
    found = of_batch(batch_uuid=batch, jurisdiction=world.jurisdiction)
    assert [found[name].value for name in ("handed_out", "closed", "open")] == [2, 1, 1]


def test_the_list_of_things_to_do_says_how_many_are_marked(world):
    marked(world)
    make_problem(world)
    row = next(row for row in todo_for_office(world.office) if row.kind == "交办")
    assert row.sub.endswith("发现，1\u00a0件记了当场已整改")


def test_the_mark_comes_from_the_record(db):
    made = field()
    visit = open_round(made.world, made.version, made.places).visits.first()
    submit(visit, [Marked("litter", count=1, note="垃圾", fixed_on_spot=True)])
    problem = Problem.objects.filter(place=visit.place).first()
    assert (answer_of(visit, "litter").fixed_on_spot, problem.fixed_on_spot) == (True, True)
