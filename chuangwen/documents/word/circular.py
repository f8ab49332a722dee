"""Circular 通报 of a round: general situation, scores and ranks, main problems, demands, list of problems."""

from dataclasses import dataclass
from datetime import date

from .due import due_cell, to_put_right, until
from .errors import PaperRefused
from .paper import (
    NO_IMPRINT,
    Align,
    Attachment,
    Block,
    Column,
    FigureRun,
    Head,
    Heading,
    Imprint,
    Paper,
    Paragraph,
    Table,
    Text,
    chinese_date,
)
from .wording import joined, period, sentence, wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """Figures of section 一; None: the sentence is left out. change is without sign, rose tells the direction."""

    drawn: FigureRun
    examined: FigureRun
    coverage: FigureRun
    observations: FigureRun | None = None
    score: FigureRun | None = None
    possible: FigureRun | None = None
    rate: FigureRun | None = None
    change: FigureRun | None = None
    rose: bool = True
    found: FigureRun | None = None
    closed: FigureRun | None = None
    closed_rate: FigureRun | None = None
    open: FigureRun | None = None
    overdue: FigureRun | None = None
    pending: FigureRun | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """One unit in the table of ranks; a unit without enough coverage has rank "—" or its reason."""

    rank: Text
    unit: str
    score: Text
    rate: Text = ""
    gap: Text = ""
    tied: bool = False


@dataclass(frozen=True, slots=True)
class PlaceFindings:
    """A place and what was found there."""

    place: str
    findings: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems of one unit, or of one category."""

    title: str
    places: tuple[PlaceFindings, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProblem:
    """One row of the annexed list of problems; settled: the word for one nobody has to put right (已销号, 待复核)."""

    unit: str
    place: str
    finding: Text
    criterion: str
    deadline: date | None
    settled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularFacts:
    """Everything a circular says. demands replaces the usual demands; basis is an opening clause ending in ，."""

    head: Head
    round: str
    kind: str
    examiner: str
    scope: Text
    first_day: date
    last_day: date
    as_of: date
    addressee: str
    overall: Overall
    ranking: tuple[RankRow, ...]
    groups: tuple[ProblemGroup, ...]
    problems: tuple[ListedProblem, ...]
    reply_to: str
    signature: str
    dated: date
    imprint: Imprint = NO_IMPRINT
    basis: str = ""
    title: str = ""
    demands: tuple[Text, ...] = ()
    sealed: bool = True


def circular(facts: CircularFacts) -> Paper:
    """The circular as a paper; render() makes the file."""
    if facts.first_day > facts.last_day:
        raise PaperRefused("检查的开始日期晚于结束日期，请改正。")
    words = wording()["circular"]
    sections = (overall(facts), ranking(facts), main_problems(facts), demands(facts))
    named = zip(words["sections"], sections, strict=True)
    blocks = tuple(block for title, part in named if part for block in (Heading(1, title), *part))
    return Paper(
        head=facts.head,
        title=facts.title or words["title"].format(round=facts.round),
        addressee=facts.addressee,
        blocks=(opening(facts), *blocks),
        attachments=(problem_list(facts),) if facts.problems else (),
        signature=facts.signature,
        dated=facts.dated,
        sealed=facts.sealed,
        imprint=facts.imprint,
    )


def opening(facts: CircularFacts) -> Paragraph:
    """Who examined whom, and when."""
    when = period(facts.first_day, facts.last_day)
    return Paragraph(
        sentence(
            wording()["circular"]["opening"],
            basis=facts.basis,
            period=when,
            examiner=facts.examiner,
            scope=facts.scope,
            kind=facts.kind,
        )
    )


def overall(facts: CircularFacts) -> tuple[Block, ...]:
    """Section 一: what was examined, the score, what became of the problems."""
    words, figures = wording()["circular"], facts.overall
    counts = {"drawn": figures.drawn, "examined": figures.examined, "coverage": figures.coverage}
    if figures.observations:
        first = sentence(words["drawn"], observations=figures.observations, **counts)
    else:
        first = sentence(words["drawn_plain"], **counts)
    texts = [first, *score_texts(figures)]
    if figures.examined.text != figures.drawn.text:
        texts.append(words["untested"])
    second = problem_text(figures, facts.as_of)
    return (Paragraph(joined(tuple(texts))), *((Paragraph(second),) if second else ()))


def score_texts(figures: Overall) -> list[Text]:
    """Score, possible score, rate, and the change against the last round."""
    words, texts = wording()["circular"], []
    if figures.score and figures.possible and figures.rate:
        texts.append(sentence(words["score"], score=figures.score, possible=figures.possible, rate=figures.rate))
        if figures.change:
            direction = "提高" if figures.rose else "下降"
            texts.append(sentence(words["change"], direction=direction, change=figures.change))
    return texts


def problem_text(figures: Overall, as_of: date) -> Text:
    """Found, and as of a day closed, rate, open, overdue and not handed out yet; empty where nothing was counted."""
    words = wording()["circular"]
    if not figures.found:
        return ""
    if not (figures.closed and figures.closed_rate and figures.open and figures.overdue):
        return sentence(words["clean"], found=figures.found)
    said = sentence(
        words["problems"],
        found=figures.found,
        as_of=chinese_date(as_of),
        closed=figures.closed,
        closed_rate=figures.closed_rate,
        open=figures.open,
        overdue=figures.overdue,
    )
    waiting = sentence(words["pending"], pending=figures.pending) if figures.pending else ""
    return joined((said, waiting, "。"))


def ranking(facts: CircularFacts) -> tuple[Block, ...]:
    """Section 二: the table of ranks, ties named."""
    words = wording()["circular"]
    if not facts.ranking:
        return ()
    layout = ((2.0, Align.CENTER), (3.8, Align.LEFT), (1.5, Align.RIGHT), (1.5, Align.RIGHT), (1.9, Align.RIGHT))
    columns = tuple(Column(t, w, a) for t, (w, a) in zip(words["ranking_columns"], layout, strict=True))
    rows = tuple(
        (sentence(words["tie"], rank=row.rank) if row.tied else row.rank, row.unit, row.score, row.rate, row.gap)
        for row in facts.ranking
    )
    return Paragraph(words["ranking_lead"]), Table(columns=columns, rows=rows, caption=words["ranking_caption"])


def main_problems(facts: CircularFacts) -> tuple[Block, ...]:
    """Section 三: unit or category （一）, place 1., its problems （1）（2） in one line."""
    return tuple(block for group in facts.groups for block in (Heading(2, group.title), *map(place_line, group.places)))


def place_line(place: PlaceFindings) -> Heading:
    """A place with its findings; several findings are numbered."""
    words = wording()["circular"]
    numbered = place.findings
    if len(numbered) > 1:
        numbered = tuple(joined((f"（{number}）", text)) for number, text in enumerate(place.findings, start=1))
    text = sentence(words["item"], place=place.place, findings=joined(numbered, words["findings_join"]))
    return Heading(3, joined((text, "。")))


def demands(facts: CircularFacts) -> tuple[Block, ...]:
    """Section 四: the usual demands, or the office's own."""
    return tuple(Heading(2, text) for text in (facts.demands or circular_demands(facts)))


