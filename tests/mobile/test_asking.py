"""Issue 2, 11: before a place is handed in, missing photos and numbers below the rule are named once."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.inspections.models import Answer, Visit
from tests.factories.inspections import answer_of, field, open_round
from tests.factories.problems import photo
from tests.mobile.test_checklist import BACKEND, file, name, url

pytestmark = pytest.mark.django_db
REST = {"rest-1": "ok", "rest-2": "ok", "empty-2": "none"}
END = "补上再交；不补，再按一次“交这个点位”照样交。"


@pytest.fixture
def visit(request) -> Visit:
    made = field(evidence=getattr(request, "param", "不合格的拍照"))
    return open_round(made.world, made.version, made.places[:1]).visits.get()


@pytest.fixture
def phone(visit) -> Client:
    client = Client()
    client.force_login(visit.team.members.get().membership.person, backend=BACKEND)
    return client


def test_a_photo_the_standard_wants_is_asked_for_once(phone, visit) -> None:
    sent = {f"bad-{name(visit, 'litter')}": "1", **REST}
    shown = phone.post(url(visit), sent)
    sheet = shown.context["sheet"]
    assert (shown.status_code, sheet.error) == (422, f"1\u00a0项按要求要拍照，还没有照片：无烟头、纸屑。{END}")
    assert Answer.objects.count() == 0
    again = phone.post(url(visit), {**sent, "asked": sheet.asked_names})
    assert again.headers["Location"] == reverse("mobile:receipt", args=[visit.uuid])


def test_with_its_photo_nothing_is_asked(phone, visit) -> None:
    litter = name(visit, "litter")
    sent = {f"bad-{litter}": "1", f"photo-{litter}": [file(photo("green"))], **REST}
    assert phone.post(url(visit), sent).status_code == 302
    assert answer_of(visit, "litter").mark == Answer.Mark.NOT_QUALIFIED


@pytest.mark.parametrize("visit", ["", "查台账", "不用拍照"], indirect=True)
def test_where_no_photo_is_wanted_none_is_asked_for(phone, visit) -> None:
    assert phone.post(url(visit), {f"bad-{name(visit, 'litter')}": "1", **REST}).status_code == 302


def test_a_number_below_the_rule_is_named_before_it_is_locked(phone, visit) -> None:
    noise, posters = name(visit, "noise"), name(visit, "posters")
    sent = {f"number-{noise}": "61", f"number-{posters}": "4", **REST}
    shown = phone.post(url(visit), sent)
    assert shown.context["sheet"].error == f"1\u00a0项按规则不合格，还没有照片和情况：噪声。{END}"
    assert phone.post(url(visit), {**sent, f"note-{noise}": "门口在施工"}).status_code == 302


def test_what_was_not_asked_yet_is_asked_the_second_time(phone, visit) -> None:
    litter, noise = name(visit, "litter"), name(visit, "noise")
    sent = {f"number-{noise}": "61", f"bad-{litter}": "1", **REST}
    shown = phone.post(url(visit), {**sent, f"photo-{litter}": [file(photo("green"))]})
    assert shown.context["sheet"].photos_lost == 1
    again = phone.post(url(visit), {**sent, "asked": shown.context["sheet"].asked_names})
    assert (again.status_code, again.context["sheet"].asked) == (422, {litter, noise})


@pytest.mark.parametrize(
    ("key", "typed", "means"),
    [
        ("noise", ["61"], {"bad": True, "says": "按规则不合格。拍照，写情况。"}),
        ("noise", ["59.9"], {"bad": False, "says": "按规则合格。"}),
        ("noise", ["很吵"], {"bad": None, "says": "实测值填的“很吵”不是数字。改成数字。"}),
        ("lamps", ["8", "10"], {"bad": True, "says": "按规则不合格。拍照，写情况。"}),
        ("lamps", ["8", ""], {"bad": None, "says": ""}),
        ("posters", ["3"], {"bad": True, "says": "按规则不合格。拍照，写情况。"}),
    ],
)
def test_a_number_says_what_it_means_as_it_is_typed(phone, visit, key, typed, means) -> None:
    item = name(visit, key)
    asked = dict(zip((f"number-{item}", f"base-{item}"), typed, strict=False))
    assert phone.get(reverse("mobile:meaning", args=[visit.uuid]), asked).json() == means
