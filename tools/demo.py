"""`dev.py demo`: the product with demo data in var/demo/, web pages and job worker together, until Ctrl-C."""

import contextlib
import dataclasses
import functools
import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tools.environment import PYTHON, ROOT, USE, Missing, clean, ensure

START_SECONDS, STOP_SECONDS = 60, 15
asked_to_stop = threading.Event()


class Stop(Exception):
    """Somebody asked the demo to stop (Ctrl-C, SIGTERM, a closed terminal)."""


@dataclasses.dataclass(frozen=True)
class Demo:
    """One demo: its port, whether the local network may reach it (then by HTTPS), and its data folder."""

    port: int
    lan: bool
    data: Path

    @functools.cached_property
    def addresses(self) -> list[str]:
        return lan_addresses() if self.lan else []

    @property
    def host(self) -> str:
        return "0.0.0.0" if self.lan else "127.0.0.1"

    @property
    def made(self) -> Path:
        """The mark that the demo data is complete."""
        return self.data / "made"

    @property
    def env(self) -> dict[str, str]:
        hosts = ",".join(["localhost", "127.0.0.1", *self.addresses])
        return clean(CHUANGWEN_DATA=self.data, CHUANGWEN_ALLOWED_HOSTS=hosts, CHUANGWEN_HTTPS=int(self.lan))


def run(port: int, lan: bool, data: Path = ROOT / "var" / "demo") -> int:
    ensure(USE)
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, frame: asked_to_stop.set())
    demo = Demo(port, lan, data)
    try:
        _port_is_free(demo)
        _prepare(demo)
        _serve(demo)
    except Stop:
        print("\n演示已停止。")
    return 0


def _port_is_free(demo: Demo) -> None:
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((demo.host, demo.port))
        except OSError as error:
            other = f"python3 dev.py demo{' --lan' if demo.lan else ''} --port {demo.port + 1}"
            raise Missing(f"端口 {demo.port} 已被别的程序占用。换一个端口：{other}") from error


def lan_addresses() -> list[str]:
    """This machine's IPv4 addresses in its local networks; nothing is sent to find them."""
    found = set()
    for target in ("10.255.255.255", "172.31.255.255", "192.168.255.255", "192.0.2.1"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
            probe.connect((target, 9))
            found.add(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        found |= set(socket.gethostbyname_ex(socket.gethostname())[2])
    return sorted(address for address in found if not address.startswith(("127.", "0.")))


def _prepare(demo: Demo) -> None:
    """Database, static files and, on the first start only, the demo data; a first start cut short begins anew."""
    if not demo.made.exists():
        shutil.rmtree(demo.data, ignore_errors=True)
    demo.data.mkdir(parents=True, exist_ok=True)
    _manage(demo, "migrate", "--verbosity=0")
    _manage(demo, "collectstatic", "--noinput", "--verbosity=0")
    if demo.made.exists():
        return
    if not list(ROOT.glob("chuangwen/**/management/commands/make_demo.py")):
        print("还没有演示数据的命令 make_demo，先以空库启动。")
        return
    print("第一次启动：正在做演示数据……", flush=True)
    _manage(demo, "make_demo")
    demo.made.touch()


def _manage(demo: Demo, *arguments: str) -> None:
    child = _start(demo, ROOT / "manage.py", *arguments)
    _wait_while(lambda: child.poll() is None, [child])
    if child.returncode:
        raise Missing(f"manage.py {arguments[0]} 没有做完，原因见上。改好以后再运行一次 dev.py demo。")


def _start(demo: Demo, *arguments: object) -> subprocess.Popen[bytes]:
    """A child in a session of its own, so that Ctrl-C reaches us alone and we end it in order."""
    command = [str(PYTHON), *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env=demo.env, start_new_session=True, stdin=subprocess.DEVNULL)


def _wait_while(condition: Callable[[], bool], children: list[subprocess.Popen[bytes]]) -> None:
    """Waits as long as the condition holds; ends the children and raises Stop when asked to."""
    while condition():
        if asked_to_stop.wait(0.1):
            _end(children)
            raise Stop


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """Asks each child to stop, then ends what is left of its process group."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    limit = time.monotonic() + STOP_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, limit - time.monotonic()))
    for child in children:
        if os.name == "nt":
            child.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _tls(demo: Demo) -> Path:
    """The folder of the certificate; made again when the addresses of this machine changed."""
    folder, addresses = demo.data / "tls", " ".join(demo.addresses)
    known = folder / "addresses.txt"
    if not known.exists() or known.read_text() != addresses:
        subprocess.run([PYTHON, ROOT / "tools" / "certificate.py", folder, *demo.addresses], check=True)
        known.write_text(addresses)
    return folder


def _serve(demo: Demo) -> None:
    web = (
        "-m granian --interface wsgi --workers 2 --blocking-threads 4 --workers-kill-timeout 5 --log-level warning"
        f" --ssl-protocol-min tls1.2 --host {demo.host} --port {demo.port}"
    ).split()
    if demo.lan:
        folder = _tls(demo)
        web += ["--ssl-certificate", f"{folder}/certificate.pem", "--ssl-keyfile", f"{folder}/key.pem"]
    children = []
    try:
        children.append(_start(demo, *web, "chuangwen.wsgi:application"))
        children.append(_start(demo, ROOT / "manage.py", "qcluster"))
        limit = time.monotonic() + START_SECONDS
        _wait_while(lambda: _alive(children) and time.monotonic() < limit and not _answers(demo), children)
        if _alive(children) and time.monotonic() >= limit:
            raise Missing(f"网页服务没有在 {START_SECONDS} 秒内应答，原因见上。改好以后再运行一次 dev.py demo。")
        if _alive(children):
            _greet(demo)
        _wait_while(lambda: _alive(children), children)
        raise Missing("网页服务或后台作业自己停了，原因见上。改好以后再运行一次 dev.py demo。")
    finally:
        _end(children)


def _alive(children: list[subprocess.Popen[bytes]]) -> bool:
    return all(child.poll() is None for child in children)


def _answers(demo: Demo) -> bool:
    if demo.lan:  # our own certificate, on our own machine: nothing to verify
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("localhost", demo.port, timeout=5, context=context)
    else:
        connection = http.client.HTTPConnection("localhost", demo.port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/login/")
        return connection.getresponse().status < 500
    return False


def _greet(demo: Demo) -> None:
    print("\n创文演示已启动：")
    for host in [*demo.addresses, "localhost"]:
        print(f"  {'https' if demo.lan else 'http'}://{host}:{demo.port}/")
    if demo.lan:
        print("  证书是自己做的，手机第一次打开会提示不受信任：选“继续访问”即可。")
    accounts = demo.data / "accounts.txt"
    if accounts.exists():
        print("\n" + accounts.read_text(encoding="utf-8").rstrip())
    print("\n按 Ctrl-C 停止。", flush=True)
