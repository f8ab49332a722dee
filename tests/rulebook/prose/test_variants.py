"""How a phrase is typed does not change what is read: widths, spaces, Traditional characters."""

import itertools

import pytest

from rulebook.prose import read
from rulebook.prose.traditional import FORMS
from tests.rulebook.prose.test_measure import PHRASES, reading_of

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
SIGNS = str.maketrans("，；：（）", ",;:()")
OLD = str.maketrans({new: old for old, new in FORMS.items()})
TEXTS = [(case["text"], case["points"]) for _, case in PHRASES[::3]]


def apart(text):
    """A space after every character but before and after digits and their signs."""
    close = set("0123456789.０１２３４５６７８９．")
    pairs = itertools.pairwise(text + " ")
    return "".join(char if char in close or after in close else char + " " for char, after in pairs)


@pytest.mark.parametrize(
    "variant",
    [
        lambda text: text.translate(WIDE),
        lambda text: text.translate(SIGNS),
        lambda text: text.translate(OLD),
        apart,
        lambda text: f"\n {text}\u3000",
    ],
    ids=["wide", "half width signs", "Traditional", "spaces", "blank ends"],
)
def test_the_way_it_is_typed_changes_nothing(variant):
    changed = [text for text, points in TEXTS if read(variant(text), points).rule != reading_of(text, points).rule]
    assert changed == []
