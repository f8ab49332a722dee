"""Pictures are opened by their content, with a pixel limit; copies for pages carry no metadata."""

import io
import logging

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from chuangwen.base.errors import Refused

register_heif_opener()
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic"}
MAX_PIXELS = 80_000_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
TOO_LARGE = "照片尺寸太大，打不开。请用手机相机重拍，或缩小后再传。"
log = logging.getLogger(__name__)


def _open(data: bytes) -> Image.Image:
    """The opened picture, not yet decoded; refused when it is none, broken, or larger than MAX_PIXELS."""
    try:
        picture = Image.open(io.BytesIO(data), formats=list(FORMATS))
    except Image.DecompressionBombError as error:
        raise Refused(TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused("这个文件不是能打开的照片（JPEG、PNG、WebP、HEIC）。请重新拍一张。") from error
    if picture.width * picture.height > MAX_PIXELS:  # Pillow only warns up to twice the limit
        raise Refused(TOO_LARGE)
    return picture


def media_type_of(data: bytes) -> str:
    return FORMATS[_open(data).format or "JPEG"]


def size_of(data: bytes) -> tuple[int, int]:
    return _open(data).size


def check(data: bytes) -> str:
    """Decode the whole picture once; returns its media type, or refuses with a clear word."""
    picture = _open(data)
    try:
        picture.load()
    except Exception as error:  # whatever a decoder says of bytes somebody made
        raise Refused("照片不完整，可能没有传完。请重新选这张照片。") from error
    return FORMATS[picture.format or "JPEG"]


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the phone was held; a picture whose EXIF is broken stays as it lies."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # the EXIF of an otherwise sound picture; Pillow raises what it meets there
        log.warning("a picture with broken EXIF is not turned")
        picture.load()
        return picture


def page_copy(data: bytes, *, edge: int) -> bytes:
    """A JPEG copy for pages, upright, at most `edge` pixels on its longer side, without metadata."""
    picture = _upright(_open(data)).convert("RGB")
    picture.thumbnail((edge, edge))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
