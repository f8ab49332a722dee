"""Home, and the pages shown when something is not allowed, not there or broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuangwen.base.access import signed_in


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboards/home.html", {})


@signed_in
def more(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboards/more.html", {})


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "dashboards/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "dashboards/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboards/broken.html", status=500)
