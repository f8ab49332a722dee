"""A published version made from a spec in one go, with the rows publishing would have left."""

from datetime import date

from django.utils import timezone

from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Jurisdiction
from chuangwen.places.models import PlaceType
from chuangwen.standards.models import Criterion, Indicator, Standard, StandardVersion
from rulebook.scoring import content_hash


def publish_spec(jurisdiction: Jurisdiction, spec: dict) -> StandardVersion:
    """Standard, version, indicators and criteria of a rulebook spec (nodes one level deep)."""
    standard = Standard.objects.create(
        tenant=jurisdiction.tenant, jurisdiction=jurisdiction, code=spec["key"], name=spec["title"]
    )
    version = StandardVersion.objects.create(
        tenant=jurisdiction.tenant,
        standard=standard,
        number=1,
        label="2026版",
        state=StandardVersion.State.PUBLISHED,
        spec=spec,
        spec_hash=content_hash(spec),
        published_at=timezone.now(),
    )
    types = {row.code: row for row in PlaceType.objects.filter(tenant=jurisdiction.tenant)}
    position = 0
    for node in spec["nodes"]:
        indicator = Indicator.objects.create(version=version, key=node["key"], name=node["name"], position=position)
        for row in node["criteria"]:
            position += 1
            criterion = Criterion.objects.create(
                version=version,
                indicator=indicator,
                key=row["key"],
                text=row["text"],
                points=row["points"],
                rules=[row["rule"]],
                position=position,
            )
            criterion.place_types.set(types[code] for code in row.get("place_types", ()))
    return version


def small_spec(*codes: str) -> dict:
    """Two indicators, three criteria, 10 points; the last criterion is for the first type only."""
    return {
        "key": "small",
        "title": "小体系",
        "digits": 2,
        "place_types": {code: code for code in codes},
        "nodes": [
            {
                "key": "env",
                "name": "公共环境",
                "criteria": [
                    {
                        "key": "litter",
                        "text": "无烟头、纸屑",
                        "points": "5.00",
                        "rule": {"kind": "per_occurrence", "each": "0.50", "cell": "place", "combiner": "mean"},
                    },
                    {"key": "signs", "text": "标识完好", "points": "3.00", "rule": {"kind": "pass_rate"}},
                ],
            },
            {
                "key": "service",
                "name": "窗口服务",
                "criteria": [
                    {
                        "key": "queue",
                        "text": "有序排队",
                        "points": "2.00",
                        "place_types": [codes[0]],
                        "rule": {"kind": "pass_rate"},
                    }
                ],
            },
        ],
    }


def make_round(version: StandardVersion, *, name: str = "第1轮督导", state: str = Round.State.OPEN) -> Round:
    return Round.objects.create(
        tenant=version.tenant,
        jurisdiction=version.standard.jurisdiction,
        name=name,
        kind=Round.Kind.SUPERVISION,
        version=version,
        starts_on=date(2026, 3, 17),
        ends_on=date(2026, 3, 24),
        state=state,
    )
