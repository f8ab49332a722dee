"""A rule proposed from the words of a criterion, taken by a person; a rule decided once for all that say the same."""

from django.db import transaction

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Person
from chuangwen.standards.actions.editing import change_criterion
from chuangwen.standards.actions.steps import keep
from chuangwen.standards.drafts import images, lock_draft
from chuangwen.standards.models import Criterion
from chuangwen.standards.panels import alone
from chuangwen.standards.proposals import alike, fields_of, is_open, proposed


@transaction.atomic
def take_proposal(*, actor: Person, criterion: Criterion, seen: str, mark: str) -> None:
    """Write the rule read from the words, as it was shown; a criterion that has a rule keeps it, done again too."""
    if not is_open(criterion):
        return
    found = proposed(criterion)
    if found is None or found.rule is None or found.mark != mark:
        raise Refused("原文或分值刚改过，读出来的规则也变了。请再看一遍。")
    change_criterion(actor=actor, criterion=criterion, fields=fields_of(found), seen=seen)


RULE = ("rules", "combine", "precedence", "role", "to")


@transaction.atomic
def decide_alike(*, actor: Person, criterion: Criterion) -> int:
    """Give a criterion's rule to the open ones that say the same of theirs, in one step; returns how many took it.

    One whose points do not go with the rule stays open.
    """
    version = criterion.version
    lock_draft(version)
    rows = [] if is_open(criterion) else alike(criterion)
    before = images(rows)
    for row in rows:
        for name in RULE:
            setattr(row, name, getattr(criterion, name))
    fitting = [row for row in rows if alone(row)[0]]
    if fitting:
        Criterion.objects.bulk_update(fitting, RULE, batch_size=200)
        words = f"照样定 {len(fitting)} 条规则"
        keep(version=version, actor=actor, words=words, before=before, after=before | images(fitting))
        keys = [row.key for row in fitting]
        record("standards.rules_decided_alike", actor=actor, targets=[version, *fitting], data={"keys": keys})
    return len(fitting)
