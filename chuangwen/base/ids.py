"""Ids as they come from outside: the one a form carries (template tag client_id), keys of rows in an address."""

from uuid import UUID, uuid4

from django.http import HttpRequest


def client_id_of(request: HttpRequest) -> UUID:
    """The form's client id; a fresh one when it was lost on the way."""
    return uuid_of(request.POST.get("client_id")) or uuid4()


def key_of(text: str | None) -> int | None:
    """A row's key written in an address; None for anything that cannot be one (²³, twenty digits)."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def uuid_of(text: str | None) -> UUID | None:
    """A row's uuid written in an address; None for anything that is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
