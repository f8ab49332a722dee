"""Fetches the front-end libraries from npm at fixed versions into chuangwen/base/static/base/vendor/ (needs npm).

Writes the files, their licences, our own icon sprite and VENDORED.json (name, version, integrity, licence, files).
"""

import base64
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "chuangwen/base/static/base/vendor"
TABLER, HTMX, ICONS = "@tabler/core@1.6.1", "htmx.org@2.0.11", "@tabler/icons@3.51.0"
ICON_NAMES = """
arrow-left camera check chevron-down chevron-left chevron-right copy download file-text history list-check map-pin minus
pencil photo plus printer refresh scan search table-import trash upload users wifi-off x
""".split()


def package(name: str, folder: Path) -> tuple[dict[str, Any], tarfile.TarFile]:
    """The tarball of `name@version`, checked against the integrity npm states, and its entry for VENDORED.json."""
    packed = subprocess.run(["npm", "pack", "--json", name], cwd=folder, check=True, stdout=subprocess.PIPE)
    found = json.loads(packed.stdout)
    [found] = found.values() if isinstance(found, dict) else found
    path = folder / found["filename"]
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if integrity != found["integrity"]:
        raise SystemExit(f"{name}: the tarball does not have the integrity npm states")
    archive = tarfile.open(path)  # noqa: SIM115 - lives as long as its temporary folder
    licence = json.loads(read(archive, "package.json"))["license"]
    return {"name": found["name"], "version": found["version"], "integrity": integrity, "licence": licence}, archive


def read(archive: tarfile.TarFile, path: str) -> bytes:
    file = archive.extractfile(f"package/{path}")
    assert file is not None, path
    return file.read()


def sprite(archive: tarfile.TarFile) -> bytes:
    """One SVG with a symbol per icon (id = icon name): the drawing only, colours come from our style sheet."""
    symbols = []
    for name in ICON_NAMES:
        source = read(archive, f"icons/outline/{name}.svg").decode()
        drawing = re.sub(r"\s+", " ", source.partition("<svg")[2].partition(">")[2].removesuffix("</svg>\n")).strip()
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round">{drawing.removesuffix("</svg>").strip()}</symbol>'
        )
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


def without_source_map(content: bytes) -> bytes:
    """The file without the comment that sends browsers looking for a source map we do not serve."""
    return re.sub(rb"\s*/[*/]# sourceMappingURL=[^\n]*", b"", content).rstrip() + b"\n"


def vendor(target: Path, folder: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    entries = []

    def take(name: str, licence: bytes, files: dict[str, bytes], entry: dict[str, Any]) -> None:
        files = {**files, f"LICENSE-{name}.txt": licence}
        for path, content in files.items():
            (target / path).write_bytes(content)
        entries.append({**entry, "files": sorted(files)})

    entry, archive = package(TABLER, folder)
    css = without_source_map(read(archive, "dist/css/tabler.min.css"))
    # the npm package carries no licence file of its own: the icons' one is the same text by the same authors
    icons_entry, icons = package(ICONS, folder)
    licence = read(icons, "LICENSE")
    take("tabler", licence, {"tabler.min.css": css}, entry)
    take("tabler-icons", licence, {"icons.svg": sprite(icons)}, icons_entry)
    entry, archive = package(HTMX, folder)
    take(
        "htmx", read(archive, "LICENSE"), {"htmx.min.js": without_source_map(read(archive, "dist/htmx.min.js"))}, entry
    )
    (target / "VENDORED.json").write_text(json.dumps(entries, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        vendor(TARGET, Path(folder))
    print(f"written: {TARGET}")
