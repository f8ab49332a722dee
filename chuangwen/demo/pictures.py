"""Drawn stand-ins for photographs: a street with litter, the same street without. No two are the same bytes."""

import io
from random import Random

from PIL import Image, ImageDraw

SIZE = (1200, 900)
SKY, WALL, PAVEMENT, ROAD = (214, 226, 234), (206, 192, 172), (184, 182, 176), (112, 112, 116)


def street(seed: int, *, clean: bool) -> bytes:
    """A JPEG of an invented street; `clean` leaves the litter out, everything else is as before."""
    luck = Random(seed)
    picture = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 240, 1200, 560), fill=_shade(WALL, luck))
    for left in range(60, 1200, 190):
        draw.rectangle((left, 300, left + 110, 440), fill=(150, 168, 182), outline=(120, 120, 120), width=4)
    draw.rectangle((0, 560, 1200, 680), fill=PAVEMENT)
    draw.rectangle((0, 680, 1200, 900), fill=ROAD)
    for left in range(-40 + luck.randrange(80), 1200, 260):
        draw.polygon([(left, 790), (left + 120, 790), (left + 90, 806), (left - 30, 806)], fill=(225, 225, 220))
    bin_left = luck.randrange(150, 950)
    draw.rectangle((bin_left, 500, bin_left + 80, 640), fill=(58, 104, 74), outline=(36, 66, 46), width=5)
    litter = [_piece(luck) for _ in range(luck.randrange(14, 40))]
    if not clean:
        for box, colour in litter:
            draw.ellipse(box, fill=colour)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _shade(colour: tuple[int, int, int], luck: Random) -> tuple[int, int, int]:
    change = luck.randrange(-18, 18)
    return tuple(part + change for part in colour)  # type: ignore[return-value]


def _piece(luck: Random) -> tuple[tuple[int, int, int, int], tuple[int, int, int]]:
    left, top, size = luck.randrange(100, 1080), luck.randrange(590, 760), luck.randrange(8, 34)
    colour = luck.choice([(236, 234, 228), (196, 92, 60), (64, 92, 140), (222, 186, 70), (80, 70, 60)])
    return (left, top, left + size * 2, top + size), colour
