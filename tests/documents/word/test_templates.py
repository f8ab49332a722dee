"""Hostile words arrive literally; hostile templates are refused with a clear sentence (peers 2.15)."""

import pytest

from chuangwen.documents.word import (
    Column,
    Form,
    Heading,
    Paragraph,
    Table,
    TemplateRefused,
    check_template,
    fill,
    render,
    standard_template,
)
from tests.documents.word.reading import opened, paper, paragraph_with, rewritten, texts

HOSTILE = "<b>粗</b> &amp; & {{7*7}} {% for x in y %} {_{ }_} {# 注 #} \"'“”</w:t><w:p/> ]]>"
MAIN = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FIELD = f'<w:instrText xmlns:w="{W}">DDEAUTO c:\\\\x</w:instrText>'.encode()


def with_text(text):
    """The standard template with its title place replaced by other template text."""
    return rewritten(standard_template(), {MAIN: lambda old: old.replace(b"{{ title }}", text.encode())})


def test_hostile_words_arrive_literally_in_every_place():
    table = Table(columns=(Column(HOSTILE, 1),), rows=((HOSTILE,),), caption=HOSTILE)
    file = render(paper(Heading(1, HOSTILE), Paragraph(HOSTILE), table, title="题", addressee=HOSTILE))
    cells = [cell.text for row in opened(file).tables[0].rows for cell in row.cells]
    assert texts(file)[3:] == [f"{HOSTILE}：", f"一、{HOSTILE}", HOSTILE, HOSTILE]
    assert cells == [HOSTILE, HOSTILE]


def test_hostile_words_arrive_literally_in_plain_places_of_a_template():
    file = fill(with_text("{{ words }}"), {"words": HOSTILE, **minimal()})
    assert paragraph_with(file, HOSTILE).style.name == "公文标题"


def test_control_signs_that_word_cannot_hold_are_left_out():
    assert texts(render(paper(Paragraph("甲\x00\x0b\ud800\ufffe乙\t丙"))))[-1] == "甲乙 丙"


def minimal():
    """Values for every place of the standard template."""
    names = ("mark", "number", "signer", "title", "addressee", "body", "closing", "annexes", "imprint")
    return dict.fromkeys(names, "")


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ title.__class__ }}",
        "{{ title|attr('__class__') }}",
        "{{ title['__class__'] }}",
        "{{ title.format(1) }}",
        "{{ lipsum() }}",
        "{{ 'a' * 1000000000 }}",
        "{{ range(10) }}",
        "{% set x = 1 %}",
        "{% include 'a' %}",
        "{% import 'a' as b %}",
        "{% macro m() %}{% endmacro %}",
        "{% for a in title %}{% for b in title %}{% for c in title %}{% endfor %}{% endfor %}{% endfor %}",
    ],
)
def test_template_that_would_run_code_is_refused(text):
    with pytest.raises(TemplateRefused, match="请"):
        fill(with_text(text), minimal())


def test_refusal_names_the_word_and_the_way_out():
    with pytest.raises(TemplateRefused, match=r"“__class__”.*请在 Word 中删去后重新上传"):
        fill(with_text("{{ title.__class__ }}"), minimal())


def test_misspelt_place_is_named():
    with pytest.raises(TemplateRefused, match="：“titel”。"):
        fill(with_text("{{ titel }}"), minimal())


def test_choice_left_open_is_named():
    with pytest.raises(TemplateRefused, match="写法不完整"):
        fill(with_text("{% if title %}"), minimal())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"word/vbaProject.bin": b"x"}, "含宏"),
        ({"word/embeddings/oleObject1.xlsx": b"x"}, "嵌入对象"),
        ({"word/a.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}, "外部实体"),
        ({"word/_rels/a.xml.rels": b"<R><r TargetMode='External' Target='http://example.org'/></R>"}, "外部地址"),
        ({"word/a.xml": FIELD}, "不能用的域“DDEAUTO"),
        ({"word/a.xml": b'<?xml version="1.0" encoding="GB18030"?><a/>'}, "编码不是 UTF-8"),
        ({f"word/p{n}.xml": b"<a/>" for n in range(300)}, "结构异常"),
        ({"word/a.xml": b" " * 41 * 1024 * 1024}, "解压后过大"),
        ({MAIN: b"<broken"}, "不是有效的 Word 文件|已损坏"),
    ],
)
def test_template_that_carries_more_than_text_is_refused(changes, reason):
    with pytest.raises(TemplateRefused, match=reason):
        fill(rewritten(standard_template(), changes), minimal())


@pytest.mark.parametrize(("content", "reason"), [(b"hello", "不是 Word 模板"), (b"PK" * 3_000_000, "超过 5 MB")])
def test_file_that_is_no_small_docx_is_refused(content, reason):
    with pytest.raises(TemplateRefused, match=reason):
        fill(content, minimal())


def test_I1_office_template_keeps_its_own_words_and_gets_our_styles():
    own = rewritten(
        standard_template(),
        {
            MAIN: lambda old: old.replace(b"{{ title }}", "本办自拟：{{ title }}".encode()),
            "word/styles.xml": lambda old: old.replace(b'w:styleId="GwBody"', b'w:styleId="Theirs"').replace(
                "公文正文".encode(), "他们的".encode()
            ),
        },
    )
    file = render(paper(), own)
    assert paragraph_with(file, "本办自拟：关于示例的通报").style.name == "公文标题"
    assert paragraph_with(file, "正文。").style.name == "公文正文"


def test_template_without_a_place_for_the_text_is_refused_at_upload():
    lost = rewritten(standard_template(), {MAIN: lambda old: old.replace(b"{{p body }}", b"{{ number }}")})
    with pytest.raises(TemplateRefused, match=r"缺少\{\{p body \}\}"):
        check_template(lost)


@pytest.mark.parametrize("form", list(Form))
def test_standard_templates_pass_the_check_of_uploads(form):
    assert check_template(standard_template(form)) is None


def test_same_paper_gives_the_same_bytes():
    assert render(paper()) == render(paper())
