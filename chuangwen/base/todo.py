"""One thing to do 待办: each app offers its own, the home page lists them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Todo:
    """kind: two characters (签收、复核…). title: 地点：现象 or what waits, with its number. sub: why, in grey.

    due: the local date it is due, None if it has none. days_left: working days left now (negative = overdue)
    as the deadline counts them: none are left too before the day itself, once the hours of the day before are over.
    verb: the word on the button; url: the page where it is one click. count: how many cases the row stands for, 0 where
    each has a row of its own.
    group: "new" 新来的, "late" 要催的, "send" 要发的 for the office; "sign" 收文 for a unit, whose others are
    sorted by due.
    """

    kind: str
    title: str
    url: str
    verb: str
    sub: str = ""
    due: date | None = None
    days_left: int | None = None
    count: int = 1
    group: str = ""
    provisional: bool = False

    @property
    def is_ahead(self) -> bool:
        """No working day is left to count, yet the day itself is still to come."""
        return self.days_left == 0 and self.due is not None and self.due > timezone.localdate()

    @property
    def is_tomorrow(self) -> bool:
        return self.due == timezone.localdate() + timedelta(days=1)
