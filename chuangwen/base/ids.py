"""The id a form carries, made with the form (template tag client_id)."""

from uuid import UUID, uuid4

from django.http import HttpRequest


def client_id_of(request: HttpRequest) -> UUID:
    """The form's client id; a fresh one when it was lost on the way."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return uuid4()
