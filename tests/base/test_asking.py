"""What is asked once more elsewhere: imports, standards, papers, scores; what was typed goes along."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.base.models import ImportBatch
from chuangwen.documents.models import Document
from chuangwen.inspections import actions
from chuangwen.inspections.models import Answer
from chuangwen.scores.models import Run
from chuangwen.standards.models import StandardVersion
from tests.factories.asking import surely
from tests.factories.documents import circular, finished, issued_notice, put_right
from tests.factories.inspections import answer_of, visit_of
from tests.factories.organisations import client_of, county
from tests.factories.standards import filled_draft
from tests.factories.workbooks import receive

pytestmark = pytest.mark.django_db
HEAD = ("编码", "名称")


@pytest.fixture
def world():
    return county()


@pytest.fixture
def office(world) -> Client:
    return client_of(world.office)


def facts_of(answer) -> tuple[str, ...]:
    return answer.context["question"].facts


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_an_import_is_taken_back_only_after_its_numbers_were_read(world, office) -> None:
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"), ("b", "车站"))
    office.post(reverse("base:import-confirm", args=[batch.uuid]))
    undo = reverse("base:import-undo", args=[batch.uuid])
    assert facts_of(office.post(undo))[0] == "新增的 2\u00a0类删去，更新的 0\u00a0类恢复到导入以前。"
    assert ImportBatch.objects.get().state == ImportBatch.State.APPLIED
    surely(office, undo)
    assert ImportBatch.objects.get().state == ImportBatch.State.UNDONE
    assert told(office.post(undo, follow=True)) == ["这次导入已经撤回。要再导入，请重选文件。"]


def test_a_file_is_given_up_only_after_it_was_asked(world, office) -> None:
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"), ("b", ""))
    abandon = reverse("base:import-abandon", args=[batch.uuid])
    first = "点位类型的 2\u00a0行都不导入，在页面上改过的也不留；原有的内容不变。"
    assert facts_of(office.post(abandon))[0] == first
    assert (ImportBatch.objects.get().state, batch.rows.count()) == (ImportBatch.State.PREVIEW, 2)
    surely(office, abandon)
    assert ImportBatch.objects.get().state == ImportBatch.State.DROPPED
    assert told(office.post(abandon, follow=True)) == ["这次导入已经放弃。要再导入，请重选文件。"]


def test_a_file_imported_meanwhile_is_not_given_up(world, office) -> None:
    batch = receive(world.office, "place-types", HEAD, ("a", "公园"))
    abandon = reverse("base:import-abandon", args=[batch.uuid])
    read = office.post(abandon).context["question"].mark
    office.post(reverse("base:import-confirm", args=[batch.uuid]))
    assert told(office.post(abandon, {"sure": read}, follow=True)) == ["这份文件已经导入。"]
    ImportBatch.objects.update(state=ImportBatch.State.APPLYING)
    assert told(office.post(abandon, {"sure": read}, follow=True)) == ["这份文件正在导入。"]


def test_a_standard_is_published_only_after_it_was_asked(world, office) -> None:
    draft = filled_draft(world.jurisdiction)
    publish = reverse("standards:publish", args=[draft.uuid])
    page = office.post(publish)
    assert facts_of(page)[1] == "各单位联络员看得到，新建轮次用这一版。"
    assert StandardVersion.objects.get(pk=draft.pk).is_draft
    surely(office, publish)
    assert not StandardVersion.objects.get(pk=draft.pk).is_draft
    again = office.post(publish, {"sure": page.context["question"].mark}, follow=True)
    assert told(again) == [f"“{draft.standard.name} {draft.label}”已经发布，没有再发布一次。"]


def test_a_draft_is_deleted_only_after_it_was_asked(world, office) -> None:
    draft = filled_draft(world.jurisdiction)
    discard = reverse("standards:discard", args=[draft.uuid])
    assert facts_of(office.post(discard)) == (
        "6\u00a0条测评标准一并删去，不能找回。",
        "这套体系只有这一份草稿，一并删去。",
    )
    assert StandardVersion.objects.get().criteria.count() == 6
    surely(office, discard)
    assert StandardVersion.objects.count() == 0


def test_a_paper_is_asked_with_number_signer_and_date_and_keeps_what_was_typed(office) -> None:
    made = finished()
    office.force_login(made.world.office)
    paper = circular(made)
    given = {"signer": "周文清", "dated_on": "2026-11-25", "number": "", "client_id": str(uuid4())}
    page = office.post(reverse("documents:issue", args=[paper.uuid]), given)
    assert facts_of(page)[0].startswith("文号 示文明办〔2026〕1号，签发人 周文清，成文日期 ")
    assert dict(page.context["given"]) == given
    assert Document.objects.get(pk=paper.pk).state == Document.State.DRAFT
    surely(office, reverse("documents:issue", args=[paper.uuid]), given)
    again = office.post(reverse("documents:issue", args=[paper.uuid]), given, follow=True)
    assert told(again) == ["示文明办〔2026〕1号 已签发，没有再签发一次。"]


def test_what_changed_since_a_paper_was_drafted_is_said_before_it_is_issued(office) -> None:
    made = finished()
    office.force_login(made.world.office)
    paper = circular(made)
    given = {"signer": "周文清", "dated_on": "2026-11-25", "client_id": str(uuid4())}
    issue = reverse("documents:issue", args=[paper.uuid])
    unchanged = facts_of(office.post(issue, given))
    put_right(made.world, made.problems[0])
    stale = "起草以后3\u00a0个数字、问题清单里的 1\u00a0件有变动，文中还是起草时的。"
    assert facts_of(office.post(issue, given)) == (unchanged[0], stale, *unchanged[1:])


def test_a_paper_is_voided_only_after_its_reason_was_read_back(world, office) -> None:
    paper = issued_notice(world)
    void, given = reverse("documents:void", args=[paper.uuid]), {"reason": "日期写错", "client_id": str(uuid4())}
    assert facts_of(office.post(void, given))[:2] == ("理由：日期写错", f"{paper.number_text}不再给别的公文。")
    surely(office, void, given)
    assert Document.objects.get(pk=paper.pk).state == Document.State.VOID
    assert told(office.post(void, given, follow=True)) == ["这份公文已经作废，没有再作废一次。"]


def test_a_score_is_frozen_as_it_was_read_and_once(world, office) -> None:
    visit = visit_of(world.station, world, state="closed")
    freeze, given = reverse("scores:freeze", args=[visit.round.uuid]), {"client_id": str(uuid4())}
    read = office.post(freeze, given)
    actions.correct_answer(
        actor=world.office,
        answer=answer_of(visit, "litter"),
        client_id=uuid4(),
        mark=Answer.Mark.QUALIFIED,
        reason="错",
    )
    again = office.post(freeze, {**given, "sure": read.context["question"].mark})
    assert (again.context["has_moved"], facts_of(again)[0] != facts_of(read)[0]) == (True, True)
    for _ in range(2):
        done = office.post(freeze, {**given, "sure": again.context["question"].mark})
        assert done.headers["Location"] == reverse("scores:run", args=[Run.objects.get().uuid])
