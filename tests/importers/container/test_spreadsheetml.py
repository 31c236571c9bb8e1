"""An XML spreadsheet 2003 gives what the same workbook gives as xlsx; what is made to deceive is refused."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from app.errors import Unreadable
from importers.container import open_bytes
from importers.grid import Cell, Merge, WorkbookGrid
from tests.importers.container import samples
from tests.importers.container.packages import MAIN, workbook

_SPACE = "urn:schemas-microsoft-com:office"


def document(table: str, *, styles: str = "", before: str = "", prolog: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{prolog}<Workbook xmlns="{_SPACE}:spreadsheet" xmlns:ss="{_SPACE}:spreadsheet">'
        f'{before}<Styles>{styles}</Styles><Worksheet ss:Name="名册"><Table>{table}</Table></Worksheet></Workbook>'
    )


def book(table: str, **others: str) -> WorkbookGrid:
    return open_bytes(document(table, **others).encode(), "名册.xls")


def refusal(content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        open_bytes(content, "名册.xls")
    return refused.value


def data(kind: str, text: str, **told: object) -> str:
    attributes = "".join(f' ss:{name}="{value}"' for name, value in told.items())
    return f'<Cell{attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_it_is_to_the_cell_what_its_twin_in_xlsx_is() -> None:
    read, twin = open_bytes(samples.spreadsheetml(), "名册.xls"), open_bytes(samples.xlsx(), "名册.xlsx")

    assert read.format == "spreadsheetml"
    assert read.sheets == twin.sheets
    assert sorted(read.engine_issues, key=str) == sorted(twin.engine_issues, key=str)


@pytest.mark.parametrize(
    ("code", "kind", "told", "serial", "cell"),
    [
        ("Short Date", "DateTime", "2024-01-15T00:00:00.000", "45306", Cell(date(2024, 1, 15), "2024-01-15")),
        ("yyyy&quot;年&quot;m&quot;月&quot;", "DateTime", "2024-03-01", "45352", Cell("2024年3月", "2024年3月")),
        ("General Date", "DateTime", "2024-01-15T12:00:00", "45306.5", None),
        ("Short Time", "DateTime", "1899-12-31T12:30:00.000", "0.520833333333333", Cell(time(12, 30), "12:30:00")),
        ("[h]:mm", "DateTime", "1900-01-01T01:00:00.000", "1.0416666666666667", None),
        ("Short Date", "Number", "45306", "45306", Cell(date(2024, 1, 15), "2024-01-15")),
        ("Short Date", "Number", "-3", "-3", Cell(None, "-3", "date_out_of_range")),
        ("00000", "Number", "12", "12", Cell(12, "00012")),
        ("0&quot;吨&quot;", "Number", "5", "5", Cell(5, "5吨")),
        ("Percent", "Number", "0.25", "0.25", Cell(0.25, "0.25")),
        ("Fixed", "Number", "911409218151586789", "911409218151586789", None),
    ],
)  # fmt: skip
def test_a_value_is_written_by_its_format_as_in_xlsx(code: str, kind: str, told: str, serial: str, cell: Cell) -> None:
    read = book(
        f"<Row>{data(kind, told, StyleID='s1')}</Row>",
        styles=f'<Style ss:ID="s1"><NumberFormat ss:Format="{code}"/></Style>',
    )

    named = {"Short Date": "yyyy-m-d", "General Date": "yyyy-m-d h:mm", "Short Time": "h:mm", "Percent": "0%"}
    formats = (
        f'<numFmts><numFmt numFmtId="200" formatCode="{named.get(code, code).replace("Fixed", "0.00")}"/></numFmts>'
    )
    xfs = '<fonts><font/></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>'
    twin = open_bytes(
        workbook(
            f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>',
            styles=f'<styleSheet xmlns="{MAIN}">{formats}{xfs}</styleSheet>',
        ),
        "名册.xlsx",
    )
    assert read.sheets == twin.sheets
    assert read.engine_issues == twin.engine_issues
    assert cell is None or read.sheets[0].cells[1, 1] == cell


def test_a_moment_without_a_format_is_still_a_moment() -> None:
    cells = book(f"<Row>{data('DateTime', '2024-01-15T08:30:00.000')}{data('DateTime', '2024-01-15')}</Row>").sheets[0]

    assert cells.cells[1, 1].value == datetime(2024, 1, 15, 8, 30)  # noqa: DTZ001
    assert cells.cells[1, 2].value == date(2024, 1, 15)


def test_dates_by_the_other_system_are_the_same_days() -> None:
    read = book(
        f"<Row>{data('DateTime', '2024-01-15T00:00:00.000')}{data('Number', '43844', StyleID='d')}</Row>",
        before=f'<ExcelWorkbook xmlns="{_SPACE}:excel"><Date1904/></ExcelWorkbook>',
        styles='<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>',
    )

    assert read.date1904
    assert [read.sheets[0].text(1, column) for column in (1, 2)] == ["2024-01-15", "2024-01-15"]


def test_places_go_on_from_the_one_before_over_spans_and_merges() -> None:
    read = book(
        '<Column ss:Hidden="1"/><Column ss:Index="4" ss:Hidden="1" ss:Span="1"/><Column ss:Index="8" ss:Width="0"/>'
        f'<Row ss:Index="3">{data("String", "甲", MergeAcross=2)}{data("String", "乙")}</Row>'
        '<Row ss:Hidden="1" ss:Span="2"/>'
        f'<Row>{data("Number", "1")}<Cell ss:Index="5" ss:MergeDown="2"/>{data("Boolean", "1")}</Row>'
    )

    grid = read.sheets[0]
    assert {place: cell.text for place, cell in grid.cells.items()} == {
        (3, 1): "甲", (3, 4): "乙", (7, 1): "1", (7, 6): "TRUE",
    }  # fmt: skip
    assert grid.merges == (Merge(3, 1, 3, 3), Merge(7, 5, 9, 5))
    assert grid.hidden_rows == {4, 5, 6}
    assert grid.hidden_columns == {1, 4, 5}


def test_cells_written_without_a_column_below_a_merge_stand_beside_it_and_that_is_said() -> None:
    heads = (("编号", {"MergeDown": 1}), ("企业", {"MergeDown": 1}), ("炉", {"MergeAcross": 1}))
    top = f"<Row>{''.join(data('String', head, **merge) for head, merge in heads)}</Row>"
    for told in ({}, {"Index": 2}):  # LibreOffice counts columns without the merged ones
        read = book(
            f"{top}<Row>{data('String', '炉型', **told)}{data('String', '容量')}</Row><Row>{data('Number', '1')}</Row>"
        )

        grid = read.sheets[0]
        assert [grid.text(2, column) for column in range(1, 5)] == ["编号", "企业", "炉型", "容量"]
        assert grid.text(3, 1) == "1"
        assert read.engine_issues == (("名册", "C2", "sheet.columns_unclear", "C2"),)


def test_blank_cells_below_a_merge_hold_its_place_but_that_too_is_said() -> None:
    read = book(
        f"<Row>{data('String', '编号', MergeDown=1)}{data('String', '炉')}</Row>"
        f"<Row><Cell/>{data('String', '炉型')}</Row>"
    )

    assert read.sheets[0].text(2, 2) == "炉型"
    assert read.engine_issues == (("名册", "B2", "sheet.columns_unclear", "B2"),)


def test_a_style_is_the_cells_else_the_rows_else_the_columns_and_inherits() -> None:
    styles = (
        '<Style ss:ID="Default"><NumberFormat ss:Format="000"/></Style>'
        '<Style ss:ID="gone"><Font ss:StrikeThrough="1"/></Style>'
        '<Style ss:ID="child" ss:Parent="gone"><Alignment/></Style><Style ss:ID="kept"><Font ss:Bold="1"/></Style>'
    )
    read = book(
        '<Column ss:Index="2" ss:StyleID="gone"/>'
        f"<Row>{data('Number', '5') * 2}{data('Number', '5', StyleID='child')}</Row>"
        f'<Row ss:StyleID="kept">{data("Number", "5") * 2}</Row>',
        styles=styles,
    )

    cells = read.sheets[0].cells
    assert {cell.text for cell in cells.values()} == {"005"}
    assert [place for place, cell in cells.items() if cell.struck] == [(1, 2), (1, 3)]


def test_text_in_pieces_is_one_text_less_what_is_struck_out() -> None:
    html = 'xmlns="http://www.w3.org/TR/REC-html40"'
    read = book(
        f'<Row><Cell><ss:Data ss:Type="String" {html}><S>旧名</S><B>新<I>名</I></B>厂</ss:Data></Cell>'
        f'<Cell><ss:Data ss:Type="String" {html}><Font><S>全删</S></Font></ss:Data></Cell>'
        '<Cell><Data ss:Type="String">甲&#10;乙</Data>'
        f"<Comment><ss:Data {html}><B>批注</B>人</ss:Data></Comment></Cell></Row>"
    )

    cells = read.sheets[0].cells
    assert cells[1, 1] == Cell("新名厂", "新名厂")
    assert cells[1, 2] == Cell("全删", "全删", struck=True)
    assert cells[1, 3].text == "甲\n乙"
    assert read.engine_issues == (("名册", "A1", "cell.struck_part", "旧名"),)


def test_a_value_that_is_none_costs_its_cell_alone() -> None:
    cells = (("Number", "约5"), ("DateTime", "2024-13-45"), ("Boolean", "maybe"), ("Colour", "红"), ("Number", "5"))
    read = book(f"<Row>{''.join(data(*cell) for cell in cells)}<Cell ss:Formula='=RC[-1]*2'/></Row>")

    grid = read.sheets[0]
    assert [grid.text(1, column) for column in range(1, 7)] == [*(text for _, text in cells), "=RC[-1]*2"]
    assert grid.cells[1, 5].value == 5
    assert [(cell, code) for _, cell, code, _ in read.engine_issues] == [
        *((f"{letter}1", "cell.value_invalid") for letter in "ABCD"), ("F1", "cell.formula_without_value"),
    ]  # fmt: skip


@pytest.mark.parametrize("charset", ["gb2312", "utf-16", "utf-8-sig"])
def test_report_programs_write_it_in_other_encodings_too(charset: str) -> None:
    text = document(f"<Row>{data('String', '甲铸造厂')}</Row>")
    declared = "\n" + text.replace('"1.0"', f'"1.0" encoding="{charset.removesuffix("-sig")}"')

    assert open_bytes(declared.encode(charset), "名册.xls").sheets[0].text(1, 1) == "甲铸造厂"


def test_attributes_without_a_prefix_or_under_another_are_the_same() -> None:
    text = document(f"<Row ss:Index='2'>{data('Number', '5')}</Row>")

    for other in (text.replace("ss:", "s:").replace(":ss=", ":s="), text.replace("ss:", "").replace("xmlns:ss=", "x=")):
        (grid,) = open_bytes(other.encode(), "名册.xls").sheets
        assert (grid.name, grid.text(2, 1), grid.cells[2, 1].value) == ("名册", "5", 5)


HOSTILE = {
    "DTD": document("", prolog='<!DOCTYPE a [<!ENTITY b "c">]>'),
    "行号": document(f'<Row ss:Index="2147483648">{data("Number", "1")}</Row>'),
    "列号": document(f"<Row>{data('Number', '1', Index=16385)}</Row>"),
    "跨行": document(f'<Row ss:Span="1048576"/><Row>{data("Number", "1")}</Row>'),
    "合并": document(f'<Row ss:Index="2">{data("Number", "1", MergeDown=1048575)}</Row>'),
    "嵌套": document("<Row>" * 4_000_000),
    "负": document(f'<Row ss:Index="-1">{data("Number", "1")}</Row>'),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_no_program_writes_is_refused(what: str) -> None:
    assert refusal(HOSTILE[what].encode()).code == "file.hostile"


def test_far_content_is_over_the_limit_but_a_far_merge_costs_nothing() -> None:
    far = book(f"<Row>{data('String', '甲', MergeAcross=16383)}</Row>")

    assert far.sheets[0].text(1, 1) == "甲"
    assert refusal(document(f'<Row ss:Index="1000000">{data("Number", "1")}</Row>').encode()).code == "file.over_limit"


def test_what_is_cut_short_or_goes_backwards_is_damaged() -> None:
    whole = samples.spreadsheetml()
    backwards = document(f'<Row ss:Index="5"/><Row ss:Index="2">{data("Number", "1")}</Row>')

    assert refusal(whole[: len(whole) // 2]).code == "file.damaged"
    assert refusal(backwards.encode()).code == "file.damaged"
