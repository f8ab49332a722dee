"""The worked examples of composites (tests/cases/around.yaml) come out the same through forms and pages."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from chuangwen.scores.models import Composite
from tests.factories.asking import surely
from tests.factories.composites import make_composite, shape, shaped_like
from tests.factories.organisations import client_of, county

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parents[1] / "cases" / "around.yaml"
CASES = [case for case in yaml.safe_load(FILE.read_text("utf-8"))["cases"] if "composite" in case]
COUNTED = [case for case in CASES if "expect" in case]


def typed(case: dict[str, Any], column: str) -> dict[str, str]:
    """What is typed for the unit: a score, nothing, or a score out of so many."""
    given = case["scores"].get(column)
    if given is None:
        return {}
    return {column: str(given["got"] if isinstance(given, dict) else given)}


def drafted(world: Any, case: dict[str, Any]) -> Composite:
    spec = case["composite"]
    rows = shaped_like(spec)
    full = {key: str(given["of"]) for key, given in case["scores"].items() if isinstance(given, dict)}
    rows = [row if row.key not in full else row.__class__(**{**row.__dict__, "points": full[row.key]}) for row in rows]
    return shape(world, make_composite(world, shaped="free"), rows, term=spec.get("term", "weighted"))


def entered(client: Client, composite: Composite, unit_id: int, case: dict[str, Any]) -> None:
    """The scores typed into the table of the page."""
    scores = {key: value for column in case["scores"] for key, value in typed(case, column).items()}
    scores |= {name: str(case[name]) for name in ("bonus", "deduction") if name in case}
    form = {f"s-{unit_id}-{column}": value for column, value in scores.items()}
    form |= {"revision": composite.revision, "source": "省测评通报", "given_on": "2026-01-20"}
    assert client.post(reverse("scores:composite-entered", args=[composite.uuid]), form).status_code == 302


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: case["name"])
def test_the_example_comes_out_as_written(case) -> None:
    world = county()
    client, composite = client_of(world.office), drafted(world, case)
    entered(client, composite, world.bureau.pk, case)
    address = reverse("scores:composite", args=[composite.uuid])
    row = client.get(address).context["result"].rows[0]
    assert (row.name, row.total) == ("示例县城管局", case["expect"]["total"])
    assert (row.barred, row.rank) == (case.get("barred", []), None if case.get("barred") else 1)
    assert all(words in row.remarks for words in case.get("says", []))
    surely(client, reverse("scores:composite-publish", args=[composite.uuid]))
    assert client.get(address).context["result"].rows == [row]


def test_what_the_example_refuses_stands_on_the_page_of_its_parts() -> None:
    world = county()
    case = next(case for case in CASES if "refused" in case)
    composite, client = drafted(world, case), client_of(world.office)
    page = client.get(reverse("scores:composite-parts", args=[composite.uuid]))
    assert page.context["top_faults"] == [f"{case['refused']}。"]
    assert client.get(reverse("scores:composite", args=[composite.uuid])).context["result"].faults == 1
