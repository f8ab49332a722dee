"""C1: a draft is checked, frozen, superseded."""

from uuid import uuid4

import pytest
from django.db import transaction

from chuangwen.base.errors import Refused
from chuangwen.base.models import Event
from chuangwen.standards import actions
from chuangwen.standards.checking import faults_of
from chuangwen.standards.models import Criterion, Frozen, Indicator, StandardVersion
from chuangwen.standards.spec import spec_of
from rulebook.scoring import KINDS, LABELS, compile_standard, content_hash
from tests.factories.places import make_type
from tests.factories.standards import add_criterion, add_indicator, draft_standard, filled_draft, published_standard


def test_publishing_keeps_what_the_rulebook_compiles(world):
    version = published_standard(world.jurisdiction, [make_type(world.tenant)])
    kept = StandardVersion.objects.get(pk=version.pk)
    assert kept.spec == spec_of(kept)
    assert kept.spec_hash == content_hash(kept.spec) == compile_standard(kept.spec).content_hash
    assert (kept.state, kept.published_at is None) == ("published", False)
    assert Event.objects.filter(name="standards.version_published").count() == 1


def test_publishing_again_answers_the_same(world):
    version = published_standard(world.jurisdiction)
    again = actions.publish(actor=world.office, version=StandardVersion.objects.get(pk=version.pk))
    assert (again.spec_hash, again.published_at) == (version.spec_hash, version.published_at)
    assert Event.objects.filter(name="standards.version_published").count() == 1


def test_every_fault_is_said_at_its_criterion_and_nothing_is_published(world):
    version = draft_standard(world.jurisdiction)
    indicator = add_indicator(version, points="2")
    bad = add_criterion(indicator, text="", rules=[{"kind": "per_occurrence"}])
    wrong = add_criterion(indicator, rules=[{"kind": "guess"}])
    assert [(fault.key, fault.message) for fault in faults_of(version)] == [
        (bad.key, "内容没有填"),
        (bad.key, "缺少“每处扣”"),
        (
            wrong.key,
            f"“规则”只能填{'、'.join(LABELS[kind] for kind in KINDS)}，现在是“guess”",
        ),
    ]
    with pytest.raises(Refused, match="还有 3 处要改，没有发布"):
        actions.publish(actor=world.office, version=version)
    assert StandardVersion.objects.get(pk=version.pk).state == "draft"


def test_points_and_rules_that_are_still_open_are_said_in_words(world):
    indicator = add_indicator(draft_standard(world.jurisdiction), points="3")
    blank = add_criterion(indicator, points="", rules=[{}])
    parts = add_criterion(indicator, text="有计划", points="2", rules=[{"items": ["有计划", "有制度"]}])
    assert [(fault.key, fault.message) for fault in faults_of(indicator.version)] == [
        (blank.key, "分值没有填"),
        (blank.key, "规则还没有定"),
        (parts.key, "规则还没有定"),
    ]


def test_points_that_do_not_add_up_are_refused(world):
    version = draft_standard(world.jurisdiction)
    indicator = add_indicator(version, points="3")
    add_criterion(indicator, points="2")
    assert [fault.message for fault in faults_of(version)] == [
        "本级分值 3.00 与下级合计 2.00 不符；要折算的，请给下级填权重"
    ]


def test_an_archived_place_type_is_refused(world):
    kind = make_type(world.tenant, "书报亭")
    version = filled_draft(world.jurisdiction, [kind])
    type(kind).objects.filter(pk=kind.pk).update(archived_at="2026-01-01T00:00Z")
    assert [fault.message for fault in faults_of(version)] == ["点位类型“书报亭”已停用，请换一个"] * 6


def test_an_empty_draft_is_refused(world):
    with pytest.raises(Refused, match="还没有指标"):
        actions.publish(actor=world.office, version=draft_standard(world.jurisdiction))


def test_a_new_version_supersedes_the_one_before(world):
    first = published_standard(world.jurisdiction)
    draft = actions.new_draft_from(actor=world.office, client_id=uuid4(), version=first)
    actions.publish(actor=world.office, version=draft)
    rows = StandardVersion.objects.order_by("number").values_list("number", "state")
    assert list(rows) == [(1, "superseded"), (2, "published")]


CHANGES = {
    "label": lambda version: StandardVersion.objects.filter(pk=version.pk).update(label="改"),
    "spec": lambda version: changed(version, spec={}),
    "options": lambda version: changed(version, options={"digits": 3}),
    "delete": lambda version: version.delete(),
    "delete in bulk": lambda version: StandardVersion.objects.all().delete(),
    "criterion": lambda version: changed(version.criteria.first(), points="9"),
    "criteria in bulk": lambda version: Criterion.objects.update(points="9"),
    "criterion gone": lambda version: version.criteria.first().delete(),
    "criteria gone": lambda version: version.criteria.all().delete(),
    "indicator": lambda version: changed(version.indicators.first(), name="改"),
    "indicator gone": lambda version: version.indicators.first().delete(),
    "indicator new": lambda version: Indicator.objects.create(version=version, key="x", name="x"),
    "indicators new": lambda version: Indicator.objects.bulk_create([Indicator(version=version, key="x", name="x")]),
}


def changed(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_published_never_changes(world, change):
    version = published_standard(world.jurisdiction)
    before = version.spec
    with pytest.raises(Frozen), transaction.atomic():
        CHANGES[change](version)
    kept = StandardVersion.objects.get(pk=version.pk)
    assert (spec_of(kept), kept.spec, kept.label, kept.options) == (before, before, version.label, {})
