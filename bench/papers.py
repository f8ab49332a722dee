"""The circular of one round, from its figures to the issued Word file; floor: python-docx saving the same words.

A round of 78 places and 2,340 answers with 64 problems. Peer (CISO Assistant, Word report): 6.6 s; aim 2 s.

python -m bench.papers
"""

import django

django.setup()

from uuid import uuid4  # noqa: E402  models can be imported only now

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench._measure import best, timed  # noqa: E402
from bench._rounds import make_ground, make_problems, make_round  # noqa: E402
from bench.word import plainly  # noqa: E402
from chuangwen.base import files  # noqa: E402
from chuangwen.documents import actions  # noqa: E402
from chuangwen.inspections.models import Round  # noqa: E402
from chuangwen.problems.models import Problem  # noqa: E402

CRITERIA, PLACES, EACH, PROBLEMS = 180, 78, 30, 64


def main() -> None:
    call_command("migrate", verbosity=0)
    ground = make_ground(CRITERIA)
    round = make_round(ground, PLACES * EACH)
    make_problems(ground, PROBLEMS)
    Problem.objects.update(batch_uuid=round.uuid, batch_label=round.name)
    Round.objects.filter(pk=round.pk).update(state=Round.State.RELEASED)
    round.refresh_from_db()
    made: list = []
    office = {"actor": ground.world.office}

    def draft() -> None:
        made.append(actions.draft_circular(**office, round=round, client_id=uuid4()))

    def issue() -> None:
        made.append(actions.issue(**office, document=made[0], client_id=uuid4(), signer="周文清"))

    drafted, issued = timed(draft), timed(issue)
    data = files.read(made[1].file)
    floor = best(plainly(data))
    ours = drafted + issued
    print(
        f"circular of one round on {connection.vendor}: {ours:.2f} s (drafted {drafted:.2f}, issued {issued:.2f}; "
        f"peer 6.6, aim 2); floor (python-docx, the same words) {floor:.2f} s; ratio {ours / floor:.1f}"
    )


if __name__ == "__main__":
    main()
