"""Files are read through the row they are attached to."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from chuangwen.base import files, images
from chuangwen.base.errors import Refused
from chuangwen.base.models import Attachment
from tests.factories.organisations import World, client_of, county
from tests.factories.places import make_place, make_type


@pytest.fixture
def world(db: None) -> World:
    return county()


def status(person, url: str) -> int:
    """What a person gets for an address (read to its end, which closes the file)."""
    response = client_of(person).get(url)
    b"".join(response)
    return response.status_code


def photo(size: tuple[int, int] = (1200, 900)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0")
    return out.getvalue()


def attached(world: World, data: bytes, **given: str) -> Attachment:
    place = make_place(world.station, make_type(world.tenant))
    return files.attach(data, target=place, role="evidence", actor=world.office, **given)


def test_a_photo_is_shown_in_place_and_nothing_in_it_runs(world):
    row = attached(world, photo(), name="现场.jpg")
    response = client_of(world.station_contact).get(reverse("base:file", args=[row.uuid]))
    assert b"".join(response.streaming_content) == photo()
    assert {name: response[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=86400, immutable",
    }
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert response["Content-Disposition"] == "inline; filename*=UTF-8''%E7%8E%B0%E5%9C%BA.jpg"


def test_anything_else_is_a_download(world):
    row = attached(world, b"<script>1</script>", name="a.html", media_type="text/html")
    client = client_of(world.office)
    response = client.get(reverse("base:file", args=[row.uuid]))
    assert b"".join(response) == b"<script>1</script>"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''a.html"
    assert client.get(reverse("base:thumbnail", args=[row.uuid])).status_code == 404


def test_a_thumbnail_is_small_without_metadata_and_kept_beside_the_original(world):
    row = attached(world, photo())
    response = client_of(world.office).get(reverse("base:thumbnail", args=[row.uuid]))
    picture = Image.open(io.BytesIO(b"".join(response.streaming_content)))
    assert (picture.size, picture.getexif()) == ((480, 360), {})
    assert files.thumbnail_path(row.file).parent == files.path_of(row.file).parent


@pytest.mark.parametrize("name", ["file", "thumbnail"])
def test_only_who_sees_the_object_reads_its_file(world, name):
    url = reverse(f"base:{name}", args=[attached(world, photo()).uuid])
    people = [world.office, world.station_contact, world.other_contact, world.system, county("邻县").office]
    assert [status(person, url) for person in people] == [200, 200, 404, 404, 404]


def test_a_file_whose_bytes_are_gone_is_not_there(world):
    row = attached(world, photo((30, 20)))
    files.path_of(row.file).unlink()
    assert client_of(world.office).get(reverse("base:file", args=[row.uuid])).status_code == 404


def test_a_photo_with_broken_exif_still_has_a_page_copy():
    """Its GPS entry has a type Pillow stumbles over when it turns the picture; the picture itself is sound."""
    exif = bytes.fromhex(
        "4578696600004d4d002a000000080003010f00020000000600000032011200030000000100060000882500040000000100000038"
        "000000006d616b657200006100010002000000024e00000000020005000000030000005600000000000000010000000100000002000000010000000300000001"
    )
    out = io.BytesIO()
    Image.new("RGB", (8, 6)).save(out, "JPEG", exif=exif)
    assert images.check(out.getvalue()) == "image/jpeg"
    copy = Image.open(io.BytesIO(images.page_copy(out.getvalue(), edge=480)))
    assert (copy.format, sorted(copy.size)) == ("JPEG", [6, 8])


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_over_the_limit_is_refused_also_where_pillow_would_only_warn():
    out = io.BytesIO()
    Image.new("1", (10_000, 8_001)).save(out, "PNG")
    with pytest.raises(Refused, match="照片尺寸太大"):
        images.check(out.getvalue())
