"""Issue 2, 11: the checklist on the phone, as a plain form."""

import io

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.base.files import attachments_of, read
from chuangwen.inspections import actions
from chuangwen.inspections.models import Answer, Visit
from tests.factories.inspections import answer_of, field, open_round
from tests.factories.problems import photo

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
Mark = Answer.Mark
REST = {"rest-1": "ok", "rest-2": "ok", "empty-2": "none"}  # nothing else was looked at or found


@pytest.fixture
def visit():
    made = field()
    return open_round(made.world, made.version, made.places[:1]).visits.get()


@pytest.fixture
def phone(visit) -> Client:
    client = Client()
    client.force_login(visit.team.members.get().membership.person, backend=BACKEND)
    return client


def url(visit: Visit) -> str:
    return reverse("mobile:visit", args=[visit.uuid])


def name(visit: Visit, key: str, ordinal: int = 0) -> str:
    """How the item's fields are called."""
    return f"{visit.round.version.criteria.get(key=key).pk}-{ordinal}"


def file(data: bytes, called: str = "a.jpg") -> io.BytesIO:
    out = io.BytesIO(data)
    out.name = called
    return out


def test_it_asks_each_criterion_of_the_type_by_section(phone, visit) -> None:
    page = phone.get(url(visit))
    parts = page.context["sheet"].parts
    assert [(part.section.title, len(part.rows)) for part in parts] == [("环境卫生", 2), ("公共秩序", 5)]
    asked = [row.item.ask for part in parts for row in part.rows]
    assert asked == ["occurrences", "mark", "mark", "mark", "measure", "pair", "number"]
    assert [row.item.text for row in parts[1].rows][:2] == ["摊位整齐", "亮证经营"]


def handed_in(phone, visit):
    """Litter with a photo, a noise in order, two lamps out; the second section was not looked at."""
    litter, noise, lamps = (name(visit, key) for key in ("litter", "noise", "lamps"))
    sent = {
        f"bad-{litter}": "1",
        f"number-{litter}": "3",
        f"note-{litter}": "东门口有烟头",
        f"fixed-{litter}": "1",
        f"photo-{litter}": [file(photo("green"))],
        f"taken-{litter}": "1774924200000",
        f"number-{noise}": "58.5",
        f"number-{lamps}": "8",
        f"base-{lamps}": "10",
        f"note-{lamps}": "两盏不亮",
        "rest-1": "ok",
        "rest-2": "none",
    }
    return phone.post(url(visit), sent)


def test_marked_confirmed_and_sent_it_gives_a_receipt(phone, visit) -> None:
    answer = handed_in(phone, visit)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mobile:receipt", args=[visit.uuid]))
    found = {(a.criterion.key, a.ordinal): (a.mark, a.count, a.base) for a in visit.answers.select_related("criterion")}
    assert found == {
        ("litter", 0): (Mark.NOT_QUALIFIED, 3, 0),
        ("signs", 0): (Mark.QUALIFIED, 0, 0),
        ("market", 1): (Mark.NOT_EXAMINED, 0, 0),
        ("market", 2): (Mark.NOT_EXAMINED, 0, 0),
        ("noise", 0): (Mark.QUALIFIED, 58_500, 0),
        ("lamps", 0): (Mark.NOT_QUALIFIED, 8, 10),
        ("posters", 0): (Mark.NOT_EXAMINED, 0, 0),
    }
    litter_answer = answer_of(visit, "litter")
    [kept] = attachments_of([litter_answer])[litter_answer.pk]
    assert (read(kept.file), kept.taken_at.isoformat()) == (photo("green"), "2026-03-31T02:30:00+00:00")
    receipt = phone.get(answer.headers["Location"])
    assert (receipt.context["bad_count"], receipt.context["good_count"], receipt.context["none_count"]) == (2, 2, 3)


