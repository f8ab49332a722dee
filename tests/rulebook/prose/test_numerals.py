"""Numbers as documents write them are read exactly, and what is no single number is marked so."""

from fractions import Fraction

import pytest

from rulebook.prose.numerals import between_at, numeral_at, numerals, read_number

PLAIN = {
    "0.5": "1/2",
    "０．５": "1/2",
    "1,200": "1200",
    "3万": "30000",
    "1.5万": "15000",
    "零": "0",
    "两": "2",
    "十": "10",
    "十五": "15",
    "二十": "20",
    "廿五": "25",
    "一百零五": "105",
    "一百二": "120",
    "一百二十": "120",
    "三千五": "3500",
    "两万三千": "23000",
    "一亿二千万": "120000000",
    "壹佰贰拾": "120",
    "三点二五": "13/4",
    "零点五": "1/2",
    "二〇二四": "2024",
}
SHARES = {
    "85%": "17/20",
    "８５％": "17/20",
    "5‰": "1/200",
    "百分之八十五": "17/20",
    "百分之八十五点五": "171/200",
    "百分之85": "17/20",
    "百分百": "1",
    "千分之五": "1/200",
    "十分之一": "1/10",
    "3分之2": "2/3",
    "半数": "1/2",
    "八成": "4/5",
    "八成五": "17/20",
    "八成半": "17/20",
}
NOT_EXACT = [
    "十余",
    "三五",
    "一二三",
    "近百",
    "数十",
    "几十",
    "上百",
    "三十多",
    "20多",
    "1.2.3",
    "05",
    "一百十五",
    "三万五",
    "二十零五",
]
BETWEEN = {
    "3—5": ("3", "5"),
    "1～3": ("1", "3"),
    "三至五": ("3", "5"),
    "80%-90%": ("4/5", "9/10"),
    "80-90%": ("4/5", "9/10"),
    "八至九成": ("4/5", "9/10"),
    "百分之三十至五十": ("3/10", "1/2"),
}


@pytest.mark.parametrize(("text", "value"), PLAIN.items())
def test_a_plain_number_is_read(text, value):
    number = numeral_at(text, 0)
    assert (number.end, number.value, number.share, number.exact) == (len(text), Fraction(value), False, True)


@pytest.mark.parametrize(("text", "value"), SHARES.items())
def test_a_share_is_read(text, value):
    number = numeral_at(text, 0)
    assert (number.end, number.value, number.share, number.exact) == (len(text), Fraction(value), True, True)


@pytest.mark.parametrize("text", NOT_EXACT)
def test_what_is_no_single_number_is_found_and_marked(text):
    number = numeral_at(text, 0)
    assert (number.end, number.exact) == (len(text), False)
    assert read_number(text) is None


@pytest.mark.parametrize(("text", "ends"), BETWEEN.items())
def test_two_numbers_with_a_dash_are_read(text, ends):
    between = between_at(text, 0)
    assert (between.end, between.exact) == (len(text), True)
    assert (between.low.value, between.high.value) == (Fraction(ends[0]), Fraction(ends[1]))


@pytest.mark.parametrize("text", ["90-80", "80%-90", "3-十余"])
def test_two_numbers_out_of_order_or_of_two_sorts_are_not_exact(text):
    assert between_at(text, 0).exact is False


@pytest.mark.parametrize("text", ["", "处", "扣", "成绩", "分之"])
def test_no_number_where_there_is_none(text):
    assert numeral_at(text, 0) is None


def test_every_whole_number_below_ten_thousand_is_read_from_its_characters():
    digits, sizes = "零一二三四五六七八九", ["", "十", "百", "千"]

    def written(number):
        text = ""
        for place, digit in reversed(list(enumerate(map(int, reversed(str(number)))))):
            text += digits[digit] + sizes[place] if digit else "" if text.endswith("零") else "零"
        return text.rstrip("零") or "零"

    assert [n for n in range(10_000) if read_number(written(n)) != n] == []


def test_ten_is_no_grade_and_a_grade_no_tenth():
    assert [(n.value, n.share) for n in numerals("得八成分值，三成员")] == [
        (Fraction(4, 5), True),
        (Fraction(3), False),
    ]


def test_all_numbers_of_a_text_are_found_where_they_stand():
    text = "共28项，百分之九十合格，扣0.5分"
    assert [text[n.start : n.end] for n in numerals(text)] == ["28", "百分之九十", "0.5"]


def test_half_a_point_is_a_number():
    assert read_number("半") is None
    assert numeral_at("半分", 0).value == Fraction(1, 2)
