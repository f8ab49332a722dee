"""Numbers as documents write them: 0.5, ０．５, 1,200, 百分之八十五, 85%, 八成半, 十分之一, 半数, 一百二十, 3万, 3—5.

A number that is not one exact number (十余, 三五, 近百, 1.2.3, 05) is found too, and marked as not exact, so
that a reader can show it and never calculates with it.
"""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

WIDE = str.maketrans({**{chr(0xFF10 + i): str(i) for i in range(10)}, "．": ".", "％": "%", "﹪": "%"})
DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
    "〇": 0,
    "○": 0,
    "两": 2,
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
GREAT = {"万": 10**4, "亿": 10**8}
ZEROS = "零〇○"
ANY = "".join([*DIGITS, *TENS, *GREAT, "廿"])

ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)*|\d+(?:\.\d+)*")
LEADING_ZERO = re.compile(r"0\d")
AFTER_DIGITS = re.compile("[百千万亿]+")
WORDS = re.compile(f"[{ANY}]+(?:点[{ANY}]+)?")
STEP = re.compile(f"([{''.join(DIGITS)}])?([{''.join(TENS)}])")
WHOLE = re.compile("百分之百|百分百")
HALF = re.compile("一半|半数")
HALF_POINT = re.compile("半(?=分(?!钟|之))")
PARTS = re.compile("百分之|千分之")
TENTHS = re.compile(r"成(?![员立为果效绩本交长年就功品人套熟])([一二三四五六七八九半](?!个|成))?")
VAGUE_BEFORE = re.compile("(?:好几|几|数|上|近|成)(?=[十百千万亿](?!分之))")
VAGUE_AFTER = re.compile("[多余几]|来(?![自源电信访])")
DASH = re.compile("[-—–－−~～〜]{1,2}|至|到")
SIZES = {"%": 100, "‰": 1000, "成": 10}


@dataclass(frozen=True)
class Numeral:
    """A number at `start`…`end` of a text; `value` of a share (百分之八十五, 85%, 八成半) is 17/20."""

    start: int
    end: int
    value: Fraction
    share: bool = False
    exact: bool = True


@dataclass(frozen=True)
class Between:
    """Two numbers with a dash or 至 between: 3—5, 80%至90%, 80-90%."""

    start: int
    end: int
    low: Numeral
    high: Numeral

    @property
    def exact(self) -> bool:
        """Say whether both ends are known, of one sort and in order."""
        low, high = self.low, self.high
        return low.exact and high.exact and low.share == high.share and low.value < high.value


def digit_string(word: str) -> int | None:
    """Read 二〇二四 digit by digit; without a zero (三五, 一二三) it is no number."""
    if len(word) < 2 or any(char not in DIGITS for char in word) or not set(word) & set(ZEROS):
        return None
    return int("".join(str(DIGITS[char]) for char in word))


