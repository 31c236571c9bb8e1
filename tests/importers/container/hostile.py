"""Hostile files, each made anew: a name, the bytes, and the codes of refusal that are right (none: it must be read)."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import msoffcrypto
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from xlwt.CompoundDoc import XlsDoc

from tests.importers.container.packages import (
    ROWS,
    Entry,
    altered,
    archive,
    entries,
    ods,
    parts,
    sheet,
    with_extra,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"
HOSTILE, OVER, DAMAGED = "file.hostile", "file.over_limit", "file.damaged"
ENCRYPTED, WRONG, EMPTY = "file.encrypted", "file.wrong_type", "file.empty"


@dataclass(frozen=True)
class Case:
    """`codes`: any of these refusals is right; with "read" among them, so is reading it."""

    name: str
    make: Callable[[], bytes]
    codes: frozenset[str]
    file: str = "名册.xlsx"


def case(name: str, make: Callable[[], bytes] | bytes, *codes: str, file: str = "名册.xlsx") -> Case:
    """A case; bytes that cost nothing may be given as they are."""
    return Case(name, (lambda: make) if isinstance(make, bytes) else make, frozenset(codes or ("read",)), file)


def _cell(place: str, value: object = 1) -> str:
    row = "".join(letter for letter in place if letter.isdigit())
    return f'<row r="{row}"><c r="{place}"><v>{value}</v></c></row>'


def _overlap() -> bytes:
    honest = entries(parts())
    return archive([*honest, Entry("xl/again.xml", honest[0].content, header=0, local_name=honest[0].name)])


def _overlap_inside() -> bytes:
    """An entry whose local header lies inside another's stored bytes."""
    inner = archive([Entry("xl/inner.xml", b"<a/>", method=0)])
    first = Entry("xl/media/outer.bin", inner, method=0)
    start = 30 + len(first.name)
    return archive([first, Entry("xl/inner.xml", b"<a/>", method=0, header=start), *entries(parts())])


def _bomb(size: int) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(deflater.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + deflater.flush()


class _Packed(Entry):
    """An entry whose bytes are packed already."""

    def packed(self) -> bytes:
        return self.content


def _with_bomb(size: int, told: int | None = None) -> bytes:
    told = size if told is None else told
    bomb = _Packed("xl/media/image1.bin", _bomb(size), size=told, local_size=told, crc=0)
    return archive([*entries(parts()), bomb])


def _doctype(path: str, declaration: str) -> bytes:
    told = parts(styles="<styleSheet/>", strings="<sst/>")
    text = told[path]
    head = text.index("?>") + 2 if text.startswith("<?xml") else 0
    told[path] = text[:head] + declaration + text[head:]
    return archive(entries(told))


_XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
_LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};'>" for n in range(1, 12)
)
_LAUGHS += "]>"


def _merges(count: int) -> bytes:
    refs = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, count + 1))
    return workbook(after=f"<mergeCells>{refs}</mergeCells>")


def _styles(count: int) -> bytes:
    return workbook(styles=f"<styleSheet><cellXfs>{'<xf/>' * count}</cellXfs></styleSheet>")


def _truncated(share: float) -> bytes:
    whole = workbook(ROWS + "".join(_cell(f"B{n}", n) for n in range(3, 300)))
    return whole[: int(len(whole) * share)]


def _flipped(seed: int) -> bytes:
    whole = bytearray(workbook(ROWS + "".join(_cell(f"B{n}", n * 7919) for n in range(3, 300))))
    start = whole.index(SHEET.encode()) + len(SHEET)
    end = whole.index(b"PK\x01\x02")
    place = random.Random(seed).randrange(start, end)
    whole[place] ^= 1 << (seed % 8)
    return bytes(whole)


def xls(rows: int = 3) -> bytes:
    """An honest BIFF workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    made = book.add_sheet("名册")
    for row in range(rows):
        made.write(row, 0, f"第{row}铸造厂")
        made.write(row, 1, row + 0.5)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xls_flipped(seed: int) -> bytes:
    chance, whole = random.Random(seed), bytearray(xls(40))
    for _ in range(12):
        whole[chance.randrange(512, len(whole))] = chance.randrange(256)
    return bytes(whole)


def _compound(stream: str) -> bytes:
    """A compound file whose one stream has another name."""
    whole = xls()
    old = "Workbook".encode("utf-16-le")
    at = whole.index(old)
    new = stream.encode("utf-16-le")
    entry = new.ljust(64, b"\0") + (len(new) + 2).to_bytes(2, "little")
    return whole[:at] + entry + whole[at + 66 :]


def encrypted_xlsx() -> bytes:
    """A workbook under a password, as Excel stores it."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt("1234", out)
    made = out.getvalue()
    assert msoffcrypto.OfficeFile(io.BytesIO(made)).is_encrypted()
    return made


