"""C1: what keeps a draft from being published and what to look at, on the page and after a change."""

from django.test import Client
from django.urls import reverse

from tests.factories.places import make_place, make_type
from tests.factories.standards import add_criterion, add_indicator, draft_standard

HX = {"HX-Request": "true"}


def findings(client: Client, version) -> tuple[list, list]:
    shown = client.get(reverse("standards:findings", args=[version.uuid])).context
    faults = [(row.name if row else "", words) for row, words in shown["faults"]]
    remarks = [(words, [row.name for row in rows], more) for words, rows, more in shown["remarks"]]
    return faults, [one for one in remarks if "责任单位" not in one[0]]


def test_points_that_do_not_add_up_show_both_sums(office, world):
    version = draft_standard(world.jurisdiction)
    top = add_indicator(version, "上", points="10")
    add_criterion(add_indicator(version, "下", parent=top, points="3"), points="2.5", phrases=["破损"])
    faults, _ = findings(office, version)
    assert faults == [
        ("上", "本级分值 10.00 与下级合计 3.00 不符；要折算的，请给下级填权重"),
        ("下", "本级分值 3.00 与下级合计 2.50 不符；要折算的，请给下级填权重"),
    ]


def test_types_without_criteria_and_criteria_without_places_are_said(office, world):
    market, park, school = (make_type(world.tenant, name=name) for name in ("集贸市场", "公园", "学校"))
    for kind in (market, park):
        make_place(world.office_unit, kind)
    indicator = add_indicator(draft_standard(world.jurisdiction))
    add_criterion(indicator, [market], text="甲", phrases=["破损"])
    add_criterion(indicator, [school], text="乙")
    faults, remarks = findings(office, indicator.version)
    assert faults == []
    assert remarks == [
        ("“公园”有 1 处点位，没有一条测评标准", [], 0),
        ("1 条测不到：点位里没有学校", ["乙"], 0),
        ("1 条实地考察的标准没有常用语，手机上要自己写", ["乙"], 0),
    ]


def test_a_changed_row_is_marked_at_once(office, world):
    indicator = add_indicator(draft_standard(world.jurisdiction), points="1")
    row = add_criterion(indicator, rules=[{"kind": "per_occurrence"}])
    sent = {"do": "up", "row": f"c{row.pk}"}
    answer = office.post(reverse("standards:tree", args=[row.version.uuid]), sent, headers=HX)
    assert [(one.bad, one.off) for one in answer.context["tree"]] == [(False, ""), (True, "")]
    assert answer.headers["HX-Trigger"] == "tree-changed"
    sent = {"row": f"c{row.pk}", "text": "甲", "points": "4"}
    answer = office.post(reverse("standards:line", args=[row.version.uuid]), sent, headers=HX)
    assert [(one.bad, one.off) for one in answer.context["tree"]] == [(True, "4"), (True, "")]
