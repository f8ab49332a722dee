"""C1: samples of every kind of subject, clearly marked, that a new assessment system may begin with."""

from uuid import uuid4

import pytest
from django.urls import reverse

from chuangwen.organisations.queries import own_jurisdiction
from chuangwen.places.models import PlaceType
from chuangwen.standards import actions, panels
from chuangwen.standards.beginnings import SAMPLES, fitted
from chuangwen.standards.checking import faults_of
from chuangwen.standards.exchange import sample
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.spec import spec_of
from rulebook.scoring import Answer, Answers, Frame, Standard, Sums, compile_standard, reduce, score, what_if
from tests.factories.organisations import World


def begun(world: World, name: str, code: str = "") -> StandardVersion:
    return actions.create_standard(
        actor=world.office,
        client_id=uuid4(),
        jurisdiction=own_jurisdiction(world.office),
        code=code or name,
        name=SAMPLES[name].title,
        sample=SAMPLES[name],
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_the_list_says_of_a_sample_what_its_file_holds(name):
    one, standard = SAMPLES[name], compile_standard(sample(name))
    found = (standard.title, standard.subject, len(standard.criteria), len(standard.place_types))
    assert found == (one.title, one.subject, one.criteria, one.types)
    assert "示例" in one.title
    assert "官方" not in one.title.replace("非官方", "")


def found_everywhere(standard: Standard) -> tuple[Sums, list[Answer]]:
    """Something found for every ordinal of every criterion that has points, at one place of each type."""
    frame = Frame.of([(code, code, "单位") for code in standard.place_types])
    rows = [
        Answer(code, one.key, ordinal, mark=2, count=1, base=1)
        for one in standard.criteria
        for code in one.place_types
        for ordinal in one.ordinals
        if not one.role
    ]
    return reduce(standard, frame, Answers.of(standard, frame, rows)), rows


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "month"])  # only adds to its base: below
def test_a_sample_scores_full_points_once_everything_found_is_put_right(name):
    standard = compile_standard(sample(name))
    sums, rows = found_everywhere(standard)
    assert (sums.rejected, score(standard, sums).total.published_got < 10000) == ((), True)
    assert what_if(standard, sums, rows).total.shown_got == "100.00"


def test_a_month_of_a_community_is_its_base_with_what_was_found_and_praised():
    standard = compile_standard(sample("month"))
    frame = Frame.of([("一号巷", "SQL", "社区"), ("一号小区", "SQX", "社区"), ("居委会", "DWBS", "社区")])
    keys = [one.key for one in standard.criteria]
    rows = [
        Answer("一号巷", keys[0], 1, 2, 1),  # one found by the city: 2 points
        Answer("一号巷", keys[0], 101, 2, 1),  # another one put right on the spot: half
        Answer("一号小区", keys[0], 1, 1),  # nothing found: 1 point
        Answer("居委会", keys[3], 2, 1, 1),  # praised once by word of mouth: 3 points
    ]
    assert score(standard, reduce(standard, frame, Answers.of(standard, frame, rows))).total.shown_got == "101.00"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_draft_begun_with_a_sample_is_ready_to_publish(world, name):
    draft = begun(world, name)
    assert [str(problem) for problem in faults_of(draft)] == []
    assert actions.publish(actor=world.office, version=draft).spec == {
        **sample(name),
        "key": name,
        "title": SAMPLES[name].title,
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_a_draft_says_what_can_be_reached_and_bonuses_beside_it(office, world, name):
    page = office.get(reverse("standards:version", args=[begun(world, name).uuid]))
    most = {"county": 3, "unit": 10, "village": 8, "month": 35}.get(name)
    said = f"100 分，另加分至多 {most} 分" if most else "100 分"
    assert page.context["points"] == said.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"bonus_cap": "3"}, "100 分，另加分至多 3 分"),
        ({"bonus_cap": "30"}, "100 分，另加分至多 8 分"),
        ({"points": "120"}, "120 分，另加分至多 8 分"),
    ],
)
def test_what_can_be_reached_follows_the_settings_of_the_whole(world, options, said):
    draft = begun(world, "village")
    draft.options |= options
    assert panels.total_of(draft, panels.tree(draft)) == said.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(("cap", "said"), [("", "另有加分，不封顶"), ("6", "另加分至多 6 分")])
def test_bonuses_without_end_end_at_the_cap_of_the_whole(world, cap, said):
    draft = begun(world, "month")
    draft.criteria.filter(key="MO005").update(points="")
    draft.options |= {"bonus_cap": cap}
    assert panels.total_of(draft, panels.tree(draft)) == f"100 分，{said}".replace(" ", "\N{NO-BREAK SPACE}")


def test_place_types_of_the_same_name_are_used_and_a_code_taken_is_not_taken_again(world):
    PlaceType.objects.create(tenant=world.tenant, code="K1", name="学校食堂")
    PlaceType.objects.create(tenant=world.tenant, code="XDP", name="下达牌")
    found = fitted(SAMPLES["school"], world.office)
    assert found.added == {"DWBS": "单位本身", "XDP2": "校园店", "XSS": "学生宿舍", "XHJ": "校园环境"}
    draft = begun(world, "school")
    assert spec_of(draft)["place_types"]["K1"] == {"label": "学校食堂"}
    assert PlaceType.objects.filter(tenant=world.tenant, code__in=found.added).count() == 4


def test_the_same_form_twice_begins_one_draft(office, world):
    sent = {"client_id": str(uuid4()), "name": "示例：村", "code": "village"}
    url = reverse("standards:standard-new") + "?sample=village"
    answers = [office.post(url, sent) for _ in range(2)]
    [version] = StandardVersion.objects.all()
    assert [answer["Location"] for answer in answers] == [reverse("standards:version", args=[version.uuid])] * 2
    assert (version.criteria.count(), version.options["subject"]) == (10, "village")


def test_the_page_lists_the_samples_and_the_form_says_what_one_brings(office, world):
    PlaceType.objects.create(tenant=world.tenant, code="X", name="村内道路")
    assert list(office.get(reverse("standards:samples")).context["samples"]) == list(SAMPLES.values())
    answer = office.get(reverse("standards:standard-new") + "?sample=village")
    assert answer.context["note"] == (
        "示例：村庄环境月度评分（有扣有加）：10 条测评标准。会新增 5 类点位（公共厕所、村民广场、房前屋后、"
        "河塘沟渠、单位本身），同名的用现有的。条文和分值是编的，照本地的文件改。"
    )
    first = {"name": SAMPLES["village"].title, "code": "village", "source": "示例，非官方"}
    assert answer.context["form"].initial == first


def test_an_unknown_sample_is_an_empty_form(office):
    answer = office.get(reverse("standards:standard-new") + "?sample=nothing")
    assert (answer.context["note"], answer.context["form"].initial) == ("", {})


def test_a_new_standard_says_what_it_judges(office):
    sent = {"client_id": str(uuid4()), "name": "窗口", "code": "w", "subject": "window"}
    office.post(reverse("standards:standard-new"), sent)
    assert StandardVersion.objects.get().options == {"subject": "window"}
