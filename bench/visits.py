"""Visits of 30 answers submitted over HTTP, as the phone sends them: visits a second at 1 and at 8 clients.

Real server on loopback, two workers; without and with the job worker beside it. Floor, in the same run: as many plain
rows as a visit leaves, in one transaction each, straight into the database. Peer (ODK Central, 30 questions without
photo): 8 clients 172–285/s; its server stores the form as it is and scores nothing.

python -m bench.visits [visits]
"""

import sys
import threading
import time
from collections.abc import Sequence

import django

django.setup()

from django.apps import apps  # noqa: E402  models can be imported only now
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.urls import reverse  # noqa: E402
from django_q.models import OrmQ  # noqa: E402

from bench._measure import spread, timed  # noqa: E402
from bench._rounds import Ground, make_ground, make_round  # noqa: E402
from bench._server import Caller, running  # noqa: E402
from chuangwen.base.models import Event, EventTarget  # noqa: E402
from chuangwen.inspections.models import Answer, Round, Visit  # noqa: E402

EACH, BAD, CLIENTS, TYPES = 30, 3, (1, 8), 6


def main(number: int = 300) -> None:
    call_command("migrate", verbosity=0)
    ground = make_ground(EACH * TYPES)
    print(f"visits of {EACH} answers, {BAD} findings, on {connection.vendor}")
    rows = 0
    with running(jobs=False) as (port, _):
        for clients in CLIENTS:
            before = _rows()
            rate = submit(ground, port, number, clients)
            rows = (_rows() - before) // number
            print(f"{clients} clients: {rate}")
    least = floor(number, rows)
    print(f"floor ({rows} plain rows in one transaction each): {number / least:.0f} visits/s")
    OrmQ.objects.all().delete()
    with running(jobs=True) as (port, _):
        print(f"{CLIENTS[-1]} clients, job worker beside it: {submit(ground, port, number, CLIENTS[-1])}")


def submit(ground: Ground, port: int, number: int, clients: int) -> str:
    """Submit the visits of a new round; says how many a second and how long one took."""
    round = make_round(ground, number * EACH, submitted=False)
    visits = list(Visit.objects.filter(round=round).order_by("id"))
    bodies = {visit.pk: body(ground, visit) for visit in visits}
    seconds: list[float] = []
    callers = [Caller(port, ground.world.inspector) for _ in range(clients)]
    for caller in callers:
        caller.get(reverse("mobile:visit", args=[visits[0].uuid]))  # compiles the standard, as a running server has
    threads = [
        threading.Thread(target=work, args=(caller, visits[at::clients], bodies, seconds))
        for at, caller in enumerate(callers)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    check(round, number)
    return f"{number / took:.0f} visits/s, {number * EACH / took:.0f} answers/s, {spread(seconds)}"


def body(ground: Ground, visit: Visit) -> dict[str, object]:
    """A few findings with words and the rest confirmed."""
    fields: dict[str, object] = {"rest-1": "ok"}
    for criterion in ground.criteria[visit.place_type_id][:BAD]:
        name = f"{criterion.pk}-0"
        fields |= {f"bad-{name}": "1", f"number-{name}": "1", f"note-{name}": "东门口有烟头"}
    return fields


def work(caller: Caller, visits: Sequence[Visit], bodies: dict[int, dict], seconds: list[float]) -> None:
    for visit in visits:
        url = reverse("mobile:visit", args=[visit.uuid])
        seconds.append(timed(lambda url=url, visit=visit: send(caller, url, bodies[visit.pk])))


def send(caller: Caller, url: str, fields: dict[str, object]) -> None:
    status, text = caller.post(url, fields)
    if status != 302:
        raise RuntimeError(f"{status}: {text[:2000].decode()}")


def check(round: Round, number: int) -> None:
    answers = Answer.objects.filter(round=round).count()
    if answers != number * EACH:
        raise RuntimeError(f"{answers} answers instead of {number * EACH}")


def _rows() -> int:
    """Rows in all our tables."""
    models = [model for model in apps.get_models() if model.__module__.startswith(("chuangwen", "django_q"))]
    return sum(model._default_manager.count() for model in models)


def floor(number: int, rows: int) -> float:
    event = Event.objects.order_by("-id").first()

    def plain() -> None:
        for visit in range(number):
            with transaction.atomic():
                EventTarget.objects.bulk_create(
                    [EventTarget(event=event, kind="bench", object_id=visit * rows + n) for n in range(rows)]
                )

    return timed(plain)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
