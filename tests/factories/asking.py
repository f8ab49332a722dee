"""A step that is asked once more, taken by somebody who is sure."""

from typing import Any

from django.http import HttpResponse
from django.test import Client


def surely(client: Client, url: str, data: dict[str, Any] | None = None, **options: Any) -> HttpResponse:
    """Press the button, read the page that asks once more, confirm; where nothing is asked, the first answer."""
    first = client.post(url, data or {}, **options)
    if not (first.context and "question" in first.context):
        return first
    return client.post(url, {**(data or {}), "sure": first.context["question"].mark}, **options)
