"""Excel of people: one row is an account with one post; a blank account makes a new one (docs/formats/people.md)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from chuangwen.base import imports
from chuangwen.base.errors import Refused
from chuangwen.base.exports import ExportSpec
from chuangwen.base.imports import Applied, Checked, Directory, ImportSpec, Row, RowCheck, Undoing
from chuangwen.base.imports.spec import Outcome
from chuangwen.base.workbooks import Column
from chuangwen.organisations.models import Membership, Organisation, Person, Role
from chuangwen.organisations.permissions import MIXED, mixes, refuse_role
from chuangwen.organisations.queries import (
    LIST_ORDER,
    accounts,
    by_unit,
    grantable_roles,
    managed_people,
    phone_for,
    scope_of,
    staffable_regions,
    staffable_units,
)
from chuangwen.organisations.workbooks.trees import write

COLUMNS = (
    Column("name", "姓名", help="本人姓名", required=True, width=12),
    Column("username", "账号", help="不填就是新设，用单位编码加序号；填已有的账号就是更新", unique=True, width=18),
    Column("phone", "电话", help="手机或座机", width=18, aliases=("手机", "联系电话")),
    Column("unit", "单位", help="单位的编码、全名或简称", required=True, width=28, aliases=("所在单位", "责任单位")),
    Column("role", "角色", help="联络员、包片领导、测评员、行风监督员、创建办", required=True, width=14),
    Column("region", "区域", help="联络员填了区域，还能看到这个区域里的点位", width=18),
    Column("title", "职务", help="如 办公室主任", width=16),
    Column("valid_from", "起始日期", help="任期从哪天起，不填就从导入那天起", width=14),
)
POST = ("region_id", "title", "valid_from")
KEY_OF = {"region_id": "region"}
ACCOUNT_LENGTH = 60


@dataclass
class _Register:
    """What a file of people is checked against."""

    person: Person
    people: dict[str, Person]
    managed: set[int]
    posts: dict[int, list[Membership]]
    units: Directory
    unit_rows: dict[int, Organisation]
    regions: Directory
    region_names: dict[int, str]
    roles: dict[str, str]
    namesakes: dict[tuple[str, int, str], str]
    refusals: dict[tuple[int, str], str] = field(default_factory=dict)


def _register(rows: list[Row], person: Person) -> _Register:
    names = {row.cells.get("username", "").lower() for row in rows} - {""}
    people = imports.existing(Person.objects.all(), "username", names)
    units = {unit.pk: unit for unit in staffable_units(person)}
    regions = list(staffable_regions(person).values_list("pk", "code", "name"))
    today = timezone.localdate()
    held = Membership.objects.filter(tenant_id=person.tenant_id).exclude(valid_to__lt=today).select_related("person")
    posts: dict[int, list[Membership]] = {}
    namesakes = {}
    for post in held.order_by("id"):
        posts.setdefault(post.person_id, []).append(post)
        namesakes[post.person.name, post.organisation_id, post.role] = post.person.username
    return _Register(
        person=person,
        people=people,
        managed=set(managed_people(person).values_list("pk", flat=True)),
        posts=posts,
        units=Directory([(u.pk, u.code, {u.name, u.short_name}) for u in units.values()], called="单位目录"),
        unit_rows=units,
        regions=Directory([(pk, code, [name]) for pk, code, name in regions], called="区域目录"),
        region_names={pk: name for pk, _code, name in regions},
        roles={str(role.label): role.value for role in grantable_roles(person)},
        namesakes=namesakes,
    )


def check_people(rows: list[Row], context: dict[str, Any], person: Person) -> list[Checked]:
    """Every row against the registers: nine queries and one per different (unit, role), whatever the length."""
    register = _register(rows, person)
    return [_check(row, register) for row in rows]


def _check(row: Row, register: _Register) -> Checked:
    username = row.cells.get("username", "").lower()
    found = register.people.get(username)
    reading = RowCheck(row, COLUMNS, is_new=found is None)
    _check_account(reading, username, found, register)
    reading.text("name", longest=40)
    reading.text("phone", longest=30)
    reading.pick("unit", register.units, "organisation_id")
    reading.one_of("role", register.roles)
    reading.pick("region", register.regions, "region_id")
    reading.text("title", longest=40)
    reading.date("valid_from")
    _check_post(reading, found, register)
    if found is None:
        return reading.finish()
    post = _post_of(reading, found, register)
    checked = reading.finish(_today(found, post), object_id=found.pk, shown=_shown(register))
    checked.values["post"] = post.pk if post else None
    return checked


def _check_account(reading: RowCheck, username: str, found: Person | None, register: _Register) -> None:
    if found and found.pk not in register.managed:
        reading.bad("username", f"账号 {username} 不归本办管。请换一个账号，或找系统管理员。")
    elif found and not found.is_active:
        reading.bad("username", f"账号 {username} 已停用。请先在人员页恢复，或换一个账号。")
    elif (username and len(username) < 2) or any(sign.isspace() for sign in username):
        reading.bad("username", "账号至少 2 个字，中间不能有空格。", "".join(username.split()))
    elif len(username) > ACCOUNT_LENGTH:
        reading.bad("username", f"账号有 {len(username)} 个字，最多 {ACCOUNT_LENGTH} 个。请改短。")
    elif username:
        reading.values["username"] = username


def _check_post(reading: RowCheck, found: Person | None, register: _Register) -> None:
    """May this person give this role at this unit, and is a row without an account really somebody new?"""
    unit, role = reading.values.get("organisation_id"), reading.values.get("role")
    if found and bool(unit) != bool(role) and not reading.errors:
        reading.bad("unit" if role else "role", "单位和角色要一起填，或都不填。")
    if not unit or not role or "username" in reading.errors:
        return
    key = (unit, role)
    if key not in register.refusals:
        register.refusals[key] = _refusal(register, unit, role)
    if register.refusals[key]:
        reading.bad("role", register.refusals[key])
    same = register.namesakes.get((reading.cell("name"), unit, role))
    if found is None and not reading.cell("username") and same:
        reading.bad("username", f"这个单位已有同名的人，账号 {same}。是同一人就填这个账号，不是就另填一个。", same)
    if found and mixes({post.role for post in register.posts.get(found.pk, [])}, role):
        reading.bad("role", MIXED)
    if found and found.pk == register.person.pk and not _post_of(reading, found, register):
        reading.bad("role", "不能给自己设角色。请另一位管理的人来设。")


def _refusal(register: _Register, unit: int, role: str) -> str:
    try:
        refuse_role(actor=register.person, unit=register.unit_rows[unit], role=role, region=None)
    except Refused as refused:
        return refused.message
    return ""


def _post_of(reading: RowCheck, found: Person, register: _Register) -> Membership | None:
    """The post a row speaks of: the one named, or the only one when none is named."""
    posts = register.posts.get(found.pk, [])
    unit, role = reading.values.get("organisation_id"), reading.values.get("role")
    if unit:
        return next((post for post in posts if (post.organisation_id, post.role) == (unit, role)), None)
    return posts[0] if len(posts) == 1 else None


def _today(found: Person, post: Membership | None) -> dict[str, Any]:
    values: dict[str, Any] = {"username": found.username, "name": found.name, "phone": found.phone}
    for name in ("organisation_id", "role", *POST):
        values[name] = getattr(post, name) if post else None
    return values


def _shown(register: _Register) -> Any:
    def shown(name: str, value: Any) -> tuple[str, str]:
        if name == "organisation_id":
            return "unit", register.unit_rows[value].name if value in register.unit_rows else "没有这个任职"
        if name == "role":
            return "role", str(Role(value).label) if value else "没有这个任职"
        if name == "region_id":
            return "region", register.region_names.get(value, "")
        return name, str(value or "")

    return shown


def apply_people(checked: list[Checked], context: dict[str, Any], person: Person) -> list[Applied]:
    """New accounts without a password, and their posts, in bulk."""
    new = [row for row in checked if row.outcome == Outcome.NEW]
    changed = [row for row in checked if row.outcome == Outcome.UPDATE]
    units = {unit.pk: unit for unit in staffable_units(person)}
    taken = {row.values["username"] for row in new if row.values.get("username")}
    made = []
    for row in new:
        username = row.values.get("username") or accounts.next_username(units[row.values["organisation_id"]], taken)
        taken.add(username)
        one = Person(
            tenant_id=person.tenant_id, username=username, name=row.values["name"], phone=row.values.get("phone") or ""
        )
        one.set_unusable_password()
        made.append(one)
    made = Person.objects.bulk_create(made)
    Membership.objects.bulk_create([_new_post(one, row) for one, row in zip(made, new, strict=True)])
    applied = [Applied(row.number, one.pk, {"made": True}) for row, one in zip(new, made, strict=True)]
    return applied + _update(changed)


def _new_post(person: Person, row: Checked) -> Membership:
    return Membership(
        tenant_id=person.tenant_id,
        person=person,
        organisation_id=row.values["organisation_id"],
        role=row.values["role"],
        region_id=row.values.get("region_id"),
        title=row.values.get("title") or "",
        valid_from=row.values.get("valid_from") or timezone.localdate(),
    )


def _update(changed: list[Checked]) -> list[Applied]:
    people = Person.objects.in_bulk([row.object_id for row in changed])
    posts = Membership.objects.in_bulk([row.values["post"] for row in changed if row.values["post"]])
    applied = []
    for row in changed:
        one, post = people[row.object_id], posts.get(row.values["post"])
        before: dict[str, Any] = {"name": one.name, "phone": one.phone}
        one.name, one.phone = row.values.get("name", one.name), row.values.get("phone", one.phone)
        if post:
            before["post"] = {"id": post.pk, **_of_post(post)}
            for name in set(row.values) & set(POST):
                setattr(post, name, row.values[name])
            before["post_now"] = _of_post(post)
        elif "organisation_id" in row.values:
            added = _new_post(one, row)
            added.save()
            before["added"] = added.pk
        applied.append(Applied(row.number, one.pk, {**before, "now": [one.name, one.phone]}))
    write(list(people.values()), ["name", "phone"])
    write(list(posts.values()), list(POST))
    return applied


def _of_post(post: Membership) -> dict[str, Any]:
    return {"region_id": post.region_id, "title": post.title, "valid_from": post.valid_from.isoformat()}


def undo_people(rows: list[Undoing], person: Person) -> dict[int, str]:
    """Accounts nobody has used go with their posts; changed ones get their former values and posts back."""
    people = Person.objects.in_bulk([row.object_id for row in rows])
    used = imports.uses_of(Person, list(people), without=("organisations.membership",))
    ids = {
        row.pk: row.person_id
        for row in Membership.objects.filter(person_id__in=[r.object_id for r in rows if r.is_new])
    }
    for post, why in imports.uses_of(Membership, list(ids)).items():
        used.setdefault(ids[post], why)
    stay: dict[int, str] = {}
    for row in rows:
        one = people.get(row.object_id)
        if one is None:
            continue
        if row.is_new:
            why = "本人已激活，要留着。停用请到人员页。" if one.has_usable_password() else used.get(one.pk, "")
        else:
            why = _give_back(one, row.before or {})
        if why:
            stay[row.number] = why
        elif row.is_new:
            one.delete()
    return stay


def _give_back(one: Person, before: dict[str, Any]) -> str:
    """Former name, phone and post; the reason if they were changed since."""
    post = Membership.objects.filter(pk=before.get("post", {}).get("id") or before.get("added")).first()
    if [one.name, one.phone] != before["now"] or ("post" in before and post and _of_post(post) != before["post_now"]):
        return "导入以后又改过，留着不动。"
    if "added" in before and post:
        if in_use := imports.uses_of(Membership, [post.pk]):
            return in_use[post.pk]
        post.delete()
    elif post:
        post.region_id, post.title = before["post"]["region_id"], before["post"]["title"]
        post.valid_from = date.fromisoformat(before["post"]["valid_from"])
        post.save(update_fields=list(POST))
    one.name, one.phone = before["name"], before["phone"]
    one.save(update_fields=["name", "phone"])
    return ""


def may_import(person: Person) -> bool:
    return bool(scope_of(person).roles & {Role.OFFICE, Role.SYSTEM})


def _lists(person: Person) -> dict[str, list[str]]:
    return {
        "单位": list(staffable_units(person).order_by("path").values_list("name", flat=True)),
        "角色": [str(role.label) for role in grantable_roles(person)],
        "区域": list(staffable_regions(person).order_by("path").values_list("name", flat=True)),
    }


PEOPLE = ImportSpec(
    kind="people",
    title="人员",
    measure="人",
    model=Person,
    event="organisations.people_imported",
    columns=COLUMNS,
    permission=may_import,
    check=check_people,
    apply=apply_people,
    undo=undo_people,
    list_url="organisations:people",
    examples=(
        {"name": "示例一", "phone": "13800000001", "unit": "0102", "role": "联络员", "title": "办公室主任"},
        {"name": "示例二", "username": "0103-01", "phone": "13800000002", "unit": "示例县住建局", "role": "联络员"},
    ),
    given=lambda keys: {
        pk: {"username": name} for pk, name in Person.objects.filter(pk__in=keys).values_list("pk", "username")
    },
    updates="填了账号的，按账号认出来更新：空着的格不改，写“清空”两个字就把原来的内容清掉。",
    notes=("表里不填密码，也没有默认密码。导入后在人员账号页印激活单，由本人设密码。", "账号一律记成小写。"),
    lists=_lists,
)


@dataclass(frozen=True)
class _Line:
    """One row of the export: a person with one post, or with none."""

    person: Person
    post: Membership | None
    phone: str


def _lines(viewer: Person, query: QueryDict) -> list[_Line]:
    people = by_unit(accounts.asked_for(viewer, query), viewer).order_by(*LIST_ORDER)
    return [
        _Line(one, post, phone_for(viewer, one))
        for one in accounts.with_posts(people, viewer)
        for post in one.posts or [None]
    ]


def _post(name: str) -> Any:
    def get(line: _Line) -> Any:
        return getattr(line.post, name) if line.post else None

    return get


EXPORT_COLUMNS = (
    Column("name", "姓名", lambda line: line.person.name, width=12),
    Column("username", "账号", lambda line: line.person.username, width=18),
    Column("phone", "电话", lambda line: line.phone, width=18),
    Column("unit", "单位", lambda line: line.post.organisation.name if line.post else None, width=28),
    Column("role", "角色", lambda line: line.post.get_role_display() if line.post else None, width=14),
    Column("region", "区域", lambda line: line.post.region.name if line.post and line.post.region else None, width=18),
    Column("title", "职务", _post("title"), width=16),
    Column("valid_from", "起始日期", _post("valid_from"), width=14),
    Column("state", "状态", lambda line: accounts.state_of(line.person)["word"], width=14),
)
PEOPLE_EXPORT = ExportSpec(kind="people", title="人员账号", columns=EXPORT_COLUMNS, rows=_lines, permission=may_import)
