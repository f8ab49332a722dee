"""The shape of every small step: a form shown, done, or shown again with what is wrong; or a button without a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chuangwen.base.errors import Refused


def step(
    request: HttpRequest, form: forms.Form, act: Callable[[], Any], *, to: Any, template: str = "step", **shown: Any
) -> HttpResponse:
    """A page with one form and one verb; a refusal is put at the field it is about."""
    if request.method == "POST" and form.is_valid():
        try:
            made = act()
            return redirect(to(made) if callable(to) else to)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    status = 422 if request.method == "POST" else 200
    return render(request, f"inspections/{template}.html", {"form": form, **shown}, status=status)


def button(request: HttpRequest, act: Callable[[], Any], *, to: Any) -> HttpResponse:
    """A verb without a form: done, or told why not, on the page it came from."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.message, extra_tags="is-bad")
    return redirect(to)
