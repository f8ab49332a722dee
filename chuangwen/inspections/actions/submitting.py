"""Submitting a visit 交点位: all or nothing, once; the same again is a success, other content a named conflict."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from chuangwen.base import files
from chuangwen.base.errors import Refused
from chuangwen.base.events import kind_of, record
from chuangwen.base.models import Attachment, StoredFile
from chuangwen.base.templatetags.words import moment
from chuangwen.inspections import queries
from chuangwen.inspections.actions import findings
from chuangwen.inspections.marks import (
    Marked,
    answers_for,
    check_photos,
    check_rest,
    checked,
    fingerprint,
)
from chuangwen.inspections.models import Answer, NotApplicable, Round, Visit
from chuangwen.organisations.models import Person


def submit_visit(*, actor: Person, visit: Visit, marks: Sequence[Marked], confirmed: Collection[int] = ()) -> Visit:
    """Take in what was marked at a place and lock it; findings become problems in the same transaction.

    confirmed: numbers of the sections whose unmarked items are confirmed with 其余合格; the rest is kept as 未查. The
    visit's uuid is its identity: the same content sent again is answered with the visit as it stands, other content
    for a visit already submitted is Refused. Photos are opened first: a broken one spoils nothing.
    """
    rows = Visit.objects.select_related(
        "round__version",
        "round__jurisdiction__root",
        "round__jurisdiction__tenant",
        "place",
        "place_type",
        "unit",
        "team",
    )
    visit = rows.defer("round__version__spec").get(pk=visit.pk)
    if not queries.may_answer(actor, visit):
        raise Refused("这个点位不归本组测。请看“今日点位”里的名单，或问创建办。")
    sent = fingerprint(marks, {str(number) for number in confirmed})
    if visit.state != Visit.State.ASSIGNED or visit.round.state != Round.State.OPEN:
        return _again(visit, sent)
    sheet = queries.sheet_of(visit)
    items = {item.key: item for section in sheet for item in section.items}
    by_item = checked(visit, sheet, marks)
    check_rest(sheet, by_item, confirmed)
    kinds = check_photos(items, by_item.values())
    stored = {data: files.store(data, tenant=actor.tenant, media_type=kind) for data, kind in kinds.items()}
    with transaction.atomic():
        if not _lock(actor, visit, sent):
            return _again(_fresh(visit), sent)
        _write(actor, visit, sheet, by_item, confirmed, stored)
    return visit


def _lock(actor: Person, visit: Visit, sent: str) -> bool:
    """Compare and set: of several at once exactly one goes on; the others wait for its commit and find it done.

    The round is held first, as by every step of the office on its places: a close either waits for this visit or is
    seen here. A draw, a change of team or a replacement never waits for a visit while the visit waits for the round.
    """
    rounds = Round.objects.select_for_update(no_key=True).filter(pk=visit.round_id)
    if Round.State.OPEN not in rounds.values_list("state", flat=True):
        return False
    changes = {
        "state": Visit.State.SUBMITTED,
        "submitted_at": timezone.now(),
        "submitted_by": actor,
        "content_hash": sent,
    }
    if not Visit.objects.filter(pk=visit.pk, state=Visit.State.ASSIGNED).update(**changes):
        return False
    for name, value in changes.items():
        setattr(visit, name, value)
    return True


def _write(
    actor: Person,
    visit: Visit,
    sheet: Sequence[queries.Section],
    marks: Mapping[tuple[str, int], Marked],
    confirmed: Collection[int],
    stored: Mapping[bytes, StoredFile],
) -> None:
    rows = answers_for(visit, sheet, marks, confirmed, visit.submitted_at)
    answers = Answer.objects.bulk_create(rows, batch_size=500)
    by_key = {marked.key: marked for marked in marks.values()}
    by_answer = {answer.pk: by_key.get((answer.criterion.key, answer.ordinal)) for answer in answers}
    _ask_absent(answers, by_answer)
    photos = _attach(actor, answers, by_answer, stored)
    items = queries.by_answer(sheet)
    problems = findings.open_for(actor=actor, visit=visit, answers=answers, items=items, photos=photos)
    data = {"round": visit.round_id, "visit": visit.pk, "answers": len(answers), "findings": len(problems)}
    record("inspections.visit_submitted", actor=actor, targets=[visit, visit.round], data=data)


def _ask_absent(answers: Sequence[Answer], marks: Mapping[int, Marked | None]) -> None:
    asked = [answer for answer in answers if answer.mark == Answer.Mark.NA_ASKED]
    if asked:
        NotApplicable.objects.bulk_create(
            [NotApplicable(tenant_id=one.tenant_id, answer=one, reason=marks[one.pk].reason) for one in asked]
        )


def _attach(
    actor: Person,
    answers: Sequence[Answer],
    marks: Mapping[int, Marked | None],
    stored: Mapping[bytes, StoredFile],
) -> dict[int, list[StoredFile]]:
    """The photos at their answers, each file once; the files by answer."""
    found: dict[int, list[StoredFile]] = {}
    rows = []
    for answer in answers:
        marked = marks[answer.pk]
        once = {stored[photo.data].pk: photo for photo in marked.photos} if marked else {}
        for photo in once.values():
            found.setdefault(answer.pk, []).append(stored[photo.data])
            rows.append(
                Attachment(
                    tenant_id=answer.tenant_id,
                    file=stored[photo.data],
                    target_kind=kind_of(Answer),
                    target_id=answer.pk,
                    role="before",
                    name=photo.name[:200],
                    taken_at=photo.taken_at,
                    created_by=actor,
                )
            )
    if rows:
        Attachment.objects.bulk_create(rows, batch_size=500)
    return found


def _fresh(visit: Visit) -> Visit:
    return Visit.objects.select_related("round", "place", "submitted_by").get(pk=visit.pk)


def _again(visit: Visit, sent: str) -> Visit:
    """What a visit that takes nothing in any more answers."""
    if visit.state == Visit.State.SUBMITTED and visit.content_hash == sent:
        return visit
    name = visit.place.name
    if visit.state == Visit.State.SUBMITTED:
        bad = visit.answers.filter(mark=Answer.Mark.NOT_QUALIFIED).count()
        who = f"{visit.submitted_by.name} {moment(visit.submitted_at)}"
        raise Refused(f"{name}已由{who} 交过，不合格 {bad} 项，与这一份不同。以交过的为准；要改，请创建办更正。")
    if visit.state == Visit.State.REPLACED:
        raise Refused(f"{name}已经换成别的点位，不用测了。请看“今日点位”里的新点位。")
    raise Refused(f"“{visit.round.name}”{visit.round.get_state_display()}，现在不收记录。请问创建办。")
