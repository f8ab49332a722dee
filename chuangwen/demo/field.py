"""What the inspectors of the demo saw: by chance, but by the same chance every time."""

from random import Random

from chuangwen.demo import pictures
from chuangwen.inspections.actions import Marked, Photo, submit_visit
from chuangwen.inspections.models import Answer, Visit
from chuangwen.inspections.queries import sheet_of
from chuangwen.organisations.models import Person
from chuangwen.standards.checklists import OCCURRENCES, Item


def go(visit: Visit, *, chance: float, photos: bool = True) -> Visit:
    """Examine one place as a member of its team would; `chance` is how likely an item is found wanting."""
    luck = Random(f"{visit.round.name} {visit.place.code}")
    sheet = sheet_of(visit)
    marks = [mark for section in sheet for item in section.items if (mark := _mark(item, luck, chance, photos))]
    confirmed = {section.number for section in sheet}
    if luck.random() < 0.06 and len(confirmed) > 1:
        confirmed.discard(max(confirmed))  # a section they did not get to: 未查
    return submit_visit(actor=member(visit), visit=visit, marks=marks, confirmed=confirmed)


def member(visit: Visit) -> Person:
    """The first member of the visit's team."""
    return visit.team.members.select_related("membership__person__tenant").order_by("id")[0].membership.person


def _mark(item: Item, luck: Random, chance: float, photos: bool) -> Marked | None:
    """None = left to 其余合格."""
    wanting = luck.random() < chance
    if item.has_default and not wanting:
        return None
    key, ordinal = item.key
    if not item.has_default:
        return _number(item, luck, wanting)
    count = luck.choice((1, 1, 1, 2, 2, 3)) if item.ask == OCCURRENCES else 0
    note = luck.choice(item.criterion.phrases) if item.criterion.phrases else ""
    taken = (Photo(pictures.street(luck.randrange(10**9), clean=False), "现场.jpg"),) if photos else ()
    return Marked(key, ordinal, Answer.Mark.NOT_QUALIFIED, count, note=note, photos=taken)


def _number(item: Item, luck: Random, wanting: bool) -> Marked:
    key, ordinal = item.key
    if item.ask == "pair":
        base = luck.randrange(8, 21)
        good = base - (luck.randrange(1, 4) if wanting else 0)
        return Marked(key, ordinal, Answer.Mark.QUALIFIED, good, base)
    whole = luck.randrange(1, 3) if wanting else luck.randrange(4, 8)
    return Marked(key, ordinal, Answer.Mark.QUALIFIED, whole * (1000 if item.ask == "measure" else 1))
