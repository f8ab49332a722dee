"""A paper of the database as a paper of the Word layer: its words, its facts and its figures, nothing else.

Reads only the document's own rows, so that an issued paper drawn again is the same to the byte.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from chuangwen.base import files
from chuangwen.base.errors import Refused
from chuangwen.base.models import StoredFile
from chuangwen.documents import word
from chuangwen.documents.models import Document
from chuangwen.documents.word import FigureRun, Paper, Text
from chuangwen.documents.words import Words, words_of

MANY = 60  # beyond so many problems, section 三 names only the worst places of each unit; the annex names all
WORST = 3
PHOTO_EDGE = 1200


def paper_of(document: Document, *, number: str = "") -> Paper:
    """The paper as it stands; a draft shows where its number will be. Refused when it cannot be written."""
    number = number or document.number_text or f"{document.jurisdiction.document_word}〔{_dated(document).year}〕　号"
    try:
        if document.kind == Document.Kind.CIRCULAR:
            return _with_remarks(word.circular(circular_facts(document, number)), words_of(document.content).remarks)
        return word.rectification_notice(notice_facts(document, number))
    except word.WordError as error:
        raise Refused(str(error)) from error


def file_of(document: Document, *, number: str = "") -> bytes:
    """The paper as .docx bytes."""
    paper = paper_of(document, number=number)
    try:
        return word.render(paper)
    except word.WordError as error:
        raise Refused(str(error)) from error


def circular_facts(document: Document, number: str) -> word.CircularFacts:
    """What a circular says, from its snapshot."""
    words, facts, runs = words_of(document.content), document.facts, _runs(document)
    round, problems = facts["round"], facts["problems"]
    return word.CircularFacts(
        head=word.Head(mark=f"{words.issuer}文件", number=number),
        round=round["name"],
        kind=round["kind"],
        examiner=words.examiner,
        scope=(runs["round.units"], "个责任单位的点位"),
        first_day=words.first_day or date.fromisoformat(round["first_day"]),
        last_day=words.last_day or date.fromisoformat(round["last_day"]),
        as_of=date.fromisoformat(problems["as_of"]),
        addressee=words.addressee,
        overall=_overall(runs, rose=facts["score"].get("rose", True)),
        ranking=tuple(_rank(row, runs) for row in facts["score"].get("ranking", ())),
        groups=_groups(problems["rows"]),
        problems=tuple(_listed(row) for row in problems["rows"]),
        reply_to=words.reply_to,
        signature=words.issuer,
        dated=_dated(document),
        imprint=_imprint(document, words),
        basis=words.basis,
        title=document.title,
        demands=words.demands,
    )


def _runs(document: Document) -> dict[str, FigureRun]:
    return {figure.name: FigureRun(figure.name, figure.text) for figure in document.figures.all()}


def _with_remarks(paper: Paper, remarks: tuple[str, ...]) -> Paper:
    """The office's own paragraphs at the end of the first section, the general situation."""
    if not remarks:
        return paper
    own = tuple(word.Paragraph(line) for line in remarks)
    heads = [n for n, block in enumerate(paper.blocks) if isinstance(block, word.Heading) and block.level == 1]
    return replace(paper, blocks=(*paper.blocks[: heads[1]], *own, *paper.blocks[heads[1] :]))


def _overall(runs: dict[str, FigureRun], *, rose: bool) -> word.Overall:
    return word.Overall(
        drawn=runs["inspections.places"],
        examined=runs["inspections.submitted"],
        coverage=runs["round.coverage"],
        observations=runs.get("inspections.examined"),
        score=runs.get("score.total"),
        possible=runs.get("score.possible"),
        rate=runs.get("score.rate"),
        change=runs.get("score.change"),
        rose=rose,
        found=runs.get("problems.found"),
        closed=runs.get("problems.closed"),
        closed_rate=runs.get("problems.rectified"),
        open=runs.get("problems.open"),
        overdue=runs.get("problems.overdue"),
        pending=runs.get("problems.pending"),
    )


