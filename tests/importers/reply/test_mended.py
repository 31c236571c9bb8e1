"""The reply to a copy that came back: the sender's workbook with what was corrected since in its cells."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from importers.grid import Cell, WorkbookGrid, address
from importers.reply import Correction, Corrections, NotMarkable, marked_copy, overlaid, reply_to
from importers.reply.marks import place_of
from tests.importers.reply.asking import about, mark, opened, parts

SHEET = "名册"


def workbook(*, table: bool = False) -> bytes:
    """A sheet with a text, a number, a day, a formula and a merged cell."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet(SHEET)
    sheet.write_row("A1", ["企业名称", "容量", "台数", "投产", "合计"])
    sheet.write_row("A2", ["甲铸造厂", "约0.5吨", 2])
    sheet.write("D2", 45292, book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_formula("E2", "=C2*2", None, 4)
    sheet.merge_range("A4:B5", "备注", book.add_format({"bold": True}))
    if table:
        sheet.add_table(
            "A1:E2", {"columns": [{"header": head} for head in ("企业名称", "容量", "台数", "投产", "合计")]}
        )
    book.close()
    return target.getvalue()


def mended(book: WorkbookGrid, **cells: Cell | None) -> tuple[Correction, ...]:
    """Corrections of cells by their addresses."""
    grid = book.sheets[0]
    before = {cell: grid.cell(*(place_of(cell) or (0, 0))) for cell in cells}
    return tuple(Correction((1,), SHEET, cell, before[cell], after, (SHEET, cell)) for cell, after in cells.items())


def replied_again(given: bytes, *, marked: str = "A2", **cells: Cell | None) -> tuple[bytes, WorkbookGrid]:
    """The reply to a copy with these corrections, and what it must say."""
    book = opened(given)
    corrected = mended(book, **cells)
    says = overlaid(book, Corrections(corrected, (), (), (), ()))
    return marked_copy(given, says, [mark(1, SHEET, marked)], [], about(book), corrected), says


def test_a_corrected_cell_says_what_it_says_now_and_keeps_its_format() -> None:
    given = workbook()
    told = {
        "B2": Cell("0.5吨", "0.5吨"),
        "C2": Cell(3, "3"),
        "D2": Cell(7, "7"),
        "A4": None,
        "G9": Cell("x", "=1+1 & <x>"),
    }

    content, _ = replied_again(given, **told)

    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    before = openpyxl.load_workbook(io.BytesIO(given))[SHEET]
    assert {cell: sheet[cell].value for cell in told} == {
        "B2": "0.5吨", "C2": 3, "D2": "7", "A4": None, "G9": "=1+1 & <x>",
    }  # fmt: skip
    assert sheet["G9"].data_type != "f"
    assert (sheet["A4"].font.b, sheet["D2"].number_format) == (True, before["D2"].number_format)
    assert sheet.merged_cells.ranges == before.merged_cells.ranges
    assert (sheet["B2"].fill.fill_type, sheet["A2"].fill.fill_type) == (None, "solid")


def test_a_corrected_cell_that_is_still_doubtful_is_marked() -> None:
    content, _ = replied_again(workbook(), marked="B2", B2=Cell("约1吨", "约1吨"))
    cell = openpyxl.load_workbook(io.BytesIO(content))[SHEET]["B2"]
    assert (cell.value, cell.fill.fill_type) == ("约1吨", "solid")
    assert cell.comment is not None


def test_all_other_cells_and_parts_are_as_they_were() -> None:
    given = workbook()
    content, says = replied_again(given, B2=Cell("0.5吨", "0.5吨"), F3=Cell("新", "新"))
    back = opened(content).sheets[0]
    assert {address(*place): cell.text for place, cell in back.cells.items()} == {
        address(*place): cell.text for place, cell in says.sheets[0].cells.items()
    }
    before, after = parts(given), parts(content)
    changed = {name for name in before if before[name] != after[name]}
    assert {name.rpartition("/")[2] for name in changed} == {
        "[Content_Types].xml", "workbook.xml", "workbook.xml.rels", "styles.xml", "sheet1.xml",
    }  # fmt: skip


@pytest.mark.parametrize(("table", "cell", "reason"), [(False, "E2", "原来是公式"), (True, "B1", "智能表格的标题")])
def test_what_a_correction_would_break_is_sent_as_a_table(table: bool, cell: str, reason: str) -> None:
    given = workbook(table=table)
    book = opened(given)
    corrected = mended(book, **{cell: Cell("改", "改")})
    says = overlaid(book, Corrections(corrected, (), (), (), ()))
    with pytest.raises(NotMarkable):
        marked_copy(given, says, [], [], about(book), corrected)
    reply = reply_to(given, says, [], [], about(book), corrected)
    assert reason in reply.instead
    assert openpyxl.load_workbook(io.BytesIO(reply.content))[SHEET][cell].value == "改"


def test_a_cell_below_the_head_of_a_table_is_corrected_in_place() -> None:
    content, _ = replied_again(workbook(table=True), B2=Cell("0.5吨", "0.5吨"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert "xl/tables/table1.xml" in package.namelist()
    assert openpyxl.load_workbook(io.BytesIO(content))[SHEET]["B2"].value == "0.5吨"
