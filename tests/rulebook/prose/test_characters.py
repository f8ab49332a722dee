"""A text in one form, and the way back to the original."""

import pytest

from rulebook.prose.characters import normalise
from rulebook.prose.traditional import FORMS


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("每發現一處，扣０．５分。", "每发现一处，扣0.5分。"),
        ("Ａ＞８５％；Ｂ≧80﹪", "A>85%;B≥80%"),
        ("扣 0.5 分, 扣完为止!", "扣0.5分，扣完为止。"),
        ("80%——90%", "80%--90%"),
        ("标准1 2", "标准1 2"),
        ("共1,200处,其中3处", "共1,200处，其中3处"),
        ("「門前三包」\u200b责任", "“门前三包”责任"),
    ],
)
def test_one_form(text, form):
    assert normalise(text).text == form


def test_every_character_leads_back_to_where_it_stood():
    text = " 每 處，扣 ０．５ 分 "
    normal = normalise(text)
    assert [text[place] for place in normal.places[:-1]] == list("每處，扣０．５分")
    assert normal.places[-1] == len(text)


def test_the_table_of_characters_is_one_for_one_and_ends_in_simplified():
    assert {len(old) + len(new) for old, new in FORMS.items()} == {2}
    assert set(FORMS.values()) & set(FORMS) == set()
