"""Scores from the database: a round scored whole, one answer corrected and the total after it, the tree page.

Floors, measured in the same run: reading the needed columns with values_list into NumPy; one trivial query; a trivial
list of the same server. Peer (CISO Assistant, 1,189 scored): saving 583 ms p95, the total 521–597 ms p95, the tree
2.8 s and 1.57 MB.

python -m bench.scores [answers]
"""

import os
import sys
from collections.abc import Iterator
from uuid import uuid4

os.environ["DJANGO_SETTINGS_MODULE"] = "bench._settings"
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

import chuangwen.wsgi  # noqa: F401  a process started as the server starts one
from bench._measure import Browser, best, middle, queries, repeated, spread, timed
from bench._rounds import Ground, make_ground, make_round
from chuangwen.inspections.actions import correct_answer
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.scores import keeping, live
from chuangwen.scores.inputs import answers_of, columns_of, compiled, frame_of, visits_of
from rulebook import scoring

CRITERIA, SMALL, LARGE, TIMES = 1200, 1_000, 400_000, 30
NEEDED = ("place_id", "criterion_id", "ordinal", "mark", "count", "base")


def main(large: int = LARGE) -> None:
    call_command("migrate", verbosity=0)
    ground = make_ground(CRITERIA)
    print(f"{CRITERIA} criteria on {connection.vendor}")
    for answers in (SMALL, large):
        round = make_round(ground, answers)
        saving(ground, round, answers)
    whole(round)
    tree(ground, round)


def whole(round: Round) -> None:
    """A round scored from its answers, beside reading their columns."""
    rows = Answer.objects.filter(round=round, visit__in=visits_of(round))
    live.whole_of(round)  # compiles the standard, as a running server has

    def ours() -> str:
        frame = frame_of(visits_of(round))
        sums = scoring.reduce(compiled(round), frame, answers_of(round, frame))
        return scoring.score(compiled(round), sums).total.shown_got

    floor, took = best(lambda: columns_of(rows, NEEDED)), best(ours)
    print(
        f"{rows.count():,} answers scored from the database: {took:.3f} s; "
        f"floor (values_list into NumPy) {floor:.3f} s; ratio {took / floor:.2f} (aim 2)"
    )


def saving(ground: Ground, round: Round, answers: int) -> None:
    """One answer corrected by the action, with all that follows at once; the total after it; the job later."""
    save, total, later = [], [], []
    for answer in some(round):
        save.append(timed(lambda answer=answer: correct(ground, answer)))
        total.append(timed(lambda: live.whole_of(round).total))
        later.append(timed(lambda: keeping.keep_totals(keeping.Event(data={"round": round.pk}))))
    trivial = repeated(lambda: list(Visit.objects.filter(round=round)[:1]), TIMES)
    peers = {"one answer saved": (save, "583", 60), "the total after it": (total, "521–597", 50)}
    for name, (seconds, peer, aim) in peers.items():
        print(
            f"{answers:,} answers: {name}: {spread(seconds)} (peer p95 {peer}, aim {aim}); floor (one trivial query) "
            f"{spread(trivial)}; ratio {middle(seconds) / middle(trivial):.0f}"
        )
    print(f"{answers:,} answers: totals kept by the job after it: {spread(later)}")


def some(round: Round) -> Iterator[Answer]:
    """Qualified answers of different visits and criteria."""
    good = Answer.objects.filter(round=round, mark=Answer.Mark.QUALIFIED)
    for number, visit in enumerate(Visit.objects.filter(round=round).order_by("id")[:TIMES]):
        yield good.filter(visit=visit).order_by("id")[number]


def correct(ground: Ground, answer: Answer) -> None:
    bad = {"mark": Answer.Mark.NOT_QUALIFIED, "count": 2, "note": "东门口有烟头"}
    correct_answer(actor=ground.world.office, answer=answer, client_id=uuid4(), reason="复看照片", **bad)


def tree(ground: Ground, round: Round) -> None:
    """The score page of the whole round: time, bytes, queries, beside the trivial list."""
    office = Browser(ground.world.office)
    page = reverse("scores:round", args=[round.uuid])
    size = len(office.get(page))
    trivial, ours = (repeated(lambda url=url: office.get(url), TIMES) for url in ("/trivial/", page))
    print(
        f"score page, tree of {CRITERIA} criteria: {spread(ours)}, {size / 1000:.0f} KB, "
        f"{queries(lambda: office.get(page))} queries (peer p95 2.8 s, 1,570 KB; aim 250 ms, 300 KB); "
        f"floor (trivial list) {spread(trivial)}; ratio {middle(ours) / middle(trivial):.0f}"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