def circular_demands(facts: CircularFacts) -> tuple[Text, ...]:
    """The usual demands: deadlines and reply where something is still to be put right, verification, to go on."""
    words, fix = wording()["circular"], until(facts.problems, facts.dated)
    texts = []
    if to_put_right(facts.problems):
        texts.append(sentence(words["demand_fix"], until=fix))
        texts.append(sentence(words["demand_reply"], reply_to=facts.reply_to))
    if facts.problems:
        texts.append(sentence(words["demand_check"], examiner=facts.examiner))
    return tuple(texts) if fix else (*texts, words["demand_keep"])


def problem_list(facts: CircularFacts) -> Attachment:
    """The annex: every problem of the round in one table, upright so that the imprint can stand below it."""
    words = wording()["circular"]
    layout = (
        (1.3, Align.CENTER),
        (3, Align.LEFT),
        (3.2, Align.LEFT),
        (4.6, Align.LEFT),
        (3.8, Align.LEFT),
        (2.5, Align.CENTER),
    )
    columns = tuple(Column(t, w, a) for t, (w, a) in zip(words["annex_columns"], layout, strict=True))
    rows = tuple(
        (str(number), row.unit, row.place, row.finding, row.criterion, due_cell(row, facts.dated))
        for number, row in enumerate(facts.problems, start=1)
    )
    return Attachment(title=words["annex"], blocks=(Table(columns=columns, rows=rows, small=True),))
