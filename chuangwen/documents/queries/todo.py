"""What there is to do about papers."""

from django.urls import reverse

from chuangwen.base.todo import Todo
from chuangwen.documents.models import Document
from chuangwen.documents.queries.visible import governed, visible_to
from chuangwen.organisations.models import Person

MOST = 50


def todo_for_office(person: Person) -> list[Todo]:
    """Papers drafted and not yet issued 要发的."""
    drafts = governed(person).filter(state=Document.State.DRAFT).order_by("id")
    return [
        Todo(
            kind="公文",
            title=f"{paper.title}（待签发）",
            url=reverse("documents:document", args=[paper.uuid]),
            verb="核对",
            group="send",
        )
        for paper in drafts[:MOST]
    ]


def todo_for_unit(person: Person) -> list[Todo]:
    """Notices that wait for the unit's signature 待签收."""
    papers = visible_to(person).filter(
        kind=Document.Kind.NOTICE, state=Document.State.ISSUED, signed_at__isnull=True, unit__isnull=False
    )
    return [
        Todo(
            kind="收文",
            title=paper.title,
            sub=paper.number_text,
            url=reverse("documents:document", args=[paper.uuid]),
            verb="签收",
            group="sign",
        )
        for paper in papers.order_by("id")[:MOST]
    ]
