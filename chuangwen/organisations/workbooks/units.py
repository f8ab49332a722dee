"""Excel of units and regions: columns, checks, writing (docs/formats/units.md, regions.md)."""

from dataclasses import dataclass
from functools import partial

from django.http import QueryDict

from chuangwen.base.exports import ExportSpec
from chuangwen.base.ids import key_of
from chuangwen.base.imports import Directory, ImportSpec, RowCheck
from chuangwen.base.workbooks import Column
from chuangwen.organisations.models import Organisation, Person, Region, Role, TreeNode
from chuangwen.organisations.queries import own_jurisdiction, scope_of, units, visible_regions
from chuangwen.organisations.trees import restate
from chuangwen.organisations.workbooks import trees
from chuangwen.organisations.workbooks.trees import TreeKind

UNIT_COLUMNS = (
    Column("code", "编码", help="每个单位一个，不重复，定了就不改；更新时按它认", required=True, unique=True,
           width=16, aliases=("单位编码", "代码")),
    Column("name", "名称", help="单位的全称", required=True, width=32, aliases=("单位名称", "单位")),
    Column("short_name", "简称", help="页面上用的短名，如 县城管局", width=18),
    Column("parent", "上级单位编码", lambda unit: unit.parent.code if unit.parent else None,
           "上级的编码，可以就在这张表里，先后不论；不填就放在本辖区最上一级下面",
           width=18, aliases=("上级编码", "上级单位")),
    Column("kind", "类别", help="如 局、公司、收费站、街道、社区", width=12),
    Column("region", "区域", lambda unit: unit.region.name if unit.region else None, "区域的编码或全名", width=20,
           aliases=("所在区域",)),
)  # fmt: skip
REGION_COLUMNS = (
    Column("code", "编码", help="每个区域一个，不重复；更新时按它认", required=True, unique=True, width=16,
           aliases=("区域编码",)),
    Column("name", "名称", help="如 城关街道、东门社区", required=True, width=28, aliases=("区域名称", "区域")),
    Column("parent", "上级区域编码", lambda region: region.parent.code if region.parent else None,
           "上级的编码，可以就在这张表里，先后不论；不填就放在最上一级下面", width=18,
           aliases=("上级编码", "上级区域")),
    Column("kind", "类别", help="如 街道、社区、乡镇、村", width=12),
)  # fmt: skip


@dataclass(frozen=True)
class _Regions:
    directory: Directory
    names: dict[int, str]


def _regions(person: Person) -> _Regions:
    rows = list(
        visible_regions(person).filter(archived_at__isnull=True).order_by("id").values_list("pk", "code", "name")
    )
    directory = Directory([(pk, code, [name]) for pk, code, name in rows], called="区域目录")
    return _Regions(directory, {pk: name for pk, _code, name in rows})


def _read_unit(reading: RowCheck, regions: _Regions) -> None:
    reading.text("short_name", longest=40)
    reading.text("kind", longest=20)
    reading.pick("region", regions.directory, "region_id")


def _top_unit(person: Person) -> TreeNode | None:
    ground = own_jurisdiction(person)
    return ground.root if ground else None


def _top_region(person: Person) -> TreeNode | None:
    ground = own_jurisdiction(person)
    return ground.region if ground else None


def _governs_region(person: Person, region: TreeNode) -> bool:
    scope = scope_of(person)
    return scope.all_regions or any(start <= region.path < end for start, end in scope.office_regions)


UNIT_TREE = TreeKind(
    model=Organisation,
    columns=UNIT_COLUMNS,
    fields=("name", "short_name", "kind", "region_id"),
    governs=lambda person, unit: scope_of(person).governs_unit(unit.path),
    top=_top_unit,
    read=_read_unit,
    extra=_regions,
    restate=lambda nodes: restate(nodes, trees.today()),
    owned=("organisations.organisationstate",),
)
REGION_TREE = TreeKind(
    model=Region,
    columns=REGION_COLUMNS,
    fields=("name", "kind"),
    governs=_governs_region,
    top=_top_region,
    read=lambda reading, _none: reading.text("kind", longest=20),
    extra=lambda person: None,
)


def is_office(person: Person) -> bool:
    return Role.OFFICE in scope_of(person).roles


UNITS = ImportSpec(
    kind="units",
    title="单位",
    measure="个",
    model=Organisation,
    event="organisations.units_imported",
    columns=UNIT_COLUMNS,
    permission=is_office,
    check=partial(trees.check, UNIT_TREE),
    apply=partial(trees.apply, UNIT_TREE),
    undo=partial(trees.undo, UNIT_TREE),
    list_url="organisations:units",
    examples=(
        {"code": "0102", "name": "示例县城市管理局", "short_name": "县城管局", "parent": "01", "kind": "局"},
        {"code": "010201", "name": "示例县环境卫生所", "short_name": "环卫所", "parent": "0102", "kind": "所"},
    ),
    notes=("名称或上级有变动的，从导入那天起算，原来的留在曾用名里。",),
    lists=lambda person: {"区域": list(_regions(person).names.values())},
)
REGIONS = ImportSpec(
    kind="regions",
    title="区域",
    measure="个",
    model=Region,
    event="organisations.regions_imported",
    columns=REGION_COLUMNS,
    permission=is_office,
    check=partial(trees.check, REGION_TREE),
    apply=partial(trees.apply, REGION_TREE),
    undo=partial(trees.undo, REGION_TREE),
    list_url="organisations:regions",
    examples=(
        {"code": "Q0101", "name": "城关街道", "parent": "Q01", "kind": "街道"},
        {"code": "Q010101", "name": "东门社区", "parent": "Q0101", "kind": "社区"},
    ),
)


def unit_words(person: Person, query: QueryDict) -> str:
    """The list's filter in words, for the export's last sheet."""
    parts = [f"查找“{query['q']}”"] if query.get("q") else []
    parts += [f"类别 {query['kind']}"] if query.get("kind") else []
    region = visible_regions(person).filter(pk=key_of(query.get("region"))).first()
    parts += [f"区域 {region.name}"] if region else []
    return "，".join([*parts, "已撤销"] if query.get("archived") == "1" else parts)


UNITS_EXPORT = ExportSpec(
    kind="units",
    title="单位",
    columns=UNIT_COLUMNS,
    rows=lambda person, query: units.asked_for(person, query).order_by("path"),
    permission=lambda person: bool(scope_of(person).roles & {Role.OFFICE, Role.CONTACT, Role.LEADER}),
    words=unit_words,
)
REGIONS_EXPORT = ExportSpec(
    kind="regions",
    title="区域",
    columns=REGION_COLUMNS,
    rows=lambda person, query: units.find_regions(
        person, text=query.get("q", "").strip(), archived=query.get("archived") == "1"
    ).order_by("path"),
    permission=is_office,
)
