"""The sealed final version 盖章件 kept beside an issued paper (issue 2: 14)."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chuangwen.base import files
from chuangwen.base.errors import Refused
from chuangwen.base.models import Attachment
from chuangwen.documents import actions
from tests.factories.documents import issued_notice, notice
from tests.factories.organisations import county
from tests.factories.problems import photo

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nscan\n%%EOF\n"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def keep(world, paper, data, name="盖章.pdf"):
    return actions.keep_sealed(actor=world.office, document=paper, data=data, name=name)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(PDF, "application/pdf"), (photo(), "image/jpeg"), (archive(word__document_xml=b"<w/>"), files.DOCX)],
)
def test_14_pdf_word_and_photo_are_kept_byte_for_byte(data, media_type):
    world = county()
    row = keep(world, issued_notice(world), data)
    assert (row.role, row.file.media_type, files.read(row.file)) == ("sealed", media_type, data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7 cut off", "不完整"),
        (b"MZ program", "盖章件收 PDF"),
        (archive(book_xml=b"x"), "不是不带宏的 Word"),
        (archive(word__document_xml=b"<w/>", word__vbaProject_bin=b"x"), "不是不带宏的 Word"),
        (b"PK\x03\x04broken", "不是不带宏的 Word"),
    ],
)
def test_anything_else_is_refused_and_nothing_is_kept(data, why):
    world = county()
    with pytest.raises(Refused, match=why):
        keep(world, issued_notice(world), data)
    assert Attachment.objects.count() == 0


def test_a_draft_has_no_sealed_version():
    world = county()
    with pytest.raises(Refused, match="现在是“草稿”"):
        keep(world, notice(world), PDF)


def test_6_whoever_sees_the_paper_reads_its_sealed_version(client):
    world = county()
    url = reverse("base:file", args=[keep(world, issued_notice(world), PDF).uuid])
    found = {}
    for name in ("office", "contact", "leader", "other_contact", "inspector"):
        client.force_login(getattr(world, name), backend=BACKEND)
        answer = client.get(url)
        found[name] = answer.status_code
        if answer.streaming:
            answer.getvalue()  # reads to the end, which closes the file
    assert found == {"office": 200, "contact": 200, "leader": 200, "other_contact": 404, "inspector": 404}


def test_the_page_takes_the_file_and_says_what_is_wrong_with_it(client):
    world = county()
    paper = issued_notice(world)
    client.force_login(world.office, backend=BACKEND)
    url = reverse("documents:sealed", args=[paper.uuid])
    refused = client.post(url, {"file": SimpleUploadedFile("x.exe", b"MZ")})
    assert "这个文件打不开。盖章件收 PDF、Word（.docx）和照片。" in refused.content.decode()
    client.post(url, {"file": SimpleUploadedFile("盖章 3号.pdf", PDF)})
    assert Attachment.objects.get().name == "盖章 3号.pdf"
    assert "盖章 3号.pdf" in client.get(reverse("documents:document", args=[paper.uuid])).content.decode()
