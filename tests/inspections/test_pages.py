"""Issue 2, 10 and 11: the office's pages of rounds, visits and answers."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.inspections import actions, figures
from chuangwen.inspections.actions import Marked
from chuangwen.inspections.models import Answer, AnswerCorrection, NotApplicable, Round, Visit
from tests.factories.asking import surely
from tests.factories.inspections import Field, answer_of, field, make_round, make_team, open_round, submit
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
ROUNDS = reverse("inspections:rounds")


@pytest.fixture
def made() -> Field:
    return field()


@pytest.fixture
def office(made) -> Client:
    client = Client()
    client.force_login(made.world.office, backend=BACKEND)
    return client


def page(name: str, row) -> str:
    return reverse(f"inspections:{name}", args=[row.uuid])


def test_nothing_there_says_how_to_start(office) -> None:
    assert "先导入点位、发布一套测评体系，再建轮次" in office.get(ROUNDS).content.decode()


def test_from_the_form_to_the_opened_round(made, office) -> None:
    key = str(uuid4())
    sent = {"client_id": key, "name": "第1轮暗访", "kind": "undercover", "version": made.version.pk}
    answer = office.post(reverse("inspections:round-new"), {**sent, "starts_on": "2026-03-31", "ends_on": "2026-04-11"})
    round = Round.objects.get(uuid=key)
    assert answer.headers["Location"] == page("round-draw", round)
    drawn = office.post(page("round-draw", round), {"quota": "3", "seed": "七"})
    assert drawn.headers["Location"] == page("round-drawn", round)
    post = made.world.inspector.memberships.get()
    office.post(page("teams", round), {"client_id": str(uuid4()), "name": "一组", "members": [post.pk]})
    office.post(page("assign", round))
    surely(office, page("round-open", round))
    round.refresh_from_db()
    assert (round.state, round.seed, round.visits.filter(team__name="一组").count()) == (Round.State.OPEN, "七", 3)


def test_a_refusal_stands_at_its_field(made, office) -> None:
    make_round(made.world, made.version, name="第1轮暗访")
    sent = {"client_id": str(uuid4()), "name": "第1轮暗访", "kind": "undercover", "version": made.version.pk}
    answer = office.post(reverse("inspections:round-new"), {**sent, "starts_on": "2026-03-31", "ends_on": "2026-04-11"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"name": ["已有同名的轮次，换个名称。"]}


def test_total_and_per_type_exclude_each_other(made, office) -> None:
    round = make_round(made.world, made.version)
    answer = office.post(page("round-draw", round), {"quota": "2", f"type-{made.type.pk}": "2"})
    assert answer.context["form"].errors == {"quota": ["总数和按类型只填一样。"]}
    office.post(page("round-draw", round), {f"type-{made.type.pk}": "2", "must": made.places[0].code})
    assert round.visits.filter(place=made.places[0]).count() == 1


def test_progress_per_team_and_what_is_left(made, office) -> None:
    round = open_round(made.world, made.version, made.places)
    make_team(made.world, round, made.world.second_inspector)
    submit(round.visits.get(place=made.places[0]), [Marked("litter"), Marked("signs")])
    shown = office.get(page("round", round)).context["page"]
    assert [(row.total, row.done, row.left, row.bad) for row in shown.teams] == [(3, 1, 2, 2), (0, 0, 0, 0)]
    assert [row.where for row in shown.behind] == [f"{made.places[1].name}、{made.places[2].name}"]
    assert [(row.type, row.drawn, row.done) for row in shown.strata] == [(made.type, 3, 1)]


def test_every_figure_of_a_round_opens_exactly_the_rows_it_counts(made, office) -> None:
    round = open_round(made.world, made.version, made.places)
    submit(round.visits.get(place=made.places[0]), [Marked("litter", fixed_on_spot=True), Marked("signs")])
    submit(round.visits.get(place=made.places[1]), confirmed=[1])
    found = {figure.name.split(".")[1]: figure for figure in figures.of_round(made.world.office, round)}
    values = {name: figure.value for name, figure in found.items()}
    rate = values.pop("qualified_rate")
    assert values == {"places": 3, "submitted": 2, "left": 1, "examined": 6, "findings": 2, "on_spot": 1}
    assert (rate, found["qualified_rate"].text) == (667, "66.7")
    for name, value in values.items():
        assert office.get(found[name].records_url).context["count"] == value, name


def test_a_round_nobody_examined_has_no_rate(made) -> None:
    rate = figures.of_round(made.world.office, make_round(made.world, made.version))[-1]
    assert (rate.value, rate.text) == (None, "未测")


def test_an_answer_is_corrected_from_the_visit_page(made, office) -> None:
    visit = submit(open_round(made.world, made.version, made.places[:1]).visits.get(), [Marked("noise", count=66_500)])
    answer = answer_of(visit, "noise")
    assert f'href="{page("answer-correct", answer)}"' in office.get(page("visit", visit)).content.decode()
    assert office.get(page("answer-correct", answer)).context["form"].initial["number"] == "66.5"
    sent = {"client_id": str(uuid4()), "mark": "1", "number": "56.5", "reason": "仪器没有归零", "problem": "withdrawn"}
    office.post(page("answer-correct", answer), sent)
    answer.refresh_from_db()
    assert (answer.mark, answer.count) == (Answer.Mark.QUALIFIED, 56_500)
    assert AnswerCorrection.objects.get().actor == made.world.office


def test_absent_items_are_decided_from_their_list(made, office) -> None:
    wishes = [Marked(key, mark=3, reason="没有") for key in ("signs", "litter")]
    visit = submit(open_round(made.world, made.version, made.places[:1]).visits.get(), wishes)
    listed = page("answers", visit.round) + "?mark=asked"
    assert office.get(listed).context["count"] == 2
    office.post(page("na-grant", answer_of(visit, "signs")))
    assert office.post(page("na-refuse", answer_of(visit, "litter"))).status_code == 422
    office.post(page("na-refuse", answer_of(visit, "litter")), {"words": "东门有"})
    states = NotApplicable.objects.order_by("pk").values_list("answer__criterion__key", "state")
    assert sorted(states) == [("litter", "refused"), ("signs", "granted")]
    assert office.get(listed).context["count"] == 0


def test_a_place_is_added_by_code_replaced_and_given_to_another_team(made, office) -> None:
    round = actions.draw(actor=made.world.office, round=make_round(made.world, made.version), quota=1, seed="x")
    first = round.visits.get()
    other = next(place for place in made.places if place != first.place)
    office.post(page("place-add", round), {"places": other.code, "reason": "群众反映多"})
    office.post(page("visit-replace", first), {"reason": "正在拆迁"})
    team = make_team(made.world, round)
    added = round.visits.get(place=other)
    office.post(page("visit-reassign", added), {"team": team.pk})
    origins = round.visits.order_by("pk").values_list("origin", "state", "team")
    assert list(origins) == [
        ("drawn", "replaced", None),
        ("added", "assigned", team.pk),
        ("replacement", "assigned", None),
    ]


def test_after_the_draw_the_page_lists_what_was_drawn(made, office) -> None:
    round = make_round(made.world, made.version)
    assert "本轮还没有抽样" in office.get(page("round-drawn", round)).content.decode()
    office.post(page("round-draw", round), {"quota": "2", "seed": "七", "must": made.places[2].code})
    answer = office.get(page("round-drawn", round))
    drawn, said = answer.context["drawn"], answer.content.decode()
    assert (drawn.strata, drawn.whole, drawn.by) == ([(made.type.name, 3, 2)], 3, made.world.office)
    assert {row.place for row in drawn.rows} == {visit.place for visit in round.visits.all()}
    assert (said.count("逢检必到"), said.count(">抽中<"), '抽签号 <span class="nb">七</span>' in said) == (1, 1, True)
    assert f'href="{page("teams", round)}">去分组' in said
    assert len(re.findall(made.places[2].name, said)) == 1


def test_the_frame_page_draws_again_and_says_it_is_the_same(made, office) -> None:
    round = actions.draw(actor=made.world.office, round=make_round(made.world, made.version), quota=2, seed="x")
    assert office.get(page("round-frame", round)).context["repeats"] is True
    row = round.frame.filter(drawn=False).get()
    row.unit_code = "换过"
    row.save()
    assert office.get(page("round-frame", round)).context["repeats"] is False


def test_a_step_that_cannot_be_is_told_on_the_page(made, office) -> None:
    round = make_round(made.world, made.version)
    answer = office.post(page("round-open", round), follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["还没有点位。先抽样，或指定点位，再开始。"]


def test_lists_ask_the_same_number_of_queries_whatever_their_length(made, office, same_queries) -> None:
    round = open_round(made.world, made.version, made.places[:1])

    def one_more() -> Visit:
        place = make_place(made.world.station, made.type)
        team = round.teams.get()
        [visit] = actions.add_places(actor=made.world.office, round=round, places=[place], reason="加", team=team)
        return submit(visit, [Marked("litter"), Marked("signs", mark=3, reason="没有")])

    for name in ("visits", "answers", "round"):
        assert same_queries(one_more, page(name, round), office) <= 22
    assert same_queries(lambda: make_round(made.world, made.version), ROUNDS, office) <= 12
    assert same_queries(one_more, page("visit", round.visits.exclude(answers=None).first()), office) <= 16
