"""Papers and the register of numbers."""

from django.urls import path

from chuangwen.documents.views import drafting, lists, paper

app_name = "documents"
urlpatterns = [
    path("documents/", lists.documents, name="documents"),
    path("documents/new/", drafting.new, name="document-new"),
    path("documents/new/notice/", drafting.notice, name="notice-new"),
    path("documents/numbers/", lists.numbers, name="numbers"),
    path("documents/<uuid:uuid>/", paper.document, name="document"),
    path("documents/<uuid:uuid>/edit/", drafting.edit, name="document-edit"),
    path("documents/<uuid:uuid>/figures/", paper.take, name="figures-take"),
    path("documents/<uuid:uuid>/issue/", paper.issue, name="issue"),
    path("documents/<uuid:uuid>/void/", paper.void, name="void"),
    path("documents/<uuid:uuid>/sign/", paper.sign, name="sign"),
    path("documents/<uuid:uuid>/sealed/", paper.sealed, name="sealed"),
    path("documents/<uuid:uuid>/file/", paper.file, name="file"),
    path("documents/<uuid:uuid>/slip/", paper.slip, name="slip"),
]
