"""Figures as bookmarks: the same number can be found again in the file (I1)."""

import pytest

from chuangwen.documents.word import (
    Column,
    FigureMismatch,
    FigureRun,
    PaperRefused,
    Paragraph,
    Table,
    WordError,
    figure_places,
    figures_in,
    render,
)
from tests.documents.word.reading import paper, rewritten, texts

DRAWN = FigureRun("round.drawn", "78")


def typed_over(docx_bytes):
    """The file after somebody typed over the first 78 in Word."""
    return rewritten(docx_bytes, {"word/document.xml": lambda old: old.replace(b">78<", b">79<", 1)})


def test_I1_figures_of_text_and_table_are_found_again():
    table = Table(columns=(Column("得分", 1),), rows=((FigureRun("unit.score.7", "86.42"),), (DRAWN,)))
    file = render(paper(Paragraph(("共", DRAWN, "处。")), table))
    assert figures_in(file) == {"round.drawn": "78", "unit.score.7": "86.42"}
    assert [place.bookmark for place in figure_places(file)] == [
        "fig_round__drawn_1",
        "fig_unit__score__7_1",
        "fig_round__drawn_2",
    ]


def test_I1_paper_with_figures_reads_like_any_other():
    assert texts(render(paper(Paragraph(("共", DRAWN, "处。")))))[-1] == "共78处。"


def test_one_figure_cannot_have_two_values_in_a_paper():
    with pytest.raises(PaperRefused, match=r"“round.drawn”在一份公文里写成了“78”和“79”"):
        render(paper(Paragraph((DRAWN, FigureRun("round.drawn", "79")))))


def test_figure_typed_over_in_word_is_seen():
    assert figures_in(typed_over(render(paper(Paragraph((DRAWN,)))))) == {"round.drawn": "79"}


def test_figure_typed_over_in_one_of_two_places_is_refused():
    file = typed_over(render(paper(Paragraph((DRAWN, "，", DRAWN)))))
    with pytest.raises(FigureMismatch, match="“79”和“78”"):
        figures_in(file)


@pytest.mark.parametrize("name", ["", "Round", "轮次", "a b", "a__b", "_a", "a.", "x" * 31])
def test_names_that_make_no_bookmark_are_refused(name):
    with pytest.raises(PaperRefused, match="不能用"):
        FigureRun(name, "1")


def test_figure_without_a_value_is_refused():
    with pytest.raises(PaperRefused, match="没有值"):
        FigureRun("round.drawn", "")


def test_file_that_is_not_word_is_named_as_such():
    with pytest.raises(WordError, match="不是 Word 文件"):
        figures_in(b"hello")
