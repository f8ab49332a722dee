"""What a template file must be before it is opened: a small, plain .docx without code or links to elsewhere.

Every part is parsed and judged by what Word would read, not by its bytes: an entity, another prefix, another
encoding or a field name split over runs hides nothing. Kinds of parts and of fields are lists of what is allowed.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from .errors import TemplateRefused

MOST_BYTES = 5 * 1024 * 1024
MOST_PARTS = 300
MOST_UNPACKED = 40 * 1024 * 1024
MAIN_PART = "word/document.xml"
XML_PARTS = (".xml", ".rels", ".svg")
PICTURE_PARTS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".odttf", ".ttf")
PLACES_OF_CODE = re.compile(r"vba|/activex/|/embeddings/|/afchunk|/customui", re.IGNORECASE)
FOREIGN_ELEMENTS = {"altChunk", "OLEObject", "control", "mailMerge", "attachedTemplate", "dataBinding"}
FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "DATE", "TIME", "TOC", "PAGEREF", "SEQ", "STYLEREF", "REF", "="}
ENCODINGS = {"UTF-8", "UTF-16", "UTF-16LE", "US-ASCII", "ASCII"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARSER_RULES = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def check_file(template_bytes: bytes) -> None:
    """Refuse a file that is too large, damaged, or carries code, objects or external relations."""
    if len(template_bytes) > MOST_BYTES:
        raise TemplateRefused(f"模板超过 {MOST_BYTES // 1024 // 1024} MB，请删去大图后重新上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(template_bytes)) as archive:
            check_parts(archive.infolist())
            for part in archive.infolist():
                if part.filename.lower().endswith(XML_PARTS):
                    check_xml(etree.fromstring(archive.read(part), etree.XMLParser(**PARSER_RULES)))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, etree.XMLSyntaxError) as error:
        raise TemplateRefused(
            "这不是 Word 模板（.docx），或文件已损坏。请在 Word 中另存为 .docx 后重新上传。"
        ) from error


def check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Number, size and kinds of the parts, by the directory of the archive; reading never exceeds these sizes."""
    names = [part.filename.lower() for part in parts]
    if MAIN_PART not in (part.filename for part in parts):
        raise TemplateRefused("文件里没有 Word 正文。请在 Word 中另存为 .docx 后重新上传。")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED or len(set(names)) < len(names):
        raise TemplateRefused("模板解压后过大或结构异常。请在 Word 中新建文件，粘贴内容后重新上传。")
    for name in names:
        outside = ".." in name or name.startswith("/") or "\\" in name
        known = name.endswith((*XML_PARTS, *PICTURE_PARTS, "/"))
        if outside or not known or PLACES_OF_CODE.search(f"/{name}"):
            raise TemplateRefused(
                "模板含宏、嵌入对象或来历不明的部件。请在 Word 中删去，另存为不带宏的 .docx 后重新上传。"
            )


def check_xml(root: etree._Element) -> None:
    """Refuse what one part says: entities, foreign objects, external relations, macros, fields that fetch or run."""
    if root.getroottree().docinfo.doctype:
        refuse("文件里有外部实体定义")
    if root.getroottree().docinfo.encoding.upper() not in ENCODINGS:
        refuse("文件的编码不是 UTF-8 或 UTF-16")
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        if local in FOREIGN_ELEMENTS:
            refuse(f"文件嵌入了其他程序的对象（{local}）")
        if element.get("TargetMode", "").strip().lower() == "external":
            refuse("文件引用了外部地址（链接、模板或图片）")
        if "macroenabled" in element.get("ContentType", "").lower():
            refuse("文件含宏")
    for instruction in field_instructions(root):
        if not field_allowed(instruction):
            refuse(f"文件含不能用的域“{instruction.strip()[:20]}”")


def field_instructions(root: etree._Element) -> Iterator[str]:
    """The instruction of every field, put together from its runs; fields may stand inside fields."""
    open_fields: list[list[str]] = []
    for element in root.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText", f"{W}delInstrText"):
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", "")
        elif element.tag != f"{W}fldChar":
            if not open_fields:
                yield element.text or ""
            else:
                open_fields[-1].append(element.text or "")
        elif element.get(f"{W}fldCharType") == "begin":
            open_fields.append([])
        elif element.get(f"{W}fldCharType") == "end" and open_fields:
            yield "".join(open_fields.pop())
    yield from ("".join(texts) for texts in open_fields)


def field_allowed(instruction: str) -> bool:
    """Whether the first word of an instruction is on the list; an empty field does nothing."""
    words = instruction.replace("=", " = ").split()
    return not words or words[0].upper() in FIELDS


def refuse(reason: str) -> None:
    """One sentence: what is wrong and what to do."""
    raise TemplateRefused(f"{reason}，不能用作模板。请删去后重新上传。")
