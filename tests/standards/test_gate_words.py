"""A gate that closes a whole indicator names it: on the page of the rule, in the printed table, on the phone."""

import pytest
from django.urls import reverse

from chuangwen.standards import actions
from chuangwen.standards.models import Criterion
from rulebook.scoring import compile_standard
from tests.factories.places import make_type
from tests.factories.standards import add_criterion, add_indicator, draft_standard

SAID = "不符合的，“Ⅰ-4 安全底线”整项不得分"


@pytest.fixture
def gate(world) -> Criterion:
    """Below the indicator it closes, with a criterion beside it."""
    top = add_indicator(draft_standard(world.jurisdiction), "安全底线", label="Ⅰ-4")
    kinds = [make_type(world.tenant, "市场")]
    add_criterion(top, kinds, text="标识完好")
    return add_criterion(top, kinds, text="消防通道畅通", rules=[{"kind": "gate", "target": top.key}])


def test_the_page_of_the_rule_names_the_indicator(gate, office) -> None:
    page = office.get(reverse("standards:version", args=[gate.version.uuid]) + f"?c={gate.pk}")
    assert [rule.words for rule in page.context["rules"]] == [SAID]


def test_the_printed_table_names_the_indicator(gate, office) -> None:
    table = office.get(reverse("standards:official", args=[gate.version.uuid])).context["table"]
    assert [row.rule for row in table.rows if row.criterion == gate] == [SAID]


def test_the_compiled_standard_names_the_indicator(world, gate) -> None:
    version = actions.publish(actor=world.office, version=gate.version)
    rules = {one.key: one.rules for one in compile_standard(version.spec).criteria}
    assert [rule.describe() for rule in rules[gate.key]] == [SAID]


def test_the_form_offers_the_indicators_by_name(gate, office) -> None:
    form = office.get(reverse("standards:criterion-edit", args=[gate.pk])).context["form"]
    assert form.fields["p_target"].choices == [("", "只管本条"), (gate.indicator.key, "Ⅰ-4 安全底线")]
    assert form["p_target"].value() == gate.indicator.key
