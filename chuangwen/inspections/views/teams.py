"""Teams of a round, and giving the places out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from chuangwen.base.access import allow
from chuangwen.inspections import actions, queries
from chuangwen.inspections.team_forms import TeamForm
from chuangwen.inspections.views.rounds import loaded
from chuangwen.inspections.views.steps import button, step


@allow("office")
def teams(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)
    form = TeamForm(found, request.POST or None)
    return step(
        request,
        form,
        lambda: actions.add_team(actor=request.user, round=found, **form.cleaned_data),
        to=reverse("inspections:teams", args=[uuid]),
        template="teams",
        round=found,
        page=queries.round_page(found),
    )


@allow("office")
def edit(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    found = loaded(request, uuid)
    team = get_object_or_404(found.teams.select_related("round"), pk=pk)
    chosen = list(team.members.values_list("membership_id", flat=True)) if request.method == "GET" else []
    form = TeamForm(
        found, request.POST or None, initial={"name": team.name, "members": chosen, "assessor": team.assessor}
    )
    back = reverse("inspections:teams", args=[uuid])
    return step(
        request,
        form,
        lambda: actions.edit_team(actor=request.user, team=team, **form.values()),
        to=back,
        title=f"调整{team.name}",
        lead="与责任单位有关的人，不能测自己单位的点位。",
        verb="改好",
        back=back,
        back_label="分组",
    )


@allow("office")
@require_POST
def remove(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    team = get_object_or_404(loaded(request, uuid).teams.select_related("round"), pk=pk)
    to = reverse("inspections:teams", args=[uuid])
    return button(request, lambda: actions.remove_team(actor=request.user, team=team), to=to)


@allow("office")
@require_POST
def assign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = loaded(request, uuid)

    def act() -> None:
        if left := actions.assign(actor=request.user, round=found):
            names = "、".join(visit.place.name for visit in left[:5])
            messages.error(
                request,
                f"{names} 等 {len(left)} 处没有组能去：各组都有本单位的人。加一个组，或调整组员。",
                extra_tags="is-bad",
            )

    return button(request, act, to=reverse("inspections:teams", args=[uuid]))
