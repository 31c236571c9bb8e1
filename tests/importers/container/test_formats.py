"""One roster in every format that townships send, under any name; and what is no workbook, refused by its true type."""

from __future__ import annotations

import codecs
from datetime import date

import pytest

from app.errors import Unreadable
from importers.container import open_bytes
from importers.grid import Merge, SheetGrid, WorkbookGrid
from tests.importers.container import samples
from tests.importers.container.hostile import encrypted_xlsx
from tests.importers.container.packages import MAIN, ROWS, Entry, archive, entries, ods, parts, sheet, workbook
from tests.importers.container.samples import HEAD, LINES, SAMPLES, SECOND, TITLE, compound

FORMATS = {
    "名册.xlsx": "xlsx",
    "内嵌文本.xlsx": "xlsx",
    "一九零四.xlsx": "xlsx",
    "严格.xlsx": "xlsx",
    "带宏.xlsm": "xlsm",
    "二进制.xlsb": "xlsb",
    "名册.xls": "xls",
    "旧版.xls": "xls",
    "更旧.xls": "xls",
    "名册.ods": "ods",
    "国标.csv": "csv",
    "万国码.csv": "csv",
    "双字节.csv": "csv",
    "制表符.tsv": "tsv",
    "网页.xls": "html",
}
EXTENSIONS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".html", "")


def book(name: str) -> WorkbookGrid:
    return open_bytes(SAMPLES[name](), name)


def line(grid: SheetGrid, row: int) -> list[str]:
    return [grid.text(row, column) for column in range(1, len(HEAD) + 1)]


def refusal(content: bytes, name: str = "名册.xls") -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        open_bytes(content, name)
    return refused.value


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "更旧.xls"])
def test_a_roster_says_the_same_in_every_format(name: str) -> None:
    read = book(name)

    grid = read.sheets[0]
    assert read.format == FORMATS[name]
    assert grid.text(1, 1) == TITLE
    assert line(grid, 2) == list(HEAD)
    assert line(grid, 4) == SECOND
    assert line(grid, 5) == ["3", "丙法兰锻造厂", "加热炉", "3.25", "4", "2008-01-15", "一用三备"]


@pytest.mark.parametrize(
    "name", ["名册.xlsx", "严格.xlsx", "带宏.xlsm", "二进制.xlsb", "名册.xls", "名册.ods", "网页.xls"]
)
def test_a_title_merged_over_its_columns_is_one_cell(name: str) -> None:
    assert book(name).sheets[0].merges == (Merge(1, 1, 1, len(HEAD)),)


@pytest.mark.parametrize("name", [name for name in SAMPLES if FORMATS[name] in ("xlsx", "xlsm", "xlsb", "xls", "ods")])
def test_numbers_stay_numbers_where_the_format_has_numbers(name: str) -> None:
    cells = book(name).sheets[0].cells

    assert (cells[3, 4].value, cells[3, 5].value, cells[5, 4].value) == (0.5, 2, 3.25)


@pytest.mark.parametrize("name", ["名册.xlsx", "一九零四.xlsx", "二进制.xlsb", "名册.xls", "旧版.xls", "名册.ods"])
def test_days_stay_days_in_either_date_system(name: str) -> None:
    read = book(name)

    assert read.date1904 == (name == "一九零四.xlsx")
    assert read.sheets[0].cells[4, 6].value == date(2021, 11, 30)


@pytest.mark.parametrize("name", ["名册.xlsx", "内嵌文本.xlsx", "严格.xlsx", "带宏.xlsm", "名册.xls"])
def test_hidden_and_struck_out_parts_are_told_in_every_format_that_has_them(name: str) -> None:
    read = book(name)

    assert read.sheets[0].hidden_rows == {7}
    assert read.sheets[0].cells[7, 2].struck
    assert [sheet.hidden for sheet in read.sheets] == [False, True]


def test_an_excel_2_sheet_has_its_text_by_the_code_page() -> None:
    grid = book("更旧.xls").sheets[0]

    assert [line(grid, row)[:5] for row in (1, 4)] == [[TITLE, "", "", "", ""], SECOND[:5]]


