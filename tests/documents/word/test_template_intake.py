"""An uploaded template is judged by what Word would read in it, not by its bytes."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document

from chuangwen.documents.word.errors import TemplateRefused
from chuangwen.documents.word.fill import fill
from chuangwen.documents.word.intake import check_file
from chuangwen.documents.word.paper import Form
from chuangwen.documents.word.template import standard_template

MAIN = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINK = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
    'Target="http://example.invalid/" TargetMode="{mode}"/></Relationships>'
)
FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{first}</w:instrText></w:r>'
    '<w:r><w:instrText>{second}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:body>'
)


def template(
    text: str = "{{ a }}", *, edit: dict[str, Callable[[str], str]] | None = None, **parts: str | bytes
) -> bytes:
    """A small template; edit changes parts, further parts are added."""
    document = Document()
    document.add_paragraph(text)
    plain, packed = io.BytesIO(), io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, edit[name](content.decode()) if edit and name in edit else content)
        for name, content in parts.items():
            target.writestr(name, content)
    return packed.getvalue()


def with_body(end: str) -> bytes:
    """A template whose body ends with this XML."""
    return template(edit={MAIN: lambda xml: xml.replace("</w:body>", end)})


def read(docx_bytes: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(docx_bytes)).paragraphs]


@pytest.mark.parametrize("mode", ["External", "external", "&#69;xternal"])
def test_an_address_outside_is_refused_however_it_is_spelt(mode: str) -> None:
    link = LINK.format(mode=mode)
    with pytest.raises(TemplateRefused, match="引用了外部地址"):
        check_file(template(edit={RELATIONS: lambda xml: xml.replace("</Relationships>", link)}))


def test_a_relation_part_with_a_capital_ending_is_read_too() -> None:
    part = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    with pytest.raises(TemplateRefused, match="引用了外部地址"):
        check_file(template(**{"word/_rels/footer9.xml.RELS": part + LINK.format(mode="External")}))


def test_an_address_outside_is_seen_in_another_encoding_too() -> None:
    part = f'<?xml version="1.0" encoding="UTF-16"?><Relationships>{LINK.format(mode="External")}'
    with pytest.raises(TemplateRefused, match="引用了外部地址"):
        check_file(template(**{"word/_rels/a.xml.rels": part.encode("utf-16")}))


@pytest.mark.parametrize(
    ("first", "second"),
    [("DDEAUTO cmd", ""), ("ddeauto cmd", ""), ("D&#68;EAUTO cmd", ""), ("INCLU", 'DETEXT "x"'), ("HYPERLINK x", "")],
)
def test_a_field_that_fetches_or_runs_is_refused_even_split_over_runs(first: str, second: str) -> None:
    with pytest.raises(TemplateRefused, match="不能用的域"):
        check_file(with_body(FIELD.format(first=first, second=second)))


def test_a_page_number_field_and_prose_about_fields_are_welcome() -> None:
    page = FIELD.format(first=" PAGE ", second="")
    filled = fill(template("说明 DDE 与 {{ a }}", edit={MAIN: lambda xml: xml.replace("</w:body>", page)}), {"a": "甲"})
    assert read(filled) == ["说明 DDE 与 甲", ""]


def test_a_foreign_object_under_another_prefix_is_refused() -> None:
    with pytest.raises(TemplateRefused, match="嵌入了其他程序的对象"):
        check_file(with_body(f'<z:altChunk xmlns:z="{NAMESPACE}"/></w:body>'))


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/embeddings/a.xml", "../a.xml", "word\\a.xml", "a.exe"])
def test_a_part_of_an_unknown_kind_or_place_is_refused(name: str) -> None:
    with pytest.raises(TemplateRefused, match="来历不明的部件"):
        check_file(template(**{name: "<x/>"}))


def test_an_entity_definition_is_refused() -> None:
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document'
    with pytest.raises(TemplateRefused, match="外部实体"):
        check_file(template(edit={MAIN: lambda xml: xml.replace("<w:document", doctype, 1)}))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TemplateRefused, match="解压后过大"):
        check_file(template(**{"word/big.xml": "0" * 50_000_000}))


def test_the_engine_itself_cannot_be_named_and_a_missing_name_is_said_in_chinese() -> None:
    with pytest.raises(TemplateRefused, match="“self”"):
        fill(template("{{ self }}"), {"a": "甲"})
    with pytest.raises(TemplateRefused, match=r"^模板要的内容这份公文里没有：“b”。请改正名称后重新上传。$"):
        fill(template("{{ b }}"), {"a": "甲"})


@pytest.mark.parametrize("form", list(Form))
def test_our_own_templates_pass_the_same_door(form: Form) -> None:
    assert check_file(standard_template(form)) is None
