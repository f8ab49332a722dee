"""PDF through LibreOffice where it is installed; a clear sentence where it is not."""

import shutil
import xml.etree.ElementTree as ElementTree

import pytest

from chuangwen.documents.word import PdfUnavailable, render, to_pdf
from chuangwen.documents.word.pdf import font_map
from tests.documents.word.reading import paper


def test_missing_libreoffice_is_said_with_a_way_out():
    with pytest.raises(PdfUnavailable, match=r"没有安装 LibreOffice.*请下载 Word 文件打印"):
        to_pdf(b"", soffice="soffice-that-is-not-there")


def test_program_that_makes_no_pdf_is_reported():
    with pytest.raises(PdfUnavailable, match="没有转成 PDF"):
        to_pdf(b"", soffice="true")


def test_every_official_font_has_a_substitute():
    tested = [string.text for string in ElementTree.fromstring(font_map()).findall("match/test/string")]
    assert tested == ["方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"]


def test_paper_becomes_a_pdf_where_libreoffice_is_installed():
    if shutil.which("soffice") or shutil.which("libreoffice"):
        assert to_pdf(render(paper())).startswith(b"%PDF-")
    else:
        with pytest.raises(PdfUnavailable, match="没有安装 LibreOffice"):
            to_pdf(render(paper()))
