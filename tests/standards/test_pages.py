"""C1: the list, a version with its tree, the panel, the trial."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.urls import reverse

from chuangwen.standards import actions
from chuangwen.standards.models import Criterion, StandardVersion
from tests.factories.organisations import client_of, county
from tests.factories.places import make_type
from tests.factories.standards import add_criterion, add_indicator, draft_standard, filled_draft, published_standard

LIST = "/standards/"


def page(version: StandardVersion, ask: str = "") -> str:
    return reverse("standards:version", args=[version.uuid]) + ask


def test_the_office_sees_drafts_and_a_contact_what_is_published(world):
    draft_standard(world.jurisdiction, name="草稿体系")
    published_standard(world.jurisdiction, name="发布体系")
    names = {
        role: [row.standard.name for row in client_of(person).get(LIST).context["slice"].rows]
        for role, person in (("office", world.office), ("contact", world.contact))
    }
    assert {role: sorted(found) for role, found in names.items()} == {
        "office": ["发布体系", "草稿体系"],
        "contact": ["发布体系"],
    }


def test_the_list_is_searched_and_filtered(world):
    draft_standard(world.jurisdiction, name="窗口服务")
    published_standard(world.jurisdiction, name="城市测评")
    office = client_of(world.office)
    asked = ("?q=窗口", "?state=published", "?q=没有这套")
    assert [[row.standard.name for row in office.get(LIST + ask).context["slice"].rows] for ask in asked] == [
        ["窗口服务"],
        ["城市测评"],
        [],
    ]


def test_the_list_asks_as_often_for_three_as_for_one(world, same_queries: Callable) -> None:
    same_queries(lambda: draft_standard(world.jurisdiction), LIST, client_of(world.office))


def test_the_page_asks_as_often_for_three_criteria_as_for_one(world, same_queries: Callable) -> None:
    indicator = add_indicator(draft_standard(world.jurisdiction))
    kind = make_type(world.tenant)
    same_queries(lambda: add_criterion(indicator, [kind]), page(indicator.version), client_of(world.office))


def test_another_county_finds_nothing(world):
    version = published_standard(world.jurisdiction)
    stranger = county("邻县", tenant=world.tenant).office
    assert client_of(stranger).get(page(version)).status_code == 404


def test_a_contact_does_not_find_a_draft(world):
    assert client_of(world.contact).get(page(draft_standard(world.jurisdiction))).status_code == 404


def test_the_tree_shows_points_and_the_sum(world):
    shown = client_of(world.contact).get(page(published_standard(world.jurisdiction))).context
    assert [(row.level, row.name, row.points) for row in shown["tree"]] == [
        (1, "Ⅰ-1 公共环境", "9"),
        (2, "Ⅱ-1 标识标牌完好", "2.00"),
        (2, "Ⅱ-2 无烟头、纸屑", "3.00"),
        (2, "Ⅱ-3 窗口服务", "4.00"),
        (1, "Ⅰ-2 公共服务", "6"),
        (2, "Ⅱ-4 噪声达标", "3.00"),
        (2, "Ⅱ-5 有测评记录", "1.00"),
        (2, "Ⅱ-6 公益广告不少于 4 处", "2.00"),
    ]
    assert (shown["points"], shown["criteria"], shown["indicators"]) == ("15\N{NO-BREAK SPACE}分", 6, 2)


def test_a_fragment_is_the_panel_of_the_fresh_page(world):
    version = published_standard(world.jurisdiction)
    ask = f"?c={version.criteria.order_by('position')[1].pk}"
    client = client_of(world.contact)
    fragment = client.get(page(version, ask), headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip() in client.get(page(version, ask)).content.decode()
    assert "每处扣" not in fragment and "逐处扣 0.50 分；最多扣 3.00 分" in fragment


def test_the_trial_says_the_sum(world):
    version = published_standard(world.jurisdiction)
    litter = version.criteria.get(text="无烟头、纸屑")
    found = client_of(world.contact).get(page(version, f"?c={litter.pk}&m0=2&n0=2")).context["trial"]
    assert [(line.text.replace("\u00a0", " "), line.shown) for line in found.lines] == [
        ("满分", "3.00"),
        ("逐处扣 0.50 × 2 处", "−1.00"),
        ("得分", "2.00"),
    ]


def test_the_trial_of_a_pair_opens_empty_and_says_what_to_fill_in(world):
    indicator = add_indicator(draft_standard(world.jurisdiction))
    pieces = add_criterion(indicator, points="2", rules=[{"kind": "pass_rate", "of": "pieces"}])
    client, address = client_of(world.office), page(indicator.version, f"?c={pieces.pk}")
    answer = client.get(address)
    trial = answer.context["trial"]
    assert (trial.lines, trial.notes) == ((), ("填上看到的数，再按“算一下”。",))
    assert client.get(f"{address}&n0=8&b0=10").context["trial"].lines[-1].shown == "1.60"


@pytest.mark.parametrize("ask", ["m0=9&n0=-3", "m0=1&n0=abc", "m0=2&n0=999999999999", "m0=²&n0=²"])
def test_a_trial_with_nonsense_is_a_page(world, ask):
    version = published_standard(world.jurisdiction)
    for criterion in Criterion.objects.filter(version=version):
        assert client_of(world.contact).get(page(version, f"?c={criterion.pk}&{ask}")).status_code == 200


def test_a_line_of_another_version_is_not_found(world):
    one, other = published_standard(world.jurisdiction), published_standard(world.jurisdiction)
    asks = (f"?c={other.criteria.first().pk}", f"?i={other.indicators.first().pk}")
    assert [client_of(world.office).get(page(one, ask)).status_code for ask in asks] == [404, 404]


def test_publishing_says_that_rounds_keep_their_version(world):
    former = published_standard(world.jurisdiction, [make_type(world.tenant)])
    fresh = actions.new_draft_from(actor=world.office, client_id=uuid4(), version=former)
    said = client_of(world.office).post(reverse("standards:publish", args=[fresh.uuid])).content.decode()
    assert f"用{former.label}的轮次，正在进行的、已经结束的都照旧，记录和得分不变。" in said


def test_a_draft_with_faults_names_them_instead_of_the_button(world):
    indicator = add_indicator(draft_standard(world.jurisdiction))
    bad = add_criterion(indicator, rules=[{"kind": "per_occurrence"}])
    shown = client_of(world.office).get(page(indicator.version))
    assert [(row.ask, message) for row, message in shown.context["faults"]] == [(f"c={bad.pk}", "缺少“每处扣”")]
    assert f'action="{reverse("standards:publish", args=[indicator.version.uuid])}"' not in shown.content.decode()


def test_the_pages_of_an_empty_draft_open(world):
    assert client_of(world.office).get(page(draft_standard(world.jurisdiction))).status_code == 200


@pytest.mark.parametrize(("name", "start"), [("excel", b"PK"), ("yaml", b"key: ")])
def test_a_version_is_given_out_as_a_file(world, name, start):
    version = filled_draft(world.jurisdiction)
    answer = client_of(world.office).get(reverse(f"standards:{name}", args=[version.uuid]))
    assert answer.content.startswith(start)