def _xls_with_password() -> bytes:
    """FILEPASS as the record after the first BOF."""
    book = xlwt.Workbook()
    book.add_sheet("名册").write(0, 0, "甲")
    stream = book.get_biff_data()
    first = 4 + 16  # the BOF record
    filepass = b"\x2f\x00\x06\x00" + b"\0\0" + b"\x34\x12\x78\x56"
    out = io.BytesIO()
    XlsDoc().save(out, stream[:first] + filepass + stream[first:])
    return out.getvalue()


def _ods_row(rows: str = "1", columns: str = "1", text: str = "甲") -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string">'
    return (
        f'<table:table-row table:number-rows-repeated="{rows}">{cell}<text:p>{text}</text:p></table:table-cell>'
        "</table:table-row>"
    )


def bombs() -> list[Case]:
    """Small files that want to be large."""
    many = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 200_000))
    return [
        case("a part of 60 MB in 60 kB", lambda: _with_bomb(60_000_000), HOSTILE),
        case("a part of 250 MB", lambda: _with_bomb(250_000_000), HOSTILE, OVER),
        case("a part that says 1 kB and is 60 MB", lambda: _with_bomb(60_000_000, 1000), HOSTILE),
        case("a sheet that says 100 bytes", lambda: altered(SHEET, size=100), HOSTILE, DAMAGED),
        case("a sheet that says 4 GB", lambda: altered(SHEET, size=0xFFFFFFF0), HOSTILE, OVER),
        case("local header tells another size", lambda: altered(SHEET, local_size=5), HOSTILE),
        case("two entries share their bytes", _overlap, HOSTILE),
        case("an entry inside another", _overlap_inside, HOSTILE),
        case("2,500 parts", lambda: with_extra(*(Entry(f"xl/m/{n}", b"") for n in range(2500))), OVER),
        case("a million merges", lambda: _merges(1_000_000), HOSTILE, OVER),
        case("300,001 merges", lambda: _merges(300_001), OVER),
        case("merges one over the other", lambda: workbook(after=_whole_sheet_merges(20_000))),
        case("a million styles", lambda: _styles(1_000_000), HOSTILE, OVER),
        case("a value in the far corner", lambda: workbook(ROWS + _cell("XFD1048576")), OVER),
        case("a value in the last row", lambda: workbook(ROWS + _cell("A1048576")), OVER),
        case("a value in the last column", lambda: workbook(ROWS + _cell("XFD3")), OVER),
        case("values spread over 190,000 rows and 500 columns", lambda: workbook(ROWS + _cell("SF190000")), OVER),
        case("an empty formatted cell in the far corner", lambda: workbook(ROWS + _blank("XFD1048576"))),
        case("200,000 empty formatted rows", lambda: workbook(ROWS + many)),
        case("row number 1048577", lambda: workbook(ROWS + _cell("A1048577")), HOSTILE),
        case("row number of ten digits", lambda: workbook(ROWS + '<row r="4294967295"/>'), HOSTILE),
        case(
            "row number of forty digits", lambda: workbook(ROWS + f'<row r="{"9" * 40}"><c><v>1</v></c></row>'), HOSTILE
        ),
        case("column ZZZ", lambda: workbook(ROWS + '<row r="3"><c r="ZZZ3"><v>1</v></c></row>'), HOSTILE),
        case("column AAAAAAA", lambda: workbook(ROWS + '<row r="3"><c r="AAAAAAA3"><v>1</v></c></row>'), HOSTILE),
        case("uniqueCount of four thousand million", lambda: workbook(strings=_strings(4_294_967_295))),
        case("dimension of the whole sheet", lambda: workbook(before='<dimension ref="A1:XFD1048576"/>')),
        case("dimension A1", lambda: workbook(before='<dimension ref="A1"/>')),
        case("col to 4294967295", lambda: workbook(before='<cols><col min="1" max="4294967295" hidden="1"/></cols>')),
        case("a shared string that is not there", lambda: workbook(ROWS + _missing_string()), "read", DAMAGED),
        case(
            "a style that is not there", lambda: workbook(ROWS + '<row r="3"><c r="A3" s="99999999"><v>1</v></c></row>')
        ),
        case("101 sheets", lambda: archive(entries(parts({f"表{n}": sheet(ROWS) for n in range(101)}))), OVER),
        case("ods: a row repeated a million times", lambda: ods(_ods_row(rows="1048576")), OVER),
        case("ods: a row repeated 10^9 times", lambda: ods(_ods_row(rows="999999999")), HOSTILE),
        case("ods: a cell repeated 16,384 times", lambda: ods(_ods_row(columns="16384")), OVER),
        case("ods: values spread far", lambda: ods(_ods_row(rows="190000", columns="500")), OVER),
        case("csv with 600 columns", ",".join(["甲"] * 600).encode(), OVER, file="名册.csv"),
        case("csv with 200,001 rows", b"a,b\n" * 200_001, OVER, file="名册.csv"),
        case("html: colspan 10^9", _html('<td colspan="999999999">甲</td>'), "read", OVER, file="名册.xls"),
        case("html: rowspan 10^9", _html('<td rowspan="999999999">甲</td><td>乙</td>'), file="名册.xls"),
        case("html: 50,000 tables deep", lambda: _html("<td>" + "<table><tr><td>" * 50_000), "read", file="名册.xls"),
        case("more than 30 MB", lambda: b"a,b\n" * 7_600_000, OVER, file="名册.csv"),
    ]


