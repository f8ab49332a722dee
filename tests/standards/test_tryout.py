"""C1: a whole version tried out on imagined places; nothing is kept."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.base.models import Event
from chuangwen.standards.models import StandardVersion
from tests.factories.places import make_type
from tests.factories.standards import add_criterion, filled_draft, published_standard


def field(version: StandardVersion, text: str, letter: str = "m", place: int = 1, ordinal: int = 0) -> str:
    return f"{letter}{place}-{version.criteria.get(text=text).pk}-{ordinal}"


def tried(client: Client, version: StandardVersion, **sent: str):
    page = reverse("standards:tryout", args=[version.uuid])
    return client.post(page, sent, headers={"HX-Request": "true"}).context["tried"]


def test_what_is_found_at_two_places_is_scored_and_explained(office, world):
    version = published_standard(world.jurisdiction)
    litter = {field(version, "无烟头、纸屑"): "2", field(version, "无烟头、纸屑", "n"): "2"}
    noise = {field(version, "噪声达标", "n", place): "61.5" for place in (1, 2)}
    advert = {field(version, "公益广告不少于 4 处", "n", place): "4" for place in (1, 2)}
    found = tried(office, version, places="2", **litter, **noise, **advert)
    assert (found.total.shown_got, found.left_out) == ("13.00", 0)
    lost = [(one.line.name, one.line.shown_got) for one in found.lines if one.reason]
    assert lost == [("无烟头、纸屑", "2.50"), ("噪声达标", "1.50")]
    [said] = [one.reason for one in found.lines if one.line.name == "噪声达标"]
    assert said.lines[-1].shown == "1.50"


def test_nothing_entered_is_not_examined_and_nothing_is_kept(office, world):
    version = published_standard(world.jurisdiction)
    events = Event.objects.count()
    found = tried(office, version)
    states = {one.line.name: one.line.shown_got for one in found.lines if one.reason}
    assert states == {"噪声达标": "未测", "公益广告不少于 4 处": "未测"}
    assert Event.objects.count() == events


def test_a_type_is_asked_only_what_concerns_it(office, world):
    market, park = make_type(world.tenant, "集贸市场"), make_type(world.tenant, "公园")
    version = filled_draft(world.jurisdiction, [market])
    add_criterion(version.indicators.last(), [park], text="园路平整")
    page = reverse("standards:tryout", args=[version.uuid])
    shown = office.get(page, {"t": park.code}).context
    texts = [one.item.text for _, items in shown["tried"].parts for one in items]
    assert (texts, shown["tried"].total.shown_got, shown["full"]) == (["园路平整"], "16.00", "16.00")


def test_what_is_not_written_yet_is_left_out_and_said(office, world):
    version = filled_draft(world.jurisdiction)
    add_criterion(version.indicators.last(), text="以后再定", rules=[{}])
    found = tried(office, version)
    assert (found.left_out, found.problem) == (1, "")
    assert "以后再定" not in [one.item.text for _, items in found.parts for one in items]


@pytest.mark.parametrize("sent", [{"places": "99"}, {"places": "²"}, {"t": "nobody"}])
def test_nonsense_in_the_address_is_a_page(office, world, sent):
    version = published_standard(world.jurisdiction)
    assert office.get(reverse("standards:tryout", args=[version.uuid]), sent).status_code == 200


@pytest.mark.parametrize("value", ["-1", "abc", "999999999999999", "²"])
def test_nonsense_in_a_field_is_scored_as_nothing(office, world, value):
    version = published_standard(world.jurisdiction)
    names = {field(version, one.text, letter): value for one in version.criteria.all() for letter in "mnb"}
    assert tried(office, version, **names).total is not None
