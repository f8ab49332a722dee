"""C7: what of their table is ours: proposed, confirmed, pointed by hand, never silently; place types too."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.assessments import actions, queries
from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from tests.factories.assessments import Ground, assessment_of, ground, take_in
from tests.factories.organisations import client_of, county

ROWS = (
    ("", "地面无烟头和纸屑", "", "人民路", 5, 4, 1, ""),
    ("", "地面无烟头和纸屑", "", "解放路", 5, 3, 2, ""),
    ("", "河道清洁", "", "", 5, 4, 1, ""),
    ("Ⅱ-2", "标识标牌完好", "主干道", "", 3, 3, 0, ""),
)


@pytest.fixture
def made(db: None) -> Ground:
    return ground()


@pytest.fixture
def found(made):
    assessment = assessment_of(made.world, made.version)
    take_in(made.world, assessment, *ROWS)
    return assessment


def matched(found) -> list[tuple[str, str, str]]:
    return [(one.name, one.key, one.how) for one in queries.terms_of(found)]


def sent(client: Client, found, *texts: str, tab: str = "open"):
    address = f"{reverse('assessments:match', args=[found.uuid])}?tab={tab}"
    form = client.get(address).context["form"]
    data = {f"of_{n}": one.term for n, one in enumerate(form.terms)}
    return client.post(address, {**data, **{f"term_{n}": text for n, text in enumerate(texts)}})


def test_a_near_name_is_only_proposed(made, found):
    page = client_of(made.world.office).get(reverse("assessments:match", args=[found.uuid]))
    assert [(one.name, one.rows, field.value()) for one, field, _ in page.context["form"].rows()] == [
        ("地面无烟头和纸屑", 2, "Ⅱ-1 无烟头、纸屑"),
        ("河道清洁", 1, ""),
    ]
    assert matched(found) == [
        ("地面无烟头和纸屑", "", "near"),
        ("河道清洁", "", "none"),
        ("标识标牌完好", "signs", "code"),
    ]


def test_what_is_confirmed_holds_for_every_row_that_says_it(made, found):
    sent(client_of(made.world.office), found, "Ⅱ-1 无烟头、纸屑", "")
    assert list(found.results.filter(node_key="litter").values_list("how", flat=True)) == ["hand", "hand"]
    assert matched(found)[1] == ("河道清洁", "", "none")


def test_a_code_is_enough_and_an_indicator_can_be_meant(made, found):
    sent(client_of(made.world.office), found, "Ⅰ-1", "Ⅱ-1")
    assert matched(found)[:2] == [("地面无烟头和纸屑", "env", "hand"), ("河道清洁", "litter", "hand")]


def test_a_strange_line_is_refused_at_its_field_and_nothing_is_pointed(made, found):
    page = sent(client_of(made.world.office), found, "Ⅱ-1", "没有这一条")
    assert page.context["form"].errors == {"term_1": ["体系里没有这一条。从列出的里面选，或写编号。"]}
    assert matched(found)[0][1] == ""


def test_what_was_matched_by_code_can_be_pointed_elsewhere_or_nowhere(made, found):
    client = client_of(made.world.office)
    sent(client, found, "Ⅱ-3", tab="all")
    assert matched(found)[2] == ("标识标牌完好", "queue", "hand")
    sent(client, found, "", tab="all")
    assert matched(found)[2] == ("标识标牌完好", "", "none")


def test_the_same_again_changes_nothing_and_leaves_no_event(made, found):
    term = queries.terms_of(found)[2].term
    for _ in range(2):
        changed = actions.point(actor=made.world.office, assessment=found, chosen={term: "queue"})
    assert (changed, Event.objects.filter(name="assessments.pointed").count()) == (0, 1)


def test_a_place_type_of_theirs_is_pointed_once_for_all_its_rows(made, found):
    client = client_of(made.world.office)
    assert queries.strange_types(found) == [("主干道", 1)]
    client.post(reverse("assessments:types", args=[found.uuid]), {"type_0": made.road.pk})
    assert list(found.results.exclude(type_text="").values_list("place_type__name", flat=True)) == ["主次干道"]
    assert queries.strange_types(found) == []


def test_another_office_points_nothing(made, found):
    other = county("邻县", tenant=made.world.tenant)
    with pytest.raises(Refused, match="不归本办管"):
        actions.point(actor=other.office, assessment=found, chosen={queries.terms_of(found)[0].term: "litter"})