def _whole_sheet_merges(count: int) -> str:
    return "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * count + "</mergeCells>"


def _blank(place: str) -> str:
    return f'<row r="1048576"><c r="{place}" s="0"/></row>'


def _strings(count: int) -> str:
    return f'<sst count="{count}" uniqueCount="{count}"><si><t>甲</t></si></sst>'


def _missing_string() -> str:
    return '<row r="3"><c r="A3" t="s"><v>99999999</v></c></row>'


def _html(cells: str) -> bytes:
    return f"<html><body><table><tr>{cells}</tr></table></body></html>".encode()


def xml_attacks() -> list[Case]:
    """What XML allows and no spreadsheet program writes."""
    cases = [
        case(f"{what} in {path}", lambda path=path, text=text: _doctype(path, text), HOSTILE)  # type: ignore[misc]
        for path in (SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml")
        for what, text in (("DTD", _REMOTE), ("XXE", _XXE), ("billion laughs", _LAUGHS))
    ]
    deep = "<a>" * 100_000 + "</a>" * 100_000
    wide = "<c " + " ".join(f'a{n}="1"' for n in range(20_000)) + "/>"
    return [
        *cases,
        case("nested 100,000 deep", lambda: workbook(ROWS, after=deep), HOSTILE),
        case("nested deep in a side part", lambda: with_extra(Entry("docProps/core.xml", deep.encode())), HOSTILE),
        case("20,000 attributes", lambda: workbook(f'<row r="1">{wide}</row>'), HOSTILE),
        case(
            "XXE in the core properties",
            lambda: with_extra(Entry("docProps/core.xml", f"{_XXE}<a/>".encode())),
            HOSTILE,
        ),
        case("ods: XXE", lambda: ods(_ods_row(), before=_XXE), HOSTILE, file="名册.ods"),
        case("ods: billion laughs", lambda: ods(_ods_row(), before=_LAUGHS), HOSTILE, file="名册.ods"),
        case("ods: nested deep", lambda: ods(deep), HOSTILE, file="名册.ods"),
        case("a sheet that is not XML", lambda: altered(SHEET, content=b"\0\1\2 not xml"), DAMAGED),
    ]


def container_lies() -> list[Case]:
    """Archives that tell one reader one thing and the next another."""
    again = Entry(SHEET, sheet().encode())
    honest = workbook()
    return [
        case("the same name twice", lambda: with_extra(again), HOSTILE),
        case("the same name in capitals", lambda: with_extra(Entry(SHEET.upper(), b"<a/>")), HOSTILE),
        case("the same name with backslashes", lambda: with_extra(Entry(SHEET.replace("/", "\\"), b"<a/>")), HOSTILE),
        case("zip-slip", lambda: with_extra(Entry("../../etc/cron.d/x", b"x")), HOSTILE),
        case("zip-slip with backslashes", lambda: with_extra(Entry("xl\\..\\..\\x", b"x")), HOSTILE),
        case("an absolute path", lambda: with_extra(Entry("/etc/passwd", b"x")), HOSTILE),
        case("a drive", lambda: with_extra(Entry("C:/x", b"x")), HOSTILE),
        case("a symbolic link", lambda: with_extra(Entry("xl/link", b"/etc/passwd", external=0o120777)), HOSTILE),
        case("an encrypted entry", lambda: altered(SHEET, flags=1), ENCRYPTED),
        case("an unknown compression", lambda: altered(SHEET, method=14), HOSTILE),
        case("junk before", lambda: archive(entries(parts()), prefix=b"MZ" + b"\x90" * 500), HOSTILE),
        case("junk before, offsets kept", b"#!/bin/sh\n" + honest, HOSTILE),
        case("junk after", honest + b"<script>alert(1)</script>", HOSTILE),
        case("zeros after", honest + b"\0" * 512),
        case("fewer entries told", lambda: archive(entries(parts()), count=2), HOSTILE),
        case("more entries told", lambda: archive(entries(parts()), count=50), HOSTILE),
        case("another name in the local header", lambda: altered(SHEET, local_name=SHEET[:-4] + ".xm_"), HOSTILE),
        case("a wrong checksum", lambda: altered(SHEET, crc=1), DAMAGED),
        *(case(f"cut at {share:.0%}", lambda share=share: _truncated(share), DAMAGED) for share in _SHARES),  # type: ignore[misc]
        *(case(f"bit flipped {seed}", lambda seed=seed: _flipped(seed), DAMAGED, HOSTILE) for seed in range(12)),  # type: ignore[misc]
        case("xls cut in half", lambda: xls(200)[:8000], "read", DAMAGED, file="名册.xls"),
        *(
            case(f"xls mutated {seed}", lambda seed=seed: _xls_flipped(seed), "read", DAMAGED, OVER, WRONG, ENCRYPTED)  # type: ignore[misc]
            for seed in range(12)
        ),
    ]


_SHARES = (0.05, 0.4, 0.8, 0.99)
_MHT = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n<html><table></table>'
_XML_2003 = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
)


