"""A published version made from a spec in one go, with the rows publishing would have left."""

from datetime import date

from django.utils import timezone

from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Jurisdiction
from chuangwen.standards.models import Standard, StandardVersion
from chuangwen.standards.spec import write_tree
from rulebook.scoring import content_hash


def publish_spec(jurisdiction: Jurisdiction, spec: dict) -> StandardVersion:
    """A published version with the rows of a rulebook spec, without the checks publishing makes (benches: any size)."""
    standard = Standard.objects.create(
        tenant=jurisdiction.tenant, jurisdiction=jurisdiction, code=spec["key"], name=spec["title"]
    )
    version = StandardVersion.objects.create(tenant=jurisdiction.tenant, standard=standard, number=1, label="2026版")
    write_tree(version, spec)
    StandardVersion.objects.filter(pk=version.pk).update(
        state=StandardVersion.State.PUBLISHED,
        spec=spec,
        spec_hash=content_hash(spec),
        published_at=timezone.now(),
    )
    version.refresh_from_db()
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
