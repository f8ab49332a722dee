"""C7: an assessment written down, changed, beside its feedback and its files; who may."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from chuangwen.assessments import actions
from chuangwen.assessments.models import Assessment
from chuangwen.base import files
from chuangwen.base.errors import Refused
from chuangwen.base.models import ImportBatch
from chuangwen.problems.entries import Entry, import_problems
from chuangwen.problems.models import Problem
from tests.factories.assessments import HEAD, NAME, Ground, assessment_of, ground, read_table, take_in
from tests.factories.organisations import client_of, county
from tests.factories.published import publish_spec, small_spec
from tests.factories.workbooks import opened

ROW = ("Ⅱ-1", "无烟头、纸屑", "", "", 5, 4, 1, "")


@pytest.fixture
def made(db: None) -> Ground:
    return ground()


def sent(made: Ground, **changes: str) -> dict[str, str]:
    given = {"client_id": str(uuid4()), "name": NAME, "level": "province", "held_on": "2026-05-20", "feedback": ""}
    return {**given, "version": str(made.version.pk), **changes}


def feedback_of(made: Ground, label: str, state: str = "pending") -> None:
    entry = Entry(title="人民路：烟头", found_on=date(2026, 5, 20), label=label, place_text="人民路", state=state)
    given = {"jurisdiction": made.world.jurisdiction, "kind": "feedback"}
    import_problems(actor=made.world.office, entries=[entry], **given)


def test_written_down_it_asks_for_the_result_table_next_and_twice_is_once(made):
    client, form = client_of(made.world.office), sent(made)
    answers = [client.post(reverse("assessments:new"), form) for _ in range(2)]
    row = Assessment.objects.get()
    assert [one.headers["Location"] for one in answers] == [reverse("assessments:table-new", args=[row.uuid])] * 2
    assert (row.name, row.level, row.held_on, row.version) == (NAME, "province", date(2026, 5, 20), made.version)


def test_a_name_taken_is_said_at_its_field(made):
    assessment_of(made.world, made.version)
    page = client_of(made.world.office).post(reverse("assessments:new"), sent(made))
    assert page.context["form"].errors == {"name": ["已有同名的上级测评，换个名称。"]}


def test_feedback_imported_under_its_name_is_its_own_and_followed_in_the_ledger(made):
    found, client = assessment_of(made.world, made.version), client_of(made.world.office)
    address = reverse("assessments:assessment", args=[found.uuid])
    assert f"{reverse('base:import-new', args=['problems-feedback'])}?label=" in client.get(address).content.decode()
    feedback_of(made, NAME)
    page = client.get(address)
    assert (page.context["problems"], page.context["closed"]) == (1, 0)
    ledger = client.get(f"{reverse('problems:ledger')}?batch={found.feedback}&tab=all")
    assert reverse("problems:problem", args=[Problem.objects.get().uuid]) in ledger.content.decode()


def test_feedback_imported_before_under_another_name_can_be_chosen(made):
    feedback_of(made, "省测反馈")
    client = client_of(made.world.office)
    choices = client.get(reverse("assessments:new")).context["form"].fields["feedback"].choices
    assert [label for _, label in choices] == ["还没有导入，或用本次测评的名称导入", "省测反馈"]
    client.post(reverse("assessments:new"), sent(made, feedback=choices[1][0]))
    page = client.get(reverse("assessments:assessment", args=[Assessment.objects.get().uuid]))
    assert page.context["problems"] == 1


def as_shown(client, address: str, **changes: str) -> dict[str, str]:
    """What a browser sends when nothing on the page is touched but `changes`."""
    form = client.get(address).context["form"]
    return {**{name: str(form[name].value() or "") for name in form.fields}, **changes}


def test_renamed_it_keeps_the_feedback_that_is_in(made):
    feedback_of(made, NAME)
    found, client = assessment_of(made.world, made.version), client_of(made.world.office)
    edit = reverse("assessments:edit", args=[found.uuid])
    client.post(edit, as_shown(client, edit, name="省测"))
    found.refresh_from_db()
    page = client.get(reverse("assessments:assessment", args=[found.uuid]))
    assert (found.name, page.context["problems"]) == ("省测", 1)


def test_renamed_before_any_came_it_waits_for_feedback_under_the_new_name(made):
    found, client = assessment_of(made.world, made.version), client_of(made.world.office)
    edit = reverse("assessments:edit", args=[found.uuid])
    assert client.post(edit, as_shown(client, edit, name="省测")).status_code == 302
    feedback_of(made, "省测")
    assert client.get(reverse("assessments:assessment", args=[found.uuid])).context["problems"] == 1


def test_the_version_stays_once_results_are_matched_to_it(made):
    found = assessment_of(made.world, made.version)
    other = publish_spec(made.world.jurisdiction, small_spec(made.hall.code))
    edit = reverse("assessments:edit", args=[found.uuid])
    client = client_of(made.world.office)
    assert client.post(edit, sent(made, version=str(other.pk))).status_code == 302
    client.post(edit, sent(made))
    take_in(made.world, found, ROW)
    page = client.post(edit, sent(made, version=str(other.pk)))
    assert page.context["form"].errors == {"version": ["结果表已按原来的测评体系对应。要换体系，请先撤回导入。"]}


def test_the_file_is_kept_as_it_was_and_colleagues_can_have_it(made):
    found = assessment_of(made.world, made.version)
    batch = take_in(made.world, found, ROW)
    colleague = client_of(made.world.office)
    answer = colleague.get(reverse("assessments:file", args=[found.uuid, batch.uuid]))
    assert answer.content == files.read(batch.file)
    assert [cell.value for cell in opened(answer.content).worksheets[0][1]] == list(HEAD)
    waiting = read_table(made.world, found, (HEAD, ROW))
    assert colleague.get(reverse("assessments:file", args=[found.uuid, waiting.uuid])).status_code == 404


def test_the_list_says_what_waits_with_the_same_queries_for_many(made, django_assert_num_queries):
    client = client_of(made.world.office)
    assert "还没有登记上级测评" in client.get(reverse("assessments:assessments")).content.decode()
    take_in(made.world, assessment_of(made.world, made.version), ROW, ("", "河道清洁", "", "", 5, 4, 1, ""))
    client.get(reverse("assessments:assessments"))
    for more in (0, 2):
        for number in range(more):
            assessment_of(made.world, made.version, name=f"{number}次")
        with django_assert_num_queries(6):
            page = client.get(reverse("assessments:assessments"))
    rows = {row.name: (row.lines, row.unmatched) for row in page.context["slice"].rows}
    assert rows == {NAME: (2, 1), "0次": (0, 0), "1次": (0, 0)}


def test_one_page_with_the_same_queries_for_many_rows(made, django_assert_num_queries):
    client, found = client_of(made.world.office), assessment_of(made.world, made.version)
    address = reverse("assessments:assessment", args=[found.uuid])
    for rows in (1, 3):
        take_in(made.world, found, *((f"9.{n}", f"标准{n}", "", f"{n}路", 5, 4, 1, "") for n in range(rows)))
        ImportBatch.objects.exclude(pk=ImportBatch.objects.latest("pk").pk).delete()
        with django_assert_num_queries(15):
            client.get(address)


def test_another_office_changes_nothing_of_it(made):
    other, found = county("邻县", tenant=made.world.tenant), assessment_of(made.world, made.version)
    with pytest.raises(Refused, match="不归本办管"):
        actions.edit_assessment(actor=other.office, assessment=found, name="我的")
    with pytest.raises(Refused, match="不归本办管"):
        actions.create_assessment(
            actor=other.office,
            client_id=uuid4(),
            jurisdiction=made.world.jurisdiction,
            name="我的",
            level="city",
            held_on=found.held_on,
            version=made.version,
        )
