"""The product on loopback as in production: granian with two workers and, where wanted, the job worker."""

import contextlib
import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from django.test import Client

ROOT = Path(__file__).resolve().parents[1]
WEB = "-m granian --interface wsgi --workers 2 --blocking-threads 4 --log-level error --host 127.0.0.1 --port"
START_SECONDS = 60


@contextlib.contextmanager
def running(*, jobs: bool) -> Iterator[tuple[int, list[subprocess.Popen[bytes]]]]:
    """The port, and the processes started: the web server and perhaps the job worker."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    commands = [[*WEB.split(), str(port), "chuangwen.wsgi:application"]]
    commands += [["manage.py", "qcluster"]] if jobs else []
    env = {**os.environ, "CHUANGWEN_LOG": "ERROR", "PYTHONWARNINGS": "ignore"}
    started = [
        subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        _wait(port)
        yield port, started
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


def _wait(port: int) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        with contextlib.suppress(OSError):
            if Caller(port).get("/login/")[0] == 200:
                return
        time.sleep(0.2)
    raise RuntimeError("the web server did not answer")


class Caller:
    """One client with a connection of its own, signed in where a person is given."""

    def __init__(self, port: int, person: object = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.token = secrets.token_hex(16)
        cookies = {"csrftoken": self.token}
        if person is not None:
            client = Client()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            cookies |= {name: morsel.value for name, morsel in client.cookies.items()}
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def get(self, url: str) -> tuple[int, bytes]:
        return self._ask("GET", url)

    def post(self, url: str, fields: dict[str, object]) -> tuple[int, bytes]:
        head = {"X-CSRFToken": self.token, "Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", url, urlencode(fields), head)

    def _ask(self, method: str, url: str, body: str | None = None, head: dict[str, str] | None = None):
        self.connection.request(method, url, body, {"Cookie": self.cookie, **(head or {})})
        answer = self.connection.getresponse()
        return answer.status, answer.read()
