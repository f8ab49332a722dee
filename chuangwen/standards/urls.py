"""Assessment systems: list, version, drafts, the tree edited by hand, files."""

from django.urls import path, register_converter

from chuangwen.standards.views import drafting, editing, reading


class Way:
    """Up or down among the siblings."""

    regex = "up|down"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Way, "way")
app_name = "standards"
urlpatterns = [
    path("standards/", reading.standards, name="standards"),
    path("standards/new/", drafting.new, name="standard-new"),
    path("standards/<uuid:uuid>/", reading.version, name="version"),
    path("standards/<uuid:uuid>/standard.xlsx", reading.excel, name="excel"),
    path("standards/<uuid:uuid>/standard.yaml", reading.yaml, name="yaml"),
    path("standards/<uuid:uuid>/settings/", drafting.settings, name="settings"),
    path("standards/<uuid:uuid>/import-yaml/", drafting.import_yaml, name="import-yaml"),
    path("standards/<uuid:uuid>/publish/", drafting.publish, name="publish"),
    path("standards/<uuid:uuid>/new-draft/", drafting.new_draft, name="new-draft"),
    path("standards/<uuid:uuid>/discard/", drafting.discard, name="discard"),
    path("standards/<uuid:uuid>/indicators/new/", editing.indicator_new, name="indicator-new"),
    path("standards/<uuid:uuid>/indicators/<int:pk>/criteria/new/", editing.criterion_new, name="criterion-new"),
    path("standards/indicators/<int:pk>/edit/", editing.indicator_edit, name="indicator-edit"),
    path("standards/indicators/<int:pk>/delete/", editing.indicator_delete, name="indicator-delete"),
    path("standards/indicators/<int:pk>/<way:way>/", editing.indicator_move, name="indicator-move"),
    path("standards/criteria/<int:pk>/edit/", editing.criterion_edit, name="criterion-edit"),
    path("standards/criteria/<int:pk>/delete/", editing.criterion_delete, name="criterion-delete"),
    path("standards/criteria/<int:pk>/<way:way>/", editing.criterion_move, name="criterion-move"),
]
