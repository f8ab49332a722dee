"""C1, C6: a criterion checked by several methods is on the checklist when one of them is looking at the place."""

import pytest

from chuangwen.standards.checklists import concerning, types_of
from tests.factories.places import make_type
from tests.factories.standards import add_criterion, add_indicator, draft_standard


@pytest.mark.parametrize(
    ("method", "on_site"), [("实地考察", True), ("材料审核、实地考察", True), ("材料审核、问卷调查", False)]
)
def test_looking_at_the_place_among_other_methods_counts(world, method, on_site):
    kind = make_type(world.tenant, "公园")
    row = add_criterion(add_indicator(draft_standard(world.jurisdiction)), method=method)
    assert list(concerning(row.version, kind.pk)) == ([row] if on_site else [])
    assert list(types_of(row.version)) == ([kind] if on_site else [])
