"""The virtual environment: made and filled from hashed requirements when it is missing or out of date."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
USE, DEVELOP = "requirements.txt", "requirements-dev.txt"


class Missing(Exception):
    """Something this machine lacks; the text names it and the command that installs it."""


def clean(**settings: object) -> dict[str, str]:
    """The environment for a child: what this machine set for an installation never leaks into it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("CHUANGWEN_", "DJANGO_"))}
    env |= {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return env | {name: str(value) for name, value in settings.items()}


def ensure(requirements: str) -> None:
    """Makes .venv and installs the named file; a stamp with the file's hash makes the second call instant."""
    wanted = _digest(requirements)
    stamp = VENV / f"{requirements}.stamp"
    if _works() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not _works():
        _create()
    print(f"installing {requirements} …", flush=True)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", ROOT / requirements]
    if subprocess.run(command, env=clean()).returncode:
        raise Missing(
            f"{requirements} could not be installed (pip says above why). Without a network, give pip a folder of"
            " wheels: PIP_NO_INDEX=1 PIP_FIND_LINKS=folder python3 dev.py …"
        )
    stamp.write_text(wanted)
    if requirements == DEVELOP:  # it holds everything of the other one
        (VENV / f"{USE}.stamp").write_text(_digest(USE))


def _digest(requirements: str) -> str:
    return hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()


def _works() -> bool:
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-m", "pip", "--version"], stdout=subprocess.DEVNULL).returncode == 0


def _create() -> None:
    print("making .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, OSError) as error:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Missing(f"no virtual environment ({error}). Debian: apt-get install python{version}-venv") from error


def lock() -> int:
    """Writes requirements*.txt with hashes, for every platform, without any registry's address."""
    ensure(DEVELOP)
    options = (
        "--generate-hashes --universal --no-emit-index-url --no-header --no-annotate --python-version 3.11".split()
    )
    for name, pins in ((USE, []), (DEVELOP, ["--constraints", USE])):
        source = name.replace(".txt", ".in")
        command = [BIN / "uv", "pip", "compile", "--quiet", *options, *pins, source, "--output-file", name]
        subprocess.run(command, cwd=ROOT, env=clean(), check=True, stdout=subprocess.DEVNULL)
        print(f"written: {name}")
    return 0
