"""Issue 3, 9: the forecast of the formal assessment: asked, worked out at once or by a job, kept, shown in words."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event, FollowUp
from chuangwen.inspections.actions import Marked, correct_answer
from chuangwen.inspections.models import Answer
from chuangwen.scores import forecasting
from chuangwen.scores.actions import ask_forecast
from chuangwen.scores.models import Forecast
from tests.factories.inspections import answer_of, field, open_round, submit
from tests.factories.organisations import client_of, county
from tests.factories.places import make_place, make_type
from tests.factories.published import publish_spec, small_spec


def code(made) -> str:
    return made.round.visits.first().place_type.code


def asked(made, drawn: int = 1, whole: int = 3, line: str = "29") -> Forecast:
    plan = {code(made): (whole, drawn)}
    return ask_forecast(actor=made.world.office, round=made.round, plan=plan, line=Decimal(line), client_id=uuid4())


def page_of(made, row: Forecast):
    return client_of(made.world.office).get(reverse("scores:forecast", args=[row.uuid]))


def asking(made) -> str:
    return reverse("scores:forecast-new", args=[made.round.uuid])


def corrected(made) -> None:
    """A record changed: nothing was found at the first place."""
    answer = answer_of(made.round.visits.order_by("id").first(), "litter")
    given = {"mark": Answer.Mark.QUALIFIED, "count": 0, "reason": "复看照片"}
    correct_answer(actor=made.world.office, answer=answer, client_id=uuid4(), **given)


def test_one_place_of_three_gives_the_three_scores_alike_often(made) -> None:
    row = asked(made)
    assert row.state == Forecast.State.DONE
    page = page_of(made, row).context
    assert (page["mean"], page["found"]["is_exact"]) == ("29.00", True)
    assert page["between"]["twentieths"] == ("28.50", "29.50")
    drawn = [count for _, _, count in row.outcome["bars"] if count]
    assert len(drawn) == 3
    assert max(drawn) - min(drawn) < 400  # of 20,000, five standard deviations
    assert page["reach"] in ("可能是 66%", "可能是 67%")


def test_drawing_all_of_them_leaves_no_luck(made) -> None:
    page = page_of(made, asked(made, drawn=3)).context
    assert page["mean"] == "29.00"
    assert page["between"]["twentieths"] == ("29.00", "29.00")
    assert page["reach"] == "每次抽取都达到"
    assert [(one.drawn, one.population, one.share, one.unsure) for one in page["kinds"]] == [(3, 3, "0%", "全部都测")]


def test_the_page_says_what_it_takes_for_granted_and_what_moves_it_most(made) -> None:
    page = page_of(made, asked(made))
    text = page.content.decode()
    assert "查到的问题都还在：这以后整改好的，没有算进去。" in text
    assert "平均和起伏按公式算" in text
    assert [(one.share, one.gain) for one in page.context["kinds"]] == [("100%", "1.00")]
    assert (page.context["lines"][0].key, page.context["lines"][0].share) == ("litter", "100%")
    assert text.count("<rect") == len(page.context["picture"].bars)
    assert "style=" not in text.split("<main")[1]


def test_criteria_and_types_nobody_looked_at_are_named_as_not_in_it(made) -> None:
    """Measures and counts nobody entered were not examined, however the rest was confirmed."""
    plan = {code(made): (3, 1), "XX": (4, 1), "YY": (4, 0)}
    given = {"actor": made.world.office, "round": made.round, "line": None, "client_id": uuid4()}
    page = page_of(made, ask_forecast(plan=plan, **given)).context
    assert [(one.key, why) for one, why in page["left_out"]] == [
        (key, "本轮没有测过") for key in ("noise", "lamps", "posters")
    ]
    assert page["not_counted"] == {"none_seen": ["XX"], "not_drawn": ["YY"]}


def test_criteria_looked_at_only_in_types_that_are_not_drawn_are_named_as_not_in_it(db) -> None:
    world = county()
    road, hall = make_type(world.tenant, "主次干道"), make_type(world.tenant, "政务大厅")
    version = publish_spec(world.jurisdiction, small_spec(hall.code, road.code))
    round = open_round(world, version, [make_place(world.station, kind) for kind in (road, hall)])
    for visit, sections in zip(round.visits.order_by("id"), ((1,), (1, 2)), strict=True):
        submit(visit, [Marked("litter", count=1, note="有烟头")], confirmed=sections)
    given = {"actor": world.office, "round": round, "line": None, "client_id": uuid4()}
    row = ask_forecast(plan={road.code: (9, 3), hall.code: (1, 0)}, **given)
    page = client_of(world.office).get(reverse("scores:forecast", args=[row.uuid]))
    assert [(one.key, why) for one, why in page.context["left_out"]] == [("queue", "只在不抽的类型里测过")]
    assert page.context["not_counted"] == {"none_seen": [], "not_drawn": ["政务大厅"]}


def test_defaults_are_as_many_as_we_looked_at_of_those_in_the_register(made) -> None:
    make_place(made.world.station, made.round.visits.first().place_type)
    page = client_of(made.world.office).get(asking(made))
    rows = [(row.seen, drawn.value(), whole.value()) for row, drawn, whole in page.context["form"].rows()]
    assert rows == [(3, 3, 4)]
    page = client_of(made.world.office).get(f"{asking(made)}?all=2")
    assert [drawn.value() for _, drawn, _ in page.context["form"].rows()] == [2]


def test_of_a_type_nobody_looked_at_none_is_drawn(made) -> None:
    made.round.visits.update(state="assigned")
    page = client_of(made.world.office).get(asking(made))
    assert [(row.seen, drawn.value()) for row, drawn, _ in page.context["form"].rows()] == [(0, 0)]


def test_asking_by_the_form_leads_to_the_forecast_once(made) -> None:
    client, kind = client_of(made.world.office), code(made)
    given = {"client_id": uuid4(), f"drawn-{kind}": 2, f"whole-{kind}": 3, "line": "29"}
    first, again = client.post(asking(made), given), client.post(asking(made), given)
    row = Forecast.objects.get()
    assert (first.url, again.url) == (reverse("scores:forecast", args=[row.uuid]),) * 2
    assert (row.plan, row.line) == ({kind: [3, 2]}, "29")
    assert Event.objects.filter(name="scores.forecast_made").count() == 1


def test_numbers_that_cannot_be_are_said_at_their_type(made) -> None:
    client, kind = client_of(made.world.office), code(made)
    page = client.post(asking(made), {"client_id": uuid4(), f"drawn-{kind}": 5, f"whole-{kind}": 4})
    assert page.context["form"].errors[f"drawn-{kind}"] == ["一共 4 处，抽不出 5 处。"]
    page = client.post(asking(made), {"client_id": uuid4(), f"drawn-{kind}": 1, f"whole-{kind}": 2})
    assert page.context["form"].errors[f"whole-{kind}"] == ["看过 3 处，不会少于 3 处。"]
    page = client.post(asking(made), {"client_id": uuid4(), f"drawn-{kind}": 0, f"whole-{kind}": 3})
    assert page.context["form"].non_field_errors() == ["要抽的点位类型都没有看过，无从预测：先查一轮，或改抽取的类型。"]


def test_what_takes_long_is_left_to_a_job_that_tells_how_far_it_is(made, monkeypatch) -> None:
    monkeypatch.setattr(forecasting, "PATIENCE", 0.0)
    row = asked(made)
    assert (row.state, row.outcome) == (Forecast.State.WAITING, {})
    assert FollowUp.objects.filter(function="make_forecast").count() == 1
    assert "0%" in page_of(made, row).content.decode()
    event = Event.objects.get(name="scores.forecast_asked")
    forecasting.make_forecast(event)
    row.refresh_from_db()
    done = row.outcome, row.as_of
    assert (row.state, row.share) == (Forecast.State.DONE, 1)
    corrected(made)
    forecasting.make_forecast(event)
    row.refresh_from_db()
    assert (row.outcome, row.as_of) == done
    assert page_of(made, row).context["mean"] == "29.00"


def test_a_job_with_nothing_to_reckon_with_says_so_and_is_over(made, monkeypatch) -> None:
    monkeypatch.setattr(forecasting, "PATIENCE", 0.0)
    row = asked(made)
    Forecast.objects.update(plan={code(made): [3, 0]})
    forecasting.make_forecast(Event.objects.get(name="scores.forecast_asked"))
    row.refresh_from_db()
    said = "要抽的点位类型都没有看过，无从预测：先查一轮，或改抽取的类型"
    assert (row.state, row.error, row.outcome) == (Forecast.State.FAILED, said, {})
    assert f"没有算成：{said}</p>" in page_of(made, row).content.decode()


def test_a_job_that_breaks_says_that_it_will_try_again_and_does(made, monkeypatch) -> None:
    monkeypatch.setattr(forecasting, "PATIENCE", 0.0)
    row, event = asked(made), Event.objects.get(name="scores.forecast_asked")
    Forecast.objects.update(plan={code(made): [3]})
    with pytest.raises(TypeError):
        forecasting.make_forecast(event)
    row.refresh_from_db()
    assert (row.state, row.error) == (Forecast.State.FAILED, forecasting.WILL_TRY_AGAIN)
    Forecast.objects.update(plan=row.plan | {code(made): [3, 1]})
    forecasting.make_forecast(event)
    row.refresh_from_db()
    assert (row.state, row.error) == (Forecast.State.DONE, "")


def test_a_forecast_stays_when_records_change(made) -> None:
    row = asked(made)
    before = page_of(made, row).context["mean"]
    corrected(made)
    assert page_of(made, row).context["mean"] == before
    assert page_of(made, asked(made)).context["mean"] != before


def test_only_the_office_of_the_round_may_ask_and_look(made) -> None:
    row = asked(made)
    stranger = county("邻县").office
    assert client_of(stranger).get(reverse("scores:forecast", args=[row.uuid])).status_code == 404
    assert client_of(made.world.leader).get(asking(made)).status_code == 403
    with pytest.raises(Refused):
        ask_forecast(actor=stranger, round=made.round, plan={}, line=None, client_id=uuid4())


def test_the_form_asks_the_same_queries_for_one_place_and_three(db, same_queries) -> None:
    world = county()
    ground = field(world)
    round = open_round(world, ground.version, ground.places)
    visits = iter(round.visits.order_by("id"))

    def make_one() -> None:
        submit(next(visits), [Marked("litter", count=1, note="有烟头")])

    same_queries(make_one, reverse("scores:forecast-new", args=[round.uuid]), client_of(world.office))
