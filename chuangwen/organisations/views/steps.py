"""The shape of every small step: a form shown, cleaned, done, or shown again with what is wrong."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chuangwen.base.errors import Refused


def attempt(form: forms.Form, act: Callable[[], Any]) -> tuple[bool, Any]:
    """(done, what came of it); a refusal is put at the field it is about."""
    try:
        return True, act()
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return False, None


def step(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], Any], *, to: Any, **words: Any
) -> HttpResponse:
    """A page with one form and one verb. to: where to afterwards, or a function of what was made.

    words: title, lead, verb, back (URL), back_label.
    """
    if request.method == "POST" and form.is_valid():
        done, made = attempt(form, lambda: act(form.cleaned_data))
        if done:
            return redirect(to(made) if callable(to) else to)
    return render(request, "organisations/step.html", {"form": form, **words})


def button(request: HttpRequest, act: Callable[[], Any], *, to: Any) -> HttpResponse:
    """A verb without a form: done, or told why not, on the page it came from."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
    return redirect(to)
