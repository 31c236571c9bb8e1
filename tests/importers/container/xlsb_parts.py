"""One sheet told once and written twice: as records of an xlsb, and as the XML of an xlsx that means the same."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.sax.saxutils import quoteattr

from importers.grid import Merge, address, column_letter
from tests.importers.container.packages import MAIN, Entry, archive, entries, parts, sheet
from tests.importers.container.samples import xlsb_record

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}


@dataclass(frozen=True)
class Look:
    """A style. `code`: a format code, or the number of a built-in one."""

    code: str | int = 0
    struck: bool = False


@dataclass(frozen=True)
class Error:
    """An error value."""

    text: str


@dataclass(frozen=True)
class Rich:
    """A text in runs, each struck out or not; inline in the sheet or among the shared texts."""

    runs: tuple[tuple[bool, str], ...]
    inline: bool = False


@dataclass(frozen=True)
class Formula:
    """A formula with its result, None where none is saved."""

    result: object


@dataclass(frozen=True)
class Told:
    """One sheet. `cells`: place → value, or (value, which of `looks`)."""

    cells: Mapping[tuple[int, int], object]
    looks: tuple[Look, ...] = ()
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    hidden: bool = False
    date1904: bool = False

    @cached_property
    def styled(self) -> dict[tuple[int, int], tuple[object, int]]:
        """place → (value, style); style 0 is General."""
        told = {}
        for place, value in sorted(self.cells.items()):
            value, look = value if isinstance(value, tuple) else (value, None)
            told[place] = (value, 0 if look is None else self.looks.index(look) + 1)
        return told

    @cached_property
    def texts(self) -> list[str | Rich]:
        """The shared texts."""
        values = (value for value, _ in self.styled.values())
        return [value for value in values if isinstance(value, str) or (isinstance(value, Rich) and not value.inline)]

    def rows(self) -> dict[int, list[tuple[int, object, int]]]:
        """row → (column, value, style); a hidden row is there even when it is blank."""
        rows: dict[int, list[tuple[int, object, int]]] = {row: [] for row in self.hidden_rows}
        for (row, column), (value, style) in self.styled.items():
            rows.setdefault(row, []).append((column, value, style))
        return dict(sorted(rows.items()))


# As records.


def wide(text: str) -> bytes:
    """A text with its length before it."""
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def row_record(row: int, *, hidden: bool = False) -> bytes:
    """The record that opens a row."""
    return xlsb_record(0, struct.pack("<IIHBBB", row - 1, 0, 300, 0, 0x10 if hidden else 0, 0) + b"\0\0\0\0")


def sheet_part(body: bytes, *, before: bytes = b"", after: bytes = b"", end: bytes | None = None) -> bytes:
    """A worksheet around its rows."""
    data = xlsb_record(145) + body + xlsb_record(146)
    return xlsb_record(129) + before + data + after + (xlsb_record(130) if end is None else end)


def styles_part(looks: Iterable[Look]) -> bytes:
    """Fonts, formats and the styles of cells; the first style is General."""
    all_looks = (Look(), *looks)
    fonts = b"".join(xlsb_record(43, struct.pack("<HH", 220, flags) + b"\0" * 17 + wide("宋体")) for flags in (0, 8))
    codes = [(200 + place, look.code) for place, look in enumerate(all_looks) if isinstance(look.code, str)]
    formats = b"".join(xlsb_record(44, struct.pack("<H", number) + wide(code)) for number, code in codes)
    numbers = {code: number for number, code in codes}
    styles = b"".join(
        xlsb_record(47, struct.pack("<HHH", 0, numbers.get(look.code, look.code), look.struck) + b"\0" * 10)
        for look in all_looks
    )
    # The styles that have names come before those of cells, and are not they.
    named = xlsb_record(626) + xlsb_record(47, struct.pack("<HHH", 0xFFFF, 14, 1) + b"\0" * 10) + xlsb_record(627)
    lists = ((615, formats, 616), (611, fonts, 612))
    body = b"".join(xlsb_record(begin) + inner + xlsb_record(end) for begin, inner, end in lists)
    return xlsb_record(278) + body + named + xlsb_record(617) + styles + xlsb_record(618) + xlsb_record(279)


def rich(text: str | Rich) -> bytes:
    """A text with its runs."""
    if isinstance(text, str):
        return b"\0" + wide(text)
    starts, at = [], 0
    for struck, piece in text.runs:
        starts.append(struct.pack("<HH", at, struck))
        at += len(piece.encode("utf-16-le")) // 2
    whole = "".join(piece for _, piece in text.runs)
    return b"\1" + wide(whole) + struct.pack("<I", len(starts)) + b"".join(starts)


def strings_part(texts: Iterable[str | Rich]) -> bytes:
    """The shared texts."""
    return xlsb_record(159) + b"".join(xlsb_record(19, rich(text)) for text in texts) + xlsb_record(160)


def cell_record(column: int, value: object, style: int = 0, texts: list[str | Rich] | None = None) -> bytes:
    """A cell, its text among the shared ones where there are any."""
    place = struct.pack("<II", column - 1, style)
    result = value.result if isinstance(value, Formula) else value
    behind = b"\0\0" + b"\0" * 8 if isinstance(value, Formula) else b""
    formula = isinstance(value, Formula)
    if formula and result is None:
        return xlsb_record(8, place + b"\xff\xff\xff\xff" + behind)
    if isinstance(result, bool):
        return xlsb_record(10 if formula else 4, place + bytes([result]) + behind)
    if isinstance(result, int) and not formula and abs(result) < 1 << 29:
        return xlsb_record(2, place + struct.pack("<i", result << 2 | 2))
    if isinstance(result, int | float):
        return xlsb_record(9 if formula else 5, place + struct.pack("<d", result) + behind)
    if isinstance(result, Error):
        return xlsb_record(11 if formula else 3, place + bytes([_ERRORS[result.text]]) + behind)
    if isinstance(result, Rich) and result.inline:
        return xlsb_record(62, place + rich(result))
    if texts and not formula:
        return xlsb_record(7, place + struct.pack("<I", texts.index(result)))
    return xlsb_record(8 if formula else 6, place + wide(str(result)) + behind)


def binary_sheet(told: Told) -> bytes:
    """The sheet's part."""
    body = b"".join(
        row_record(row, hidden=row in told.hidden_rows)
        + b"".join(cell_record(column, value, style, told.texts) for column, value, style in cells)
        for row, cells in told.rows().items()
    )
    columns = b"".join(
        xlsb_record(60, struct.pack("<IIIIH", first - 1, last - 1, 2000, 0, 1)) for first, last in told.hidden_columns
    )
    merges = b"".join(
        xlsb_record(176, struct.pack("<IIII", merge.top - 1, merge.bottom - 1, merge.left - 1, merge.right - 1))
        for merge in told.merges
    )
    return sheet_part(body, before=columns, after=merges)


