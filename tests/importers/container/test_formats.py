"""One roster in every format that townships send, under any name; and what is no workbook, refused by its true type."""

from __future__ import annotations

import codecs
from datetime import date

import pytest

from app.errors import Unreadable
from importers.container import open_bytes
from importers.grid import Merge, SheetGrid, WorkbookGrid
from importers.roster.notices import engine_issues
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
    "表格2003.xls": "spreadsheetml",
    "单个网页.mht": "mht",
}
WITH_NUMBERS = ("xlsx", "xlsm", "xlsb", "xls", "ods", "spreadsheetml")
EXTENSIONS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".html", ".xml", ".mht", "")


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
    "name",
    [
        "名册.xlsx", "严格.xlsx", "带宏.xlsm", "二进制.xlsb", "名册.xls", "名册.ods", "网页.xls", "表格2003.xls",
        "单个网页.mht",
    ],
)  # fmt: skip
def test_a_title_merged_over_its_columns_is_one_cell(name: str) -> None:
    assert book(name).sheets[0].merges == (Merge(1, 1, 1, len(HEAD)),)


@pytest.mark.parametrize("name", [name for name in SAMPLES if FORMATS[name] in WITH_NUMBERS])
def test_numbers_stay_numbers_where_the_format_has_numbers(name: str) -> None:
    cells = book(name).sheets[0].cells

    assert (cells[3, 4].value, cells[3, 5].value, cells[5, 4].value) == (0.5, 2, 3.25)


@pytest.mark.parametrize(
    "name", ["名册.xlsx", "一九零四.xlsx", "二进制.xlsb", "名册.xls", "旧版.xls", "名册.ods", "表格2003.xls"]
)
def test_days_stay_days_in_either_date_system(name: str) -> None:
    read = book(name)

    assert read.date1904 == (name == "一九零四.xlsx")
    assert read.sheets[0].cells[4, 6].value == date(2021, 11, 30)


@pytest.mark.parametrize("name", ["名册.xlsx", "内嵌文本.xlsx", "严格.xlsx", "带宏.xlsm", "名册.xls", "表格2003.xls"])
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
_MAIL = b"From: <a@b.cn>\r\nTo: <c@d.cn>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<table><tr><td>1"
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
    "OFD": archive([Entry("OFD.xml", b"<ofd:OFD/>"), Entry("Doc_0/Document.xml", b"<d/>")]),
    "WebP": b"RIFF\x24\0\0\0WEBPVP8 " + _PICTURE,
    "HEIC": b"\0\0\0\x18ftypheic" + _PICTURE,
    "SYLK": b"ID;PWXL;N;E\r\nC;Y1;X1;K1\r\nE\r\n",
    "DIF": b'TABLE\r\n0,1\r\n"EXCEL"\r\n',
    "邮件": _MAIL,
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


def test_an_xlsb_knows_what_was_struck_out() -> None:
    read = book("二进制.xlsb")

    assert [cell.text for cell in read.sheets[0].cells.values() if cell.struck] == ["停产"]
    assert not any(code == "file.styles_not_read" for _, _, code, _ in read.engine_issues)


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