def test_the_receipt_shows_the_photos_and_what_the_numbers_are_called(phone, visit) -> None:
    receipt = phone.get(handed_in(phone, visit).headers["Location"])
    litter = answer_of(visit, "litter")
    [kept] = attachments_of([litter])[litter.pk]
    shown = [(line.text, line.named, len(line.photos)) for line in receipt.context["bad"]]
    assert shown == [("无烟头、纸屑", "3\u00a0处", 1), ("路灯完好", "合格数\u00a08，共查数\u00a010", 0)]
    assert [(line.text, line.named) for line in receipt.context["numbers"]] == [("噪声", "实测值\u00a058.5\u00a0dB")]
    page, thumbnail = receipt.content.decode(), reverse("base:thumbnail", args=[kept.uuid])
    assert (page.count(f'src="{thumbnail}"'), page.count("没有照片"), page.count("<dd>1\u00a0张</dd>")) == (1, 1, 1)
    picture = phone.get(thumbnail)
    picture.close()
    assert picture.status_code == 200


def test_a_section_nobody_spoke_about_is_asked_for_and_what_was_marked_stays(phone, visit) -> None:
    litter = name(visit, "litter")
    answer = phone.post(url(visit), {f"bad-{litter}": "1", f"note-{litter}": "有烟头", "rest-1": "ok"})
    sheet = answer.context["sheet"]
    assert answer.status_code == 422
    assert [part.error for part in sheet.parts] == ["", "还有 2 项没有标。选其余合格，或未查。"]
    assert [row.note for row in sheet.rows if row.is_bad] == ["有烟头"]
    visit.refresh_from_db()
    assert visit.state == Visit.State.ASSIGNED


def test_an_absent_item_asks_for_its_reason(phone, visit) -> None:
    signs = name(visit, "signs")
    answer = phone.post(url(visit), {f"other-{signs}": "absent", **REST})
    errors = [row.errors for row in answer.context["sheet"].rows if row.errors]
    assert errors == [["标了缺项，写一下为什么没有这一项。"]]
    phone.post(url(visit), {f"other-{signs}": "absent", f"reason-{signs}": "没有标识牌", **REST})
    assert answer_of(visit, "signs").mark == Mark.NA_ASKED


def test_one_item_can_be_left_out_of_a_confirmed_section(phone, visit) -> None:
    signs = name(visit, "signs")
    phone.post(url(visit), {f"other-{signs}": "none", **REST})
    assert (answer_of(visit, "signs").mark, answer_of(visit, "litter").mark) == (Mark.NOT_EXAMINED, Mark.QUALIFIED)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("noise", "很吵", "实测值填的“很吵”不是数字。改成数字。"),
        ("posters", "2.5", "实有数填的“2.5”要是整数。"),
        ("lamps", "8", "共查数没有填。"),
    ],
)
def test_a_number_that_is_none_is_said_at_its_item(phone, visit, key, text, said) -> None:
    answer = phone.post(url(visit), {f"number-{name(visit, key)}": text, **REST})
    assert [row.errors for row in answer.context["sheet"].rows if row.errors] == [[said]]


def test_a_broken_photo_is_said_at_its_item_and_nothing_is_written(phone, visit) -> None:
    litter = name(visit, "litter")
    sent = {f"bad-{litter}": "1", f"photo-{litter}": [file(b"no picture")], **REST}
    answer = phone.post(url(visit), sent)
    [errors] = [row.errors for row in answer.context["sheet"].rows if row.errors]
    assert errors[0].startswith("“无烟头、纸屑”的第 1 张照片：这个文件不是能打开的照片")
    assert Answer.objects.count() == 0


def test_the_same_form_sent_twice_ends_at_the_same_receipt(phone, visit) -> None:
    twice = [phone.post(url(visit), REST).headers["Location"] for _ in range(2)]
    assert twice == [reverse("mobile:receipt", args=[visit.uuid])] * 2
    assert Answer.objects.count() == 7


def test_submitted_the_checklist_leads_to_its_receipt(phone, visit) -> None:
    phone.post(url(visit), REST)
    assert phone.get(url(visit)).headers["Location"] == reverse("mobile:receipt", args=[visit.uuid])


