"""An object's events as lines for its page; apps register the Chinese word of each event name."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from chuangwen.base.events import history

_labels: dict[str, str] = {}


@dataclass(frozen=True)
class Line:
    at: datetime
    label: str
    who: str
    words: str = ""


def label(names: dict[str, str]) -> None:
    """Register the words of event names; called in AppConfig.ready."""
    _labels.update(names)


def word(name: str) -> str:
    """The Chinese word of an event name."""
    return _labels.get(name, name)


def lines(target: models.Model, *, limit: int = 50) -> list[Line]:
    """The object's history, newest first: one query."""
    return [
        Line(
            at=event.at,
            label=word(event.name),
            who=event.actor.name if event.actor else "系统",
            words=event.data.get("reason", ""),
        )
        for event in history(target)[:limit]
    ]
