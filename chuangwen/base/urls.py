"""Imports, exports, files and follow-ups."""

from django.urls import path

from chuangwen.base.views import exports, files, follow_ups, imports, transfers

app_name = "base"
urlpatterns = [
    path("transfers/", transfers.transfers, name="transfers"),
    path("imports/new/<str:kind>/", imports.new, name="import-new"),
    path("imports/new/<str:kind>/template/", imports.template, name="import-template"),
    path("imports/<uuid:uuid>/", imports.batch, name="import"),
    path("imports/<uuid:uuid>/errors/", imports.errors, name="import-errors"),
    path("imports/<uuid:uuid>/confirm/", imports.confirm, name="import-confirm"),
    path("imports/<uuid:uuid>/abandon/", imports.abandon, name="import-abandon"),
    path("imports/<uuid:uuid>/undo/", imports.undo, name="import-undo"),
    path("imports/<uuid:uuid>/rows/<int:number>/mend/", imports.mend, name="import-mend"),
    path("imports/<uuid:uuid>/rows/<int:number>/drop/", imports.drop, name="import-drop"),
    path("exports/<uuid:uuid>/", exports.job, name="export"),
    path("exports/<uuid:uuid>/file/", exports.download, name="export-file"),
    path("exports/<str:kind>/", exports.new, name="export-new"),
    path("files/<uuid:uuid>/", files.file, name="file"),
    path("files/<uuid:uuid>/thumbnail/", files.thumbnail, name="thumbnail"),
    path("follow-ups/", follow_ups.follow_ups, name="follow-ups"),
    path("follow-ups/<int:pk>/again/", follow_ups.again, name="follow-up-again"),
]
