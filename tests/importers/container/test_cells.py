"""What stands in a cell comes out as written: numbers, dates, text, errors, struck out, hidden, merged."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
import xlwt

from importers.container import open_bytes
from importers.grid import Cell, Merge, WorkbookGrid
from tests.importers.container.packages import MAIN, archive, entries, ods, parts, sheet, workbook


def book(rows: str, **others: str) -> WorkbookGrid:
    return open_bytes(workbook(rows, **others), "名册.xlsx")


def cell(xml: str, **others: str) -> Cell | None:
    return book(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">{xml}</row>', **others).sheets[0].at(2, 2)


def styled(code: str, font: str = "<font/>") -> str:
    formats = f'<numFmts count="1"><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
    fonts = f"<fonts><font/>{font}</fonts>"
    xfs = '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="200" fontId="1"/></cellXfs>'
    return f'<styleSheet xmlns="{MAIN}">{formats}{fonts}{xfs}</styleSheet>'


@pytest.mark.parametrize(
    ("stored", "value", "text"),
    [
        ("150", 150, "150"),
        ("150.0", 150, "150"),
        ("0.1", 0.1, "0.1"),
        ("0.30000000000000004", 0.30000000000000004, "0.3"),
        ("9.11409218151586E+17", 9.11409218151586e17, "9.11409218151586E+17"),
        ("911409218151586000", 9.11409218151586e17, "9.11409218151586E+17"),
        ("911409218151586789", 911409218151586789, "911409218151586789"),
        ("-5", -5, "-5"),
    ],
)
def test_a_number_is_written_as_the_sheet_shows_it(stored: str, value: float, text: str) -> None:
    assert cell(f'<c r="B2"><v>{stored}</v></c>') == Cell(value, text)


@pytest.mark.parametrize(
    ("code", "stored", "value", "text"),
    [
        ("yyyy-mm-dd", "45306", date(2024, 1, 15), "2024-01-15"),
        ("yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", "45306", date(2024, 1, 15), "2024-01-15"),
        ("[$-804]yyyy&quot;年&quot;m&quot;月&quot;", "45352", "2024年3月", "2024年3月"),
        ("yyyy&quot;年&quot;m&quot;月&quot;", "45306", date(2024, 1, 15), "2024-01-15"),
        ("yyyy/m/d h:mm", "45306.5", datetime(2024, 1, 15, 12), "2024-01-15 12:00:00"),  # noqa: DTZ001
        ("h:mm", "0.5", time(12), "12:00:00"),
        ("0.00%", "0.25", 0.25, "0.25"),
        ("00000000", "123456", 123456, "00123456"),
        ("0&quot;吨&quot;", "5", 5, "5吨"),
    ],
)
def test_a_number_format_says_what_is_shown(code: str, stored: str, value: object, text: str) -> None:
    assert cell(f'<c r="B2" s="1"><v>{stored}</v></c>', styles=styled(code)) == Cell(value, text)  # type: ignore[arg-type]


@pytest.mark.parametrize("serial", ["0", "60", "-3", "2958466", "1e300"])
def test_a_date_that_no_calendar_has_is_said(serial: str) -> None:
    read = book(f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>', styles=styled("yyyy-mm-dd"))

    assert read.sheets[0].cells[1, 1] == Cell(None, serial, "date_out_of_range")
    assert read.engine_issues == (("名册", "A1", "cell.date_out_of_range", serial),)


def test_both_date_systems() -> None:
    told = parts({"名册": sheet('<row r="1"><c r="A1" s="1"><v>43844</v></c></row>')}, styles=styled("yyyy-mm-dd"))
    told["xl/workbook.xml"] = told["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')

    read = open_bytes(archive(entries(told)), "名册.xlsx")

    assert read.date1904
    assert read.sheets[0].cells[1, 1].value == date(2024, 1, 15)


def test_errors_and_formulas_without_a_result_are_kept_and_said() -> None:
    read = book(
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>SUM(A2:A9)</f></c>'
        '<c r="C1"><f>A2*2</f><v>3</v></c><c r="D1" t="str"><f>""</f><v></v></c></row>'
    )

    cells = read.sheets[0].cells
    assert cells[1, 1] == Cell(None, "#REF!", "#REF!")
    assert cells[1, 2] == Cell(None, "=SUM(A2:A9)", "formula_without_value")
    assert cells[1, 3] == Cell(3, "3")
    assert (1, 4) not in cells
    assert [issue[1:3] for issue in read.engine_issues] == [
        ("A1", "cell.error"),
        ("B1", "cell.formula_without_value"),
    ]


def test_struck_out_cells_and_runs_state_nothing() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><r><rPr><strike/></rPr><t>旧名</t></r><r><t>新名</t></r></si>'
        "<si><r><rPr><strike/></rPr><t>全删</t></r></si></sst>"
    )
    read = book(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="1"><v>7</v></c></row>',
        strings=strings,
        styles=styled("General", "<font><strike/></font>"),
    )

    cells = read.sheets[0].cells
    assert cells[1, 1] == Cell("新名", "新名")
    assert cells[1, 2].struck
    assert cells[1, 3] == Cell(7, "7", struck=True)
    assert ("名册", "A1", "cell.struck_part", "旧名") in read.engine_issues


def test_text_keeps_its_lines_and_loses_its_escapes() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>骅强金属_x000D_\n制品</t></si>'
        "<si><r><t>甲</t></r><r><t>厂</t></r><rPh><t>jia</t></rPh></si></sst>"
    )

    read = book('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>', strings=strings)

    assert read.sheets[0].text(1, 1) == "骅强金属\n制品"
    assert read.sheets[0].text(1, 2) == "甲厂"


def test_hidden_rows_columns_and_sheets() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row>'
    rows += '<row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
    columns = '<cols><col min="3" max="16384" hidden="1"/></cols>'
    told = parts({"名册": sheet(rows, before=columns), "底稿": sheet(rows)})
    told["xl/workbook.xml"] = told["xl/workbook.xml"].replace('sheetId="2"', 'sheetId="2" state="veryHidden"')

    read = open_bytes(archive(entries(told)), "名册.xlsx")

    assert read.sheets[0].hidden_rows == {2}
    assert read.sheets[0].hidden_columns == {3}
    assert [one.hidden for one in read.sheets] == [False, True]
    assert read.engine_issues == (("底稿", None, "sheet.hidden", "底稿"),)


def test_a_value_under_a_merge_is_said_not_shown() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{value}</v></c></row>' for row, value in ((1, 1), (2, 2), (3, 1)))

    read = book(rows, after='<mergeCells><mergeCell ref="A1:B3"/></mergeCells>')

    grid = read.sheets[0]
    assert list(grid.cells) == [(1, 1)]
    assert grid.merges == (Merge(1, 1, 3, 2),)
    assert grid.text(3, 2) == "1"
    assert read.engine_issues == (("名册", "A2", "cell.under_merge", "2"),)


def test_a_repeated_row_is_said() -> None:
    row = '<row r="3"><c r="A3"><v>7</v></c></row>'

    read = book(row + row)

    assert [(issue[1], issue[2]) for issue in read.engine_issues] == [("A3", "row.repeated"), ("A3", "cell.repeated")]


def test_a_sheet_without_addresses_is_read_in_order() -> None:
    read = book("<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>")

    assert {place: one.value for place, one in read.sheets[0].cells.items()} == {(1, 1): 1, (1, 2): 2, (2, 2): 3}


def test_where_calamine_fails_openpyxl_reads_and_is_named() -> None:
    strings = f'<sst xmlns="{MAIN}" uniqueCount="4294967295"><si><t>甲</t></si></sst>'

    read = book('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><v>#N/A</v></c></row>', strings=strings)

    assert read.engine == "openpyxl"
    assert read.sheets[0].cells == {(1, 1): Cell("甲", "甲"), (1, 2): Cell(None, "#N/A", "#N/A")}
    assert read.engine_issues[0] == ("", None, "file.second_engine", "calamine 读不出这个文件，改由 openpyxl 读取")


def test_a_value_that_the_engine_does_not_give_is_said() -> None:
    read = book('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v> </v></c></row>')

    assert list(read.sheets[0].cells) == [(1, 1)]
    assert read.engine_issues == (("名册", "B1", "cell.engines_differ", "文件里有内容，calamine 没有读出"),)


def test_two_sheets_of_one_name_are_each_read() -> None:
    told = parts(
        {"甲": sheet('<row r="1"><c r="A1"><v>1</v></c></row>'), "乙": sheet('<row r="1"><c r="A1"><v>2</v></c></row>')}
    )
    told["xl/workbook.xml"] = told["xl/workbook.xml"].replace("乙", "甲")

    read = open_bytes(archive(entries(told)), "名册.xlsx")

    assert [one.text(1, 1) for one in read.sheets] == ["1", "2"]


def test_equal_cells_of_a_sheet_are_one_object() -> None:
    row = '<row r="{0}"><c r="A{0}"><v>7</v></c><c r="B{0}" s="1"><v>7</v></c><c r="C{0}" t="b"><v>1</v></c></row>'

    cells = book(row.format(1) + row.format(2), styles=styled("General")).sheets[0].cells

    assert cells[1, 1] is cells[1, 2] is cells[2, 1]
    assert cells[1, 3] is cells[2, 3]
    assert cells[1, 3].value is True


def test_rows_that_are_filled_alike_share_their_shape() -> None:
    row = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}"/><c r="C{0}"><v>1</v></c></row>'

    rows = book(row.format(1) + row.format(4)).sheets[0].rows

    assert list(rows) == [1, 4]
    assert rows[1].shape is rows[4].shape
    assert rows[4].columns == (1, 3)
    assert [cell.text for cell in rows[4].cells] == ["4", "1"]
    assert rows[4].get(2) is None


def test_xls_has_merges_hidden_strikes_dates_and_errors(tmp_path) -> None:  # type: ignore[no-untyped-def]
    made = xlwt.Workbook(encoding="utf-8")
    one = made.add_sheet("名册")
    one.write_merge(0, 1, 0, 1, "铸造厂")
    one.write(2, 0, date(2024, 1, 15), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    one.write(2, 1, "作废", xlwt.easyxf("font: struck_out on"))
    one.write(3, 0, 911409218151586789.0)
    one.row(3).hidden = True
    one.col(1).hidden = True
    made.add_sheet("底稿").visibility = 1
    made.save(tmp_path / "名册.xls")

    read = open_bytes((tmp_path / "名册.xls").read_bytes(), "名册.xls")

    grid = read.sheets[0]
    assert (read.format, read.engine) == ("xls", "xlrd")
    assert grid.merges == (Merge(1, 1, 2, 2),)
    assert grid.cells[3, 1] == Cell(date(2024, 1, 15), "2024-01-15")
    assert grid.cells[3, 2].struck
    assert grid.text(4, 1) == "9.11409218151587E+17"
    assert (grid.hidden_rows, grid.hidden_columns) == ({4}, {2})
    assert read.sheets[1].hidden


def test_ods_has_merges_hidden_rows_and_lost_formulas() -> None:
    def text(words: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string" {more}><text:p>{words}</text:p></table:table-cell>'

    merged = text("铸造厂", 'table:number-rows-spanned="2" table:number-columns-spanned="2"')
    read = open_bytes(
        ods(
            f'<table:table-row>{merged}<table:covered-table-cell/><table:table-cell table:formula="of:=1+1"/>'
            f'</table:table-row><table:table-row table:visibility="collapse"><table:covered-table-cell'
            f' table:number-columns-repeated="2"/>{text("隐")}</table:table-row>'
            f'<table:table-row table:number-rows-repeated="2">{text("又")}</table:table-row>'
            '<table:table-row table:number-rows-repeated="1048572"><table:table-cell'
            ' table:number-columns-repeated="16384"/></table:table-row>'
        ),
        "名册.ods",
    )

    grid = read.sheets[0]
    assert grid.merges == (Merge(1, 1, 2, 2),)
    assert grid.hidden_rows == {2}
    assert grid.cells[1, 3] == Cell(None, "=1+1", "formula_without_value")
    assert [grid.text(row, 1) for row in (2, 3, 4)] == ["铸造厂", "又", "又"]
    assert grid.text(2, 3) == "隐"


def test_ods_cells_that_name_no_type_are_text() -> None:
    read = open_bytes(
        ods(
            "<table:table-row><table:table-cell><text:p>企业名称</text:p></table:table-cell><table:table-cell/>"
            "<table:table-cell><text:p>2台铝壳炉</text:p><text:p>1台钢壳炉</text:p></table:table-cell>"
            "</table:table-row>"
        ),
        "名册.ods",
    )

    assert read.sheets[0].cells == {
        (1, 1): Cell("企业名称", "企业名称"),
        (1, 3): Cell("2台铝壳炉\n1台钢壳炉", "2台铝壳炉\n1台钢壳炉"),
    }
