"""What migrations make of rows that were there before: done again on rows as they stood then."""

from importlib import import_module

import pytest
from django.apps import apps

from chuangwen.inspections.models import Visit
from tests.factories.inspections import field, make_round
from tests.factories.organisations import make_region
from tests.factories.places import make_place
from tests.factories.scoring import make_visit

pytestmark = pytest.mark.django_db


def test_visits_made_before_have_the_region_of_their_place() -> None:
    made = field()
    world, round = made.world, make_round(made.world, made.version)
    regions = [make_region(world.tenant, name, world.region) for name in ("河东街道", "河西街道")]
    visits = [make_visit(round, make_place(world.station, made.type, region=region)) for region in (*regions, None)]
    Visit.objects.update(region=None)
    import_module("chuangwen.inspections.migrations.0003_visit_region").as_places_lie(apps, None)
    found = dict(Visit.objects.values_list("pk", "region_id"))
    assert found == dict(zip([one.pk for one in visits], [*(one.pk for one in regions), None], strict=True))
