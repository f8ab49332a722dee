"""What the benchmarks share: taking times, percentiles, and how many queries a piece of work asks."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

Work = Callable[[], object]


def timed(work: Work) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best(work: Work, times: int = 3) -> float:
    """Seconds of the shortest of a few runs."""
    return min(timed(work) for _ in range(times))


def repeated(work: Work, times: int) -> list[float]:
    """Seconds of each of several runs, after one to warm up."""
    work()
    return [timed(work) for _ in range(times)]


def spread(seconds: list[float]) -> str:
    """p50 and p95 in milliseconds."""
    middle, high = np.percentile(seconds, [50, 95]) * 1000
    return f"p50 {middle:.1f} p95 {high:.1f} ms"


def middle(seconds: list[float]) -> float:
    return float(np.percentile(seconds, 50))


class Browser:
    """Somebody signed in; only a page that is there counts."""

    def __init__(self, person: object) -> None:
        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, url: str) -> bytes:
        response = self.client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url}: {response.status_code}")
        return response.content


def queries(work: Work) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def memory_of(pid: int) -> int:
    """Kilobytes of a process and all below it, pages shared with others counted by their share (PSS)."""
    return sum(_pss(one) for one in family(pid))


def family(pid: int) -> list[int]:
    """A process and all below it."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in below for one in family(int(child)))]


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
