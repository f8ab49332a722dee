"""dev.py demo: serves pages and works jobs together, and leaves nothing behind when it is asked to stop."""

import http.client
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509

from tools import certificate
from tools.demo import ROOT, lan_addresses

RUN = "import sys; from pathlib import Path; from tools import demo; sys.exit(demo.run({port}, False, Path({data!r})))"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(port: int, data: Path) -> Iterator[subprocess.Popen[str]]:
    """A demo on an empty database: the mark says that its data is made already."""
    data.mkdir()
    (data / "made").touch()
    (data / "accounts.txt").write_text("创建办  示例账号", encoding="utf-8")
    command = [sys.executable, "-c", RUN.format(port=port, data=str(data))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.kill()


def children_with(data: Path) -> list[str]:
    """Process ids that carry the demo's data folder in their environment."""
    mark = f"CHUANGWEN_DATA={data}\0".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_prints_the_accounts_and_stops_without_leaving_a_child(tmp_path: Path, how: signal.Signals) -> None:
    port, data = free_port(), tmp_path / "demo"
    with started(port, data) as process:
        said = []
        while "按 Ctrl-C 停止。" not in said and process.stdout and (line := process.stdout.readline()):
            said.append(line.strip())
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/login/")
        assert connection.getresponse().status < 400  # an empty installation leads on to its first page
        connection.close()
        assert said[-5:] == [f"http://localhost:{port}/", "", "创建办  示例账号", "", "按 Ctrl-C 停止。"]
        running = len(children_with(data))
        process.send_signal(how)
        code = process.wait(20)
    assert (running > 4, code) == (True, 0)
    time.sleep(0.2)
    assert children_with(data) == []


def test_a_taken_port_is_named_with_the_next_one_to_try() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "dev.py", "demo", "--port", str(port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    message = f"端口 {port} 已被别的程序占用。换一个端口：python3 dev.py demo --port {port + 1}"
    assert (done.returncode, done.stderr.strip()) == (1, message)


def test_the_certificate_names_this_machine_and_keeps_its_key_private(tmp_path: Path) -> None:
    certificate.write(tmp_path, ["192.0.2.7"])
    made = x509.load_pem_x509_certificate((tmp_path / "certificate.pem").read_bytes())
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert names.get_values_for_type(x509.IPAddress) == [ipaddress.ip_address("192.0.2.7")]
    assert os.stat(tmp_path / "key.pem").st_mode & 0o077 == 0


def test_lan_addresses_are_those_other_machines_can_reach() -> None:
    assert [address for address in lan_addresses() if ipaddress.ip_address(address).is_loopback] == []
