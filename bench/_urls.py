"""The product's pages and the trivial list: one query, fifty names, the same sign-in and middleware."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from chuangwen.base.access import signed_in
from chuangwen.organisations.models import Organisation

TEMPLATE = "<ul>{% for row in rows %}<li>{{ row.name }}</li>{% endfor %}</ul>"


@signed_in
def trivial(request: HttpRequest) -> HttpResponse:
    rows = Organisation.objects.order_by("path")[:50]
    return HttpResponse(engines["django"].from_string(TEMPLATE).render({"rows": rows}, request))


urlpatterns = [path("trivial/", trivial), path("", include("chuangwen.urls"))]
