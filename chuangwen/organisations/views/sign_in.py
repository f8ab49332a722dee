"""Signing in and out, and changing one's own password."""

from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chuangwen.base.access import public, signed_in
from chuangwen.organisations import actions
from chuangwen.organisations.forms import OwnPasswordForm, SignInForm


@public
def login(request: HttpRequest) -> HttpResponse:
    view = auth.LoginView.as_view(template_name="organisations/login.html", authentication_form=SignInForm)
    return view(request)


@public
def logout(request: HttpRequest) -> HttpResponse:
    return auth.LogoutView.as_view(next_page="organisations:login")(request)


@signed_in
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_own_password(actor=request.user, password=form.cleaned_data["new_password1"])
        return redirect("organisations:login")
    return render(request, "organisations/own_password.html", {"form": form})
