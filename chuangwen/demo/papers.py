"""The demo's papers: the circular of a round and the notices to the units, issued on a day."""

import uuid
from datetime import date

from chuangwen.demo.stage import clock, person
from chuangwen.documents import actions
from chuangwen.inspections.models import Round
from chuangwen.scores.actions import freeze_run


def issue(account: str, round: Round, *, on: date, signer: str) -> int:
    """The round's score frozen, the circular and one notice per unit issued; returns how many papers."""
    with clock(on, 17, 30):
        office = person(account)
        freeze_run(actor=office, round=round, client_id=uuid.uuid4())
        papers = [actions.draft_circular(actor=office, round=round, client_id=uuid.uuid4())]
        papers += actions.draft_notices(actor=office, round=round, client_id=uuid.uuid4())
        for paper in papers:
            actions.issue(actor=office, document=paper, client_id=uuid.uuid4(), signer=signer, dated_on=on)
        return len(papers)
