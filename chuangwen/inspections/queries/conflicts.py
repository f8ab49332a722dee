"""Nobody examines a unit of their own 回避: which teams may not look at whose places."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from chuangwen.inspections.models import Team, TeamMember
from chuangwen.organisations.models import Jurisdiction, Membership, Organisation
from chuangwen.organisations.queries import held_on


@dataclass(frozen=True)
class Conflict:
    """A member of a team, and the unit that ties this person to the owner of a place."""

    team: Team
    person: str
    unit: Organisation

    @property
    def why(self) -> str:
        return f"{self.team.name}的{self.person}在{self.unit}，不测本单位的点位。改派别的组，或先调整组员。"


@dataclass(frozen=True)
class Ties:
    """Which units the people of a round's teams belong to today, by team."""

    root: str
    by_team: dict[int, list[Conflict]]

    def of(self, team: Team, owner: Organisation) -> Conflict | None:
        """The first tie between a team and the owner of a place."""
        ties = self.by_team.get(team.pk, ())
        return next((tie for tie in ties if is_own(tie.unit.path, owner.path, self.root)), None)


def is_own(member: str, owner: str, root: str) -> bool:
    """Is the owner the member's unit, below it, or above it (below the root of the jurisdiction)?"""
    if member == owner:
        return True
    under = member.startswith(root) and len(member) > len(root) and owner.startswith(member)
    over = owner.startswith(root) and len(owner) > len(root) and member.startswith(owner)
    return under or over


def conflicts_of(teams: Iterable[Team], jurisdiction: Jurisdiction) -> Ties:
    """The ties of all members of these teams, whatever their roles: two queries."""
    by_pk = {team.pk: team for team in teams}
    members = TeamMember.objects.filter(team_id__in=by_pk).values_list("team_id", "membership__person_id")
    people: dict[int, list[int]] = {}
    for team_id, person_id in members:
        people.setdefault(person_id, []).append(team_id)
    posts = Membership.objects.filter(held_on(timezone.localdate()), person_id__in=people)
    by_team: dict[int, list[Conflict]] = {}
    for post in posts.select_related("person", "organisation").order_by("id"):
        for team_id in people[post.person_id]:
            tie = Conflict(by_pk[team_id], post.person.name, post.organisation)
            by_team.setdefault(team_id, []).append(tie)
    return Ties(jurisdiction.root.path, by_team)


def first_conflict(team: Team, owner: Organisation, jurisdiction: Jurisdiction) -> Conflict | None:
    """Why this team may not examine a place of this owner; None when it may."""
    return conflicts_of([team], jurisdiction).of(team, owner)
