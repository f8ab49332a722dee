"""How numbers, dates and states are written on pages (docs: design reference §7)."""

import uuid
from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
NBSP = "\u00a0"
WEEKDAYS = "一二三四五六日"


@register.filter
def count(number: int | None, measure: str) -> str:
    """3|count:"件" → 3 件, joined by a no-break space."""
    return f"{number or 0}{NBSP}{measure}"


@register.filter
def day(value: date | datetime | None) -> str:
    """4月9日, with the year when it is not this one."""
    if value is None:
        return ""
    moment = timezone.localtime(value).date() if isinstance(value, datetime) else value
    text = f"{moment.month}月{moment.day}日"
    return text if moment.year == timezone.localdate().year else f"{moment.year}年{text}"


@register.filter
def moment(value: datetime | None) -> str:
    """4月9日 08:42."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def weekday(value: date) -> str:
    return f"星期{WEEKDAYS[value.weekday()]}"


@register.filter
def days_between(start: date, end: date) -> str:
    """3月31日至4月11日."""
    return day(start) if start == end else f"{day(start)}至{day(end)}"


@register.filter
def late_days(days_left: int) -> int:
    """−3 working days left are 3 days late."""
    return -days_left


@register.filter
def scaled(value: int | None, digits: int = 2) -> str:
    """A scaled integer with its declared places, minus as −; 未测 when there is none."""
    if value is None:
        return "未测"
    sign, size = ("−" if value < 0 else ""), abs(value)
    whole, rest = divmod(size, 10**digits)
    return f"{sign}{whole}" + (f".{rest:0{digits}d}" if digits else "")


@register.simple_tag
def client_id() -> SafeString:
    """A hidden id made with the form, so that the same form sent twice is done once."""
    return format_html('<input type="hidden" name="client_id" value="{}">', uuid.uuid4())


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("base/vendor/icons.svg"), name
    )


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: object) -> str:
    """The page's own query string with some values changed (empty = left out)."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in ("", None):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"
