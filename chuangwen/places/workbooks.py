"""Excel of places and place types: columns, checks, writing (docs/formats/places.md)."""

from typing import Any

from chuangwen.base import imports
from chuangwen.base.exports import ExportSpec
from chuangwen.base.ids import key_of
from chuangwen.base.imports import Applied, Checked, Directory, ImportSpec, Row, RowCheck, Undoing
from chuangwen.base.workbooks import Column
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import visible_units
from chuangwen.places import queries
from chuangwen.places.models import Place, PlaceType

MILLION = 1_000_000
NOT_YOURS = "编码 {code} 已给了别的单位的点位，不归本办管。请换一个编码。"
ARCHIVED = "编码 {code} 是已停用的{what}。编码不重复使用，请换一个；或先在页面上恢复使用。"


def _degrees(value: int | None) -> float | None:
    return None if value is None else value / MILLION


COLUMNS = (
    Column("code", "编码", help="每处一个，不重复，定了就不改；更新时按它认", required=True, unique=True, width=16,
           aliases=("点位编码", "代码")),
    Column("name", "名称", help="点位的全称", required=True, width=30, aliases=("点位名称", "点位")),
    Column("type", "类型", lambda place: place.type.name, "点位类型的名称或编码，要先建好", True, width=18,
           aliases=("点位类型",)),
    Column("region", "区域", lambda place: place.region.name if place.region else None, "区域的编码或全名",
           width=22, aliases=("所在区域",)),
    Column("owner", "责任单位", lambda place: place.owner.name, "单位的编码、全名或简称", True, width=28,
           aliases=("单位", "所属单位")),
    Column("address", "地址", help="门牌或起止点", width=36),
    Column("longitude", "经度", lambda place: _degrees(place.longitude_e6),
           "WGS-84：手机定位、天地图的直接填；高德、腾讯、百度的先换算。最多 6 位小数", width=14),
    Column("latitude", "纬度", lambda place: _degrees(place.latitude_e6), "与经度都填或都空", width=14),
)  # fmt: skip
KEY_OF = {
    "type_id": "type",
    "region_id": "region",
    "owner_id": "owner",
    "longitude_e6": "longitude",
    "latitude_e6": "latitude",
}
TYPE_COLUMNS = (
    Column("code", "编码", help="每类一个，不重复；更新时按它认", required=True, unique=True, width=16),
    Column(
        "name", "名称", help="如 主次干道、农贸市场", required=True, unique=True, width=24, aliases=("类型", "类型名称")
    ),
)


class _Registers:
    """What a file of places is checked against: five queries, whatever its length."""

    def __init__(self, rows: list[Row], person: Person) -> None:
        codes = [row.cells.get("code", "") for row in rows]
        self.places = imports.existing(Place.objects.filter(tenant_id=person.tenant_id), "code", codes)
        keys = [place.pk for place in self.places.values()]
        governed = queries.governed_by(person).select_related(None).values_list("pk", flat=True)
        self.governed = set(governed.filter(pk__in=keys) if len(keys) <= imports.IN_AT_MOST else governed)
        types = list(queries.open_types(person).values_list("pk", "code", "name"))
        units = list(queries.open_units(person).values_list("pk", "code", "name", "short_name"))
        regions = list(queries.open_regions(person).values_list("pk", "code", "name"))
        self.types = Directory([(pk, code, [name]) for pk, code, name in types], called="点位类型")
        self.units = Directory([(pk, code, {name, short}) for pk, code, name, short in units], called="单位目录")
        self.regions = Directory([(pk, code, [name]) for pk, code, name in regions], called="区域目录")
        self.names = {
            "type_id": {pk: name for pk, _, name in types},
            "owner_id": {pk: name for pk, _, name, _ in units},
            "region_id": {pk: name for pk, _, name in regions},
        }

    def shown(self, field: str, value: Any) -> tuple[str, str]:
        """(column key, today's text) of a changed field, for the preview."""
        if field in self.names:
            text = self.names[field].get(value, "") if value else ""
        elif field.endswith("_e6"):
            text = "" if value is None else f"{value / MILLION:.6f}"
        else:
            text = value or ""
        return KEY_OF.get(field, field), text


def check_places(rows: list[Row], context: dict[str, Any], person: Person) -> list[Checked]:
    """Every row of a file against the registers."""
    registers = _Registers(rows, person)
    return [_check_place(row, registers) for row in rows]


def _check_place(row: Row, registers: _Registers) -> Checked:
    code = row.cells.get("code", "")
    place = registers.places.get(code)
    check = RowCheck(row, COLUMNS, is_new=place is None)
    check.text("code", longest=40)
    if place and place.pk not in registers.governed:
        check.bad("code", NOT_YOURS.format(code=code))
    elif place and place.archived_at:
        check.bad("code", ARCHIVED.format(code=code, what="点位"))
    check.text("name", longest=100)
    check.pick("type", registers.types, "type_id")
    check.pick("region", registers.regions, "region_id")
    check.pick("owner", registers.units, "owner_id")
    check.text("address", longest=200)
    check.number("longitude", "longitude_e6", low=-180, high=180, scale=6)
    check.number("latitude", "latitude_e6", low=-90, high=90, scale=6)
    today = {field: getattr(place, field) for field in check.values} if place else None
    _both_coordinates(check, place)
    return check.finish(today, object_id=place.pk if place else None, shown=registers.shown)


