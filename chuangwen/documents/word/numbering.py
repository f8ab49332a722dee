"""Numbers of headings and annexes, counted so that nobody types them."""

DIGITS = "零一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一, 105 → 一百零五; from 1 to 999."""
    if not 1 <= number <= 999:
        raise ValueError(f"序号 {number} 不在 1 至 999 之间，请分成几份公文。")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


class Numbering:
    """Counts headings of four levels; a heading starts all deeper levels anew."""

    def __init__(self) -> None:
        self.counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        """The label of the next heading of this level."""
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (4 - level)
        number = self.counts[level - 1]
        if level == 1:
            return f"{chinese_numeral(number)}、"
        if level == 2:
            return f"（{chinese_numeral(number)}）"
        return f"{number}." if level == 3 else f"（{number}）"
