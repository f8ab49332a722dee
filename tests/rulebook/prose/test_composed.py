"""Phrases put together from parts, with numbers in every way of writing them, give the rule of their parts."""

import random
from fractions import Fraction

import pytest

from rulebook.prose import read

DIGITS = "零一二三四五六七八九"
ABOUT = ("乱堆乱放", "店外经营、占道经营", "“门前三包”未落实", "人行道板松动", "违反《市容条例》第九条", "盲道被占用等")
MOST = (
    "，最多扣{}分",
    "，{}分封顶",
    "，扣分上限{}分。",
    "，累计扣分不超过{}分",
    "（最高扣{}分）",
    "；至多扣{}分。",
    "，扣满{}分为止",
    "，以{}分为限",
)
PER = (
    "每发现一处{about}扣{each}分",
    "{about}的，每处扣{each}分",
    "发现一处{about}扣{each}分",
    "{about}，扣{each}分/处",
    "{about}按每处{each}分扣分",
    "每有1处{about}的，扣除{each}分",
    "评分办法：{about}，每处扣减{each}分",
    "{about}每处-{digits}分",
)
FROM = ("≥{}", "大于等于{}", "不低于{}", "达到{}", "{}以上", "{}（含）以上", "{}及以上", "达到{}以上")
ABOVE = ("＞{}", "大于{}", "超过{}", "高于{}", "{}以上（不含）")
WORSE = ("每低1个百分点扣{}分", "每下降一个百分点，扣{}分", "每降低1%扣{}分", "每少１个百分点扣除{}分")


def whole(number):
    """Write a number below 100 in characters."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


def written(chance, value):
    """Write a decimal with at most one place in one of the ways documents do."""
    text = f"{float(value):g}"
    tail = text.partition(".")[2]
    words = whole(int(value)) + ("点" + DIGITS[int(tail)] if tail else "")
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})
    return chance.choice([text, text, wide, words, f"{float(value):.2f}"])


def per_cent(chance, value):
    """Write a whole number of per cent."""
    tenths = [f"{DIGITS[value // 10]}成" + (DIGITS[value % 10] if value % 10 else "")] if value < 100 else []
    return chance.choice([f"{value}%", f"{value}％", f"百分之{whole(value) if value < 100 else '百'}", *tenths])


def plain(value):
    return f"{float(value):g}"


@pytest.mark.parametrize("seed", range(12))
def test_deductions_for_each_one(seed):
    chance = random.Random(seed)
    for _ in range(25):
        each, most = Fraction(chance.randint(1, 30), 10), Fraction(chance.randint(1, 9))
        capped = chance.random() < 0.6
        per = chance.choice(PER)
        text = per.format(about=chance.choice(ABOUT), each=written(chance, each), digits=plain(each))
        text += chance.choice(MOST).format(written(chance, most)) if capped else chance.choice(["", "，扣完为止。"])
        cap = {"cap": plain(most)} if capped else {}
        assert (text, read(text, "10").rule) == (
            text,
            {"kind": "per_occurrence", "each": plain(each), "measure": "处", **cap},
        )


@pytest.mark.parametrize("seed", range(12))
def test_bands_of_points(seed):
    chance = random.Random(seed)
    for _ in range(15):
        high, low = sorted(chance.sample(range(40, 100), 2), reverse=True)
        name, ways = chance.choice([("from", FROM), ("above", ABOVE)])
        first = chance.choice(ways).format(per_cent(chance, high))
        second = chance.choice(ways).format(per_cent(chance, low))
        rest = chance.choice(["其余不得分", "其他情况得0分", "否则不得分。"])
        text = f"群众满意率{first}的得{written(chance, 10)}分，{second}的得{written(chance, 6)}分，{rest}"
        rule = read(text, "10").rule
        assert (text, rule and (rule["bands"], rule["grades"], rule["else"], rule["better"])) == (
            text,
            (
                [{"grade": "10分", name: str(high)}, {"grade": "6分", name: str(low)}],
                {"10分": "10", "6分": "6", "0分": "0"},
                "0分",
                "higher",
            ),
        )


@pytest.mark.parametrize("seed", range(12))
def test_steps_from_a_line(seed):
    chance = random.Random(seed)
    for _ in range(15):
        line, each = chance.randint(50, 99), Fraction(chance.randint(1, 20), 10)
        amount = per_cent(chance, line)
        begin = chance.choice(
            ["达到{}得满分，", "办结率低于{}的，", "以{}为基准，", "不低于{}得满分；低于{}的，", "应达到{}，"]
        )
        text = begin.replace("{}", amount) + chance.choice(WORSE).format(written(chance, each))
        rule = read(text, "10").rule
        assert (text, rule and (rule["kind"], rule["line"], rule["step"], rule["each"], rule["better"])) == (
            text,
            ("per_step", str(line), "1", plain(each), "higher"),
        )
