"""Pictures are opened by their content, with a pixel limit; copies for pages carry no metadata."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from chuangwen.base.errors import Refused

register_heif_opener()
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic"}
MAX_PIXELS = 80_000_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def _open(data: bytes) -> Image.Image:
    """The opened picture; refused when it is none, broken, or larger than MAX_PIXELS."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=list(FORMATS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("照片尺寸太大，打不开。请用手机相机重拍，或缩小后再传。") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused("这个文件不是能打开的照片（JPEG、PNG、WebP、HEIC）。请重新拍一张。") from error
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
    except (OSError, ValueError, SyntaxError) as error:
        raise Refused("照片不完整，可能没有传完。请重新选这张照片。") from error
    return FORMATS[picture.format or "JPEG"]


def page_copy(data: bytes, *, edge: int) -> bytes:
    """A JPEG copy for pages, upright, at most `edge` pixels on its longer side, without metadata."""
    picture = ImageOps.exif_transpose(_open(data)).convert("RGB")
    picture.thumbnail((edge, edge))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
