"""One form for each character: half width, Simplified, one sign for one meaning; positions lead back."""

import re
from dataclasses import dataclass

from rulebook.prose.traditional import SIMPLIFIED

WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) != "，"}
SIGNS = {
    **dict.fromkeys("—–‐‑‒―−﹣－─", "-"),
    **dict.fromkeys("～〜∼﹋", "~"),
    **dict.fromkeys("⩾≧≽", "≥"),
    **dict.fromkeys("⩽≦≼", "≤"),
    **dict.fromkeys("✕✖⨯*", "×"),
    **dict.fromkeys("∕⁄", "/"),
    **dict.fromkeys("「『〝", "“"),
    **dict.fromkeys("」』〞", "”"),
    **dict.fromkeys("﹑､", "、"),
    **dict.fromkeys("﹪٪", "%"),
    **dict.fromkeys("【〖", "("),
    **dict.fromkeys("】〗", ")"),
    **dict.fromkeys("\r\n\v\f\u2028\u2029", "\n"),
    **dict.fromkeys("\t\u00a0\u3000\u2002\u2003\u2009", " "),
    **dict.fromkeys("｡!", "。"),
    "﹐": "，",
    "㎡": "米",
    "℃": "度",
}
COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")  # any but that of 1,200
NOTHING = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


@dataclass(frozen=True)
class Normal:
    """A text in one form; character i of `text` stood at `places[i]` of the original (one place more for the end)."""

    text: str
    places: tuple[int, ...]


def one_form(char: str) -> str:
    """Return the form of a character that rules are written in here."""
    half = WIDE.get(char, char)
    return SIGNS.get(half, half).translate(SIMPLIFIED)


def normalise(original: str) -> Normal:
    """Bring a text into one form; spaces go, except between two digits, which must not grow together."""
    kept: list[tuple[str, int]] = []
    chars = [one_form(char) for char in original]
    for place, char in enumerate(chars):
        if original[place] in NOTHING:
            continue
        if char == " ":
            before = kept[-1][0] if kept else ""
            after = next((later for later in chars[place:] if later != " "), "")
            if not (before.isdecimal() and after.isdecimal()):
                continue
        kept.append((char, place))
    text = COMMA.sub("，", "".join(char for char, _ in kept))
    return Normal(text, (*(place for _, place in kept), len(original)))
