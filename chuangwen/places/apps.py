"""App registration."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "chuangwen.places"
    verbose_name = "点位"

    def ready(self) -> None:
        from chuangwen.base import exports, files, history, imports
        from chuangwen.organisations import holdings
        from chuangwen.places import queries, workbooks
        from chuangwen.places.models import Place

        for spec in (workbooks.TYPES, workbooks.PLACES):
            imports.register(spec)
        for export in (workbooks.PLACES_EXPORT, workbooks.TYPES_EXPORT):
            exports.register(export)
        imports.name_uses({"places.place": "点位"})
        holdings.register(holdings.Holding("点位", "处", "places:places", "owner", queries.open_at))
        files.rule(Place, lambda person, key: queries.visible_to(person).filter(pk=key).exists())
        history.label(
            {
                "places.place_added": "新增点位",
                "places.place_changed": "修改",
                "places.place_archived": "停用",
                "places.place_reopened": "恢复使用",
                "places.places_imported": "导入",
                "places.type_added": "新增类型",
                "places.type_changed": "修改",
                "places.type_archived": "停用",
                "places.types_imported": "导入",
            }
        )
