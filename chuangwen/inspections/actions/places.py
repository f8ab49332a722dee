"""Places of a round by hand: added with a reason, or replaced by the next of their stratum."""

from django.db import IntegrityError, transaction

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.inspections import queries
from chuangwen.inspections.actions.drawing import new_visit
from chuangwen.inspections.actions.rounds import locked, require
from chuangwen.inspections.actions.teams import AT_WORK
from chuangwen.inspections.models import Round, Team, Visit
from chuangwen.inspections.queries.frames import sites_of
from chuangwen.organisations.models import Person
from chuangwen.places.models import Place
from rulebook import sampling


@transaction.atomic
def add_place(*, actor: Person, round: Round, place: Place, reason: str, team: Team | None = None) -> Visit:
    """Put a place into the round by hand 指定. Sent again: the visit there is. Refused: a type not tested."""
    round = locked(round)
    require(round, *AT_WORK)
    standing = round.visits.exclude(state=Visit.State.REPLACED).filter(place=place).first()
    if standing and standing.origin == Visit.Origin.ADDED and standing.reason == reason:
        return standing
    if standing:
        raise Refused(f"{place.name}已在本轮里（{standing.get_origin_display()}）。", field="place")
    if not reason.strip():
        raise Refused("为什么指定这一处，没有填。", field="reason")
    if not queries.places_of_frame(round).filter(pk=place.pk).exists():
        raise Refused(f"{place.name}是{place.type.name}，这套体系不测这一类，或它已停用、不归本辖区。", field="place")
    if team and (found := queries.first_conflict(team, place.owner, round.jurisdiction)):
        raise Refused(found.why, field="team")
    if team is None and round.state == Round.State.OPEN:
        raise Refused("本轮已经开始，指定的点位要同时派给一个组。", field="team")
    visit = new_visit(round, place, origin=Visit.Origin.ADDED, reason=reason.strip(), team=team)
    _save(visit)
    record(
        "inspections.place_added", actor=actor, targets=[visit, round], data={"round": round.pk, "reason": visit.reason}
    )
    return visit


@transaction.atomic
def replace_place(*, actor: Person, visit: Visit, reason: str) -> Visit:
    """Replace a place that cannot be examined by the next of its stratum 替换; returns the new visit.

    Sent again: the replacement there is. Refused: submitted already, not drawn, or no place left in the stratum.
    """
    round = locked(visit.round)
    visit = Visit.objects.select_related("place", "team").get(pk=visit.pk)
    if visit.state == Visit.State.REPLACED:
        return visit.replaced_by
    require(round, *AT_WORK)
    if visit.state == Visit.State.SUBMITTED:
        raise Refused(f"{visit.place.name}已经交了，不能再替换。")
    if not reason.strip():
        raise Refused("为什么去不了，没有填。", field="reason")
    place = _next_in_stratum(round, visit)
    if not Visit.objects.filter(pk=visit.pk, state=Visit.State.ASSIGNED).update(state=Visit.State.REPLACED):
        raise Refused(f"{visit.place.name}刚刚交了，不能再替换。")  # it came in since we looked
    team = visit.team
    if team and queries.first_conflict(team, place.owner, round.jurisdiction):
        team = _another_team(round, place)
    fields = {"origin": Visit.Origin.REPLACEMENT, "replaces": visit, "reason": reason.strip(), "team": team}
    fresh = new_visit(round, place, **fields)
    _save(fresh)
    data = {"round": round.pk, "reason": fresh.reason}
    record("inspections.place_replaced", actor=actor, targets=[visit, fresh, round], data=data)
    return fresh


def _next_in_stratum(round: Round, visit: Visit) -> Place:
    rows = list(round.frame.order_by("place_code"))
    if visit.place.code not in {row.place_code for row in rows}:
        raise Refused(f"{visit.place.name}是指定的，不在抽样名册里，没有备用点位。请另指定一处。")
    standing = set(queries.places_of_frame(round).values_list("code", flat=True))
    used = set(round.visits.values_list("place__code", flat=True))
    taken = used | {row.place_code for row in rows if row.place_code not in standing}
    code = sampling.replacement(sites_of(rows), round.seed, visit.place.code, taken)
    if code is None:
        raise Refused("这一类没有备用点位了。可以指定别的点位，或如实留作未测。")
    return Place.objects.select_related("type", "owner").get(tenant_id=round.tenant_id, code=code)


def _another_team(round: Round, place: Place) -> Team:
    teams = list(round.teams.order_by("id"))
    ties = queries.conflicts_of(teams, round.jurisdiction)
    for team in teams:
        if ties.of(team, place.owner) is None:
            return team
    raise Refused(f"备用点位{place.name}没有组能去（都与责任单位有关）。先加一个组。")


def _save(visit: Visit) -> None:
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        raise Refused("这个点位已在本轮里。刷新页面看现在的情况。", field="place") from error
