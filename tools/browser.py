"""The Chromium of the system, used by the browser walk."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.environment import Missing

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
APPLICATIONS = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
INSTALL = "apt-get install -y chromium fonts-noto-cjk"


def find() -> str | None:
    """Path of a Chromium on this machine, or None."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in (*found, *APPLICATIONS) if path and Path(path).exists()), None)


def ensure() -> str:
    """Finds Chromium, or installs it where we may (root on Debian)."""
    if path := find():
        return path
    if os.name != "nt" and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Chromium is missing: {INSTALL} …", flush=True)
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=env)
        subprocess.run([*INSTALL.split(), "-qq"], env=env)
        if path := find():
            return path
    raise Missing(f"Chromium is needed for the browser walk. Debian: {INSTALL}")
