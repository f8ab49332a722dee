"""The office's pages of results entered for units: the table, one criterion of all units, everything of one unit."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chuangwen.inspections import figures
from chuangwen.inspections.actions import Marked, Result
from chuangwen.inspections.models import Answer, Provenance, Visit
from tests.factories.inspections import answer_of
from tests.factories.organisations import make_unit
from tests.factories.results import MATERIAL, SURVEY, Methods, bad, criterion, good, methods

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def made() -> Methods:
    return methods()


@pytest.fixture
def office(made) -> Client:
    client = Client()
    client.force_login(made.world.office, backend=BACKEND)
    return client


def table(made: Methods, query: str = "") -> str:
    return reverse("inspections:results", args=[made.round.uuid]) + query


def entry(made: Methods, query: str) -> str:
    return reverse("inspections:results-enter", args=[made.round.uuid]) + query


def shown(text: str) -> list[list[str]]:
    """The cells of the table on a page, as words."""
    rows = re.findall(r"<tr>(.*?)</tr>", re.search(r"<tbody>(.*?)</tbody>", text, re.S)[1], re.S)
    cells = (re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S) for row in rows)
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def typed(**cells: str) -> dict[str, str]:
    """A form as sent; cells: n-…, b-…, t-… by answer, with _ for -."""
    names = {name.replace("_", "-"): value for name, value in cells.items()}
    return {"client_id": str(uuid4()), "source": "县统计局", "given_on": "2026-04-02", **names}


def test_the_units_looked_at_are_listed_by_one_click(made, office) -> None:
    assert "还没有列入单位" in office.get(table(made)).content.decode()
    office.post(reverse("inspections:results-units-looked-at", args=[made.round.uuid]))
    listed = made.round.visits.filter(state=Visit.State.ENTERED).order_by("unit__path")
    assert [visit.unit for visit in listed] == [made.world.station, made.world.other_station]
    assert "把这" not in office.get(table(made)).content.decode()


def test_units_are_listed_by_name_or_none_at_all(made, office) -> None:
    address = reverse("inspections:results-units", args=[made.round.uuid])
    wrong = office.post(address, {"units": "环卫所\n卫环所"})
    assert (wrong.status_code, made.round.visits.filter(state="entered").count()) == (422, 0)
    assert "本辖区没有这些单位，或已撤销：卫环所" in wrong.content.decode()
    office.post(address, {"units": f"环卫所\n{made.world.bureau.code}"})
    assert made.round.visits.filter(state="entered").count() == 2


def test_the_table_tells_what_is_entered_from_what_is_missing(made, office) -> None:
    station, other = made.listed(made.world.station, made.world.other_station)
    made.enter(bad(station, "plan"), good(station, "records", 2), good(other, "satisfied", 93500))
    assert [row[:3] for row in shown(office.get(table(made)).content.decode())] == [
        ["环卫所", "不合格", "2"],
        ["物业所", "未测", "未测"],
    ]
    survey = office.get(table(made, f"?method={SURVEY}")).content.decode()
    assert [row[:2] for row in shown(survey)] == [["环卫所", "未测"], ["物业所", "93.5"]]
    assert re.findall(r">([^<>]+)<b>(.*?)</b>", survey) == [(MATERIAL, "2 / 4"), (SURVEY, "1 / 2")]


def test_one_criterion_is_entered_for_many_units(made, office) -> None:
    station, other = made.listed(made.world.station, made.world.other_station)
    first, second = (answer_of(visit, "satisfied").pk for visit in (station, other))
    address = entry(made, "?criterion=satisfied")
    answer = office.post(address, typed(**{f"n-{first}": "９３.5", f"n-{second}": "", f"t-{first}": "120 份问卷"}))
    assert answer.headers["Location"] == address
    kept = answer_of(station, "satisfied")
    assert (kept.mark, kept.count, kept.note) == (Answer.Mark.NOT_QUALIFIED, 93500, "120 份问卷")
    assert Provenance.objects.get().answer == kept
    rows = shown(office.get(address).content.decode())
    assert [row[0] for row in rows] == ["环卫所", "物业所"]
    assert rows[0][2] == "93.5"


def test_everything_of_one_unit_is_entered_at_once(made, office) -> None:
    (station,) = made.listed(made.world.station)
    plan, records = (answer_of(station, key).pk for key in ("plan", "records"))
    office.post(entry(made, f"?unit={station.uuid}"), typed(**{f"n-{plan}": "合格", f"n-{records}": "3"}))
    assert dict(station.answers.values_list("criterion__key", "mark")) == {"plan": 1, "records": 1, "satisfied": 0}


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("plan", "好", "“好”看不懂，填“合格”“不合格”或“缺项”。"),
        ("plan", "缺项", "填了缺项，没有写理由。"),
        ("records", "二", "实有数填的“二”不是数字。改成数字。"),
        ("satisfied", "-3", "实有数填的“-3”小于 0。"),
    ],
)
def test_what_cannot_be_read_stands_at_its_cell_and_nothing_is_entered(made, office, key, text, words) -> None:
    (station,) = made.listed(made.world.station)
    wrong, fine = answer_of(station, key), station.answers.exclude(criterion__key=key).first()
    sent = typed(**{f"n-{wrong.pk}": text, f"n-{fine.pk}": "1" if fine.criterion.key != "plan" else "合格"})
    answer = office.post(entry(made, f"?unit={station.uuid}"), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "有 1 格填得不对" in page
    assert set(station.answers.values_list("mark", flat=True)) == {0}


def test_a_page_older_than_what_is_there_says_so(made, office) -> None:
    (station,) = made.listed(made.world.station)
    plan, records = answer_of(station, "plan"), answer_of(station, "records")
    made.enter(good(station, "plan"))
    sent = typed(**{f"n-{plan.pk}": "不合格", f"n-{records.pk}": "3"})
    answer = office.post(entry(made, f"?unit={station.uuid}"), sent)
    assert "环卫所的“plan的要求”已经录过" in answer.content.decode()
    assert answer_of(station, "records").mark == 0


def test_cells_of_another_round_are_not_written(made, office) -> None:
    (station,), (strange,) = made.listed(made.world.station), methods(world=made.world).listed(made.world.station)
    plan, stranger = answer_of(station, "plan"), answer_of(strange, "plan")
    office.post(entry(made, f"?unit={station.uuid}"), typed(**{f"n-{plan.pk}": "合格", f"n-{stranger.pk}": "合格"}))
    assert (answer_of(station, "plan").mark, answer_of(strange, "plan").mark) == (1, 0)
    assert office.get(entry(made, f"?unit={strange.uuid}")).status_code == 404


def test_nothing_typed_is_told(made, office) -> None:
    (station,) = made.listed(made.world.station)
    answer = office.post(entry(made, f"?unit={station.uuid}"), typed())
    assert "一格也没有填。空着的按未测，不用录。" in answer.content.decode()


def test_who_gave_the_last_results_of_a_method_is_offered(made, office) -> None:
    station, _ = made.listed(made.world.station, made.world.other_station)
    made.enter(good(station, "plan"), source="县档案局")
    assert 'value="县档案局"' in office.get(entry(made, "?criterion=records")).content.decode()
    assert 'value="县档案局"' not in office.get(entry(made, "?criterion=satisfied")).content.decode()


def test_the_round_leads_there(made, office) -> None:
    page = office.get(reverse("inspections:round", args=[made.round.uuid])).content.decode()
    assert "录入其他方法的结果" in page


def test_a_unit_listed_is_no_place_of_the_round(made, office) -> None:
    made.listed(made.world.station)
    page = office.get(reverse("inspections:round", args=[made.round.uuid])).content.decode()
    assert re.search(r"合计</td><td class=\"num\">0 / 3", page)
    assert "单位本身" not in page


def test_the_table_asks_no_more_for_three_units(made, office) -> None:
    counts = []
    for units in ([made.world.station], [make_unit(made.world.tenant, f"所{n}", made.world.bureau) for n in (1, 2)]):
        visits = made.listed(*units)
        made.enter(*(good(visit, "plan") for visit in visits))
        office.get(table(made))
        for address in (table(made), entry(made, "?criterion=plan")):
            with CaptureQueriesContext(connection) as captured:
                office.get(address)
            counts.append(len(captured))
    assert counts[:2] == counts[2:]


def test_the_numbers_of_a_round_are_those_of_the_field(made, office) -> None:
    (station,) = made.listed(made.world.station)
    made.enter(bad(station, "plan"))
    found = {figure.name: figure for figure in figures.of_round(made.world.office, made.round)}
    seen = found["inspections.examined"]
    assert (seen.value, found["inspections.findings"].value) == (0, 0)
    assert office.get(seen.records_url).context["count"] == 0
    assert office.get(seen.records_url.replace("at=field", "at=units")).context["count"] == 1


def test_graders_too_far_apart_wait_for_the_arbiter() -> None:
    graded = criterion("work", MATERIAL, {"kind": "manual", "assessors": "2", "gap": "10"})
    made = methods((graded,))
    client = Client()
    client.force_login(made.world.office, backend=BACKEND)
    (station,) = made.listed(made.world.station)
    given = ((1, 90_000), (2, 70_000))
    made.enter(*(Result(station, Marked("work", ordinal=one, mark=1, count=count)) for one, count in given))
    assert shown(client.get(table(made)).content.decode())[0][3] == "已录 2 / 3 等待仲裁"
    made.enter(Result(station, Marked("work", ordinal=0, mark=1, count=82_000)))
    assert shown(client.get(table(made)).content.decode())[0][3] == "已录 3 / 3"


def test_a_survey_half_entered_says_so() -> None:
    options = [{"label": "满意", "value": "1"}, {"label": "不满意", "value": "0"}]
    made = methods((criterion("asked", SURVEY, {"kind": "survey", "options": options}),))
    client = Client()
    client.force_login(made.world.office, backend=BACKEND)
    (station,) = made.listed(made.world.station)
    made.enter(Result(station, Marked("asked", ordinal=1, mark=1, count=120)))
    text = client.get(table(made, f"?method={SURVEY}")).content.decode()
    assert shown(text)[0][2] == "已录 1 / 4 各选项的票数没有填全"
