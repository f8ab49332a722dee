"""A round's own life: made, changed while in preparation, opened, closed, released."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.templatetags.words import day
from chuangwen.inspections import queries
from chuangwen.inspections.models import Round, Visit
from chuangwen.organisations.models import Jurisdiction, Person
from chuangwen.standards.models import StandardVersion

NEXT = {
    Round.State.DRAFT: "还在筹备",
    Round.State.OPEN: "正在进行",
    Round.State.CLOSED: "已经结束",
    Round.State.RELEASED: "已经公开",
}


def create_round(
    *,
    actor: Person,
    client_id: UUID,
    jurisdiction: Jurisdiction,
    version: StandardVersion,
    name: str,
    kind: str,
    starts_on: date,
    ends_on: date,
    hand_out_at_once: bool = False,
    deadline_days: int | None = None,
) -> Round:
    """Make a round in preparation; its uuid is `client_id`, so the same form sent again gives the same round.

    Refused: a version that is not published, a name taken, an end before the start.
    """
    fields = {"name": name, "kind": kind, "starts_on": starts_on, "ends_on": ends_on}
    round = Round(uuid=client_id, tenant=actor.tenant, jurisdiction=jurisdiction, version=version, **fields)
    round.hand_out_at_once, round.deadline_days = hand_out_at_once, deadline_days
    if not queries.governs(actor, round):
        raise Refused("这个辖区不归本单位管。换成本辖区。", field="jurisdiction")
    _check_version(round)
    kept = Round.objects.filter(uuid=client_id, tenant=actor.tenant).first()
    if kept:
        return kept
    _check(round)
    try:
        with transaction.atomic():
            round.save()
            record("inspections.round_created", actor=actor, targets=[round])
    except IntegrityError:
        return _same_sent_again(actor, client_id)
    return round


def _same_sent_again(actor: Person, client_id: UUID) -> Round:
    kept = Round.objects.filter(uuid=client_id, tenant=actor.tenant).first()
    if kept is None:
        raise Refused("已有同名的轮次，换个名称。", field="name")
    return kept


@transaction.atomic
def edit_round(*, actor: Person, round: Round, **fields: Any) -> Round:
    """Change a round in preparation (name, kind, version, period, options). A new version drops the draw made."""
    round = locked(round)
    require(round, Round.State.DRAFT)
    changed = [name for name, value in fields.items() if getattr(round, name) != value]
    if not changed:
        return round
    if "version" in changed and round.visits.exists():
        raise Refused("已经按原来的测评体系抽了点位。要换体系，请另建一轮。", field="version")
    for name in changed:
        setattr(round, name, fields[name])
    if "version" in changed:
        _check_version(round)
    _check(round)
    round.save(update_fields=changed)
    record("inspections.round_edited", actor=actor, targets=[round], data={"fields": sorted(changed)})
    return round


@transaction.atomic
def open_round(*, actor: Person, round: Round) -> Round:
    """Start 开始: from now the teams see their places. Refused while a place has no team. Done again: as it stands."""
    round = locked(round)
    if round.state == Round.State.OPEN:
        return round
    require(round, Round.State.DRAFT)
    standing = round.visits.exclude(state=Visit.State.REPLACED)
    if not standing.exists() and queries.is_looked_at(round):
        raise Refused("还没有点位。先抽样，或指定点位，再开始。")
    if left := standing.filter(team__isnull=True).count():
        raise Refused(f"还有 {left} 处点位没有分到组。先分组，再开始。")
    _refuse_own_units(round)
    return _move(actor, round, Round.State.OPEN, "inspections.round_opened")


@transaction.atomic
def move_end(*, actor: Person, round: Round, ends_on: date, reason: str) -> Round:
    """Another last day 改结束日期 for a round under way; deadlines of what was handed out run from their own day.

    Refused: a day gone by (then it is ended), or before the start. The same day again changes nothing.
    """
    round = locked(round)
    require(round, Round.State.OPEN)
    before = round.ends_on
    if ends_on == before:
        return round
    if ends_on < timezone.localdate():
        raise Refused(f"{day(ends_on)}已经过了。改为今天或以后；现在就不收了的，在本轮页面按“结束”。", field="ends_on")
    round.ends_on = ends_on
    _check(round)
    round.save(update_fields=["ends_on"])
    said = {"reason": f"{day(before)}改为{day(ends_on)}：{reason}"}
    record("inspections.round_end_moved", actor=actor, targets=[round], data=said)
    return round


@transaction.atomic
def close_round(*, actor: Person, round: Round) -> Round:
    """End 结束: nothing more is taken in. Places not submitted stay 未测."""
    round = locked(round)
    if round.state == Round.State.CLOSED:
        return round
    require(round, Round.State.OPEN)
    return _move(actor, round, Round.State.CLOSED, "inspections.round_closed")


@transaction.atomic
def release_round(*, actor: Person, round: Round) -> Round:
    """Release 公开: from now units and leaders see the visits of their own places."""
    round = locked(round)
    if round.state == Round.State.RELEASED:
        return round
    require(round, Round.State.CLOSED)
    if waiting := round.answers.filter(mark=4).count():
        raise Refused(f"还有 {waiting} 项缺项没有定。先裁定，再公开。")
    round.released_at = timezone.now()
    return _move(actor, round, Round.State.RELEASED, "inspections.round_released")


def locked(round: Round) -> Round:
    """The round as it stands now, held until the commit."""
    rows = Round.objects.select_for_update(of=("self",)).select_related("jurisdiction__root", "version", "tenant")
    return rows.get(pk=round.pk, tenant_id=round.tenant_id)


def require(round: Round, *states: str) -> None:
    """Refuse a step the round has outgrown, naming how it stands."""
    if round.state not in states:
        raise Refused(f"“{round.name}”{NEXT[Round.State(round.state)]}，不能再做这一步。刷新页面看现在的情况。")


def _move(actor: Person, round: Round, state: str, event: str) -> Round:
    round.state = state
    round.save(update_fields=["state", "released_at"])
    record(event, actor=actor, targets=[round], data={"round": round.pk})
    return round


def _refuse_own_units(round: Round) -> None:
    """Members may have changed since the places were given out."""
    ties = queries.conflicts_of(round.teams.all(), round.jurisdiction)
    standing = round.visits.exclude(state=Visit.State.REPLACED).select_related("team", "unit", "place")
    for visit in standing:
        if found := ties.of(visit.team, visit.unit):
            raise Refused(f"{visit.place.name}：{found.why}")


def _check_version(round: Round) -> None:
    if round.version.state == StandardVersion.State.DRAFT:
        raise Refused("这份测评体系还是草稿。先发布，再用来测评。", field="version")
    if not queries.usable_versions(round.jurisdiction).filter(pk=round.version_id).exists():
        raise Refused("这份测评体系不是本辖区和上级现行的。换一份已发布的。", field="version")


def _check(round: Round) -> None:
    try:
        round.validate_constraints()
    except ValidationError as error:
        message = error.messages[0]
        raise Refused(message, field="ends_on" if "日期" in message else "name") from error
