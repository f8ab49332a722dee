"""Signing in and out, activating an account, changing one's own password."""

from threading import BoundedSemaphore
from urllib.parse import urlencode

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chuangwen.base.access import public, signed_in
from chuangwen.organisations import actions
from chuangwen.organisations.forms.sign_in import ActivateForm, OwnPasswordForm, SignInForm
from chuangwen.organisations.queries import installations
from chuangwen.organisations.views.steps import attempt

HASHES = BoundedSemaphore(
    2
)  # argon2 takes 100 MiB each: a rush of sign-ins waits its turn instead of filling the memory


class Login(auth.LoginView):
    template_name = "organisations/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_initial(self) -> dict[str, object]:
        return {**super().get_initial(), "username": self.request.GET.get("account", "")}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with HASHES:
            return super().post(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        answer = super().form_valid(form)
        actions.sign_in(actor=form.get_user())
        return answer


@public
def login(request: HttpRequest) -> HttpResponse:
    tenants = installations()
    if not tenants:
        return redirect("organisations:first-run")
    return Login.as_view(extra_context={"tenant": tenants[0] if len(tenants) == 1 else None})(request)


@public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        actions.sign_out(actor=request.user)
        end_session(request)
    return redirect("organisations:login")


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """A wrong code counts like a wrong password: five, then 15 minutes' wait."""
    form = ActivateForm(request.POST or None)
    credentials = {"username": request.POST.get("username", "").strip().lower()}
    if request.method == "POST" and not AxesProxyHandler.is_allowed(request, credentials):
        return get_lockout_response(request, credentials=credentials)
    if request.method == "POST" and form.is_valid():
        with HASHES:
            done, _ = attempt(form, lambda: actions.activate(**form.chosen))
        if done:
            messages.info(request, "密码设好了。请用账号和新密码登录。")
            return redirect(f"{reverse('organisations:login')}?{urlencode({'account': form.cleaned_data['username']})}")
    if form.wrong_code:
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    return render(request, "organisations/activate.html", {"form": form})


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """The other sessions of this person end; this one goes on."""
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_own_password(actor=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.info(request, "密码改好了。")
        return redirect("dashboards:home")
    return render(request, "organisations/own_password.html", {"form": form})
