"""Rights on assessment systems: the office keeps its own; others read what was published for their ground."""

from typing import Any

from chuangwen.organisations.models import Organisation
from chuangwen.organisations.queries import jurisdiction_of
from chuangwen.standards.models import StandardVersion
from tests.factories.organisations import World
from tests.factories.standards import add_criterion, add_indicator, draft_standard, published_standard
from tests.factories.table_imports import kept_table, mapped
from tests.rights.rules import Rule, at

READERS = ("office", "contact", "leader")


def published(world: World, unit: Organisation) -> StandardVersion:
    return published_standard(jurisdiction_of(unit))


def draft(world: World, unit: Organisation) -> StandardVersion:
    return draft_standard(jurisdiction_of(unit))


def indicator(world: World, unit: Organisation) -> Any:
    return add_indicator(draft(world, unit))


def criterion(world: World, unit: Organisation) -> Any:
    return add_criterion(indicator(world, unit))


def table(world: World, unit: Organisation) -> Any:
    """An office's own import of a table, its columns pointed out."""
    return mapped(world.office, kept_table(world.office, draft(world, unit)))


def below_indicator(world: World, unit: Organisation) -> dict[str, Any]:
    made = indicator(world, unit)
    return {"uuid": made.version.uuid, "pk": made.pk}


VERSION, DRAFT = at(published, "uuid", "uuid"), at(draft, "uuid", "uuid")
INDICATOR, CRITERION = at(indicator, "pk"), at(criterion, "pk")
TABLE = {"make": at(table, "uuid", "uuid"), "inside": {"office"}, "sibling": {"office"}}
SHARED = {"sibling": set(READERS)}  # one assessment system for the whole ground
RULES = {
    "standards:standards": Rule(*READERS),
    "standards:standard-new": Rule("office"),
    "standards:samples": Rule("office"),
    "standards:version": Rule(*READERS, make=VERSION, **SHARED),
    "standards:excel": Rule(*READERS, make=VERSION, **SHARED),
    "standards:yaml": Rule(*READERS, make=VERSION, **SHARED),
    "standards:compare": Rule(*READERS, make=VERSION, **SHARED),
    "standards:compare-excel": Rule(*READERS, make=VERSION, **SHARED),
    "standards:tryout": Rule(*READERS, make=VERSION, **SHARED),
    "standards:official": Rule(*READERS, make=VERSION, **SHARED),
    "standards:official-excel": Rule(*READERS, make=VERSION, **SHARED),
    "standards:sheets": Rule(*READERS, make=VERSION, **SHARED),
    "standards:settings": Rule("office", make=DRAFT),
    "standards:import-yaml": Rule("office", make=DRAFT),
    "standards:table-new": Rule("office", make=DRAFT),
    "standards:table-columns": Rule("office", **TABLE),
    "standards:table": Rule("office", **TABLE),
    "standards:publish": Rule("office", make=DRAFT, method="POST"),
    "standards:new-draft": Rule("office", make=VERSION),
    "standards:discard": Rule("office", make=DRAFT, method="POST"),
    "standards:tree": Rule("office", make=DRAFT, method="POST"),
    "standards:line": Rule("office", make=DRAFT),
    "standards:findings": Rule("office", make=DRAFT),
    "standards:indicator-new": Rule("office", make=DRAFT),
    "standards:indicator-edit": Rule("office", make=INDICATOR),
    "standards:criterion-new": Rule("office", make=below_indicator),
    "standards:criterion-edit": Rule("office", make=CRITERION),
    "standards:rules": Rule("office", make=DRAFT),
    "standards:rule-take": Rule("office", make=CRITERION, method="POST"),
}
