"""Writing and taking back rows of models whose fields stand for themselves (no tree, no states)."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Model

from chuangwen.base.imports.checking import IN_AT_MOST
from chuangwen.base.imports.spec import Applied, Checked, Outcome, Undoing
from chuangwen.base.models import Attachment


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _values(row: Model, fields: Iterable[str]) -> dict[str, Any]:
    return {field: _json(getattr(row, field)) for field in fields}


def save_plain(model: type[Model], checked: list[Checked], *, fixed: dict[str, Any]) -> list[Applied]:
    """Create and update in bulk; `values` are attribute names of the model (foreign keys as `owner_id`).

    fixed: attributes of every new row (tenant_id).
    """
    new = [row for row in checked if row.outcome == Outcome.NEW]
    made = model._default_manager.bulk_create([model(**fixed, **row.values) for row in new])
    applied = [
        Applied(row.number, item.pk, {"old": None, "new": _values(item, row.values)})
        for row, item in zip(new, made, strict=True)
    ]
    return applied + _update(model, [row for row in checked if row.outcome == Outcome.UPDATE])


def _update(model: type[Model], checked: list[Checked]) -> list[Applied]:
    items = {item.pk: item for item in _fetch(model, [row.object_id for row in checked])}
    applied = []
    for row in checked:
        item = items[row.object_id]
        old = _values(item, row.values)
        for field, value in row.values.items():
            setattr(item, field, value)
        applied.append(Applied(row.number, item.pk, {"old": old, "new": _values(item, row.values)}))
    _save(model, list(items.values()), {field for row in checked for field in row.values})
    return applied


def _fetch(model: type[Model], keys: Iterable[Any]) -> list[Model]:
    """Rows by key, in as many queries as the database's limit on parameters asks."""
    return list(model._default_manager.in_bulk(list(keys)).values())


def _save(model: type[Model], items: list[Model], fields: set[str]) -> None:
    """Write some fields of rows that exist: one insert-or-update per block of rows, far quicker than CASE … WHEN."""
    if not items or not fields:
        return
    model._default_manager.bulk_create(
        items, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=sorted(fields)
    )


_uses: dict[str, str] = {}


def name_uses(names: dict[str, str]) -> None:
    """Say in Chinese what refers to an object ("inspections.visit": "检查记录"); called in AppConfig.ready."""
    _uses.update(names)


def uses_of(model: type[Model], keys: list[int], *, without: Iterable[str] = ()) -> dict[int, str]:
    """Object key → why it must stay, for those that any row of any app refers to; one query per referring field.

    without: labels (app.model) whose rows belong to the object and go with it.
    """
    found: dict[int, str] = {}
    for relation in model._meta.related_objects:
        if relation.related_model._meta.label_lower in without:
            continue
        field = relation.field.attname
        rows = relation.related_model._default_manager.order_by().values_list(field, flat=True)
        rows = rows.filter(**{f"{field}__in": keys}) if len(keys) <= IN_AT_MOST else rows.exclude(**{field: None})
        word = _uses.get(relation.related_model._meta.label_lower, "别的记录")
        for key in set(rows.distinct()) & set(keys):
            found.setdefault(key, f"已有{word}用到它，要留着。")
    attached = Attachment.objects.filter(target_kind=model._meta.label_lower).order_by().values_list("target_id")
    attached = attached.filter(target_id__in=keys) if len(keys) <= IN_AT_MOST else attached
    for (key,) in attached.distinct():
        found.setdefault(key, "已有附件挂在它上面，要留着。")
    return found


def undo_plain(
    model: type[Model], rows: list[Undoing], *, used: Callable[[type[Model], list[int]], dict[int, str]] = uses_of
) -> dict[int, str]:
    """Delete the new rows nobody uses and give updated ones their former values back, unless changed since.

    used(model, keys) → key → why that object must stay. Returns row number → why it stays.
    """
    items = {item.pk: item for item in _fetch(model, [row.object_id for row in rows])}
    in_use = used(model, [row.object_id for row in rows if row.is_new])
    stay: dict[int, str] = {}
    gone: list[int] = []
    restored: list[Model] = []
    fields: set[str] = set()
    for row in rows:
        item, before = items.get(row.object_id), row.before or {}
        if item is None:
            continue
        if _values(item, before["new"]) != before["new"] or getattr(item, "archived_at", None):
            stay[row.number] = "导入以后又改过，留着不动。"
        elif row.is_new and row.object_id in in_use:
            stay[row.number] = in_use[row.object_id]
        elif row.is_new:
            gone.append(item.pk)
        else:
            restored.append(_restore(item, before["old"]))
            fields |= set(before["old"])
    _save(model, restored, fields)
    for start in range(0, len(gone), 500):
        model._default_manager.filter(pk__in=gone[start : start + 500]).delete()
    return stay


def _restore(item: Model, old: dict[str, Any]) -> Model:
    for field, value in old.items():
        setattr(item, field, item._meta.get_field(field).to_python(value))
    return item
