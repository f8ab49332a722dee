"""Papers, brought where a test needs them by the actions a person would take."""

from dataclasses import dataclass
from uuid import uuid4

from chuangwen.documents import actions
from chuangwen.documents.models import Document
from chuangwen.inspections.actions import Marked, close_round, release_round
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Organisation
from chuangwen.problems.actions import take_step
from chuangwen.problems.models import Problem
from tests.factories.inspections import field, open_round, submit
from tests.factories.organisations import World, county
from tests.factories.problems import act, contact_of, handed_out, photo


@dataclass
class Finished:
    """A round that is over: the station's two places and the other station's one, three problems handed out."""

    world: World
    round: Round
    problems: list[Problem]


def finished(*, released: bool = True, hand_out: bool = True, world: World | None = None) -> Finished:
    ground = field(world or county())
    world = ground.world
    round = open_round(world, ground.version, ground.places)
    for number, visit in enumerate(round.visits.order_by("id"), start=1):
        submit(visit, [Marked("litter", count=number, note=f"烟头 {number} 处")])
    close_round(actor=world.office, round=round)
    if released:
        release_round(actor=world.office, round=round)
    round = Round.objects.select_related("version__standard", "jurisdiction__office").get(pk=round.pk)
    found = Problem.objects.filter(batch_uuid=round.uuid).order_by("id")
    if hand_out:
        for problem in found:
            take_step(actor=world.office, problem=problem, verb="hand_out", client_id=uuid4())
    return Finished(world, round, list(found.select_related("unit", "jurisdiction")))


def circular(made: Finished) -> Document:
    """A draft circular."""
    return actions.draft_circular(actor=made.world.office, round=made.round, client_id=uuid4())


def put_right(world: World, problem: Problem) -> None:
    """Signed for, reported and closed."""
    contact = contact_of(world, problem)
    act(contact, problem, "sign")
    act(contact, problem, "report", words="已清扫", photos=[photo()])
    act(world.office, problem, "close")


def notice(world: World, unit: Organisation | None = None, count: int = 1) -> Document:
    """A draft notice for problems typed in, so many."""
    world.office.phone = world.office.phone or "0000-1234567"
    problems = [handed_out(world, unit) for _ in range(count)]
    return actions.draft_notice(actor=world.office, problems=problems, client_id=uuid4())


def issued(paper: Document, world: World, **given: object) -> Document:
    return actions.issue(actor=world.office, document=paper, **{"client_id": uuid4(), "signer": "周文清", **given})


def issued_notice(world: World, unit: Organisation | None = None) -> Document:
    return issued(notice(world, unit), world)
