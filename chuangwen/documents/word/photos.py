"""Before/after photos: two boxes of one size side by side, captions below, nothing burnt in."""

import io
import warnings

from PIL import Image, ImageOps

from .errors import PaperRefused
from .layout import emu, layout, twips
from .ooxml import paragraph, run
from .paper import PhotoPair, Photos
from .sheet import Sheet

MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


def photos_xml(sheet: Sheet, photos: Photos) -> str:
    """A borderless table, one row of pictures and one of captions for each pair."""
    cell, across = twips(layout()["photos"]["width"] + layout()["photos"]["gap"]), 2
    if photos.found_only:
        across = 3 if sheet.landscape else 2
        parts = batched(photos.pairs, across)
        size = "alone_" if last_is_alone(len(photos.pairs), lying=sheet.landscape) else ""
        sizes = [""] * (len(parts) - 1) + [size]
        rows = "".join(found_rows(sheet, *row, cell, across) for row in zip(parts, sizes, strict=True))
    else:
        rows = "".join(pair_rows(sheet, pair, cell) for pair in photos.pairs)
    whole = f'<w:tblW w:w="{cell * across}" w:type="dxa"/>'
    grid = f'<w:gridCol w:w="{cell}"/>' * across
    properties = f'<w:tblPr>{whole}<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def batched(pairs: tuple[PhotoPair, ...], size: int) -> list[tuple[PhotoPair, ...]]:
    """The pairs in rows of so many."""
    return [pairs[start : start + size] for start in range(0, len(pairs), size)]


def last_is_alone(count: int, *, lying: bool) -> bool:
    """Whether the last picture has a page of its own, where it may be larger."""
    sizes = layout()["photos"]
    later = count - sizes["first_page"]
    return count == 1 or (not lying and later > 0 and later % sizes["later_page"] == 1)


def found_rows(sheet: Sheet, part: tuple[PhotoPair, ...], size: str, cell: int, across: int) -> str:
    """Pictures of a row of problems as they were found, each with its caption; one left over stands in the middle."""
    span = across if len(part) == 1 else 1
    boxes = [box(sheet, pair.before, pair, "问题", size) for pair in part]
    captions = [paragraph("GwPhoto", run(pair.caption), '<w:spacing w:after="160"/>') for pair in part]
    empty = [paragraph("GwPhoto", "")] * (across - len(part) * span)
    return photo_row(boxes + empty, cell, span) + photo_row(captions + empty, cell, span)


def photo_row(cells: list[str], cell: int, span: int) -> str:
    """One row of the table that stays on one page."""
    width = f'<w:tcW w:w="{cell * span}" w:type="dxa"/>' + f'<w:gridSpan w:val="{span}"/>' * (span > 1)
    inner = "".join(f"<w:tc><w:tcPr>{width}</w:tcPr>{content}</w:tc>" for content in cells)
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


def box(sheet: Sheet, blob: bytes | None, pair: PhotoPair, label: str, size: str = "") -> str:
    """One picture fitted into its box, or the words that it is missing."""
    if blob is None:
        return paragraph("GwPhoto", run(f"（没有{label}照片）"), keep=True)
    kept, ratio = prepare(blob, pair.caption)
    wide, high = (emu(layout()["photos"][f"{size}{side}"]) for side in ("width", "height"))
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
