"""A step that cannot be taken back is asked once more: what it is, what it is done to, with the numbers.

The button of such a step is a form like any other. Its view calls `unsure` before the action: what was sent is shown
back as a page of its own and nothing is written; only the button of that page sends the mark of what was read there.
"""

import hashlib
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


@dataclass(frozen=True)
class Question:
    """verb, what: 结束, “3月督导”. facts: what follows, a sentence each. stay: the page to go back to.

    over: why there is nothing left to ask, for a step already taken or one the thing has outgrown.
    """

    verb: str
    what: str
    stay: str
    facts: tuple[str, ...] = ()
    over: str = ""

    @property
    def title(self) -> str:
        return f"{self.verb}{self.what}"

    @property
    def mark(self) -> str:
        """Stands for exactly what is read on the page: other numbers have another one."""
        return hashlib.sha256("\n".join([self.title, *self.facts]).encode()).hexdigest()[:16]


def unsure(request: HttpRequest, question: Question | None) -> HttpResponse | None:
    """The page that asks once more; None when the person has read it as it stands and is sure.

    Read before something changed: asked again with a line that says so. Already done: back to the page, with a line.
    No question: the step cannot be taken now, and its action says why.
    """
    if question is None:
        return None
    if question.over:
        messages.info(request, question.over)
        return redirect(question.stay)
    sure = request.POST.get("sure")
    if sure == question.mark:
        return None
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    given = [(name, value) for name, value in sent if name not in ("csrfmiddlewaretoken", "sure")]
    shown = {"question": question, "given": given, "has_moved": sure is not None}
    return render(request, "base/sure.html", shown)
