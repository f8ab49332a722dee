"""Issue 2, 12 and C7: today's ledger and the level above's feedback, with their own dates and states."""

from datetime import date

import pytest
from django.utils import timezone

from chuangwen.base.imports import actions
from chuangwen.base.models import Event
from chuangwen.problems.models import Problem
from chuangwen.problems.queries import visible_to
from chuangwen.problems.queries.ledger import batches_for
from tests.factories.organisations import World, county
from tests.factories.places import make_place, make_type
from tests.factories.problems import act, make_problem
from tests.factories.workbooks import receive

HEAD = ("编号", "发现日期", "地点", "问题", "责任单位", "期限", "状态", "销号日期", "整改情况")
CLOSED = (
    "2026-0007",
    "2026-03-18",
    "人民路",
    "垃圾箱满溢",
    "示例县城管局",
    "2026-03-23",
    "已整改",
    "2026-03-20",
    "已清运",
)
OPEN = ("", "2026-03-19", "和平路", "护栏倒伏", "示例县住建局", "2026-03-24", "整改中", "", "")


@pytest.fixture
def world(db: None) -> World:
    return county()


def taken(world: World, *rows: tuple, kind: str = "problems-ledger", label: str = "3月自查") -> list[Problem]:
    batch = receive(world.office, kind, HEAD, *rows, context={"label": label})
    assert actions.confirm(actor=world.office, batch=batch).applied, batch.rows.values_list("errors")
    return list(Problem.objects.order_by("id"))


def errors(world: World, **changes: str) -> dict[str, str]:
    row = tuple(changes.get(header, value) for header, value in zip(HEAD, CLOSED, strict=True))
    return receive(world.office, "problems-ledger", HEAD, row).rows.get().errors


def test_dates_and_states_are_kept(world):
    done, fixing = taken(world, CLOSED, OPEN)
    assert (done.number, done.state, done.found_on, done.deadline, done.closed_on, done.on_time) == (
        "2026-0007",
        "closed",
        date(2026, 3, 18),
        date(2026, 3, 23),
        date(2026, 3, 20),
        True,
    )
    assert (fixing.state, fixing.deadline, fixing.unit) == ("fixing", date(2026, 3, 24), world.other_bureau)
    assert (fixing.title, fixing.batch_label) == ("和平路：护栏倒伏", "3月自查")


def test_the_steps_stand_on_their_days(world):
    done = taken(world, CLOSED)[0]
    steps = [(step.verb, timezone.localdate(step.at)) for step in done.steps.order_by("id")]
    today = timezone.localdate()
    assert steps == [("found", date(2026, 3, 18)), ("import", today), ("close", date(2026, 3, 20))]


def test_numbers_go_on_after_the_highest_imported(world):
    assert [problem.number for problem in taken(world, CLOSED, OPEN)] == ["2026-0007", "2026-0008"]
    assert make_problem(world).number == "2026-0009"


def test_the_import_is_one_event(world):
    before = Event.objects.count()
    taken(world, CLOSED, OPEN)
    assert [event.name for event in Event.objects.order_by("id")[before:]] == [
        "base.import_received",
        "problems.imported",
    ]


def test_feedback_waits_to_be_handed_out_and_belongs_to_its_source(world):
    head = ("发现日期", "点位编码", "问题")
    place = make_place(world.station, make_type(world.tenant), "城东农贸市场")
    batch = receive(
        world.office,
        "problems-feedback",
        head,
        ("2026-05-08", place.code, "活禽区无隔离"),
        context={"label": "省级反馈"},
    )
    assert actions.confirm(actor=world.office, batch=batch).applied
    problem = Problem.objects.get()
    assert (problem.title, problem.unit, problem.state) == ("城东农贸市场：活禽区无隔离", world.station, "pending")
    assert list(visible_to(world.contact)) == []
    assert act(world.office, problem, "hand_out").state == "handed_out"


def test_the_same_file_again_changes_nothing(world):
    taken(world, CLOSED)
    batch = receive(world.office, "problems-ledger", HEAD, CLOSED)
    assert batch.rows.get().outcome == "same"


def test_a_number_of_another_problem_is_named(world):
    taken(world, CLOSED)
    assert errors(world, 问题="别的事") == {
        "number": "编号 2026-0007 已在台账里，是“人民路：垃圾箱满溢”。导入只收新的；换一个编号，或空着自动编。"
    }


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ({"销号日期": ""}, "closed_on", "已销号的要填销号日期。"),
        ({"状态": "整改中"}, "state", "有销号日期 2026-03-20，状态却不是已销号。"),
        ({"销号日期": "2026-03-01"}, "closed_on", "销号日期早于发现日期 2026-03-18。请核对。"),
        ({"发现日期": "2099-01-01"}, "found_on", "2099-01-01 在今天以后。请核对。"),
        ({"期限": "0026-03-23"}, "deadline", "0026-03-23 的年份不在 1949 到 2099 之间。请核对。"),
        ({"责任单位": ""}, "unit", "已交办的问题要有责任单位。请填责任单位，或把状态改为待交办。"),
        ({"地点": ""}, "place_text", "地点没有填。写点位编码，或直接写地点。"),
    ],
)
def test_what_does_not_fit_is_said_at_its_cell(world, changes, key, said):
    assert errors(world, **changes)[key] == said


def test_undoing_takes_out_what_nobody_has_touched(world):
    batch = receive(world.office, "problems-ledger", HEAD, CLOSED, OPEN)
    actions.confirm(actor=world.office, batch=batch)
    touched = Problem.objects.get(state="fixing")
    act(world.office, touched, "urge")
    stay = actions.undo(actor=world.office, batch=batch)
    assert list(stay.values()) == ["导入以后已经办过，留着不动。"]
    assert list(Problem.objects.all()) == [touched]


def test_a_source_is_offered_in_the_ledger_as_long_as_a_problem_of_it_is_there(world):
    batch = receive(world.office, "problems-ledger", HEAD, CLOSED, context={"label": "3月自查"})
    actions.confirm(actor=world.office, batch=batch)
    assert [label for _, label in batches_for(world.office)] == ["3月自查"]
    actions.undo(actor=world.office, batch=batch)
    assert batches_for(world.office) == []


def test_a_contact_imports_nothing(world, client):
    client.force_login(world.contact, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/imports/new/problems-ledger/").status_code == 403


def test_a_long_file_is_written_in_blocks_not_row_by_row(world, django_assert_max_num_queries):
    rows = [("", "2026-03-19", f"路{n}", "护栏倒伏", "示例县住建局", "", "整改中", "", "") for n in range(300)]
    with django_assert_max_num_queries(100):
        assert len(taken(world, *rows)) == 300
