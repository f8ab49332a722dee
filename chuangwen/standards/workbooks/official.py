"""The official table as a workbook for people: merged cells, A4 landscape, the head on every page."""

from io import BytesIO

import xlsxwriter

from chuangwen.standards.models import StandardVersion
from chuangwen.standards.official import OWN, TableRow, table_of

WIDTHS = {"测评标准": 52, "分值": 7, "测评方法": 10, "材料要求": 20, "责任单位": 18}
INDICATOR_WIDTH = 16


def official_workbook(version: StandardVersion) -> bytes:
    """The bytes of an .xlsx file; nothing in it is read back."""
    out, table = BytesIO(), table_of(version)
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    look = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    plain, head = book.add_format(look), book.add_format({**look, "bold": True, "align": "center"})
    number = book.add_format({**look, "align": "center"})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    sheet = book.add_worksheet("测评体系表")
    sheet.set_landscape(), sheet.set_paper(9), sheet.fit_to_pages(1, 0), sheet.repeat_rows(0, 2)
    last = len(table.heads) - 1
    sheet.merge_range(0, 0, 0, last, f"{version.standard.name} {version.label}", title)
    sheet.merge_range(1, 0, 1, last, subtitle(version), number)
    for column, name in enumerate(table.heads):
        sheet.set_column(column, column, WIDTHS.get(name, INDICATOR_WIDTH))
        sheet.write_string(2, column, name, head)
    for at, row in enumerate(table.rows, start=3):
        for column, cell in row.cells.items():
            if cell.rows * cell.columns > 1:
                sheet.merge_range(at, column, at + cell.rows - 1, column + cell.columns - 1, cell.text, plain)
            else:
                sheet.write_string(at, column, cell.text, plain)
        for column, text in enumerate(_own(row), start=len(table.heads) - len(OWN)):
            sheet.write_string(at, column, text, number if column == last - 3 else plain)
    book.close()
    return out.getvalue()


def subtitle(version: StandardVersion) -> str:
    """What stands under the title: whether it holds, and on what it rests."""
    return "，".join(filter(None, [version.get_state_display(), version.source]))


def _own(row: TableRow) -> tuple[str, ...]:
    one = row.criterion
    if one is None:
        return ("",) * len(OWN)
    parts = [f"{number}. {part}" for number, part in enumerate(row.parts, start=1)]
    text = "\n".join([f"{one.label} {one.text}".strip(), *parts, *([f"计分：{row.rule}"] if row.rule else [])])
    return text, one.points, one.method, one.evidence, row.units
