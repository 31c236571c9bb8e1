"""What a cell says comes back as it was, is never a formula, and where it cannot be held says so."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook
from workbook_samples import opened

from importers.container import open_bytes
from reports.tables import Column, Imprint, Printed, Table
from reports.workbook import workbook
from reports.workbook.escape import LONGEST, cut, well_formed

IMPRINT = Imprint("蓝山县", "数据截至2025-12-31")
PAYLOADS = (
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"http://a.cn\",\"a\")",
    "DDE(\"cmd\",\"/C calc\",\"x\")", "=cmd|'/C calc'!A1", "_x0041_", "_x005F_x0041_", "a\x01b", "a\x0bb", "a\r\nb",
    " a ", "　", "<b>&amp;</b>", "]]>", "http://a.cn", "007", "1e5", "TRUE", "#REF!", "'a", "a\x7f\x85b", "😀𠮷",
    "x" * LONGEST, "0746-1234567", "430000000000000001",
)  # fmt: skip
HELD = st.one_of(
    st.none(),
    st.integers(-(1 << 53), 1 << 53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.text(alphabet="=+-@\t\r\n _x0041FfdD&<>'\"\x00\x1f\ufffe铸1"),
)


def table(*rows: tuple[Printed, ...]) -> Table:
    return Table("表", "表", (Column("甲", 10), Column("乙", 10, code=True)), rows)


def read_back(data: bytes) -> list[list[object]]:
    sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)[3:]]


@pytest.mark.parametrize("text", PAYLOADS)
def test_text_stays_text_and_comes_back_equal(text: str) -> None:
    data = workbook([table((text, text))], IMPRINT)

    with zipfile.ZipFile(BytesIO(data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f" not in sheet
    assert b"hyperlink" not in sheet
    assert read_back(data) == [[text, text]]
    cell = opened(data)["表"]["A4"]
    assert cell.data_type == "s"
    # openpyxl leaves the numbers of characters in strings that stand in their cells, and takes one back too many.
    assert "_x" in text or unescape(cell.value) == text


def test_our_own_reader_reads_every_payload_as_it_was_but_for_line_ends() -> None:
    sheet = open_bytes(workbook([table(*((text, "乙") for text in PAYLOADS))], IMPRINT), "表.xlsx").sheets[0]
    assert [sheet.text(4 + row, 1) for row, text in enumerate(PAYLOADS) if text.strip()] == [
        text.replace("\r\n", "\n").replace("\r", "\n") for text in PAYLOADS if text.strip()
    ]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t1"])
def test_a_cell_that_looks_like_a_formula_stays_text_when_it_is_edited(text: str) -> None:
    assert opened(workbook([table((text, text))], IMPRINT))["表"]["A4"].quotePrefix


def test_a_code_stays_text_when_it_is_edited() -> None:
    assert opened(workbook([table(("甲", "007"))], IMPRINT))["表"]["B4"].number_format == "@"


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "铸" * 40_000, "😀" * 20_000, "a" + "😀" * 20_000])
def test_text_too_long_for_a_cell_is_cut_with_a_mark(text: str) -> None:
    ((told, _),) = read_back(workbook([table((text, "乙"))], IMPRINT))
    assert isinstance(told, str)
    assert len(told.encode("utf-16-le")) // 2 <= LONGEST
    kept, mark = told.split("……")
    assert text.startswith(kept)
    assert mark == f"（超过单元格长度，原文共{len(text.encode('utf-16-le')) // 2}字，以下略去）"


@pytest.mark.parametrize(("text", "told"), [("a\ud800b", "a�b"), ("\ud83d\ude00", "😀"), ("a\uffffb", "a�b")])
def test_what_no_file_holds_is_marked(text: str, told: str) -> None:
    assert read_back(workbook([table((text, "乙"))], IMPRINT)) == [[told, "乙"]]


@pytest.mark.parametrize("value", [1 << 54, -(10**20), float("nan"), float("inf")])
def test_a_number_that_excel_would_change_is_written_as_text(value: float) -> None:
    assert read_back(workbook([table((value, "乙"))], IMPRINT)) == [[str(value), "乙"]]


@given(st.lists(st.tuples(HELD, HELD), max_size=6))
@example([(0.1, 1e300), (5e-324, -0.0), (True, 2.4000000000000004)])
@settings(max_examples=80, deadline=None)
def test_a_table_comes_back_as_it_was(rows: list[tuple[Printed, Printed]]) -> None:
    told = [["" if cell is None else _held(cell) for cell in row] for row in rows]
    while told and set(told[-1]) == {""}:
        told.pop()
    found = read_back(workbook([table(*rows)], IMPRINT))
    while found and set(found[-1]) == {""}:
        found.pop()
    assert found == told


def _held(cell: str | float) -> str | float:
    return cut(well_formed(cell)) if isinstance(cell, str) else cell


def test_a_sum_is_the_sum_of_the_printed_numbers() -> None:
    columns = (Column("甲", 10), Column("产能", 10, total=True))
    data = workbook([Table("表", "表", columns, (("a", 0.1), ("b", 0.2), ("c", 1e16), ("d", -1e16)), "合计")], IMPRINT)
    assert opened(data)["表"]["B8"].value == 0.3


def test_a_row_with_other_cells_than_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells in a row of 2 columns"):
        workbook([table(("甲",))], IMPRINT)
