"""The register of numbers 发文字号: the next one, and who has one."""

import re
from datetime import date
from typing import NamedTuple

from django.db.models import Max

from chuangwen.documents.models import DocumentNumber
from chuangwen.organisations.models import Jurisdiction

WRITTEN = re.compile(r"\s*(\S{1,20}?)\s*[〔\[［（(]\s*((?:19|20)\d\d)\s*[〕\]］）)]\s*(?:第)?0*([1-9]\d{0,4})\s*号?\s*")


class Number(NamedTuple):
    """代字、年份、序号."""

    word: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.serial}号"


def read_number(text: str) -> Number | None:
    """A number as people write it, with any brackets, with or without 第 and leading zeros; None if it is none."""
    found = WRITTEN.fullmatch(text)
    return Number(found[1], int(found[2]), int(found[3])) if found else None


def next_number(jurisdiction: Jurisdiction, day: date) -> Number:
    """The number after the highest one ever given in this year, void ones included."""
    rows = DocumentNumber.objects.filter(jurisdiction=jurisdiction, word=jurisdiction.document_word, year=day.year)
    last = rows.aggregate(last=Max("serial"))["last"] or 0
    return Number(jurisdiction.document_word, day.year, last + 1)


def holder_of(jurisdiction: Jurisdiction, number: Number) -> DocumentNumber | None:
    """Who has this number already."""
    rows = DocumentNumber.objects.filter(jurisdiction=jurisdiction, **number._asdict())
    return rows.select_related("document").first()