def _named_alike(form: str) -> bytes:
    """Two sheets called 甲, of which the first says 一 and the second 二."""
    if form == "ods":
        row = '<table:table-row><table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        between = '</table:table-row></table:table><table:table table:name="名册">'
        return ods(f"{row.format('一')}{between}{row.format('二')}</table:table-row>")
    if form == "spreadsheetml":
        return samples.spreadsheetml().replace("底稿".encode(), "名册".encode())
    if form == "xls":
        return samples.xls().replace("底稿".encode("utf-16-le"), "名册".encode("utf-16-le"))
    words = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
    told = parts({"名册": sheet(words.format("一")), "乙": sheet(words.format("二"))})
    told["xl/workbook.xml"] = told["xl/workbook.xml"].replace('"乙"', '"名册"')
    return archive(entries(told))


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls", "spreadsheetml"])
def test_two_sheets_of_one_name_are_told_apart_and_that_is_said(form: str) -> None:
    read = open_bytes(_named_alike(form), "名册")

    assert read.format == form
    assert [grid.name for grid in read.sheets] == ["名册", "名册（2）"]
    texts = {"xls": [TITLE, ""], "spreadsheetml": [TITLE, "说明"]}
    assert [grid.text(1, 1) for grid in read.sheets] == texts.get(form, ["一", "二"])
    assert ("名册（2）", None, "sheet.same_name", "名册") in read.engine_issues
    (said,) = [issue for issue in engine_issues(read) if issue.code == "sheet.same_name"]
    assert said.message == "有两张工作表都叫“名册”，这一张记作“名册（2）”"


def test_names_that_differ_by_case_or_by_composition_are_one_name() -> None:
    names = ("Sheet", "sheet", "Caf\u00e9", "Cafe\u0301")
    words = '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'
    read = open_bytes(archive(entries(parts({name: sheet(words) for name in names}))), "名册.xlsx")

    told = [grid.name for grid in read.sheets]
    assert told == ["Sheet", "sheet（2）", "Café", "Cafe\u0301（2）"]
    assert [name for name, _, code, _ in read.engine_issues if code == "cell.error"] == told


def test_a_number_a_day_a_time_or_a_truth_that_is_none_costs_its_cell_of_an_ods() -> None:
    good = '<table:table-cell office:value-type="string"><text:p>甲厂</text:p></table:table-cell>'
    values = (
        'office:value-type="float" office:value="abc"',
        "office:value-type='float' office:value=''",
        'office:value-type="date" office:date-value="2024-13-45"',
        'office:value-type="time" office:time-value="noon"',
        'office:value-type="boolean" office:boolean-value="maybe"',
        'office:value-type="colour"',
        'office:value-type="string" office:value="x"',
    )
    bad = "".join(
        f"<table:table-cell {told}><text:p>乙{at}</text:p></table:table-cell>" for at, told in enumerate(values)
    )
    blank = '<table:table-cell office:value-type="float" office:value="abc"/>'
    read = open_bytes(ods(f"<table:table-row>{good}{bad}{blank}{good}</table:table-row>"), "名册.ods")

    grid = read.sheets[0]
    assert [grid.text(1, column) for column in range(1, 11)] == ["甲厂", *(f"乙{at}" for at in range(7)), "abc", "甲厂"]
    assert grid.cells[1, 9].error == "value_invalid"
    assert [(cell, code) for _, cell, code, _ in read.engine_issues] == [
        (f"{column}1", "cell.value_invalid") for column in "BCDEFGHI"
    ]


@pytest.mark.parametrize("told", [None, b"", b"application/zip"])
def test_an_ods_that_was_packed_again_without_its_type_is_read(told: bytes | None) -> None:
    rest = [entry for entry in samples.unzipped(samples.ods()) if entry.name != "mimetype"]
    first = [] if told is None else [Entry("mimetype", told, method=0)]

    assert line(open_bytes(archive([*first, *rest]), "名册.ods").sheets[0], 4) == SECOND


def test_what_is_remarked_on_a_cell_is_not_its_text() -> None:
    remark = "<office:annotation><text:p>核对</text:p></office:annotation>"
    read = open_bytes(
        ods(f"<table:table-row><table:table-cell>{remark}<text:p>甲</text:p></table:table-cell></table:table-row>"),
        "名册.ods",
    )

    assert read.sheets[0].text(1, 1) == "甲"


def test_a_control_character_in_text_is_named_with_its_place() -> None:
    refused = refusal(samples.text().encode("gb18030").replace(b"\r\n", b"\0\r\n", 1), "名册.csv")

    assert refused.code == "file.damaged"
    assert "字节处有控制字符" in refused.message


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
