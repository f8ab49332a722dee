"""Home, search, and the pages shown when something is not allowed, not there or broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from chuangwen.base.access import signed_in
from chuangwen.dashboards.posts import posts_of
from chuangwen.dashboards.search import search as find
from chuangwen.dashboards.side import side_for
from chuangwen.dashboards.todo import WITH_TODO, sections_for
from chuangwen.organisations.models import Role
from chuangwen.organisations.queries import office_of


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """待办; who only inspects starts at today's places; who has no to-do list, at what the account is for."""
    if request.user.roles == {Role.INSPECTOR}:
        return redirect("mobile:today")
    if not request.user.roles & WITH_TODO:
        found = {"posts": posts_of(request.user), "office": office_of(request.user)}
        return render(request, "dashboards/posts.html", found)
    sections = sections_for(request.user)
    count = sum(section.count for section in sections)
    context = {"sections": sections, "count": count, "today": timezone.localdate(), "side": side_for(request.user)}
    return render(request, "dashboards/home.html", context)


@signed_in
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:60]
    return render(request, "dashboards/search.html", {"search_text": text, "groups": find(request.user, text)})


@signed_in
def more(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboards/more.html", {})


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "dashboards/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also what a button of an old page leads to, where the thing it was for is gone."""
    person = getattr(request, "user", None)
    frame = "base/page.html" if person and person.is_authenticated else "base/plain.html"
    told = {"frame": frame, "pressed": request.method == "POST"}
    return render(request, "dashboards/not_found.html", told, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboards/broken.html", status=500)
