"""Numbers that Word puts before paragraphs by itself: they stand in no text, so they are counted here."""

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from rulebook.tables import chinese

Element = etree._Element
CHINESE = ("chinese", "japaneseCounting", "ideographDigital", "taiwanese")


@dataclass(frozen=True)
class Form:
    """How a level is written: the kind of number, the text around it (（%1）), where it starts."""

    kind: str
    text: str
    start: int


@dataclass
class Numbering:
    """The lists of a document. forms: list and level → form; of_style: style → list and level."""

    forms: dict[tuple[str, int], Form] = field(default_factory=dict)
    of_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)

    @classmethod
    def of(cls, lists: Element | None, styles: Element | None) -> "Numbering":
        """The numbering of a document from its parts; either may be missing."""
        found = cls()
        if lists is not None:
            levels = {_value(one, "abstractNumId"): _levels(one) for one in _children(lists, "abstractNum")}
            for one in _children(lists, "num"):
                abstract = next(iter(_children(one, "abstractNumId")), None)
                for level, form in levels.get(_value(abstract, "val"), {}).items():
                    found.forms[_value(one, "numId"), level] = form
        for style in _children(styles, "style") if styles is not None else ():
            if place := _place(style):
                found.of_style[_value(style, "styleId")] = place
        return found

    def mark(self, paragraph: Element) -> str:
        """The number before a paragraph, counted on; '' when it has none."""
        place = _place(paragraph) or self.of_style.get(_style(paragraph))
        if place is None or place not in self.forms:
            return ""
        name, level = place
        self.counts[place] += 1
        for known in self.counts:
            if known[0] == name and known[1] > level:
                self.counts[known] = 0
        text = self.forms[place].text
        for depth in range(level + 1):
            if form := self.forms.get((name, depth)):
                number = form.start - 1 + max(1, self.counts[name, depth])
                text = text.replace(f"%{depth + 1}", written(number, form.kind))
        return text


def written(number: int, kind: str) -> str:
    """A number as a list writes it; bullets are no numbers."""
    if kind in ("bullet", "none"):
        return ""
    if kind.startswith("decimalEnclosedCircle"):
        return chr(ord("①") + number - 1) if 0 < number <= 20 else str(number)
    if kind.startswith(CHINESE):
        return chinese(number)
    if kind in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr(ord("A" if kind == "upperLetter" else "a") + number - 1)
    if kind == "upperRoman" and 0 < number <= 5:
        return "ⅠⅡⅢⅣⅤ"[number - 1]
    return str(number)


def _children(parent: Element, name: str) -> list[Element]:
    return [one for one in parent if isinstance(one.tag, str) and etree.QName(one).localname == name]


def _value(element: Element | None, name: str) -> str:
    found = element.attrib.items() if element is not None else ()
    return next((str(value) for key, value in found if key.rpartition("}")[2] == name), "")


def _below(element: Element | None, *path: str) -> Element | None:
    for name in path:
        element = next(iter(_children(element, name)), None) if element is not None else None
    return element


def _levels(abstract: Element) -> dict[int, Form]:
    found = {}
    for one in _children(abstract, "lvl"):
        kind, text = _value(_below(one, "numFmt"), "val"), _value(_below(one, "lvlText"), "val")
        start = _value(_below(one, "start"), "val")
        plain = text if "%" in text else ""  # a bullet's sign is of a symbol font
        found[_whole(_value(one, "ilvl"), 0)] = Form(kind, plain, _whole(start, 1))
    return found


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


def _place(element: Element) -> tuple[str, int] | None:
    """The list and level that a paragraph or style names."""
    numbers = _below(element, "pPr", "numPr")
    name = _value(_below(numbers, "numId"), "val")
    return (name, _whole(_value(_below(numbers, "ilvl"), "val"), 0)) if name and name != "0" else None


def _style(paragraph: Element) -> str:
    return _value(_below(paragraph, "pPr", "pStyle"), "val")
