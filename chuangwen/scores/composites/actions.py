"""Verbs of a composite: make, shape its parts, enter scores, publish, discard."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Jurisdiction, Person
from chuangwen.organisations.queries import scope_of
from chuangwen.scores.actions import ENGINE
from chuangwen.scores.composites import subjects
from chuangwen.scores.composites.results import Result, result_of
from chuangwen.scores.composites.shaping import Shape, ordered, pattern
from chuangwen.scores.composites.spec import columns_of
from chuangwen.scores.models import Composite, CompositeLine, CompositePart, CompositeScore

NOT_YOURS = "这个综合考评不归本办管，由做它的创建办来改。"
OVERTAKEN = "别处刚改过这个综合考评，这一次没有存下。请重新打开这一页，看过现在的再改。"
SETTINGS = ("title", "first_year", "last_year", "kind", "term", "missing", "digits", "bonus_cap")


@dataclass(frozen=True)
class Entered:
    """A score for one column of one subject; blank takes it back to 未有结果."""

    column: str
    subject_id: int
    got: str


def make_composite(
    *,
    actor: Person,
    client_id: UUID,
    jurisdiction: Jurisdiction,
    title: str,
    first_year: int,
    last_year: int,
    kind: str,
    shaped: str = "free",
) -> Composite:
    """Begin a draft with the parts of a pattern. Sent twice: one draft."""
    if jurisdiction.pk not in scope_of(actor).jurisdiction_ids:
        raise Refused(NOT_YOURS)
    given = {"title": title, "first_year": first_year, "last_year": last_year, "kind": kind}
    try:
        with transaction.atomic():
            made = Composite.objects.create(
                uuid=client_id, tenant=actor.tenant, jurisdiction=jurisdiction, made_by=actor, **given
            )
            _write_parts(made, pattern(shaped, last_year))
            record("scores.composite_made", actor=actor, targets=[made])
    except IntegrityError as error:
        again = Composite.objects.filter(uuid=client_id, tenant=actor.tenant, made_by=actor).first()
        if again is None:
            raise Refused("已有同名的综合考评，换个名称。", field="title") from error
        return again
    return made


@transaction.atomic
def shape_composite(
    *, actor: Person, composite: Composite, revision: int, settings: dict[str, Any], shapes: Sequence[Shape]
) -> Composite:
    """Put settings and parts in place of those of a draft; faults are kept too and said on the page.

    Refused: an old page, a part taken away that has scores, another kind of subject while there are scores.
    """
    draft = _draft(actor, composite, revision)
    taken = Composite.objects.filter(jurisdiction=draft.jurisdiction_id, title=settings["title"]).exclude(pk=draft.pk)
    if taken.exists():
        raise Refused("已有同名的综合考评，换个名称。", field="title")
    scored = set(draft.scores.values_list("column", flat=True))
    if scored and settings["kind"] != draft.kind:
        raise Refused("已经录了得分，考评对象不能换。先把录的清空，或另做一个。", field="kind")
    labels = dict(draft.parts.values_list("key", "label"))
    for name in SETTINGS:
        setattr(draft, name, settings[name])
    parts = _write_parts(draft, ordered(shapes))
    if lost := scored - set(columns_of(parts)):
        names = "、".join(labels[key] for key in labels if key in lost)
        raise Refused(f"“{names}”已经录了得分，不能去掉，也不能改取轮次。先把录的清空。")
    _bump(draft)
    record("scores.composite_shaped", actor=actor, targets=[draft])
    return draft


def _write_parts(composite: Composite, shapes: Sequence[Shape]) -> list[CompositePart]:
    composite.parts.all().delete()
    rows = [CompositePart(composite=composite, position=i, **asdict(shape)) for i, shape in enumerate(shapes)]
    return CompositePart.objects.bulk_create(rows)


@transaction.atomic
def enter_scores(
    *,
    actor: Person,
    composite: Composite,
    scores: Sequence[Entered],
    source: str,
    given_on: date,
    revision: int | None = None,
) -> int:
    """Enter, change or take back scores of a draft, all of them or none; how many changed.

    revision: of the page they were typed on, so that an old one overwrites nothing.
    """
    draft = _draft(actor, composite, revision)
    fresh = changed_in(draft, scores)
    if not fresh:
        return 0
    if not source.strip():
        raise Refused("谁公布的，没有填。例如“省测评通报”“未成年人测评结果”。", field="source")
    if given_on > timezone.localdate():
        raise Refused("日期在今天以后。填结果公布的那天。", field="given_on")
    known = columns_of(list(draft.parts.all()))
    if strange := {one.column for one in fresh} - set(known):
        raise Refused(f"有 {len(strange)} 列已经不是录入的了。刷新页面再录。")
    said = {"source": source.strip()[:100], "given_on": given_on, "entered_by": actor, "entered_at": timezone.now()}
    _write_scores(draft, fresh, said)
    _bump(draft)
    record("scores.composite_entered", actor=actor, targets=[draft], data=_told(fresh, said["source"]))
    return len(fresh)


def _told(fresh: Sequence[Entered], source: str) -> dict[str, str]:
    gone = sum(not one.got for one in fresh)
    words = [f"{len(fresh) - gone} 个，{source}" if gone < len(fresh) else "", f"清空 {gone} 个" if gone else ""]
    return {"reason": "；".join(filter(None, words))}


def changed_in(composite: Composite, scores: Iterable[Entered]) -> list[Entered]:
    """Those that say something else than what is entered."""
    rows = CompositeScore.objects.filter(composite=composite).values_list("column", "subject_id", "got")
    there = {(column, subject_id): got for column, subject_id, got in rows}
    return [one for one in scores if there.get((one.column, one.subject_id), "") != one.got]


def _write_scores(composite: Composite, fresh: Sequence[Entered], said: dict[str, Any]) -> None:
    rows = [
        CompositeScore(composite=composite, column=one.column, subject_id=one.subject_id, got=one.got, **said)
        for one in fresh
        if one.got
    ]
    CompositeScore.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["composite", "column", "subject_id"],
        update_fields=["got", *said],
        batch_size=500,
    )
    gone: dict[str, list[int]] = {}
    for one in fresh:
        gone.setdefault(one.column, []).extend([] if one.got else [one.subject_id])
    for column, keys in gone.items():
        composite.scores.filter(column=column, subject_id__in=keys).delete()


@transaction.atomic
def restore_scores(*, actor: Person, back: Sequence[tuple[CompositeScore, dict[str, str]]]) -> None:
    """Put entered scores back to what they were before an import; an empty one is 未有结果 again."""
    if not back:
        return
    draft = _draft(actor, back[0][0].composite, None)
    for row, was in back:
        if not was:
            row.delete()
            continue
        row.got, row.source, row.given_on = was["got"], was["source"], date.fromisoformat(was["given_on"])
        row.save(update_fields=["got", "source", "given_on"])
    _bump(draft)
    record("scores.composite_restored", actor=actor, targets=[draft], data={"reason": f"{len(back)} 个"})


@transaction.atomic
def publish_composite(*, actor: Person, composite: Composite) -> Composite:
    """Keep the result for ever and show everybody the own line. Done again: nothing more."""
    held = Composite.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=composite.pk)
    if not subjects.governs(actor, held):
        raise Refused(NOT_YOURS)
    if not held.is_draft:
        return held
    result = result_of(held)
    may_publish(result)
    held.kept = {"heads": [asdict(head) for head in result.heads], "engine": ENGINE}
    held.state, held.published_by, held.published_at = Composite.State.PUBLISHED, actor, timezone.now()
    held.save(update_fields=["kept", "state", "published_by", "published_at"])
    CompositeLine.objects.bulk_create(_lines(held, result), batch_size=500)
    record("scores.composite_published", actor=actor, targets=[held])
    return held


def may_publish(result: Result) -> None:
    """Refused, with why, while the result cannot be published."""
    if result.faults:
        raise Refused(f"各部分还有 {result.faults} 处要改。先改好，再公布。")
    if result.provisional:
        names = "、".join(head.label for head in result.provisional)
        raise Refused(f"{names}取的轮次还没有定分，现在是暂计。先到轮次的计分页定分，再公布。")
    if all(row.got is None for row in result.rows):
        raise Refused("还没有一个总评。先录入得分或给轮次定分，再公布。")


def _lines(composite: Composite, result: Result) -> list[CompositeLine]:
    return [
        CompositeLine(
            composite=composite,
            subject_id=row.subject_id,
            name=row.name,
            got=row.got,
            rank=row.rank,
            row=asdict(row),
            position=position,
        )
        for position, row in enumerate(result.rows)
    ]


@transaction.atomic
def discard_composite(*, actor: Person, composite: Composite) -> None:
    """Delete a draft; refused once it is published. Done again: nothing more."""
    held = Composite.objects.select_for_update().filter(pk=composite.pk).first()
    if held is None:
        return
    draft = _draft(actor, held, None)
    record("scores.composite_discarded", actor=actor, targets=[draft.jurisdiction], data={"composite": draft.pk})
    draft.delete()


def _draft(actor: Person, composite: Composite, revision: int | None) -> Composite:
    """The draft held until the commit, where this person may change it and the page is not an old one."""
    held = Composite.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=composite.pk)
    if not subjects.governs(actor, held):
        raise Refused(NOT_YOURS)
    if not held.is_draft:
        raise Refused("已经公布，不再改动。要更正，另做一个并写明。")
    if revision is not None and revision != held.revision:
        raise Refused(OVERTAKEN)
    return held


def _bump(draft: Composite) -> None:
    draft.revision += 1
    draft.save(update_fields=["revision", *SETTINGS])
