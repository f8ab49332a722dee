"""Pages of people 人员账号 and their posts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from chuangwen.base import history
from chuangwen.base.access import allow
from chuangwen.organisations import actions
from chuangwen.organisations.forms.people import EditPersonForm, EndMembershipForm, MembershipForm, PersonForm
from chuangwen.organisations.models import Role
from chuangwen.organisations.queries import (
    accounts,
    managed_people,
    may_manage,
    phone_for,
    visible_memberships,
    visible_people,
)
from chuangwen.organisations.views.steps import step

MANAGERS = ("office", "system")


@allow(*MANAGERS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "organisations/people.html", accounts.listed(request.user, request.GET))


@allow(*MANAGERS)
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(visible_people(request.user), pk=pk)
    context = {
        "person": person,
        "phone": phone_for(request.user, person),
        "state": accounts.state_of(person),
        "memberships": visible_memberships(request.user).filter(person=person).order_by("-valid_from", "-id"),
        "manages": may_manage(request.user, person),
        "is_self": person.pk == request.user.pk,
        "history": history.lines(person),
        "links_units": Role.OFFICE in request.user.roles,
    }
    return render(request, "organisations/person.html", context)


@allow(*MANAGERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None, person=request.user, initial=accounts.suggested(request.user, request.GET))
    return step(
        request,
        form,
        lambda data: actions.create_person(actor=request.user, **data),
        to=lambda person: reverse("organisations:person", args=[person.pk]),
        title="新设账号",
        verb="新设账号",
        lead="设好以后印激活单，由本人设密码。",
        back=reverse("organisations:people"),
        back_label="人员账号",
    )


@allow(*MANAGERS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(managed_people(request.user), pk=pk)
    form = EditPersonForm(request.POST or None, subject=person)
    at = reverse("organisations:person", args=[pk])
    words = {"title": "改姓名、电话", "verb": "改好", "back": at, "back_label": person.name}
    return step(
        request, form, lambda data: actions.edit_person(actor=request.user, person=person, **data), to=at, **words
    )


@allow(*MANAGERS)
@require_http_methods(["GET", "POST"])
def add_membership(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(managed_people(request.user), pk=pk)
    form = MembershipForm(request.POST or None, person=request.user)
    at = reverse("organisations:person", args=[pk])
    words = {"title": "加一个任职", "verb": "加任职", "back": at, "back_label": person.name}
    return step(
        request, form, lambda data: actions.add_membership(actor=request.user, person=person, **data), to=at, **words
    )


@allow(*MANAGERS)
@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    rows = visible_memberships(request.user).filter(person__in=managed_people(request.user))
    row = get_object_or_404(rows, pk=pk)
    form = EndMembershipForm(request.POST or None)
    at = reverse("organisations:person", args=[row.person_id])
    post = f"{row.person.name}在“{row.organisation.name}”任{row.get_role_display()}"
    lead = f"{post}。结束后看不到这里的事，经办过的照样留着。"
    words = {"title": "结束任职", "verb": "结束任职", "back": at, "back_label": row.person.name, "lead": lead}
    return step(
        request, form, lambda data: actions.end_membership(actor=request.user, membership=row, **data), to=at, **words
    )
