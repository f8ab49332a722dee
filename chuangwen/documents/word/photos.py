"""Before/after photos: two boxes of one size side by side, captions below, nothing burnt in."""

import io
import warnings

from PIL import Image, ImageOps

from .errors import PaperRefused
from .layout import emu, layout, text_width, twips
from .ooxml import paragraph, run
from .paper import PhotoPair, Photos
from .sheet import Sheet

MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


def photos_xml(sheet: Sheet, photos: Photos) -> str:
    """A borderless table, one row of pictures and one of captions for each pair."""
    half = text_width(landscape=sheet.landscape) // 2
    if photos.found_only:
        rows = "".join(found_rows(sheet, couple, half) for couple in batched(photos.pairs, 2))
    else:
        rows = "".join(pair_rows(sheet, pair, half) for pair in photos.pairs)
    properties = f'<w:tblPr><w:tblW w:w="{half * 2}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
    grid = f'<w:tblGrid><w:gridCol w:w="{half}"/><w:gridCol w:w="{half}"/></w:tblGrid>'
    return f"<w:tbl>{properties}</w:tblPr>{grid}{rows}</w:tbl>"


def batched(pairs: tuple[PhotoPair, ...], size: int) -> list[tuple[PhotoPair, ...]]:
    """The pairs in rows of so many."""
    return [pairs[start : start + size] for start in range(0, len(pairs), size)]


def found_rows(sheet: Sheet, couple: tuple[PhotoPair, ...], half: int) -> str:
    """Pictures of one or two problems as they were found, each with its own caption."""
    width = f'<w:tcW w:w="{half}" w:type="dxa"/>'
    boxes = [box(sheet, pair.before, pair, "问题") for pair in couple]
    captions = [paragraph("GwPhoto", run(pair.caption), '<w:spacing w:after="160"/>') for pair in couple]
    empty = [paragraph("GwPhoto", "")] * (2 - len(couple))
    return photo_row(boxes + empty, width) + photo_row(captions + empty, width)


def photo_row(cells: list[str], width: str) -> str:
    """One row of the table that stays on one page."""
    inner = "".join(f"<w:tc><w:tcPr>{width}</w:tcPr>{cell}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inner}</w:tr>"


def pair_rows(sheet: Sheet, pair: PhotoPair, half: int) -> str:
    """Pictures and their captions; the two rows stay on one page."""
    width = f'<w:tcW w:w="{half}" w:type="dxa"/>'
    boxes = "".join(
        f'<w:tc><w:tcPr>{width}<w:vAlign w:val="center"/></w:tcPr>{box(sheet, blob, pair, label)}</w:tc>'
        for blob, label in ((pair.before, "整改前"), (pair.after, "整改后"))
    )
    caption = paragraph("GwPhoto", run(f"{pair.caption}（左：整改前，右：整改后）"), '<w:spacing w:after="160"/>')
    height = f'<w:trHeight w:val="{twips(layout()["photos"]["height"]) + 120}" w:hRule="atLeast"/>'
    pictures = f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{boxes}</w:tr>"
    below = f'<w:tc><w:tcPr><w:tcW w:w="{half * 2}" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>{caption}</w:tc>'
    return f"{pictures}<w:tr><w:trPr><w:cantSplit/></w:trPr>{below}</w:tr>"


def box(sheet: Sheet, blob: bytes | None, pair: PhotoPair, label: str) -> str:
    """One picture fitted into its box, or the words that it is missing."""
    if blob is None:
        return paragraph("GwPhoto", run(f"（没有{label}照片）"), keep=True)
    kept, ratio = prepare(blob, pair.caption)
    wide, high = emu(layout()["photos"]["width"]), emu(layout()["photos"]["height"])
    width, height = (wide, round(wide / ratio)) if ratio > wide / high else (round(high * ratio), high)
    return paragraph("GwPhoto", sheet.picture(kept, width, height, f"{pair.caption}{label}"), keep=True)


def prepare(blob: bytes, caption: str) -> tuple[bytes, float]:
    """A small JPEG without EXIF, upright, and its width ÷ height; opened by content, never by name."""
    longest = layout()["photos"]["pixels"]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(blob), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Image.DecompressionBombError("too many pixels")
                image.draft("RGB", (longest, longest))
                upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PaperRefused(f"“{caption}”的照片打不开或太大，请换一张 JPEG、PNG 或 WebP 照片。") from error
    upright.thumbnail((longest, longest))
    kept = io.BytesIO()
    upright.save(kept, "JPEG", quality=80)
    return kept.getvalue(), upright.width / upright.height
