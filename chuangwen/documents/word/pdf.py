"""PDF through LibreOffice, one profile per run, with the paper's fonts mapped to what the server has."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from .errors import PdfUnavailable
from .layout import layout

SECONDS = 60


def to_pdf(docx_bytes: bytes, *, soffice: str | None = None) -> bytes:
    """The file as PDF (about 1–3 s). Raises PdfUnavailable when LibreOffice is absent or fails."""
    program = soffice or shutil.which("soffice") or shutil.which("libreoffice")
    if not program or not shutil.which(program):
        raise PdfUnavailable(
            "服务器没有安装 LibreOffice，不能转 PDF。请下载 Word 文件打印，或请系统管理员安装 LibreOffice。"
        )
    with tempfile.TemporaryDirectory(prefix="chuangwen-pdf-") as folder:
        return convert(program, Path(folder), docx_bytes)


def convert(program: str, folder: Path, docx_bytes: bytes) -> bytes:
    """Run LibreOffice in a folder of its own."""
    source = folder / "paper.docx"
    source.write_bytes(docx_bytes)
    fonts = folder / "fonts.conf"
    fonts.write_text(font_map(), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts), "HOME": str(folder)}
    try:
        subprocess.run(command, env=environment, capture_output=True, timeout=SECONDS, check=True)
    except subprocess.TimeoutExpired as error:
        raise PdfUnavailable(f"转 PDF 超过 {SECONDS} 秒没有完成，请稍后再试，或下载 Word 文件打印。") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise PdfUnavailable("LibreOffice 没有转成 PDF，请下载 Word 文件打印，并告知系统管理员。") from error
    result = folder / "paper.pdf"
    if not result.is_file():
        raise PdfUnavailable("LibreOffice 没有转成 PDF，请下载 Word 文件打印，并告知系统管理员。")
    return result.read_bytes()


def font_map() -> str:
    """A fontconfig file: the host's own settings, then each missing font's substitutes in order."""
    rules = "".join(substitute(name, others) for name, others in layout()["pdf_fonts"].items())
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rules}</fontconfig>'
    )


def substitute(name: str, others: list[str]) -> str:
    """Put the substitutes right after the missing font; a weight after the colon applies to all of them."""
    families = "".join(f"<string>{escape(other.partition(':')[0])}</string>" for other in others)
    weight = next((other.partition(":")[2] for other in others if ":" in other), "")
    strong = f'<edit name="weight" mode="assign" binding="strong"><const>{weight}</const></edit>' if weight else ""
    return (
        f'<match target="pattern"><test name="family" qual="any"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="append" binding="strong">{families}</edit>{strong}</match>'
    )