def test_bare_biff_records_without_a_compound_file_are_read() -> None:
    whole = samples.xls5()
    start = whole.index(b"\x09\x08\x08\x00")

    assert line(open_bytes(whole[start:], "名册.xls").sheets[0], 4) == SECOND


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize("name", SAMPLES)
def test_content_decides_whatever_the_name_says(name: str, extension: str) -> None:
    read = open_bytes(SAMPLES[name](), "名册" + extension)

    assert read.format == FORMATS[name]
    assert line(read.sheets[0], 4)[:5] == SECOND[:5]


@pytest.mark.parametrize("make", [samples.xls, samples.xlsx], ids=["compound", "zip"])
def test_a_wps_et_is_read_as_what_it_is(make) -> None:  # type: ignore[no-untyped-def]
    assert line(open_bytes(make(), "名册.et").sheets[0], 4) == SECOND


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (b"", "gb18030"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_text_in_every_charset_and_with_every_delimiter(mark: bytes, charset: str, delimiter: str) -> None:
    read = open_bytes(mark + samples.text(delimiter).encode(charset), "名册.csv")

    assert read.format == ("tsv" if delimiter == "\t" else "csv")
    assert line(read.sheets[0], 4) == SECOND
    assert len(read.sheets[0].cells) == sum(value is not None for one in LINES for value in one)


_PICTURE = b"\0" * 60
TRUE_TYPES = {
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "RTF": b"{\\rtf1\\ansi}",
    "PNG": b"\x89PNG\r\n\x1a\n" + _PICTURE,
    "JPEG": b"\xff\xd8\xff\xe0" + _PICTURE,
    "RAR": b"Rar!\x1a\x07\x01\0" + _PICTURE,
    "7z": b"7z\xbc\xaf\x27\x1c" + _PICTURE,
    "GZIP": b"\x1f\x8b\x08" + _PICTURE,
    "程序": b"MZ\x90\0" + _PICTURE,
    "docx": archive([Entry("[Content_Types].xml", b"<Types/>"), Entry("word/document.xml", b"<w/>")]),
    "pptx": archive([Entry("[Content_Types].xml", b"<Types/>"), Entry("ppt/presentation.xml", b"<p/>")]),
    ".doc": compound(b"\0" * 5000, "WordDocument"),
    ".ppt": compound(b"\0" * 5000, "PowerPoint Document"),
    ".msg": compound(b"\0" * 5000, "__properties_version1.0"),
    "里面有表格文件": archive([Entry("名册.xlsx", samples.xlsx())]),
    "ZIP": archive([Entry("说明.txt", b"hello")]),
    "网页": b"<html><body><p>404</p></body></html>",
    "Word 2003 XML": b'<?xml version="1.0"?><w:wordDocument xmlns:w="urn:schemas-microsoft-com:office:word"/>',
}


@pytest.mark.parametrize("kind", TRUE_TYPES)
@pytest.mark.parametrize("name", ["名册.xls", "名册.xlsx", "名册.csv"])
def test_what_is_no_workbook_is_refused_by_its_true_type(kind: str, name: str) -> None:
    refused = refusal(TRUE_TYPES[kind], name)

    assert refused.code == "file.wrong_type"
    assert kind in refused.message
    assert "请" in refused.message + refused.fix


def test_a_password_is_named_and_its_remedy() -> None:
    for name in ("名册.xlsx", "名册.xls", "名册.et"):
        refused = refusal(encrypted_xlsx(), name)

        assert refused.code == "file.encrypted"
        assert "密码" in refused.message
        assert "取消密码" in refused.fix


def test_an_xls_under_a_password_is_named_too() -> None:
    whole = samples.xls()
    at = whole.index(b"\x09\x08\x10\x00") + 20
    filepass = b"\x2f\x00\x06\x00\0\0\x34\x12\x78\x56"

    assert refusal(whole[:at] + filepass + whole[at + len(filepass) :]).code == "file.encrypted"


def test_a_file_cut_short_is_damaged_whatever_its_format() -> None:
    for name in ("名册.xlsx", "二进制.xlsb", "名册.ods"):
        whole = SAMPLES[name]()

        assert refusal(whole[: len(whole) // 2], name).code == "file.damaged"


@pytest.mark.parametrize(("name", "said"), [("带宏.xlsm", True), ("名册.xlsx", False), ("二进制.xlsb", False)])
def test_macros_are_ignored_and_that_is_said(name: str, said: bool) -> None:
    assert any(code == "file.macros_ignored" for _, _, code, _ in book(name).engine_issues) == said


def test_an_xlsb_says_that_what_was_struck_out_is_read_as_if_it_stood() -> None:
    assert any(code == "file.styles_not_read" for _, _, code, _ in book("二进制.xlsb").engine_issues)


def test_a_sheet_cut_short_costs_itself_alone() -> None:
    words = '<row r="1"><c r="A1" t="inlineStr"><is><t>一</t></is></c></row>'
    told = parts({"甲": sheet(words), "乙": sheet(words)})
    told["xl/worksheets/sheet2.xml"] = "<worksheet><sheetData>"

    read = open_bytes(archive(entries(told)), "名册.xlsx")

    assert read.sheets[0].text(1, 1) == "一"
    assert [(name, code) for name, _, code, _ in read.engine_issues] == [("乙", "sheet.damaged")]


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_byte_order_mark_is_text(charset: str) -> None:
    assert line(open_bytes(samples.text().encode(charset), "名册.csv").sheets[0], 4) == SECOND


@pytest.mark.parametrize(("mark", "charset"), [(codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")])
def test_utf_32_is_refused_by_its_name(mark: bytes, charset: str) -> None:
    refused = refusal(mark + samples.text().encode(charset), "名册.csv")

    assert refused.code == "file.wrong_type"
    assert "UTF-32" in refused.message


def test_a_control_character_in_utf_16_text_is_refused_and_its_place_named() -> None:
    refused = refusal(codecs.BOM_UTF16_LE + "企业,炉\0型\n".encode("utf-16-le"), "名册.csv")

    assert refused.code == "file.damaged"
    assert "第 5 个字符是控制字符" in refused.message


def test_two_tables_of_one_name_in_an_ods_are_refused() -> None:
    row = '<table:table-row><table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>'
    name = open_bytes(ods(row + "</table:table-row>"), "名册.ods").sheets[0].name
    between = f'</table:table-row></table:table><table:table table:name="{name}">'

    assert "两张工作表都叫" in refusal(ods(row + between + row + "</table:table-row>"), "名册.ods").message


def test_a_string_that_is_not_there_costs_one_cell() -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>甲</t></si></sst>'
    read = open_bytes(workbook(ROWS + '<row r="3"><c r="A3" t="s"><v>7</v></c></row>', strings=strings), "名册.xlsx")

    assert read.sheets[0].text(2, 1) == "甲铸造厂"
    assert any(cell == "A3" and code == "cell.text_missing" for _, cell, code, _ in read.engine_issues)


def test_what_a_page_strikes_out_or_hides_by_style_is_told() -> None:
    styles = "<style><!-- .xl65 {color:red; text-decoration:line-through;} td.xl66 {display:none} --></style>"
    cells = (
        '<td>甲<td style="text-decoration: line-through">5<td><span style="TEXT-DECORATION:line-through">6</span>7'
        "<td class=xl65>8</td><td class='a xl66'>9<td>10"
    )
    read = open_bytes(f"<html>{styles}<table><tr>{cells}</table>".encode(), "名册.xls")

    row = [read.sheets[0].cells[1, column] for column in range(1, 7)]
    assert [cell.text for cell in row] == ["甲", "5", "7", "8", "9", "10"]
    assert [cell.struck for cell in row] == [False, True, False, True, False, False]
    assert [(cell, code) for _, cell, code, _ in read.engine_issues] == [("E1", "cell.hidden")]


def test_a_broken_text_in_a_code_page_is_no_reason_for_mojibake() -> None:
    whole = samples.xls5()
    at = whole.index("乙机械".encode("gbk"))

    assert refusal(whole[:at] + b"\x80\xff" + whole[at + 2 :]).code == "file.damaged"