def wrong_types() -> list[Case]:
    """Other things under the name of a workbook."""
    docx = [Entry("[Content_Types].xml", b"<Types/>"), Entry("word/document.xml", b"<w/>")]
    pptx = [Entry("[Content_Types].xml", b"<Types/>"), Entry("ppt/presentation.xml", b"<p/>")]
    odt = [Entry("mimetype", b"application/vnd.oasis.opendocument.text", method=0), Entry("content.xml", b"<a/>")]
    noise = random.Random(7).randbytes(5000)
    return [
        case("nothing", b"", EMPTY),
        case("blanks", b"  \r\n\t \n", EMPTY),
        case("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", WRONG),
        case("rtf", b"{\\rtf1\\ansi ...}", WRONG),
        case("png", b"\x89PNG\r\n\x1a\n" + noise, WRONG),
        case("jpeg", b"\xff\xd8\xff\xe0" + noise, WRONG),
        case("noise", noise, WRONG, DAMAGED),
        case("program", b"MZ\x90\0\3\0\0\0" + noise, WRONG),
        case("docx", lambda: archive(docx), WRONG),
        case("pptx", lambda: archive(pptx), WRONG),
        case("odt", lambda: archive(odt), WRONG),
        case("zip", lambda: archive([Entry("readme.txt", b"hello")]), WRONG),
        case("zip of workbooks", lambda: archive([Entry("一.xlsx", workbook())]), WRONG),
        case("mht", _MHT, WRONG, file="名册.xls"),
        case("SpreadsheetML 2003", _XML_2003, WRONG, file="名册.xls"),
        case("web page without a table", b"<html><body><p>404</p></body></html>", WRONG, file="名册.xls"),
        case("doc", lambda: _compound("WordDocument"), WRONG),
        case("other compound file", lambda: _compound("Something"), WRONG),
        case("xlsx under a password", encrypted_xlsx, ENCRYPTED),
        case("xls under a password", _xls_with_password, ENCRYPTED, file="名册.xls"),
        case("ods under a password", lambda: ods(_ods_row(), manifest="<encryption-data/>"), ENCRYPTED),
        case("xls by the name of xlsx", xls, file="名册.xlsx"),
        case("xlsx by the name of xls", workbook, file="名册.xls"),
        case("xlsx by the name of csv", workbook, file="名册.csv"),
        case("html by the name of xlsx", _html("<td>甲</td>"), file="名册.xlsx"),
        case("csv by the name of xlsx", "企业名称,容量\n甲厂,0.5\n".encode("gb18030"), file="名册.xlsx"),
        case("with macros", lambda: with_extra(Entry("xl/vbaProject.bin", b"\xd0\xcf")), file="名册.xlsx"),
        case("broken UTF-8", "企业名称,容量\n甲铸造厂,0.5\n".encode()[:-9] + b"\n", DAMAGED, file="名册.csv"),
    ]


def all_cases() -> list[Case]:
    """Every hostile case."""
    return [*bombs(), *xml_attacks(), *container_lies(), *wrong_types()]
