"""Pages over 200,000 problems: the ledger's first and last page, search words, the to-do pages of contact and office.

Floor, in the same run: a trivial list of the same server (same sign-in, same middleware). Aim: a list page 100 ms.
Peers: list pages at 101,000 rows 0.68–0.91 s (ODK Central).

python -m bench.pages [problems]
"""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "bench._settings"
import django

django.setup()

from django.core.management import call_command  # noqa: E402  models can be imported only now
from django.db import connection  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench._measure import Browser, middle, queries, repeated, spread  # noqa: E402
from bench._rounds import make_ground, make_problems, make_round  # noqa: E402

CRITERIA, ANSWERS, PROBLEMS, TIMES = 180, 20_000, 200_000, 20


def main(problems: int = PROBLEMS) -> None:
    call_command("migrate", verbosity=0)
    ground = make_ground(CRITERIA)
    make_round(ground, ANSWERS)
    make_problems(ground, problems)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")  # as autovacuum does
    print(f"{problems:,} problems of {len(ground.units)} units on {connection.vendor}")
    office, contact = Browser(ground.world.office), Browser(ground.world.contact)
    ledger, home = reverse("problems:ledger"), reverse("dashboards:home")
    trivial = repeated(lambda: office.get("/trivial/"), TIMES)
    print(f"floor: trivial list: {spread(trivial)}, {queries(lambda: office.get('/trivial/'))} queries")
    pages = {
        "ledger of the office, first page": (office, ledger),
        "ledger of the office, last page": (office, f"{ledger}?cursor=last"),
        "ledger of the office, all states, last page": (office, f"{ledger}?tab=all&cursor=last"),
        "ledger of the office, overdue": (office, f"{ledger}?tab=late"),
        "ledger of the office, two words": (office, f"{ledger}?tab=all&q=人民路77+散落"),
        "ledger of a contact, first page": (contact, ledger),
        "ledger of a contact, last page": (contact, f"{ledger}?tab=all&cursor=last"),
        "to-do of the office": (office, home),
        "to-do of a contact": (contact, home),
        "search": (office, f"{reverse('dashboards:search')}?q=人民路77"),
    }
    for name, (browser, url) in pages.items():
        ours = repeated(lambda browser=browser, url=url: browser.get(url), TIMES)
        print(
            f"{name}: {spread(ours)}, {queries(lambda browser=browser, url=url: browser.get(url))} queries, "
            f"{len(browser.get(url)) / 1000:.0f} KB; ratio to the trivial list {middle(ours) / middle(trivial):.0f}"
        )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
