"""`dev.py demo`: the product with demo data in var/demo/, web pages and job worker together, until Ctrl-C."""

import contextlib
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

DATA = ROOT / "var" / "demo"
MADE, ACCOUNTS = DATA / "made", DATA / "accounts.txt"
START_SECONDS, STOP_SECONDS = 60, 15
asked_to_stop = threading.Event()


class Stop(Exception):
    """Somebody asked the demo to stop (Ctrl-C, SIGTERM, a closed terminal)."""


def run(port: int, lan: bool) -> int:
    ensure(USE)
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, frame: asked_to_stop.set())
    try:
        _port_is_free(port, lan)
        addresses = lan_addresses() if lan else []
        env = _environment(addresses, lan)
        _prepare(env)
        _serve(port, addresses, lan, env)
    except Stop:
        print("\n演示已停止。")
    return 0


def _port_is_free(port: int, lan: bool) -> None:
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0" if lan else "127.0.0.1", port))
        except OSError as error:
            other = f"python3 dev.py demo{' --lan' if lan else ''} --port {port + 1}"
            raise Missing(f"端口 {port} 已被别的程序占用。换一个端口：{other}") from error


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


def _environment(addresses: list[str], lan: bool) -> dict[str, str]:
    hosts = ",".join(["localhost", "127.0.0.1", *addresses])
    return clean(CHUANGWEN_DATA=DATA, CHUANGWEN_ALLOWED_HOSTS=hosts, CHUANGWEN_HTTPS=int(lan))


def _prepare(env: dict[str, str]) -> None:
    """Database, static files and, on the first start only, the demo data; a first start cut short begins anew."""
    if not MADE.exists():
        shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True, exist_ok=True)
    _manage(env, "migrate", "--verbosity=0")
    _manage(env, "collectstatic", "--noinput", "--verbosity=0")
    if MADE.exists():
        return
    if not list(ROOT.glob("chuangwen/**/management/commands/make_demo.py")):
        print("还没有演示数据的命令 make_demo，先以空库启动。")
        return
    print("第一次启动：正在做演示数据……", flush=True)
    _manage(env, "make_demo")
    MADE.touch()


def _manage(env: dict[str, str], *arguments: str) -> None:
    child = _start(env, ROOT / "manage.py", *arguments)
    _wait_while(lambda: child.poll() is None, [child])
    if child.returncode:
        raise Missing(f"manage.py {arguments[0]} 没有做完，原因见上。改好以后再运行一次 dev.py demo。")


def _start(env: dict[str, str], *arguments: object) -> subprocess.Popen[bytes]:
    """A child in a session of its own, so that Ctrl-C reaches us alone and we end it in order."""
    command = [str(PYTHON), *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True, stdin=subprocess.DEVNULL)


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


def _tls(addresses: list[str]) -> Path:
    """The folder of the certificate; made again when the addresses of this machine changed."""
    folder = DATA / "tls"
    known = folder / "addresses.txt"
    if not known.exists() or known.read_text() != " ".join(addresses):
        subprocess.run([PYTHON, ROOT / "tools" / "certificate.py", folder, *addresses], check=True)
        known.write_text(" ".join(addresses))
    return folder


def _serve(port: int, addresses: list[str], lan: bool, env: dict[str, str]) -> None:
    host = "0.0.0.0" if lan else "127.0.0.1"
    web = ["-m", "granian", "--interface", "wsgi", "--workers", "2", "--host", host, "--port", port]
    web += ["--log-level", "warning", "--workers-kill-timeout", "5", "--ssl-protocol-min", "tls1.2"]
    if lan:
        folder = _tls(addresses)
        web += ["--ssl-certificate", folder / "certificate.pem", "--ssl-keyfile", folder / "key.pem"]
    children = []
    try:
        children.append(_start(env, *web, "chuangwen.wsgi:application"))
        children.append(_start(env, ROOT / "manage.py", "qcluster"))
        limit = time.monotonic() + START_SECONDS
        _wait_while(lambda: _alive(children) and time.monotonic() < limit and not _answers(port, lan), children)
        if _alive(children) and time.monotonic() >= limit:
            raise Missing(f"网页服务没有在 {START_SECONDS} 秒内应答，原因见上。改好以后再运行一次 dev.py demo。")
        if _alive(children):
            _greet(port, addresses, lan)
        _wait_while(lambda: _alive(children), children)
        raise Missing("网页服务或后台作业自己停了，原因见上。改好以后再运行一次 dev.py demo。")
    finally:
        _end(children)


def _alive(children: list[subprocess.Popen[bytes]]) -> bool:
    return all(child.poll() is None for child in children)


def _answers(port: int, lan: bool) -> bool:
    if lan:  # our own certificate, on our own machine: nothing to verify
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("localhost", port, timeout=5, context=context)
    else:
        connection = http.client.HTTPConnection("localhost", port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/login/")
        return connection.getresponse().status < 500
    return False


def _greet(port: int, addresses: list[str], lan: bool) -> None:
    scheme = "https" if lan else "http"
    print("\n创文演示已启动：")
    for host in [*addresses, "localhost"]:
        print(f"  {scheme}://{host}:{port}/")
    if lan:
        print("  证书是自己做的，手机第一次打开会提示不受信任：选“继续访问”即可。")
    if ACCOUNTS.exists():
        print("\n" + ACCOUNTS.read_text(encoding="utf-8").rstrip())
    print("\n按 Ctrl-C 停止。", flush=True)
