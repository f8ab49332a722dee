"""A refused form loses nothing: the photos chosen stay chosen, for the same person at the same problem only."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from chuangwen.base.files import attachments_of, read
from chuangwen.base.models import Attachment
from chuangwen.problems.models import Problem, ProblemStep
from chuangwen.problems.photos import Shelf
from tests.factories.organisations import World, county
from tests.factories.problems import fixing, handed_out, photo

BACKEND = "django.contrib.auth.backends.ModelBackend"
GREEN, BLUE = photo("green"), photo("blue")


@pytest.fixture
def world(db: None) -> World:
    return county()


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("after.jpg", data, content_type="image/jpeg")


def login(client, person):
    client.force_login(person, backend=BACKEND)
    return client


def post(client, problem, verb="report", **data):
    return client.post(f"/problems/{problem.uuid}/{verb}/", {"client_id": str(uuid4()), **data})


def names(page, form="main_form") -> list[str]:
    return [kept.name for kept in page.context[form].kept]


def photos_of(problem: Problem, verb: str) -> list[bytes]:
    step = problem.steps.get(verb=verb)
    return [read(row.file) for row in attachments_of([step])[step.pk]]


def test_without_words_the_photos_stay_and_one_more_press_sends_both(world, client):
    problem = fixing(world)
    page = post(login(client, world.contact), problem, photos=[upload(GREEN), upload(BLUE)])
    text = page.content.decode()
    assert "还没有写整改措施。做了什么，写一句话。" in text
    assert "已选 2\u00a0张，不要的去掉勾" in text
    assert text.count('<img src="data:image/jpeg;base64,') == 3  # one where the after-photo will stand
    assert Attachment.objects.count() == 0
    assert post(client, problem, photos=names(page), words="已清运。").status_code == 302
    assert photos_of(problem, "report") == [GREEN, BLUE]


def test_where_no_photo_was_chosen_the_missing_one_is_said(world, client):
    problem = fixing(world)
    text = post(login(client, world.contact), problem, words="已清运。", photos="").content.decode()
    assert "还没有整改后的照片。拍一张同一角度的，一起报送。" in text
    assert "先前选的照片" not in text


def test_the_one_without_its_tick_is_left_out_and_a_new_one_is_added(world, client):
    problem = fixing(world)
    page = post(login(client, world.contact), problem, photos=[upload(GREEN), upload(BLUE)])
    added = photo("red")
    post(client, problem, photos=[upload(added), names(page)[1]], words="已清运。")
    assert photos_of(problem, "report") == [added, BLUE]


def test_a_broken_file_and_one_too_many_lose_none_of_the_others(world, client):
    problem, colours = fixing(world), [f"#{n:x}{n:x}{n:x}" for n in range(10)]
    broken = post(login(client, world.contact), problem, words="改了", photos=[upload(GREEN), upload(b"no picture")])
    assert "这个文件不是能打开的照片" in broken.content.decode()
    assert len(names(broken)) == 1
    ten = post(client, problem, words="改了", photos=[upload(photo(colour)) for colour in colours])
    assert "一次最多 9 张照片，现在有 10 张。" in ten.content.decode()
    assert post(client, problem, words="改了", photos=names(ten)[:9]).status_code == 302
    assert len(photos_of(problem, "report")) == 9


def test_every_step_with_photos_keeps_them(world, client):
    problem = handed_out(world)
    page = post(login(client, world.office), problem, "fix_on_spot", photos=[upload(GREEN), upload(b"no picture")])
    assert post(client, problem, "fix_on_spot", photos=names(page, "refused")).status_code == 302
    assert photos_of(problem, "fix_on_spot") == [GREEN]


@pytest.mark.parametrize("whose", ["another person", "another problem", "the new problem", "made up"])
def test_ids_of_others_are_refused(world, client, whose):
    problem = fixing(world)
    shelf = {
        "another person": Shelf(world.office, problem.uuid),
        "another problem": Shelf(world.contact, fixing(world).uuid),
        "the new problem": Shelf(world.contact),
    }.get(whose)
    name = shelf.keep(GREEN).name if shelf else "WzEsMiwzXQ:1abcde:zzz"
    page = post(login(client, world.contact), problem, photos=name, words="已清运。")
    assert "先前选的照片不能再用，请重新选。" in page.content.decode()
    assert names(page) == []
    assert ProblemStep.objects.filter(problem=problem, verb="report").count() == 0


def test_the_new_problem_keeps_its_photos_too(world, client):
    given = {"what": "路灯不亮", "found_on": timezone.localdate().isoformat(), "client_id": str(uuid4())}
    page = login(client, world.office).post("/problems/new/", {**given, "place": "", "photos": upload(GREEN)})
    kept = [one.name for one in page.context["form"].fields["photos"].widget.kept]
    assert f'name="photos" value="{kept[0]}" checked' in page.content.decode()
    client.post("/problems/new/", {**given, "place": "桥头空地", "photos": kept})
    assert photos_of(Problem.objects.get(), "found") == [GREEN]
