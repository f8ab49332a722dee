"""Assessment systems: list, version, drafts, the tree edited by hand, files."""

from django.urls import path

from chuangwen.standards.views import comparing, drafting, editing, printing, reading, tables, trees, trying, walking

app_name = "standards"
urlpatterns = [
    path("standards/", reading.standards, name="standards"),
    path("standards/new/", drafting.new, name="standard-new"),
    path("standards/samples/", drafting.samples, name="samples"),
    path("standards/<uuid:uuid>/", reading.version, name="version"),
    path("standards/<uuid:uuid>/standard.xlsx", reading.excel, name="excel"),
    path("standards/<uuid:uuid>/standard.yaml", reading.yaml, name="yaml"),
    path("standards/<uuid:uuid>/compare/", comparing.compare, name="compare"),
    path("standards/<uuid:uuid>/compare.xlsx", comparing.compare_excel, name="compare-excel"),
    path("standards/<uuid:uuid>/try/", trying.tryout, name="tryout"),
    path("standards/<uuid:uuid>/print/", printing.official, name="official"),
    path("standards/<uuid:uuid>/official.xlsx", printing.official_excel, name="official-excel"),
    path("standards/<uuid:uuid>/sheets/", printing.sheets, name="sheets"),
    path("standards/<uuid:uuid>/settings/", drafting.settings, name="settings"),
    path("standards/<uuid:uuid>/import-yaml/", drafting.import_yaml, name="import-yaml"),
    path("standards/<uuid:uuid>/import-table/", tables.new, name="table-new"),
    path("standards/tables/<uuid:uuid>/", tables.table, name="table"),
    path("standards/tables/<uuid:uuid>/columns/", tables.columns, name="table-columns"),
    path("standards/<uuid:uuid>/publish/", drafting.publish, name="publish"),
    path("standards/<uuid:uuid>/new-draft/", drafting.new_draft, name="new-draft"),
    path("standards/<uuid:uuid>/discard/", drafting.discard, name="discard"),
    path("standards/<uuid:uuid>/tree/", trees.act, name="tree"),
    path("standards/<uuid:uuid>/tree/line/", trees.line, name="line"),
    path("standards/<uuid:uuid>/findings/", trees.findings, name="findings"),
    path("standards/<uuid:uuid>/indicators/new/", editing.indicator_new, name="indicator-new"),
    path("standards/<uuid:uuid>/indicators/<int:pk>/criteria/new/", editing.criterion_new, name="criterion-new"),
    path("standards/indicators/<int:pk>/edit/", editing.indicator_edit, name="indicator-edit"),
    path("standards/<uuid:uuid>/rules/", walking.walk, name="rules"),
    path("standards/criteria/<int:pk>/take/", walking.take, name="rule-take"),
    path("standards/criteria/<int:pk>/edit/", editing.criterion_edit, name="criterion-edit"),
]
