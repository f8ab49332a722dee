"""Teams 督导组: made, changed, removed; and which team goes where."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction

from chuangwen.base import receipts
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.inspections import queries
from chuangwen.inspections.actions.rounds import locked, require
from chuangwen.inspections.models import Round, Team, TeamMember, Visit
from chuangwen.organisations.models import Membership, Person, Role

AT_WORK = (Round.State.DRAFT, Round.State.OPEN)


def add_team(
    *,
    actor: Person,
    client_id: UUID,
    round: Round,
    name: str,
    members: Iterable[Membership] = (),
    assessor: str = "",
) -> Team:
    """A new team with its members; assessor: which 测评主体 it speaks for. Sent again: the same team."""

    def do() -> dict[str, int]:
        require(locked(round), *AT_WORK)
        team = Team(tenant=actor.tenant, round=round, name=name, assessor=assessor)
        _save(team)
        _set_members(team, members)
        record("inspections.team_added", actor=actor, targets=[team, round])
        return {"team": team.pk}

    kept = receipts.once(tenant=actor.tenant, client_id=client_id, action="inspections.add_team", do=do)
    return Team.objects.get(pk=kept["team"])


@transaction.atomic
def edit_team(
    *, actor: Person, team: Team, name: str, members: Iterable[Membership], assessor: str | None = None
) -> None:
    """Rename a team, set its members and whom it speaks for.

    Refused when one belongs to a unit whose place the team examines, or records of another assessor are there.
    """
    round = locked(team.round)
    require(round, *AT_WORK)
    _speak_for(team, team.assessor if assessor is None else assessor)
    team.name = name
    _save(team)
    _set_members(team, members)
    ties = queries.conflicts_of([team], round.jurisdiction)
    for visit in team.visits.filter(state=Visit.State.ASSIGNED).select_related("unit", "place"):
        if found := ties.of(team, visit.unit):
            raise Refused(f"{visit.place.name}已分给这个组。{found.why}", field="members")
    record("inspections.team_edited", actor=actor, targets=[team, round])


@transaction.atomic
def remove_team(*, actor: Person, team: Team) -> None:
    """Remove a team that has submitted nothing; its places wait for another team."""
    round = locked(team.round)
    require(round, *AT_WORK)
    if team.visits.filter(state=Visit.State.SUBMITTED).exists():
        raise Refused(f"{team.name}已经交过点位，不能去掉。可以把没测的点位改派别的组。")
    team.visits.update(team=None)
    record("inspections.team_removed", actor=actor, targets=[round], data={"name": team.name})
    team.delete()


@transaction.atomic
def assign(*, actor: Person, round: Round) -> list[Visit]:
    """Give places without a team to the team with the fewest; nobody gets a unit of their own.

    Returns the places no team may examine: they stay without one.
    """
    round = locked(round)
    require(round, *AT_WORK)
    teams = list(round.teams.order_by("id"))
    if not teams:
        raise Refused("还没有督导组。先建组，再分点位。")
    ties = queries.conflicts_of(teams, round.jurisdiction)
    load = {team.pk: team.visits.exclude(state=Visit.State.REPLACED).count() for team in teams}
    free = round.visits.filter(team__isnull=True, state=Visit.State.ASSIGNED).select_related("unit", "place")
    given, left = [], []
    for visit in free.order_by("place__region__path", "place__code"):
        able = [team for team in teams if ties.of(team, visit.unit) is None]
        if able:
            visit.team = min(able, key=lambda team: (load[team.pk], team.pk))
            load[visit.team.pk] += 1
            given.append(visit)
        else:
            left.append(visit)
    Visit.objects.bulk_update(given, ["team"], batch_size=200)
    if given:
        record("inspections.visits_assigned", actor=actor, targets=[round], data={"count": len(given)})
    return left


@transaction.atomic
def reassign_visit(*, actor: Person, visit: Visit, team: Team) -> Visit:
    """Give a place not yet submitted to another team of the round 改派."""
    round = locked(visit.round)
    require(round, *AT_WORK)
    visit = Visit.objects.select_related("unit", "place", "team").get(pk=visit.pk)
    if visit.state != Visit.State.ASSIGNED:
        raise Refused(f"{visit.place.name}{visit.get_state_display()}，不用改派了。刷新页面看现在的情况。")
    if visit.team_id == team.pk:
        return visit
    if team.round_id != round.pk:
        raise Refused("这个组不在本轮。选本轮的组。", field="team")
    if found := queries.first_conflict(team, visit.unit, round.jurisdiction):
        raise Refused(found.why, field="team")
    visit.team = team
    visit.save(update_fields=["team"])
    record("inspections.visit_reassigned", actor=actor, targets=[visit, round], data={"team": team.pk})
    return visit


def _speak_for(team: Team, assessor: str) -> None:
    if assessor != team.assessor and team.visits.filter(state=Visit.State.SUBMITTED).exists():
        raise Refused(f"{team.name}已经交过点位，不能再换测评主体。另建一组，把没测的改派过去。", field="assessor")
    team.assessor = assessor


def _save(team: Team) -> None:
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise Refused("本轮已有同名的组，换个名称。", field="name") from error


def _set_members(team: Team, members: Iterable[Membership]) -> None:
    wanted = list(members)
    fit = {Role.INSPECTOR, Role.OFFICE}
    for member in wanted:
        if member.role not in fit or member.tenant_id != team.tenant_id:
            raise Refused(f"{member.person.name}不是测评员，不能进组。先给测评员的角色。", field="members")
    team.members.exclude(membership__in=wanted).delete()
    TeamMember.objects.bulk_create(
        [TeamMember(team=team, membership=member) for member in wanted], ignore_conflicts=True
    )
