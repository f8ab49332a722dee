"""Issue 2, 15: exports run as jobs, stream, state their number of rows, and hold only what the asker sees."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from chuangwen.base import events, exports, files
from chuangwen.base.models import ExportJob, FollowUp
from chuangwen.organisations.models import Membership
from chuangwen.places import queries
from chuangwen.places.workbooks import PLACES_EXPORT
from tests.factories.organisations import LONG_AGO, World, client_of, county, make_person
from tests.factories.places import make_place, make_type
from tests.factories.workbooks import opened


@pytest.fixture
def world(db: None) -> World:
    world = county()
    kind = make_type(world.tenant, "公园")
    make_place(world.station, kind, "=甲园")
    make_place(world.other_station, kind, "乙园")
    return world


def status(person, url: str) -> int:
    """What a person gets for an address (read to its end, which closes the file)."""
    response = client_of(person).get(url)
    b"".join(response)
    return response.status_code


def ask(person, query: str = "") -> ExportJob:
    return exports.ask(actor=person, kind="places", query=QueryDict(query), client_id=uuid4())


def names(job: ExportJob) -> list[str]:
    job.refresh_from_db()
    book = opened(files.read(job.file))
    return [row[1].value for row in book["点位"].iter_rows(min_row=2)]


def test_an_export_waits_until_the_job_has_made_it(world):
    job = ask(world.office)
    assert (job.state, FollowUp.objects.get().function) == ("waiting", "make_export")
    assert events.run_due() == 1
    job.refresh_from_db()
    assert (job.state, job.rows) == ("done", 2)


def test_the_file_states_its_rows_and_its_range(world):
    job = ask(world.office, "q=乙")
    events.run_due()
    job.refresh_from_db()
    lines = [[cell.value for cell in row] for row in opened(files.read(job.file))["说明"]]
    assert lines[:3] == [["表", "点位"], ["行数", 1], [None, "范围：查找“乙”"]]


def test_each_gets_what_they_see_and_formulas_are_text(world):
    jobs = {person: ask(person) for person in (world.office, world.contact, world.other_contact)}
    events.run_due()
    assert [names(job) for job in jobs.values()] == [["=甲园", "乙园"], ["=甲园"], ["乙园"]]


def test_the_filter_of_the_list_goes_with_it(world):
    job = ask(world.office, "q=乙&cursor=last&csrfmiddlewaretoken=x")
    events.run_due()
    assert (names(job), job.query) == (["乙园"], {"q": ["乙"]})


def test_rights_lost_while_it_waited_are_lost_in_the_file(world):
    job = ask(world.contact)
    Membership.objects.filter(person=world.contact).update(valid_to=LONG_AGO)
    events.run_due()
    assert names(job) == []


def test_asked_twice_with_one_form_is_one_job(world):
    client, client_id = client_of(world.office), uuid4()
    url = reverse("base:export-new", args=["places"])
    first, second = (client.post(url, {"client_id": client_id}).url for _ in range(2))
    assert (first, ExportJob.objects.count(), FollowUp.objects.count()) == (second, 1, 1)


def test_made_again_it_is_the_same_file(world):
    job = ask(world.office)
    event = FollowUp.objects.get().event
    exports.make_export(event)
    first = ExportJob.objects.get(pk=job.pk).file_id
    exports.make_export(event)
    assert ExportJob.objects.get(pk=job.pk).file_id == first


def test_the_page_says_how_many_rows_and_gives_the_file(world):
    client, job = client_of(world.office), ask(world.office)
    url = reverse("base:export", args=[job.uuid])
    assert client.get(url).content.decode().count("排队。") == 1
    assert client.get(reverse("base:export-file", args=[job.uuid])).status_code == 404
    events.run_due()
    assert client.get(url).content.decode().count("已做好，共 2&nbsp;行。") == 1
    response = client.get(reverse("base:export-file", args=[job.uuid]))
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert len(opened(b"".join(response.streaming_content))["点位"]["A"]) == 3


def test_only_the_asker_opens_it(world):
    job = ask(world.office)
    events.run_due()
    colleague = make_person(world.office_unit, "office")
    people = [world.office, colleague, world.contact, world.system, county("邻县").office]
    for name in ("export", "export-file"):
        url = reverse(f"base:{name}", args=[job.uuid])
        assert [status(person, url) for person in people] == [200, 404, 404, 404, 404]


def test_who_may_not_read_the_list_may_not_export_it(world):
    response = client_of(world.system).post(reverse("base:export-new", args=["places"]), {"client_id": uuid4()})
    assert (response.status_code, ExportJob.objects.count()) == (403, 0)


def test_one_that_could_not_be_made_says_so_and_is_made_later(world):
    broken = [OSError("磁盘满了")]

    def rows(person, query):
        if broken:
            raise broken.pop()
        return queries.listed(person, query)

    exports.register(replace(PLACES_EXPORT, kind="sometimes", rows=rows))
    job = exports.ask(actor=world.office, kind="sometimes", query=QueryDict(""), client_id=uuid4())
    follow_up = FollowUp.objects.get()
    assert events.run_follow_up(follow_up.pk) is False
    page = client_of(world.office).get(reverse("base:export", args=[job.uuid])).content.decode()
    assert page.count("没有做成：做的时候出了错，过一会儿会自己再做。") == 1
    FollowUp.objects.update(next_at=timezone.now())
    assert events.run_follow_up(follow_up.pk) is True
    job.refresh_from_db()
    assert (job.state, job.rows, job.error) == ("done", 2, "")