def binary_parts(
    sheets: Mapping[str, bytes],
    *,
    styles: bytes = b"",
    strings: bytes = b"",
    hidden: bool = False,
    date1904: bool = False,
) -> dict[str, bytes]:
    """The parts of a binary workbook by their paths."""
    targets = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)]
    made = {f"xl/{target}": body for (_, _, target), body in zip(targets, sheets.values(), strict=True)}
    for kind, body in (("styles", styles), ("sharedStrings", strings)):
        if body:
            targets.append((kind, kind, f"{kind}.bin"))
            made[f"xl/{kind}.bin"] = body
    listed = b"".join(
        xlsb_record(156, struct.pack("<II", hidden, n) + wide(f"rId{n}") + wide(name))
        for n, name in enumerate(sheets, 1)
    )
    book = xlsb_record(131) + xlsb_record(153, struct.pack("<III", date1904, 0, 0)) + xlsb_record(143) + listed
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": _relations([("w", "officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": book + xlsb_record(144) + xlsb_record(132),
        "xl/_rels/workbook.bin.rels": _relations(targets),
    } | made


def _relations(relations: list[tuple[str, str, str]]) -> bytes:
    items = "".join(f'<Relationship Id="{n}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for n, kind, to in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'.encode()


def packed(told: Mapping[str, bytes]) -> bytes:
    """Parts as an archive."""
    return archive(Entry(path, body) for path, body in told.items())


def as_xlsb(told: Told) -> bytes:
    """The sheet as a binary workbook."""
    strings = strings_part(told.texts) if told.texts else b""
    looks = styles_part(told.looks)
    made = binary_parts(
        {"名册": binary_sheet(told)}, styles=looks, strings=strings, hidden=told.hidden, date1904=told.date1904
    )
    return packed(made)


# As XML.


def as_xlsx(told: Told) -> bytes:
    """The sheet as a workbook of XML."""
    rows = "".join(
        f'<row r="{row}" hidden="{int(row in told.hidden_rows)}">'
        f"{''.join(_cell(row, column, value, style, told.texts) for column, value, style in cells)}</row>"
        for row, cells in told.rows().items()
    )
    columns = "".join(f'<col min="{first}" max="{last}" hidden="1"/>' for first, last in told.hidden_columns)
    merges = "".join(
        f'<mergeCell ref="{address(merge.top, merge.left)}:{address(merge.bottom, merge.right)}"/>'
        for merge in told.merges
    )
    after = f"<mergeCells>{merges}</mergeCells>" if merges else ""
    xml = sheet(rows, before=f"<cols>{columns}</cols>" if columns else "", after=after)
    state = ' state="hidden"' if told.hidden else ""
    listed = f'<sheets><sheet name="名册" sheetId="1" r:id="r1"{state}/></sheets>'
    workbook = f'<workbookPr date1904="{int(told.date1904)}"/>{listed}'
    strings = f'<sst xmlns="{MAIN}">{"".join(f"<si>{_runs(text)}</si>" for text in told.texts)}</sst>'
    return archive(entries(parts({"名册": xml}, styles=_styles(told.looks), strings=strings, workbook=workbook)))


def _styles(looks: Iterable[Look]) -> str:
    all_looks = (Look(), *looks)
    codes = {200 + place: look.code for place, look in enumerate(all_looks) if isinstance(look.code, str)}
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>' for n, code in codes.items())
    numbers = {code: number for number, code in codes.items()}
    styles = "".join(
        f'<xf numFmtId="{numbers.get(look.code, look.code)}" fontId="{int(look.struck)}"/>' for look in all_looks
    )
    fonts = "<fonts><font/><font><strike/></font></fonts>"
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>{fonts}<cellXfs>{styles}</cellXfs></styleSheet>'


def _cell(row: int, column: int, value: object, style: int, texts: list[str | Rich]) -> str:
    formula = "<f>SUM(A1)</f>" if isinstance(value, Formula) else ""
    result = value.result if isinstance(value, Formula) else value
    head = f'<c r="{column_letter(column)}{row}" s="{style}"'
    if result is None:
        return f"{head}>{formula}</c>"
    if isinstance(result, Rich) and result.inline:
        return f'{head} t="inlineStr"><is>{_runs(result)}</is></c>'
    if isinstance(result, str | Rich):
        kind, text = ("str", result) if formula else ("s", texts.index(result))
        return f'{head} t="{kind}">{formula}<v>{text}</v></c>'
    if isinstance(result, bool):
        return f'{head} t="b">{formula}<v>{int(result)}</v></c>'
    if isinstance(result, Error):
        return f'{head} t="e">{formula}<v>{result.text}</v></c>'
    return f"{head}>{formula}<v>{result!r}</v></c>"


def _runs(text: str | Rich) -> str:
    if isinstance(text, str):
        return f'<t xml:space="preserve">{text}</t>'
    return "".join(
        f'<r>{"<rPr><strike/></rPr>" if struck else ""}<t xml:space="preserve">{piece}</t></r>'
        for struck, piece in text.runs
    )
