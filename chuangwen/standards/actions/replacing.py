"""The whole tree of a draft written at once, from a file."""

from typing import Any

from django.db import transaction

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Person
from chuangwen.places.models import PlaceType
from chuangwen.standards.drafts import lock_draft
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.spec import Spec, shape_faults, types_in, write_tree


@transaction.atomic
def replace_tree(*, actor: Person, version: StandardVersion, spec: Spec) -> None:
    """Put a spec's tree and options in the place of the draft's; what the rulebook minds is said at publishing."""
    lock_draft(version)
    _refuse_unusable(version, spec)
    write_tree(version, spec)
    record("standards.tree_replaced", actor=actor, targets=[version], data={"criteria": version.criteria.count()})


def _refuse_unusable(version: StandardVersion, spec: Any) -> None:
    """Refuse what cannot be kept as rows: a broken shape, keys twice, too deep, place types nobody has entered."""
    if faults := shape_faults(spec):
        raise Refused(f"这份文件读不进来：{'；'.join(faults[:5])}。请改好再导入。")
    known = set(PlaceType.objects.filter(tenant_id=version.tenant_id).values_list("code", flat=True))
    if lost := sorted(types_in(spec) - known):
        raise Refused(f"点位类型里没有这些编码：{'、'.join(lost[:10])}。请先建好点位类型，再导入。")
