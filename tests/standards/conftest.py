"""A county, and its office signed in."""

import pytest
from django.test import Client

from tests.factories.organisations import World, client_of, county


@pytest.fixture
def world(db: None) -> World:
    return county()


@pytest.fixture
def office(world: World) -> Client:
    return client_of(world.office)
