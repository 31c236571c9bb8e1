"""One small roster in every format: honest files made by code, always the same to the byte."""

from __future__ import annotations

import io
import quopri
import struct
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from xlwt.CompoundDoc import XlsDoc

from tests.importers.container.packages import Entry, archive

TITLE = "测试镇铸造企业熔炼设备名册"
HEAD = ("序号", "企业名称", "炉型", "容量（吨）", "数量（台）", "投产日期", "备注")
FIRMS = (
    (1, "甲铸造厂", "中频感应电炉", 0.5, 2, date(2019, 5, 6), "铝壳"),
    (2, "乙机械有限公司", "中频感应电炉", 1, 1, date(2021, 11, 30), None),
    (3, "丙法兰锻造厂", "加热炉", 3.25, 4, date(2008, 1, 15), "一用三备"),
)
LINES: tuple[tuple[object, ...], ...] = ((TITLE,), HEAD, *FIRMS)
#: What every reader must give of the second firm's row, as text.
SECOND = ["2", "乙机械有限公司", "中频感应电炉", "1", "1", "2021-11-30", ""]
_DAY = "yyyy-mm-dd"
_XLSB = "application/vnd.ms-excel"


@cache
def xlsx(*, inline: bool = False, date1904: bool = False, macros: bool = False) -> bytes:
    """By XlsxWriter: a merged title, dates, a hidden row and column, an error, a formula, a hidden second sheet."""
    out = io.BytesIO()
    told = {"in_memory": True, "constant_memory": inline, "default_date_format": _DAY, "date_1904": date1904}
    book = xlsxwriter.Workbook(out, told)
    book.set_properties({"created": datetime(2024, 1, 15)})  # noqa: DTZ001
    struck = book.add_format({"font_strikeout": True})
    sheet = book.add_worksheet("名册")
    if not inline:
        sheet.merge_range(0, 0, 0, len(HEAD) - 1, TITLE)
    for row, line in enumerate(LINES if inline else LINES[1:], 0 if inline else 1):
        for column, value in enumerate(line):
            sheet.write(row, column, value)
    sheet.set_column(8, 9, None, None, {"hidden": True})
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.write(6, 1, "停产", struck)
    sheet.write_formula(6, 3, "=SUM(D3:D5)", None, 4.75)
    sheet.write_formula(6, 4, "=1/0", None, "#DIV/0!")
    book.add_worksheet("底稿").write(0, 0, "说明")
    book.worksheets()[1].hide()
    if macros:
        book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0macros"), is_stream=True)
    book.close()
    return out.getvalue()


