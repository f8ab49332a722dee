"""Places of a round by hand: added with a reason, or replaced by the next of their stratum."""

from collections.abc import Iterable, Sequence

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
def add_places(
    *, actor: Person, round: Round, places: Sequence[Place], reason: str, team: Team | None = None
) -> list[Visit]:
    """Put places into the round by hand 指定, all of them or none. Sent again: the visits there are.

    Refused, each place named: in the round already, or of a type not tested.
    """
    round = locked(round)
    require(round, *AT_WORK)
    reason = reason.strip()
    if not reason:
        raise Refused("为什么指定，没有填。", field="reason")
    standing = round.visits.exclude(state=Visit.State.REPLACED).filter(place__in=places).select_related("place")
    there = {
        visit.place_id: visit for visit in standing if (visit.origin, visit.reason) == (Visit.Origin.ADDED, reason)
    }
    others = [visit for visit in standing if visit.place_id not in there]
    _refuse_each((f"{visit.place.name}（{visit.get_origin_display()}）" for visit in others), "已在本轮里。")
    fresh = [place for place in places if place.pk not in there]
    _check_fresh(round, fresh, team)
    made = [new_visit(round, place, origin=Visit.Origin.ADDED, reason=reason, team=team) for place in fresh]
    _save(made)
    there |= {visit.place_id: visit for visit in made}
    if fresh:
        targets = [*(there[place.pk] for place in fresh), round]
        data = {"round": round.pk, "reason": reason}
        record("inspections.place_added", actor=actor, targets=targets, data=data)
    return [there[place.pk] for place in places]


def _check_fresh(round: Round, places: Sequence[Place], team: Team | None) -> None:
    """Places not yet in the round must be tested by its standard, and have a team that may go once it is open."""
    tested = set(
        queries.places_of_frame(round).filter(pk__in=[place.pk for place in places]).values_list("pk", flat=True)
    )
    strange = (f"{place.name}（{place.type.name}）" for place in places if place.pk not in tested)
    _refuse_each(strange, "不在这套体系要测的类型里，或已停用、不归本辖区。")
    if team:
        ties = queries.conflicts_of([team], round.jurisdiction)
        for found in (ties.of(team, place.owner) for place in places):
            if found:
                raise Refused(found.why, field="team")
    elif round.state == Round.State.OPEN:
        raise Refused("本轮已经开始，指定的点位要同时派给一个组。", field="team")


def _refuse_each(names: Iterable[str], why: str) -> None:
    """Refuse naming every place, where there is any."""
    if said := "、".join(names):
        raise Refused(f"{said}{why}", field="places")


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
    _save([fresh])
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


def _save(visits: Sequence[Visit]) -> None:
    try:
        with transaction.atomic():
            Visit.objects.bulk_create(visits, batch_size=500)
    except IntegrityError as error:
        raise Refused("这个点位已在本轮里。刷新页面看现在的情况。", field="places") from error
