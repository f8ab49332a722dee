"""A published assessment system, made by the actions the pages use."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from chuangwen.organisations.models import Jurisdiction, Membership, Person, Role
from chuangwen.places.models import PlaceType
from chuangwen.standards import actions
from chuangwen.standards.models import Criterion, Indicator, StandardVersion
from tests.factories.organisations import make_person

SIX: tuple[dict[str, Any], ...] = (
    {"text": "标识标牌完好", "points": "2.00", "rules": [{"kind": "pass_rate"}]},
    {
        "text": "无烟头、纸屑",
        "points": "3.00",
        "rules": [{"kind": "per_occurrence", "each": "0.50", "cell": "place", "combiner": "mean"}],
    },
    {
        "text": "窗口服务",
        "points": "4.00",
        "rules": [
            {
                "kind": "checklist",
                "items": ["着装整齐", "用语文明", "公示上墙", "便民设施齐全"],
                "grades": {"A": "1", "B": "0.6", "C": "0"},
                "needs": [{"grade": "A", "need": "all"}, {"grade": "B", "named": [2, 3, 4]}],
                "else": "C",
            }
        ],
    },
    {
        "text": "噪声达标",
        "points": "3.00",
        "rules": [
            {
                "kind": "bands",
                "value": "measure",
                "suffix": " dB",
                "better": "lower",
                "grades": {"A": "1", "B": "0.5", "C": "0"},
                "bands": [{"grade": "A", "below": "60"}, {"grade": "B", "below": "65"}],
                "else": "C",
            }
        ],
    },
    {"text": "有测评记录", "points": "1.00", "rules": [{"kind": "gate"}]},
    {"text": "公益广告不少于 4 处", "points": "2.00", "rules": [{"kind": "capped_ratio", "required": "4"}]},
)


def office_of(jurisdiction: Jurisdiction) -> Person:
    """Somebody of the jurisdiction's office."""
    held = Membership.objects.filter(organisation=jurisdiction.office, role=Role.OFFICE).first()
    return held.person if held else make_person(jurisdiction.office, Role.OFFICE)


def draft_standard(jurisdiction: Jurisdiction, code: str = "", name: str = "示例体系") -> StandardVersion:
    """An empty draft."""
    return actions.create_standard(
        actor=office_of(jurisdiction),
        client_id=uuid4(),
        jurisdiction=jurisdiction,
        code=code or f"std{uuid4().hex[:8]}",
        name=name,
    )


def add_indicator(
    version: StandardVersion, name: str = "公共环境", parent: Indicator | None = None, **fields: Any
) -> Indicator:
    office = office_of(version.standard.jurisdiction)
    given = {"name": name, **fields}
    pk = actions.add_indicator(actor=office, client_id=uuid4(), version=version, parent=parent, fields=given)
    return Indicator.objects.select_related("version__standard__jurisdiction").get(pk=pk)


def add_criterion(indicator: Indicator, types: Iterable[PlaceType] = (), **fields: Any) -> Criterion:
    office = office_of(indicator.version.standard.jurisdiction)
    given = {
        "text": "标识完好",
        "points": "1.00",
        "rules": [{"kind": "pass_rate"}],
        "place_types": list(types),
        **fields,
    }
    pk = actions.add_criterion(actor=office, client_id=uuid4(), indicator=indicator, fields=given)
    return Criterion.objects.select_related("version__standard__jurisdiction").get(pk=pk)


def filled_draft(jurisdiction: Jurisdiction, types: Iterable[PlaceType] = (), **given: Any) -> StandardVersion:
    """A draft of six criteria (toggle, count, checklist of 4, measurement, gate, capped ratio), ready to publish."""
    version, kinds = draft_standard(jurisdiction, **given), list(types)
    halves = add_indicator(version, "公共环境", label="Ⅰ-1"), add_indicator(version, "公共服务", label="Ⅰ-2")
    for number, fields in enumerate(SIX):
        add_criterion(halves[number // 3], kinds, label=f"Ⅱ-{number + 1}", **fields)
    return version


def published_standard(jurisdiction: Jurisdiction, types: Iterable[PlaceType] = (), **given: Any) -> StandardVersion:
    """The same, published."""
    version = filled_draft(jurisdiction, types, **given)
    return actions.publish(actor=office_of(jurisdiction), version=version)
