"""Issue 2, 12: one problem: what happened, what can be done now, the next one."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from chuangwen.base.files import attachments_of, store
from chuangwen.base.templatetags.words import day
from chuangwen.problems.queries import clock_for
from tests.factories.organisations import World, county
from tests.factories.places import make_place, make_type
from tests.factories.problems import act, closed, fixing, handed_out, in_review, make_problem, photo, run_out

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db: None) -> World:
    return county()


def login(client, person):
    client.force_login(person, backend=BACKEND)
    return client


def verbs(client, problem) -> list[str]:
    return list(client.get(f"/problems/{problem.uuid}/").context["case"].verbs)


def post(client, problem, verb, query="", **data):
    data.setdefault("client_id", str(uuid4()))
    return client.post(f"/problems/{problem.uuid}/{verb}/{query}", data)


def test_the_contact_signs_and_the_page_shows_the_new_state(world, client):
    problem = handed_out(world)
    page = post(login(client, world.contact), problem, "sign", responsible="马强").url
    text = client.get(page).content.decode()
    assert '<span class="st st-fix">整改中</span>' in text
    assert "责任人：马强" in text


def test_the_contact_reports_with_words_and_a_photo(world, client):
    problem = fixing(world)
    upload = SimpleUploadedFile("after.jpg", photo("green"), content_type="image/jpeg")
    assert post(login(client, world.contact), problem, "report", words="已清运。", photos=upload).status_code == 302
    step = problem.steps.get(verb="report")
    assert [row.role for row in attachments_of([step])[step.pk]] == ["after"]


def test_what_was_typed_stays_when_the_photo_is_missing(world, client):
    problem = fixing(world)
    text = post(login(client, world.contact), problem, "report", words="已清运，加设 1 只桶。").content.decode()
    assert "还没有整改后的照片。拍一张同一角度的，一起报送。" in text
    assert "已清运，加设 1 只桶。</textarea>" in text


def test_a_file_that_is_no_photo_is_named(world, client):
    upload = SimpleUploadedFile("after.jpg", b"not a picture", content_type="image/jpeg")
    response = post(login(client, world.contact), fixing(world), "report", words="改了", photos=upload)
    assert "这个文件不是能打开的照片" in response.content.decode()


def test_after_closing_the_next_one_to_verify_is_open(world, client):
    first, second = in_review(world), in_review(world)
    done = post(login(client, world.office), first, "close", "?tab=review")
    assert done.url == f"/problems/{second.uuid}/?tab=review"
    last = post(client, second, "close", "?tab=review")
    assert last.url == f"/problems/{second.uuid}/?tab=review"


def test_a_step_is_told_in_its_own_word_and_the_deadline_only_while_it_runs(world, client):
    login(client, world.office)

    def told(problem, verb, **given) -> str:
        post(client, problem, verb, **given)
        return "".join(str(message) for message in client.get(f"/problems/{problem.uuid}/").context["messages"])

    assert told(in_review(world), "close") == "已销号。"
    assert told(handed_out(world), "withdraw", words="重复") == "已撤销。"
    fixed = SimpleUploadedFile("after.jpg", photo("green"), content_type="image/jpeg")
    assert told(handed_out(world), "fix_on_spot", words="已清扫", photos=fixed) == "当场整改：现在是待复核。"
    until = clock_for(world.tenant.pk).next_workday(timezone.localdate() + timedelta(days=15))
    said = f"改期限：现在是整改中，期限 {day(until)}。"
    assert told(fixing(world), "redate", date=until.isoformat(), words="改期") == said


def test_a_stale_page_shows_the_state_and_who_brought_it_there(world, client):
    problem = in_review(world)
    act(world.office, problem, "close")
    text = post(login(client, world.office), problem, "send_back", words="没改").content.decode()
    assert "现在是“已销号”，不能退回重改" in text
    assert '请看经过，再决定怎么办。 <a href="#steps">看经过</a>' in text
    assert "没有报上的“退回理由”：没改" in text
    assert text.index("请看经过") < text.index('id="steps"') < text.index("<h2>基本情况")
    assert '<span class="st st-closed">已销号</span>' in text


@pytest.mark.parametrize(
    ("make", "office", "contact"),
    [
        (make_problem, {"hand_out", "reassign", "withdraw", "reword", "fix_on_spot"}, None),
        (
            handed_out,
            {"sign", "object", "fix_on_spot", "withdraw", "reassign", "redate", "reword", "urge"},
            {"sign", "object", "fix_on_spot"},
        ),
        (in_review, {"close", "send_back", "withdraw", "reword"}, set()),
        (closed, {"reopen"}, set()),
    ],
)
def test_each_sees_what_can_be_done(world, client, make, office, contact):
    problem = make(world)
    assert set(verbs(login(client, world.office), problem)) == office
    if contact is not None:
        assert set(verbs(login(client, world.contact), problem)) == contact


def test_after_expiry_the_extension_is_not_offered(world, client):
    assert "ask_extension" in verbs(login(client, world.contact), fixing(world))
    assert "ask_extension" not in verbs(client, run_out(fixing(world)))


def test_the_leader_reads_and_has_no_button(world, client):
    problem = fixing(world)
    assert verbs(login(client, world.leader), problem) == []


@pytest.mark.parametrize("who", ["other_contact", "station_contact"])
def test_a_sibling_and_a_unit_below_find_nothing(world, client, who):
    problem = handed_out(world)
    assert login(client, getattr(world, who)).get(f"/problems/{problem.uuid}/").status_code == 404


def test_another_installation_finds_nothing(world, client):
    problem = handed_out(world)
    assert login(client, county("邻县").office).get(f"/problems/{problem.uuid}/").status_code == 404


def test_a_pending_problem_is_not_there_for_the_unit_nor_are_its_photos(world, client):
    stored = store(photo(), tenant=world.tenant, media_type="image/jpeg")
    problem = make_problem(world, photos=[stored])
    step = problem.steps.get()
    url = f"/files/{attachments_of([step])[step.pk][0].uuid}/"
    login(client, world.contact)

    def answers() -> list[int]:
        file = client.get(url)
        b"".join(file)  # read to its end, which closes it
        return [client.get(f"/problems/{problem.uuid}/").status_code, file.status_code]

    assert answers() == [404, 404]
    act(world.office, problem, "hand_out")
    assert answers() == [200, 200]


def test_previous_and_next_follow_the_filter(world, client):
    first, second, third = (handed_out(world) for _ in range(3))
    page = login(client, world.office).get(f"/problems/{second.uuid}/?tab=handed_out")
    found = page.context["neighbours"]
    assert (found.previous, found.next, found.position, found.count) == (first, third, 2, 3)
    assert f'rel="next" href="/problems/{third.uuid}/?tab=handed_out"' in page.content.decode()


def test_one_that_has_left_the_filter_has_no_place_in_it(world, client):
    first, second = handed_out(world), handed_out(world)
    act(world.contact, first, "sign")
    page = login(client, world.office).get(f"/problems/{first.uuid}/?tab=handed_out")
    found = page.context["neighbours"]
    assert (found.position, found.count, found.next) == (0, 1, second)
    assert "待签收 共 1\u00a0件</a>" in page.content.decode()


def test_the_step_of_a_verb_that_does_not_exist_is_not_there(world, client):
    assert post(login(client, world.office), handed_out(world), "delete").status_code == 404


def test_the_text_for_the_groups_names_place_deadline_and_link_and_nothing_pending(world, client):
    problem, hidden = run_out(fixing(world)), make_problem(world)
    page = login(client, world.office).get("/problems/text/?all=1&tab=all")
    text = page.context["groups"][0].text
    assert text.startswith("示例县城管局：以下问题 1 件，请按期整改并报送。\n1. ")
    assert f"http://testserver/problems/{problem.uuid}/" in text
    assert hidden.number not in text


def test_what_is_not_handed_out_has_no_deadline_to_start_anew(world, client):
    login(client, world.office)
    said = [client.get(f"/problems/{make(world).uuid}/").content.decode() for make in (make_problem, handed_out)]
    assert ["期限重新计：" in text for text in said] == [False, True]
    assert "还没有交办，只改由谁整改；得分随点位的归属，不变。" in said[0]


def test_a_repeat_is_another_occasion_at_the_place_by_the_criterion(world, client):
    place, batch = make_place(world.bureau, make_type(world.tenant), "和平路"), uuid4()

    def times(day, **fields):
        one = handed_out(world, place=place, criterion_key="c1", found_on=date(2026, *day), **fields)
        return client.get(f"/problems/{one.uuid}/").context["case"].times

    login(client, world.office)
    assert [times((3, 2), source_kind="typed"), times((3, 2), source_kind="typed")] == [1, 1]
    assert [times(day, batch_uuid=batch) for day in ((11, 2), (11, 2), (11, 3))] == [2, 2, 2]
    assert [times((11, 20), batch_uuid=uuid4()), times((11, 21), source_kind="typed")] == [3, 4]


def test_the_hint_keeps_its_date_after_a_wrong_one(world, client):
    said = clock_for(world.tenant.pk).said(world.jurisdiction)
    problem = make_problem(world)
    text = post(login(client, world.office), problem, "hand_out", date="2026-01-05").content.decode()
    assert "已经过去。请填今天或以后的工作日。" in text
    assert f"不填就是 {said}。" in text


def test_after_the_cutoff_hour_the_page_says_from_when_a_deadline_counts(world, client):
    world.jurisdiction.cutoff_hour = 0
    world.jurisdiction.save()
    clock = clock_for(world.tenant.pk)
    page = login(client, world.office).get(f"/problems/{make_problem(world).uuid}/")
    assert f"（{clock.counted_from(0)}）" in page.content.decode()
    page = client.get("/problems/bulk/?tab=pending&all=1&verb=hand_out")
    assert f"期限从下一个工作日起计：{clock.counted_from(0)}。" in page.content.decode()


def test_a_reason_too_long_is_counted_and_stays_as_it_was_typed(world, client):
    problem, words = fixing(world), "理由" * 501
    text = post(login(client, world.contact), problem, "object", words=words).content.decode()
    assert "写了 1002 个字，最多 1000 个字。请写短些，写的都还在。" in text
    assert f"{words}</textarea>" in text
    assert "maxlength" not in text.partition('name="words"')[2].partition(">")[0]


def test_long_words_fold_in_what_happened(world, client):
    problem = act(world.contact, fixing(world), "object", words="理由" * 200)
    text = login(client, world.office).get(f"/problems/{problem.uuid}/").content.decode()
    folded = "理由" * 60 + "… " + '<span class="cw-open">展开全文</span></summary>' + "理由" * 200 + "</details>"
    assert folded in text
