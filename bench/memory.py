"""Memory of the running product: web server with two workers and the job worker, after 50 pages.

PSS (pages shared with other processes counted by their share) from /proc. Floor, in the same run: Django with our
settings and URLs loaded in one process and nothing served.

python -m bench.memory
"""

import subprocess
import sys
from itertools import cycle, islice

import django

django.setup()

from django.core.management import call_command  # noqa: E402  models can be imported only now
from django.db import connection  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench._measure import family, memory_of  # noqa: E402
from bench._rounds import make_ground, make_problems, make_round  # noqa: E402
from bench._server import Caller, running  # noqa: E402

CRITERIA, ANSWERS, PROBLEMS, PAGES = 180, 5_000, 2_000, 50
BARE = "import django; django.setup(); import chuangwen.urls; print('ready', flush=True); input()"


def main() -> None:
    call_command("migrate", verbosity=0)
    ground = make_ground(CRITERIA)
    round = make_round(ground, ANSWERS)
    make_problems(ground, PROBLEMS)
    pages = [
        reverse("dashboards:home"),
        reverse("problems:ledger"),
        reverse("scores:round", args=[round.uuid]),
        reverse("inspections:round", args=[round.uuid]),
        reverse("places:places"),
        reverse("organisations:units"),
    ]
    least = bare()
    with running(jobs=True) as (port, (web, jobs)):
        for number, page in enumerate(islice(cycle(pages), PAGES)):
            if number % 10 == 0:
                caller = Caller(port, ground.world.office)  # a connection stays with one worker
            if (status := caller.get(page)[0]) != 200:
                raise RuntimeError(f"{page}: {status}")
        print(f"PSS after {PAGES} pages on {connection.vendor}")
        for name, process in (("web server", web), ("job worker", jobs)):
            size = memory_of(process.pid)
            print(f"{name}: {size / 1024:.0f} MB in {len(family(process.pid))} processes; ratio {size / least:.1f}")
    print(f"floor (Django with our apps loaded, one process): {least / 1024:.0f} MB")


def bare() -> int:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen([sys.executable, "-c", BARE], **pipes)
    process.stdout.readline()
    size = memory_of(process.pid)
    process.communicate(b"\n")
    return size


if __name__ == "__main__":
    main()
