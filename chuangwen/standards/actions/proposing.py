"""A rule proposed from the words of a criterion, taken by a person."""

from django.db import transaction

from chuangwen.base.errors import Refused
from chuangwen.organisations.models import Person
from chuangwen.standards.actions.editing import change_criterion
from chuangwen.standards.models import Criterion
from chuangwen.standards.proposals import fields_of, is_open, proposed


@transaction.atomic
def take_proposal(*, actor: Person, criterion: Criterion, seen: str, mark: str) -> None:
    """Write the rule read from the words, as it was shown; a criterion that has a rule keeps it, done again too."""
    if not is_open(criterion):
        return
    found = proposed(criterion)
    if found is None or found.rule is None or found.mark != mark:
        raise Refused("原文或分值刚改过，读出来的规则也变了。请再看一遍。")
    change_criterion(actor=actor, criterion=criterion, fields=fields_of(found), seen=seen)
