"""A step that is asked once more, taken by somebody who is sure."""

from typing import Any

from django.http import HttpResponse
from django.test import Client


def surely(client: Client, url: str, data: dict[str, Any] | None = None, **options: Any) -> HttpResponse:
    """Press the button, read the page that asks once more, confirm; a step that is not asked fails the test."""
    first = client.post(url, data or {}, **options)
    assert first.context, f"{url} was not asked once more: it answered {first.status_code}"
    assert "question" in first.context, f"{url} was not asked once more"
    return client.post(url, {**(data or {}), "sure": first.context["question"].mark}, **options)
