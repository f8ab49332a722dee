"""Text of cells made comparable. Nothing here changes what is kept: the words of the file stay as they are."""

import re

# One sign for one sign, so that places found in the folded text are places of the text itself.
_FOLD = str.maketrans(
    "（）【】［］〔〕：；，．％＃＞＜＝—–―－~～﹣　\u00a0",
    "()[][][]:;,.%#><=-------  ",
)
_FOLD |= {0xFF10 + digit: ord("0") + digit for digit in range(10)}
_FOLD |= {start + letter: base + letter for start, base in ((0xFF21, 65), (0xFF41, 97)) for letter in range(26)}
# Heads are written in either script; only heads are compared this way.
_SIMPLE = str.maketrans(
    "測評標準項級內責單牽頭協備註說權數點類號編審問調網報體觀資負門務細則計記規總績檢驗範對場聽匯導領據證紙實課題綱議圍時間員處辦業區縣鄉鎮議達與應得條層",
    "测评标准项级内责单牵头协备注说权数点类号编审问调网报体观资负门务细则计记规总绩检验范对场听汇导领据证纸实课题纲议围时间员处办业区县乡镇议达与应得条层",
)
_MARKS = re.compile(r"[\s*＊:：]")
_BRACKET = re.compile(r"\([^()]*\)$")
_SPACED = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|\s+(?=[（）()、，。；：])|(?<=[（(])\s+")


def folded(text: str) -> str:
    """Full-width signs made plain, sign for sign: the length stays."""
    return text.translate(_FOLD)


def plain(header: str) -> str:
    """A header as headers are compared: no spaces, stars and colons, simplified signs."""
    return _MARKS.sub("", folded(header)).translate(_SIMPLE)


def without_bracket(header: str) -> str:
    """分值（100分） → 分值."""
    return _BRACKET.sub("", plain(header))


def one_line(text: str) -> str:
    """A name without the line breaks and spaces a narrow cell forced on it: 领␣导␣班␣子 → 领导班子."""
    return _SPACED.sub("", " ".join(text.split()))


def distinct(texts: list[str]) -> list[str]:
    """Texts that say something, each once, in their order."""
    return list(dict.fromkeys(text for text in texts if text))
