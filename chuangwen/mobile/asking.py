"""What the phone asks once before a place is handed in: photos the standard wants, numbers that are not qualified."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from chuangwen.base.errors import Refused
from chuangwen.inspections import queries
from chuangwen.inspections.actions import Marked
from chuangwen.inspections.marks import checked
from chuangwen.inspections.models import Answer, Visit
from chuangwen.mobile.sheet import Row, Sheet, number_error

PHOTO = "按要求要拍照，还没有照片。"
NUMBER = "按规则不合格，还没有照片和情况。"


def asks(visit: Visit, sheet: Sheet, marks: Sequence[Marked]) -> bool:
    """Is something to be asked that was not asked yet? Then it stands at its items and at the head of the sheet."""
    if visit.state != Visit.State.ASSIGNED:
        return False
    found = checked(visit, [part.section for part in sheet.parts], marks)
    for row in sheet.rows:
        row.asked = _missing(row.item, found.get(row.item.key))
    rows = [row for row in sheet.rows if row.asked]
    if {row.name for row in rows} <= sheet.asked:
        return False
    sheet.asked |= {row.name for row in rows}
    sheet.error = _said(rows)
    return True


def _missing(item: queries.Item, marked: Marked | None) -> str:
    if marked is None or marked.mark != Answer.Mark.NOT_QUALIFIED or marked.photos:
        return ""
    if item.wants_photo:
        return PHOTO
    return "" if item.has_default or marked.note else NUMBER


def _said(rows: Sequence[Row]) -> str:
    photos = [row.item.text for row in rows if row.asked == PHOTO]
    numbers = [row.item.text for row in rows if row.asked == NUMBER]
    said = [f"{len(photos)}\u00a0项按要求要拍照，还没有照片：{'；'.join(photos)}。"] * bool(photos)
    said += [f"{len(numbers)}\u00a0项按规则不合格，还没有照片和情况：{'；'.join(numbers)}。"] * bool(numbers)
    return f"{''.join(said)}补上再交；不补，再按一次“交这个点位”照样交。"


def meaning(visit: Visit, data: QueryDict) -> dict[str, str | bool | None]:
    """What one number means under its rule, as it is typed; bad is None where it means nothing yet."""
    sheet = Sheet(visit, data, MultiValueDict())
    row = next((row for row in sheet.rows if row.number and not row.item.has_default), None)
    if row is None or not (row.base or row.item.ask != "pair"):
        return {"bad": None, "says": ""}
    if error := number_error(row):
        return {"bad": None, "says": error}
    try:
        [marked] = checked(visit, [part.section for part in sheet.parts], sheet.marks()).values()
    except Refused as refused:
        return {"bad": None, "says": refused.message}
    bad = marked.mark == Answer.Mark.NOT_QUALIFIED
    return {"bad": bad, "says": "按规则不合格。拍照，写情况。" if bad else "按规则合格。"}
