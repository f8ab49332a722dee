"""Word papers: our time for a circular beside python-docx saving as many paragraphs and cells plainly.

Run: python -m bench.word
"""

import io
import statistics
import time
from collections.abc import Callable

from docx import Document

from chuangwen.documents.word import circular, rectification_notice, render
from tests.documents.word.samples import circular_facts, notice_facts

ROUNDS = 5


def milliseconds(work: Callable[[], object]) -> float:
    """Median of several runs after one to warm up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def plainly(docx_bytes: bytes) -> Callable[[], None]:
    """The floor: the same texts as plain paragraphs and plain tables through python-docx."""
    document = Document(io.BytesIO(docx_bytes))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]

    def save() -> None:
        plain = Document()
        for text in paragraphs:
            plain.add_paragraph(text)
        for rows in tables:
            grid = plain.add_table(len(rows), len(rows[0]))
            for row, line in zip(rows, grid.rows, strict=True):
                for text, cell in zip(row, line.cells, strict=True):
                    cell.text = text
        plain.save(io.BytesIO())

    return save


def main() -> None:
    """Print ours, floor and ratio for each paper."""
    papers = {
        "circular, 64 problems": circular(circular_facts(64)),
        "circular, 300 problems": circular(circular_facts(300)),
        "notice, 3 problems": rectification_notice(notice_facts()),
    }
    for name, paper in papers.items():
        ours = milliseconds(lambda paper=paper: render(paper))
        floor = milliseconds(plainly(render(paper)))
        print(f"word: {name}: ours {ours:.0f} ms, floor {floor:.0f} ms, ratio {ours / floor:.2f}")


if __name__ == "__main__":
    main()
