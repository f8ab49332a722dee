"""Issue 2, 11: submitting a visit. Only confirmed items count as examined; counts and measurements never default."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.base.errors import Refused
from chuangwen.base.files import attachments_of, read
from chuangwen.base.models import Attachment, Event, StoredFile
from chuangwen.inspections import actions
from chuangwen.inspections.actions import Marked, Photo
from chuangwen.inspections.models import Answer, Visit
from chuangwen.problems.models import Problem
from tests.factories.inspections import answer_of, field, open_round, submit
from tests.factories.problems import photo

pytestmark = pytest.mark.django_db
Mark = Answer.Mark


@pytest.fixture
def visit():
    made = field()
    return open_round(made.world, made.version, made.places[:1]).visits.get()


def marks(visit: Visit) -> dict[tuple[str, int], int]:
    return {(a.criterion.key, a.ordinal): a.mark for a in visit.answers.select_related("criterion")}


def test_only_confirmed_sections_count_as_examined_and_numbers_have_no_default(visit) -> None:
    submit(visit, [Marked("litter", count=3)], confirmed=[2])
    assert marks(visit) == {
        ("litter", 0): Mark.NOT_QUALIFIED,
        ("signs", 0): Mark.NOT_EXAMINED,
        ("market", 1): Mark.QUALIFIED,
        ("market", 2): Mark.QUALIFIED,
        ("noise", 0): Mark.NOT_EXAMINED,
        ("lamps", 0): Mark.NOT_EXAMINED,
        ("posters", 0): Mark.NOT_EXAMINED,
    }
    by_default = visit.answers.filter(by_default=True).values_list("criterion__key", "ordinal")
    assert sorted(by_default) == [("market", 1), ("market", 2)]


def test_a_number_below_full_marks_is_not_qualified_and_one_at_full_marks_is(visit) -> None:
    submit(visit, [Marked("noise", count=61_500), Marked("lamps", count=10, base=10), Marked("posters", count=3)])
    found = marks(visit)
    assert [found[key, 0] for key in ("noise", "lamps", "posters")] == [2, 1, 2]
    assert sorted(Problem.objects.values_list("title", flat=True)) == [
        f"{visit.place.name}：“公益广告”没有达到要求（实有数 3）",
        f"{visit.place.name}：“噪声”没有达到要求（实测值 61.5\u00a0dB）",
    ]


def test_a_finding_opens_a_pending_problem_the_unit_does_not_see(visit) -> None:
    submit(visit, [Marked("litter", count=3, note="东门口有烟头")])
    problem = Problem.objects.get()
    assert problem.state == Problem.State.PENDING
    assert problem.title == f"{visit.place.name}：东门口有烟头"
    assert problem.unit == visit.unit
    assert problem.source_uuid == answer_of(visit, "litter").uuid
    assert problem.batch_uuid == visit.round.uuid


def test_handed_out_at_once_when_the_round_says_so() -> None:
    made = field()
    round = open_round(made.world, made.version, made.places[:1], hand_out_at_once=True, deadline_days=5)
    submit(round.visits.get(), [Marked("litter")])
    assert Problem.objects.get().state == Problem.State.HANDED_OUT


def test_the_same_again_is_a_success_and_writes_nothing(visit) -> None:
    first = submit(visit, [Marked("litter", count=3)])
    again = submit(visit, [Marked("litter", count=3)])
    assert (again.state, again.submitted_at) == (Visit.State.SUBMITTED, first.submitted_at)
    assert (Answer.objects.count(), Problem.objects.count()) == (7, 1)
    assert Event.objects.filter(name="inspections.visit_submitted").count() == 1


def test_other_content_for_a_locked_visit_is_refused_naming_what_stands(visit) -> None:
    submit(visit, [Marked("litter", count=3)])
    with pytest.raises(Refused) as refused:
        submit(visit, [Marked("litter", count=4)])
    by = visit.team.members.get().membership.person.name
    assert refused.value.message.startswith(f"{visit.place.name}已由{by} ")
    assert refused.value.message.endswith("交过，不合格 1 项，与这一份不同。以交过的为准；要改，请创建办更正。")


def test_somebody_outside_the_team_may_not_submit_and_the_office_may(visit) -> None:
    made = visit.round.jurisdiction
    world_contact = visit.unit.memberships.get().person
    with pytest.raises(Refused):
        submit(visit, actor=world_contact)
    office = made.office.memberships.filter(role="office").get().person
    assert submit(visit, actor=office).state == Visit.State.SUBMITTED


def test_photos_are_kept_byte_for_byte_and_shown_with_the_problem(visit) -> None:
    data = photo("red")
    submit(visit, [Marked("litter", photos=(Photo(data, "现场.jpg"),))])
    answer = answer_of(visit, "litter")
    [kept] = attachments_of([answer])[answer.pk]
    assert (read(kept.file), kept.role, kept.name) == (data, "before", "现场.jpg")
    assert Attachment.objects.filter(target_kind="problems.problemstep", file=kept.file).count() == 1


def test_a_broken_photo_is_named_and_nothing_is_written(visit) -> None:
    broken = photo("blue", (400, 300))[:800]
    with pytest.raises(Refused) as refused:
        submit(visit, [Marked("litter", photos=(Photo(photo()), Photo(broken)))])
    assert refused.value.message.startswith("“无烟头、纸屑”的第 2 张照片：照片不完整")
    visit.refresh_from_db()
    assert visit.state == Visit.State.ASSIGNED
    assert (Answer.objects.count(), Problem.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        (Marked("nothing"), "这类点位的表上没有“nothing”第 0 项。刷新页面再标。"),
        (Marked("signs", mark=Mark.NOT_APPLICABLE), "“标识完好”标了缺项，没有写理由。写明为什么没有这一项。"),
        (Marked("lamps", count=3), "“路灯完好”没有填共查数。填上总数。"),
        (Marked("signs", mark=9), "“标识完好”的标记认不出来。重新标一次。"),
        (Marked("posters"), "“公益广告”没有填实有数。填上，或标未查。"),
    ],
)
def test_a_mark_that_cannot_be_used_is_refused_in_words(visit, marked, said) -> None:
    with pytest.raises(Refused) as refused:
        submit(visit, [marked])
    assert refused.value.message == said


def test_a_closed_round_takes_nothing_in(visit) -> None:
    office = visit.round.jurisdiction.office.memberships.filter(role="office").get().person
    actions.close_round(actor=office, round=visit.round)
    with pytest.raises(Refused) as refused:
        submit(visit)
    assert refused.value.message == f"“{visit.round.name}”已结束，现在不收记录。请问创建办。"


def test_the_number_of_queries_does_not_grow_with_the_findings(visit) -> None:
    made = visit.round
    [other] = actions.add_places(
        actor=made.jurisdiction.office.memberships.filter(role="office").get().person,
        round=made,
        places=[type(visit.place).objects.exclude(pk=visit.place_id).first()],
        reason="再看一处",
        team=visit.team,
    )
    counts = []
    wrong = [Marked("litter"), Marked("signs"), Marked("market", 1)]
    for one, findings in ((visit, wrong[:1]), (other, wrong)):
        with CaptureQueriesContext(connection) as captured:
            submit(one, findings)
        counts.append(len(captured))
    assert counts[1] <= counts[0]