def below_great(word: str) -> int | None:
    """Read a number below 10 000: 十五, 一百零五, 一百二 (120); None when it is no number."""
    total, last, zero = 0, 10**4, False
    while step := STEP.match(word) or (word[:1] in ZEROS and word):
        if isinstance(step, str):
            if zero or not total or last == 10:
                break
            word, zero = word[1:], True
            continue
        size = TENS[step[2]]
        if size >= last or (step[1] is None and (size != 10 or total)):
            return None
        total, last, zero = total + DIGITS[step[1] or "一"] * size, size, False
        word = word[step.end() :]
    if not word:
        return None if zero else total
    if len(word) > 1 or word not in DIGITS or (total and word in f"{ZEROS}两"):
        return None
    return total + DIGITS[word] * (last // 10 if total and not zero else 1)


def whole(word: str) -> int | None:
    """Read a whole number in characters; None when its characters make no single number."""
    if word.startswith("廿"):
        word = "二十" + word[1:]
    found = digit_string(word)
    if found is not None and not set(word) & set(TENS):
        return found
    for great in ("亿", "万"):
        head, sign, tail = word.partition(great)
        if sign:
            high, low = whole(head), whole(tail.lstrip(ZEROS)) if tail else 0
            return None if high is None or low is None or len(tail) == 1 else high * GREAT[great] + low
    return below_great(word)


def chinese(word: str) -> Fraction | None:
    """Read a number in characters, with 点: 三点二五."""
    head, _, tail = word.partition("点")
    value = whole(head)
    if value is None or any(char not in DIGITS for char in tail):
        return None
    return value + Fraction(int("0" + "".join(str(DIGITS[char]) for char in tail)), 10 ** len(tail))


def arabic(word: str) -> Fraction | None:
    """Read digits; 1.2.3 and 05 are codes, not numbers."""
    digits = word.replace(",", "")
    return None if digits.count(".") > 1 or LEADING_ZERO.match(digits) else Fraction(digits)


def bare_at(text: str, start: int) -> Numeral | None:
    """Read digits (3, 0.5, 3万) or characters, without per cent, tenths or parts."""
    if HALF_POINT.match(text, start):
        return Numeral(start, start + 1, Fraction(1, 2))
    match = ARABIC.match(text, start)
    if not match:
        match = WORDS.match(text, start)
        value = chinese(match[0]) if match else None
        return Numeral(start, match.end(), value or Fraction(0), exact=value is not None) if match else None
    value, end = arabic(match[0]), match.end()
    great = AFTER_DIGITS.match(text, end)
    if great and not text.startswith("分之", great.end()):
        size = Fraction(1)
        for char in great[0]:
            size *= {**TENS, **GREAT}[char]
        value, end = None if value is None else value * size, great.end()
    return Numeral(start, end, value or Fraction(0), exact=value is not None)


def part_at(text: str, start: int) -> Numeral | None:
    """Read 百分之八十五, 千分之五, 百分百, 半数, 十分之一, 3分之2."""
    if match := WHOLE.match(text, start):
        return Numeral(start, match.end(), Fraction(1), share=True)
    if match := HALF.match(text, start):
        return Numeral(start, match.end(), Fraction(1, 2), share=True)
    if match := PARTS.match(text, start):
        size, above = Fraction(100 if match[0] == "百分之" else 1000), match.end()
    else:
        lower = bare_at(text, start)
        if not lower or not text.startswith("分之", lower.end):
            return None
        size, above = lower.value, lower.end + 2
    upper = bare_at(text, above)
    if not upper:
        return None
    exact = upper.exact and (0 < size <= 10 or size in (100, 1000, 10_000))
    return Numeral(start, upper.end, upper.value / size if exact else Fraction(0), share=True, exact=exact)


def with_sign(text: str, number: Numeral) -> Numeral:
    """Extend a number by %, ‰ or 成 (八成, 八成五, 八成半)."""
    sign = text[number.end : number.end + 1]
    if sign and sign in "%‰":
        return replace(number, end=number.end + 1, value=number.value / SIZES[sign], share=True)
    match = TENTHS.match(text, number.end)
    if not match or not 0 < number.value <= 10:
        return number
    more = Fraction({**DIGITS, "半": 5}.get(match[1] or "", 0), 10)
    return replace(number, end=match.end(), value=(number.value + more) / 10, share=True)


def numeral_at(text: str, start: int) -> Numeral | None:
    """Read the longest number that begins at `start`; None when none does."""
    text = text.translate(WIDE)
    vague = VAGUE_BEFORE.match(text, start)
    begin = vague.end() if vague else start
    number = part_at(text, begin) or bare_at(text, begin)
    if number is None:
        return None
    number = number if number.share else with_sign(text, number)
    after = VAGUE_AFTER.match(text, number.end)
    exact = number.exact and not vague and not after
    return replace(number, start=start, end=after.end() if after else number.end, exact=exact)


def between_at(text: str, start: int) -> Between | None:
    """Read two numbers with a dash or 至 between; in 80-90% and 百分之三十至五十 the sign counts for both."""
    text = text.translate(WIDE)
    low = numeral_at(text, start)
    dash = DASH.match(text, low.end) if low else None
    high = numeral_at(text, dash.end()) if dash else None
    if not low or not high:
        return None
    sign = text[high.end - 1]
    if high.share and not low.share and sign in SIZES:
        low = replace(low, value=low.value / SIZES[sign], share=True)
    if low.share and not high.share and text.startswith("百分之", start):
        high = replace(high, value=high.value / 100, share=True)
    return Between(start, high.end, low, high)


def numerals(text: str) -> list[Numeral]:
    """Read all numbers of a text from left to right."""
    found: list[Numeral] = []
    place = 0
    while place < len(text):
        number = numeral_at(text, place)
        if number:
            found.append(number)
        place = number.end if number else place + 1
    return found


def read_number(text: str) -> Fraction | None:
    """Read a text that is one exact number and nothing else (spaces around it aside)."""
    stripped = text.strip()
    number = numeral_at(stripped, 0)
    return number.value if number and number.exact and number.end == len(stripped) else None