@cache
def strict_xlsx() -> bytes:
    """The same in the strict namespaces of ISO 29500."""
    spaces = (
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    entries = unzipped(xlsx())
    for ours, theirs in spaces:
        entries = [Entry(one.name, one.content.replace(ours.encode(), theirs.encode())) for one in entries]
    return archive(entries)


@cache
def xls() -> bytes:
    """BIFF8 by xlwt, as Excel 97–2003 and WPS write it; a WPS .et is the same under another name."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名册")
    sheet.write_merge(0, 0, 0, len(HEAD) - 1, TITLE)
    days = xlwt.easyxf(num_format_str=_DAY)
    for row, line in enumerate(LINES[1:], 1):
        for column, value in enumerate(line):
            if value is not None:
                sheet.write(row, column, value, days if isinstance(value, date) else xlwt.Style.default_style)
    sheet.write(6, 1, "停产", xlwt.easyxf("font: struck_out on"))
    sheet.write(6, 3, xlwt.Formula("SUM(D3:D5)"))
    sheet.row(6).hidden = True
    book.add_sheet("底稿").visibility = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file around one stream of BIFF records."""
    out = io.BytesIO()
    XlsDoc().save(out, stream)
    old, new = "Workbook".encode("utf-16-le"), name.encode("utf-16-le")
    entry = new.ljust(64, b"\0") + struct.pack("<H", len(new) + 2)
    whole = out.getvalue()
    at = whole.index(old)
    return whole[:at] + entry + whole[at + len(entry) :]


def biff(*records: tuple[int, bytes]) -> bytes:
    """BIFF records one after the other."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


@cache
def xls5() -> bytes:
    """BIFF5, as Excel 5 and 95 wrote it: text in the code page, the stream called Book, no merges."""
    fonts = [(0x31, struct.pack("<HHHHHBBBBB", 200, 0, 8, 400, 0, 0, 0, 134, 0, 5) + b"Arial")] * 5
    day = (0x041E, struct.pack("<HB", 164, len(_DAY)) + _DAY.encode())
    styles = [(0xE0, struct.pack("<HHHHHHHH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0))] * 15
    cells = [(0xE0, struct.pack("<HHHHHHHH", 0, kind, 1, 0x20, 0, 0, 0, 0)) for kind in (0, 164)]
    bof = (0x0809, struct.pack("<HHHH", 0x0500, 5, 0x096C, 1993))
    head = [bof, (0x42, struct.pack("<H", 936)), (0x22, b"\0\0"), *fonts, day, *styles, *cells]
    name = "名册".encode("gbk")
    told = len(biff(*head)) + 4 + 7 + len(name) + 4
    listed = (0x85, struct.pack("<IBBB", told, 0, 0, len(name)) + name)
    body = [(0x0809, struct.pack("<HHHH", 0x0500, 0x10, 0x096C, 1993)), *_biff_cells(0x0204, 0x0203)]
    return compound(biff(*head, listed, (0x0A, b""), *body, (0x0A, b"")), "Book")


def _biff_cells(label: int, number: int) -> list[tuple[int, bytes]]:
    made = []
    for row, column, value in placed():
        style = 16 if isinstance(value, date) else 15
        if isinstance(value, str):
            text = value.encode("gbk")
            made.append((label, struct.pack("<HHHH", row, column, style, len(text)) + text))
        else:
            made.append((number, struct.pack("<HHHd", row, column, style, _serial(value))))
    return made


@cache
def xls2() -> bytes:
    """BIFF2, one sheet and nothing around it, as Excel 2 and old report programs wrote it."""
    made = [(0x09, struct.pack("<HH", 2, 0x10)), (0x42, struct.pack("<H", 936))]
    for row, column, value in placed():
        if isinstance(value, str):
            text = value.encode("gbk")
            made.append((0x04, struct.pack("<HH3sB", row, column, b"\0\0\0", len(text)) + text))
        elif not isinstance(value, date):
            made.append((0x03, struct.pack("<HH3sd", row, column, b"\0\0\0", _serial(value))))
    return biff(*made, (0x0A, b""))


def placed() -> Iterable[tuple[int, int, object]]:
    """The roster's cells with their places, counted from 0."""
    return (
        (row, column, value) for row, line in enumerate(LINES) for column, value in enumerate(line) if value is not None
    )


def _serial(value: object) -> float:
    return float((value - date(1899, 12, 30)).days) if isinstance(value, date) else float(str(value))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_record(kind: int, body: bytes = b"") -> bytes:
    """A record of a binary part: its number and its length in seven-bit groups."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(body)
    return head + (bytes([length]) if length < 0x80 else bytes([length & 0x7F | 0x80, length >> 7])) + body


@cache
def xlsb() -> bytes:
    """A binary workbook: a merged title, dates, a hidden row, an error, a text struck out."""
    rows = b""
    for row, line in enumerate((*LINES, (), (None, "停产"))):
        flags = 0x10 if row == 6 else 0
        rows += xlsb_record(0, struct.pack("<IIHBBB", row, 0, 300, 0, flags, 0) + struct.pack("<III", 1, 0, 6))
        for column, value in enumerate(line):
            place = struct.pack("<II", column, 2 if value == "停产" else int(isinstance(value, date)))
            if isinstance(value, str):
                rows += xlsb_record(6, place + _wide(value))
            elif value is not None:
                rows += xlsb_record(5, place + struct.pack("<d", _serial(value)))
    rows += xlsb_record(3, struct.pack("<IIB", 3, 0, 0x17))
    merge = xlsb_record(177, struct.pack("<I", 1)) + xlsb_record(176, struct.pack("<IIII", 0, 0, 0, 6))
    dimension = xlsb_record(148, struct.pack("<IIII", 0, 6, 0, 6))
    sheet = xlsb_record(129) + dimension + xlsb_record(145) + rows + xlsb_record(146) + merge + xlsb_record(178)
    listed = xlsb_record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("名册"))
    book = xlsb_record(131) + xlsb_record(153, b"\0" * 12) + xlsb_record(143) + listed + xlsb_record(144)
    formats = xlsb_record(615, struct.pack("<I", 1)) + xlsb_record(44, struct.pack("<H", 164) + _wide(_DAY))
    fonts = b"".join(xlsb_record(43, struct.pack("<HH", 220, flags) + b"\0" * 17 + _wide("宋体")) for flags in (0, 8))
    kinds = ((0, 0), (164, 0), (0, 1))
    looks = b"".join(xlsb_record(47, struct.pack("<HHH", 0, kind, font) + b"\0" * 10) for kind, font in kinds)
    styles = xlsb_record(278) + formats + xlsb_record(616) + xlsb_record(611) + fonts + xlsb_record(612)
    styles += xlsb_record(617, struct.pack("<I", 3)) + looks
    return archive(
        Entry(name, content)
        for name, content in (
            ("[Content_Types].xml", _xlsb_types()),
            ("_rels/.rels", _relations(("officeDocument", "xl/workbook.bin"))),
            ("xl/workbook.bin", book + xlsb_record(132)),
            (
                "xl/_rels/workbook.bin.rels",
                _relations(("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin")),
            ),
            ("xl/worksheets/sheet1.bin", sheet + xlsb_record(130)),
            ("xl/styles.bin", styles + xlsb_record(618) + xlsb_record(279)),
        )
    )


def _xlsb_types() -> bytes:
    told = (("workbook", "sheet.binary.macroEnabled.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"))
    items = "".join(f'<Override PartName="/xl/{part}.bin" ContentType="{_XLSB}.{kind}"/>' for part, kind in told)
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rels}{items}</Types>'.encode()


def _relations(*targets: tuple[str, str]) -> bytes:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{kinds}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{items}</Relationships>'.encode()


@cache
def ods() -> bytes:
    """By odfpy: a merged title, dates, a struck-out name."""
    document = OpenDocumentSpreadsheet()
    struck = Style(name="struck", family="table-cell")
    struck.addElement(TextProperties(textlinethroughstyle="solid"))
    document.automaticstyles.addElement(struck)
    table = Table(name="名册")
    for line in (*LINES, (None, "停产")):
        row = TableRow()
        for value in line:
            row.addElement(_ods_cell(value, struck if value == "停产" else None))
        if line == (TITLE,):
            row.childNodes[0].setAttribute("numbercolumnsspanned", len(HEAD))
            for _ in HEAD[1:]:
                row.addElement(CoveredTableCell())
        table.addElement(row)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.save(out)
    return archive(unzipped(out.getvalue()))


def _ods_cell(value: object, style: Style | None) -> TableCell:
    if value is None:
        return TableCell()
    looks = {"stylename": style} if style else {}
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat(), **looks)
    elif isinstance(value, str):
        cell = TableCell(valuetype="string", **looks)
    else:
        cell = TableCell(valuetype="float", value=value, **looks)
    cell.addElement(P(text=str(value)))
    return cell


def text(delimiter: str = ",") -> str:
    """The roster with delimiters."""
    return "".join(delimiter.join("" if value is None else str(value) for value in line) + "\r\n" for line in LINES)


@cache
def html() -> bytes:
    """The roster as a web page, as report programs send it under the name of a workbook."""
    title = f'<tr><th colspan="{len(HEAD)}">{TITLE}</th></tr>'
    lines = (f"<tr>{''.join(f'<td>{_shown(value)}</td>' for value in line)}</tr>" for line in LINES[1:])
    head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312"></head><body>'
    return f"{head}<table border=1>{title}{''.join(lines)}</table></body></html>".encode("gb18030")


def _shown(value: object) -> str:
    return "" if value is None else str(value)


@cache
def spreadsheetml() -> bytes:
    """The workbook of `xlsx` as Excel saves it as XML: styles by name, places only where something is left out."""
    styles = (
        '<Style ss:ID="Default" ss:Name="Normal"><NumberFormat/></Style>'
        f'<Style ss:ID="s21"><NumberFormat ss:Format="{_DAY}"/></Style>'
        '<Style ss:ID="s22"><Font ss:FontName="宋体" x:CharSet="134" ss:StrikeThrough="1"/></Style>'
    )
    title = f'<Row><Cell ss:MergeAcross="{len(HEAD) - 1}"><Data ss:Type="String">{TITLE}</Data></Cell></Row>'
    lines = (f"<Row>{''.join(map(_xml_cell, line))}</Row>" for line in LINES[1:])
    last = (
        '<Row ss:Index="7" ss:Hidden="1"><Cell ss:Index="2" ss:StyleID="s22"><Data ss:Type="String">停产</Data></Cell>'
        '<Cell ss:Index="4" ss:Formula="=SUM(R[-4]C:R[-2]C)"><Data ss:Type="Number">4.75</Data></Cell>'
        '<Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data><Comment><ss:Data>除以零</ss:Data></Comment>'
        "</Cell></Row>"
    )
    table = f'<Table><Column ss:Index="9" ss:Hidden="1" ss:Span="1"/>{title}{"".join(lines)}{last}</Table>'
    behind = '<Worksheet ss:Name="底稿"><Table><Row><Cell><Data ss:Type="String">说明</Data></Cell></Row></Table>'
    options = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>'
    space = "urn:schemas-microsoft-com:office"
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{space}:spreadsheet" xmlns:x="{space}:excel" xmlns:ss="{space}:spreadsheet">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="名册">{table}</Worksheet>{behind}{options}</WorksheetOptions>'
        "</Worksheet></Workbook>"
    ).encode()


def _xml_cell(value: object) -> str:
    if value is None:
        return "<Cell/>"
    if isinstance(value, date):
        return f'<Cell ss:StyleID="s21"><Data ss:Type="DateTime">{value.isoformat()}T00:00:00.000</Data></Cell>'
    kind = "String" if isinstance(value, str) else "Number"
    return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'


@cache
def mht() -> bytes:
    """The web page in one file with what belongs to it, as Excel and WPS save it."""
    return mht_of(("Book1.htm", "text/html", html()))


def mht_of(*pages: tuple[str, str, bytes]) -> bytes:
    """Pages and style sheets (file, type, content) as one file, each in quoted-printable."""
    parts = "".join(
        f"------=_Next\r\nContent-Location: file:///C:/0E/{file}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Type: {kind}\r\n\r\n{quopri.encodestring(content).decode()}\r\n"
        for file, kind, content in pages
    )
    head = 'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="----=_Next"'
    return f"{head}\r\n\r\n本文档是单个文件网页。\r\n\r\n{parts}------=_Next--\r\n".encode()


def unzipped(content: bytes) -> list[Entry]:
    """The entries of an archive, to be put together again with the same bytes each time."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return [
            Entry(item.filename, opened.read(item), method=item.compress_type)
            for item in opened.infolist()
            if not item.is_dir()
        ]


#: Name of the file: its bytes.
SAMPLES: dict[str, Callable[[], bytes]] = {
    "名册.xlsx": xlsx,
    "内嵌文本.xlsx": lambda: xlsx(inline=True),
    "一九零四.xlsx": lambda: xlsx(date1904=True),
    "严格.xlsx": strict_xlsx,
    "带宏.xlsm": lambda: xlsx(macros=True),
    "二进制.xlsb": xlsb,
    "名册.xls": xls,
    "旧版.xls": xls5,
    "更旧.xls": xls2,
    "名册.ods": ods,
    "国标.csv": lambda: text().encode("gb18030"),
    "万国码.csv": lambda: text().encode("utf-8-sig"),
    "双字节.csv": lambda: text().encode("utf-16"),
    "制表符.tsv": lambda: text("\t").encode(),
    "网页.xls": html,
    "表格2003.xls": spreadsheetml,
    "单个网页.mht": mht,
}
