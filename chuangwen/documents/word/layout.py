"""The official page, read once from layout.toml: millimetres, points and fonts with their source."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def layout() -> dict[str, Any]:
    """Return the layout table of GB/T 9704-2012."""
    return tomllib.loads(files(__package__).joinpath("layout.toml").read_text(encoding="utf-8"))


def twips(millimetres: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def emu(millimetres: float) -> int:
    """Millimetres as English metric units."""
    return round(millimetres * 36000)


def font(key: str) -> str:
    """The font name Word shall use for a key of the layout table."""
    return layout()["fonts"][key]


def text_width(*, landscape: bool = False) -> int:
    """Width of the text block 版心 in twips."""
    page = layout()["page"]
    if landscape:
        return twips(page["height"]) - twips(page["top"]) - twips(page["bottom"])
    return twips(page["width"]) - twips(page["left"]) - twips(page["right"])
