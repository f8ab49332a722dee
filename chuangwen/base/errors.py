"""An error meant for the person in front of the page."""


class Refused(Exception):
    """An action cannot be done; the message says in the user's words what is wrong and what to do next."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
