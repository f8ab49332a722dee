"""Invented names of places and people, always the same: nothing here exists."""

SURNAMES = "周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施孔曹严华金魏陶姜"
GIVEN = "文清 建平 晓岚 国栋 丽华 志明 海燕 立新 玉兰 永强 秀英 学军 春梅 伟民 桂芳 少波 慧敏 振华 雪琴 卫东".split()
SIDES = "东 西 南 北 中".split()
WORDS = "东湖 青山 白云 石桥 柳林 望江 清河 龙泉 双溪 梅岭 长丰 永安 和平 新安 金水 银河 玉泉 大田 小河 南坪".split()


def person(number: int) -> str:
    """The name of invented person `number`; the first 520 differ."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN[(number // len(SURNAMES) + number) % len(GIVEN)]


def place(number: int) -> str:
    """An invented place name: the first 100 differ."""
    word, round = WORDS[number % len(WORDS)], number // len(WORDS)
    return word if not round else f"{word}{SIDES[(round - 1) % len(SIDES)]}"


def phone(number: int) -> str:
    """An invented telephone number."""
    return f"0000-{8100000 + number}"
