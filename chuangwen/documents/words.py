"""The words of a paper that a person writes; kept as JSON in Document.content."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

DAYS = ("first_day", "last_day")


@dataclass(frozen=True, kw_only=True)
class Words:
    """basis: an opening clause of a circular, or on what ground a notice is given. demands: own demands instead of the
    usual ones, one to a line. first_day, last_day: the period, where it is not the recorded one."""

    addressee: str = ""
    basis: str = ""
    examiner: str = ""
    remarks: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    reply_to: str = ""
    contact: str = ""
    phone: str = ""
    dispute_days: int = 2
    photos: bool = True
    issuer: str = ""

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        values = asdict(self)
        values |= {name: values[name] and values[name].isoformat() for name in DAYS}
        return values | {"demands": list(self.demands), "remarks": list(self.remarks)}


def words_of(content: dict[str, Any]) -> Words:
    values = {name: content[name] for name in Words.__dataclass_fields__ if name in content}
    for name in ("demands", "remarks"):
        values[name] = tuple(values.get(name) or ())
    values |= {name: date.fromisoformat(values[name]) for name in DAYS if values.get(name)}
    return Words(**values)