def _rank(row: dict[str, Any], runs: dict[str, FigureRun]) -> word.RankRow:
    def cell(key: str, otherwise: str) -> Text:
        return runs[row[key]] if row[key] else otherwise

    return word.RankRow(
        rank=cell("rank", "—"),
        unit=row["unit"],
        score=cell("score", "未测"),
        rate=cell("rate", "—"),
        gap=cell("gap", "—"),
        tied=row["tied"],
    )


def _groups(rows: list[dict[str, Any]]) -> tuple[word.ProblemGroup, ...]:
    """Problems by unit and place in the order listed."""
    units: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        units.setdefault(row["unit"] or "责任单位未定", {}).setdefault(row["place"], []).append(row["finding"])
    shown = WORST if len(rows) > MANY else MANY
    return tuple(word.ProblemGroup(unit, _places(places, shown)) for unit, places in units.items())


def _places(places: dict[str, list[str]], shown: int) -> tuple[word.PlaceFindings, ...]:
    worst = sorted(places, key=lambda name: -len(places[name]))[:shown]
    kept = [name for name in places if name in worst]
    return tuple(word.PlaceFindings(name, tuple(dict.fromkeys(places[name]))) for name in kept)


def _listed(row: dict[str, Any]) -> word.ListedProblem:
    return word.ListedProblem(
        unit=row["unit"],
        place=row["place"],
        finding=row["finding"],
        criterion=row["criterion"],
        deadline=_day(row["deadline"]),
        settled=row.get("settled", ""),
    )


def notice_facts(document: Document, number: str, *, with_photos: bool = True) -> word.NoticeFacts:
    """What a notice says, from its snapshot; the reply slip lays the live state over it."""
    words, problems, runs = words_of(document.content), document.facts["problems"], _runs(document)
    return word.NoticeFacts(
        head=word.Head(mark=words.issuer, number=number, form=word.Form.LETTER),
        unit=document.facts["unit"],
        basis=words.basis,
        kind=document.facts["kind"],
        examiner=words.examiner,
        first_day=words.first_day or _day(document.facts["first_day"] or problems["first_day"]) or _dated(document),
        last_day=words.last_day or _day(document.facts["last_day"] or problems["last_day"]) or _dated(document),
        found=runs["notice.problems"],
        problems=_noticed(problems["rows"], with_photos=with_photos and words.photos),
        reply_to=words.reply_to,
        dispute_days=str(words.dispute_days),
        contact=words.contact,
        phone=words.phone,
        signature=words.issuer,
        dated=_dated(document),
        photos=words.photos,
        demands=words.demands,
        imprint=_imprint(document, words),
    )


def usual_demands(document: Document) -> tuple[str, ...]:
    """The demands as they read when the office writes none of its own."""
    if document.kind == Document.Kind.CIRCULAR:
        texts = word.circular_demands(circular_facts(document, ""))
    else:
        texts = word.notice_demands(notice_facts(document, ""))
    return tuple(word.plain(text) for text in texts)


def _noticed(rows: list[dict[str, Any]], *, with_photos: bool) -> tuple[word.NoticeProblem, ...]:
    photos = photo_bytes(row["before"] for row in rows) if with_photos else {}
    return tuple(
        word.NoticeProblem(
            place=row["place"],
            finding=row["finding"],
            criterion=row["criterion"],
            deadline=_day(row["deadline"]),
            settled=row.get("settled", ""),
            responsible=row["responsible"],
            before=photos.get(row["before"]),
        )
        for row in rows
    )


def photo_bytes(keys: Iterable[int | None]) -> dict[int | None, bytes]:
    """Stored file → a page copy of the picture, of one size and without metadata."""
    stored = StoredFile.objects.in_bulk({key for key in keys if key})
    return {pk: files.thumbnail_path(row, edge=PHOTO_EDGE).read_bytes() for pk, row in stored.items()}


def _imprint(document: Document, words: Words) -> word.Imprint:
    return word.Imprint(copies=document.copies_to, printer=words.issuer, printed_on=_dated(document))


def _dated(document: Document) -> date:
    return document.dated_on or document.created_at.date()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
