"""A workbook of another import is refused with where it belongs; a whole column that lacks is said once."""

from itertools import permutations
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chuangwen.base.imports.spec import spec_of
from chuangwen.base.models import ImportBatch
from tests.factories.organisations import World, county
from tests.factories.places import make_place, make_type
from tests.factories.standards import draft_standard
from tests.factories.workbooks import receive, workbook

BACKEND = "django.contrib.auth.backends.ModelBackend"
TEMPLATES = ("units", "regions", "people", "places", "place-types", "problems-ledger", "standards")


@pytest.fixture
def world(db: None) -> World:
    return county()


def upload(world: World, kind: str, data: bytes):
    client = Client()
    client.force_login(world.office, backend=BACKEND)
    sent = {"client_id": uuid4(), "file": SimpleUploadedFile("表.xlsx", data)}
    if kind == "standards":
        sent["version"] = draft_standard(world.jurisdiction).pk
    return client.post(reverse("base:import-new", args=[kind]), sent)


def filled(kind: str, sheet: str = "表1") -> bytes:
    """A workbook of one kind as its template is filled."""
    spec = spec_of(kind)
    heads = [column.header for column in spec.columns]
    return workbook(heads, [spec.examples[0].get(column.key, "") for column in spec.columns], sheet=sheet)


def refusal(title: str) -> str:
    return f"这份表像是{title}表，请到“导入{title}”上传。这里一行也没有读。"


@pytest.mark.parametrize(("into", "kind"), list(permutations(TEMPLATES, 2)))
def test_every_workbook_is_sent_to_its_own_import(world, kind, into) -> None:
    title = spec_of(kind).title
    answer = upload(world, into, filled(kind, sheet=title))
    assert answer.context["form"].errors == {"file": [refusal(title)]}
    link = f'href="{reverse("base:import-new", args=[kind])}">'
    assert link in answer.content.decode()
    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize(("into", "kind"), [("units", "places"), ("place-types", "places"), ("places", "units")])
def test_the_heads_tell_it_whatever_the_sheet_is_called(world, kind, into) -> None:
    assert upload(world, into, filled(kind)).context["form"].errors == {"file": [refusal(spec_of(kind).title)]}


def test_the_import_of_any_table_sends_a_template_to_its_own(world) -> None:
    draft = draft_standard(world.jurisdiction)
    client = Client()
    client.force_login(world.office, backend=BACKEND)
    sent = {"client_id": uuid4(), "file": SimpleUploadedFile("表.xlsx", filled("places", sheet="点位"))}
    answer = client.post(reverse("standards:table-new", args=[draft.uuid]), sent)
    assert answer.context["form"].errors == {"file": [refusal("点位")]}
    assert ImportBatch.objects.count() == 0


def test_a_column_every_new_row_needs_is_said_once(world) -> None:
    make_type(world.tenant, "公园")
    answer = upload(world, "places", workbook(("编码", "名称", "类型"), ("D1", "东园", "公园"), ("D2", "西园", "公园")))
    said = "表里没有“责任单位”这一列，新增点位要有。请加上这一列，或下载模板对照。"
    assert answer.context["form"].errors == {"file": [said]}
    assert ImportBatch.objects.count() == 0


def test_what_is_there_is_updated_without_the_columns_of_new_rows(world) -> None:
    place = make_place(world.bureau, make_type(world.tenant, "公园"))
    batch = receive(world.office, "places", ("编码", "地址"), (place.code, "东门"))
    assert batch.rows.get().outcome == "update"