def test_a_colleague_of_another_team_finds_nothing(visit) -> None:
    world_office = visit.round.jurisdiction.office
    other = type(world_office).objects.get(name__endswith="督查室").memberships.filter(role="inspector").last().person
    stranger = Client()
    stranger.force_login(other, backend=BACKEND)
    assert stranger.get(url(visit)).status_code == 404
    assert stranger.post(url(visit), REST).status_code == 404


def test_the_receipt_names_each_line_as_the_checklist_did(phone, visit) -> None:
    stalls, licence = name(visit, "market", 1), name(visit, "market", 2)
    sent = {
        f"bad-{stalls}": "1",
        f"bad-{licence}": "1",
        f"note-{licence}": "两户没有亮证",
        **REST,
    }
    receipt = phone.get(phone.post(url(visit), sent).headers["Location"])
    assert [(line.head, line.text, line.answer.note) for line in receipt.context["bad"]] == [
        ("市场管理", "摊位整齐", ""),
        ("市场管理", "亮证经营", "两户没有亮证"),
    ]
    page = receipt.content.decode()
    assert "<b>摊位整齐</b>" in page and "市场管理：亮证经营" in page


def test_numbers_left_empty_are_asked_for_and_lead_to_their_fields(phone, visit) -> None:
    answer = phone.post(url(visit), {"rest-1": "ok", "rest-2": "ok", f"number-{name(visit, 'noise')}": "50"})
    assert [part.empty_error for part in answer.context["sheet"].parts] == ["", "还有 2 项没有填数。填上，或勾按未查。"]
    assert answer.context["sheet"].error == "还有 1\u00a0段没有确认，都标出来了。补好再交。"
    page = answer.content.decode()
    assert [page.count(f'href="#item-{name(visit, key)}"') for key in ("noise", "lamps", "posters")] == [0, 1, 1]
    visit.refresh_from_db()
    assert visit.state == Visit.State.ASSIGNED


@pytest.mark.parametrize("said", [{"rest-2": "ok", "empty-2": "none"}, {"rest-2": "none"}])
def test_numbers_left_empty_are_not_examined_by_ones_own_word_only(phone, visit, said) -> None:
    assert phone.post(url(visit), {"rest-1": "ok", **said}).status_code == 302
    found = [answer_of(visit, key) for key in ("noise", "lamps", "posters")]
    assert [(answer.mark, answer.count, answer.base) for answer in found] == [(Mark.NOT_EXAMINED, 0, 0)] * 3


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"note-{noise}": "门口在施工"}, "实测值没有填。填上，或标“未查”。"),
        ({"note-{noise}": "门口在施工", "other-{noise}": "none"}, None),
        ({"bad-{litter}": "1", "number-{litter}": ""}, "数量没有填。填上，或标“未查”。"),
    ],
)
def test_what_was_found_without_its_number_is_not_handed_in(phone, visit, fields, said) -> None:
    names = {key: name(visit, key) for key in ("noise", "litter")}
    answer = phone.post(url(visit), {**REST, **{key.format(**names): value for key, value in fields.items()}})
    assert answer.status_code == (422 if said else 302)
    if said:
        assert [row.errors for row in answer.context["sheet"].rows if row.errors] == [[said]]


def test_a_round_that_ended_says_what_became_of_what_was_typed_and_whom_to_ask(phone, visit) -> None:
    office = visit.round.jurisdiction.office.memberships.get(role="office").person
    office.phone = "0531-12345"
    office.save()
    actions.close_round(actor=office, round=visit.round)
    answer = phone.get(url(visit))
    page = answer.content.decode()
    assert "已经结束，这一处没有交，现在不收。</b>在这台手机上填过的还存着，没有删" in page
    assert f'{office.name} <a class="nb" href="tel:0531-12345">0531-12345</a>' in page
    assert '<fieldset class="fc-all" disabled>' in page and "交这个点位" not in page
    refused = phone.post(url(visit), REST)
    assert (refused.status_code, refused.context["ended"]) == (422, True)
