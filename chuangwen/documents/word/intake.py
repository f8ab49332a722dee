"""What a template file must be before it is opened: a small, plain .docx without code or links to elsewhere."""

import io
import re
import zipfile

from .errors import TemplateRefused

MOST_BYTES = 5 * 1024 * 1024
MOST_PARTS = 300
MOST_UNPACKED = 40 * 1024 * 1024
MAIN_PART = "word/document.xml"
FORBIDDEN_PARTS = re.compile(r"vbaProject|vbaData|/activeX/|/embeddings/|/afchunk|/customUI|\.(bin|exe|dll|ocx)$", re.I)
FORBIDDEN_XML = (
    (re.compile(rb"<!DOCTYPE|<!ENTITY", re.I), "文件里有外部实体定义"),
    (re.compile(rb"macroEnabled", re.I), "文件含宏"),
    (re.compile(rb"TargetMode\s*=\s*[\"']\s*External", re.I), "文件引用了外部地址（链接、模板或图片）"),
    (re.compile(rb"<w:altChunk\b|<o:OLEObject\b|<w:control\b"), "文件嵌入了其他程序的对象"),
    (re.compile(rb"\bDDE(AUTO)?\b|\bINCLUDE(TEXT|PICTURE)\b|\bMACROBUTTON\b"), "文件含会读取外部内容的域"),
)


def check_file(template_bytes: bytes) -> None:
    """Refuse a file that is too large, damaged, or carries code, objects or external relations."""
    if len(template_bytes) > MOST_BYTES:
        raise TemplateRefused(f"模板超过 {MOST_BYTES // 1024 // 1024} MB，请删去大图后重新上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(template_bytes)) as archive:
            check_parts(archive.infolist())
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    check_xml(archive.read(part))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise TemplateRefused(
            "这不是 Word 模板（.docx），或文件已损坏。请在 Word 中另存为 .docx 后重新上传。"
        ) from error


def check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Number, size and kinds of the parts, by the directory of the archive; reading never exceeds these sizes."""
    names = [part.filename for part in parts]
    if MAIN_PART not in names:
        raise TemplateRefused("文件里没有 Word 正文。请在 Word 中另存为 .docx 后重新上传。")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED or len(set(names)) < len(names):
        raise TemplateRefused("模板解压后过大或结构异常。请在 Word 中新建文件，粘贴内容后重新上传。")
    if any(FORBIDDEN_PARTS.search(f"/{name}") for name in names):
        raise TemplateRefused("模板含宏或嵌入对象。请在 Word 中删去，另存为不带宏的 .docx 后重新上传。")


def check_xml(content: bytes) -> None:
    """Forbidden constructs inside one part; other encodings than UTF-8 could hide them."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or re.match(rb"<\?xml[^>]*encoding=[\"'](?!utf-8)", content, re.I):
        raise TemplateRefused("模板的编码不是 UTF-8。请在 Word 中另存为 .docx 后重新上传。")
    for pattern, reason in FORBIDDEN_XML:
        if pattern.search(content):
            raise TemplateRefused(f"{reason}，不能用作模板。请删去后重新上传。")