def _both_coordinates(check: RowCheck, place: Place | None) -> None:
    """Longitude and latitude are there together or not at all."""
    after = {name: check.values.get(name, getattr(place, name, None)) for name in ("longitude_e6", "latitude_e6")}
    if not check.errors and (after["longitude_e6"] is None) != (after["latitude_e6"] is None):
        lost = "longitude" if after["longitude_e6"] is None else "latitude"
        check.bad(lost, "经度和纬度要么都填，要么都空着。")


def apply_places(checked: list[Checked], context: dict[str, Any], person: Person) -> list[Applied]:
    return imports.save_plain(Place, checked, fixed={"tenant_id": person.tenant_id})


def undo_places(rows: list[Undoing], person: Person) -> dict[int, str]:
    return imports.undo_plain(Place, rows)


def _lists(person: Person) -> dict[str, list[str]]:
    return {
        "类型": list(queries.open_types(person).values_list("name", flat=True)),
        "责任单位": list(queries.open_units(person).values_list("name", flat=True)),
        "区域": list(queries.open_regions(person).values_list("name", flat=True)),
    }


def check_types(rows: list[Row], context: dict[str, Any], person: Person) -> list[Checked]:
    """Every row of a file of types; a name another type already has is named with that type's code."""
    known = {kind.code: kind for kind in queries.visible_types(person)}
    by_name = {kind.name: kind for kind in known.values()}
    found = []
    for row in rows:
        kind = known.get(row.cells.get("code", ""))
        check = RowCheck(row, TYPE_COLUMNS, is_new=kind is None)
        check.text("code", longest=40)
        check.text("name", longest=60)
        other = by_name.get(row.cells.get("name", ""))
        if kind and kind.archived_at:
            check.bad("code", ARCHIVED.format(code=kind.code, what="类型"))
        elif other and other != kind:
            check.bad("name", f"编码 {other.code} 的类型已叫“{other.name}”。同一类就用那个编码，不同就改名。")
        today = {field: getattr(kind, field) for field in check.values} if kind else None
        found.append(check.finish(today, object_id=kind.pk if kind else None))
    return found


def apply_types(checked: list[Checked], context: dict[str, Any], person: Person) -> list[Applied]:
    return imports.save_plain(PlaceType, checked, fixed={"tenant_id": person.tenant_id})


def undo_types(rows: list[Undoing], person: Person) -> dict[int, str]:
    return imports.undo_plain(PlaceType, rows)


PLACES = ImportSpec(
    kind="places",
    title="点位",
    measure="处",
    model=Place,
    event="places.places_imported",
    columns=COLUMNS,
    permission=queries.may_edit,
    check=check_places,
    apply=apply_places,
    undo=undo_places,
    list_url="places:places",
    examples=(
        {
            "code": "D001",
            "name": "人民路",
            "type": "主次干道",
            "owner": "示例县城管局",
            "address": "东起和平路，西至建设路",
        },
        {
            "code": "J003",
            "name": "城东农贸市场",
            "type": "农贸市场",
            "owner": "示例县市场监管局",
            "longitude": "114.123456",
            "latitude": "30.654321",
        },
    ),
    notes=("类型要先建好：在“点位类型”页上添，或先导入点位类型。",),
    lists=_lists,
)
TYPES = ImportSpec(
    kind="place-types",
    title="点位类型",
    measure="类",
    model=PlaceType,
    event="places.types_imported",
    columns=TYPE_COLUMNS,
    permission=queries.may_edit,
    check=check_types,
    apply=apply_types,
    undo=undo_types,
    list_url="places:types",
    examples=({"code": "road", "name": "主次干道"}, {"code": "market", "name": "农贸市场"}),
)


def words(person: Person, query: Any) -> str:
    """The list's filter in words, for the export's last sheet."""
    parts = [f"查找“{query['q']}”"] if query.get("q") else []
    if kind := queries.visible_types(person).filter(pk=key_of(query.get("type"))).first():
        parts.append(f"类型 {kind.name}")
    if owner := visible_units(person).filter(pk=key_of(query.get("owner"))).first():
        parts.append(f"{owner.name}及以下")
    if query.get("archived") == "1":
        parts.append("已停用")
    return "，".join(parts)


PLACES_EXPORT = ExportSpec(
    kind="places",
    title="点位",
    columns=COLUMNS,
    rows=lambda person, query: queries.listed(person, query).order_by("code"),
    permission=queries.may_read,
    words=words,
)
TYPES_EXPORT = ExportSpec(
    kind="place-types",
    title="点位类型",
    columns=TYPE_COLUMNS,
    rows=lambda person, query: queries.open_types(person),
    permission=queries.may_read,
)
