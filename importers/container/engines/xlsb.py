"""xlsb by calamine, with merges and what is hidden from one walk over the records of its sheets."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from importers.container.archive import inflate, read_parts
from importers.container.content import BookContent, SheetContent
from importers.container.engines.values import calamine_rows, cell_of, with_errors
from importers.container.limits import LAST_COLUMN, LAST_ROW, Limits
from importers.container.package import verify_part
from importers.container.package_parts import RelationsScan
from importers.container.refusals import over_limit, refuse_same_names
from importers.grid import Merge, address

# Record numbers of [MS-XLSB].
_ROW, _COLUMNS, _WORKBOOK, _SHEET, _MERGE = 0, 60, 153, 156, 176
_ERRORS = (3, 11)  # a cell that holds an error, a formula whose result is one
_ERROR_TEXT = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_RELATIONS = "xl/_rels/workbook.bin.rels"


@dataclass(slots=True)
class BinarySheet:
    """What stands beside the values of one sheet."""

    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)


def read_xlsb(content: bytes, form: str, limits: Limits) -> BookContent:
    """Values by calamine; a chart sheet is a blank sheet."""
    parts = {part.name.lower(): part for part in read_parts(content, limits)}
    for part in parts.values():
        verify_part(content, part, limits)
    streams = {name: b"".join(inflate(content, part)) for name, part in parts.items() if _wanted(name)}
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    if len(book.sheets_metadata) > limits.sheets:
        raise over_limit(f"工作表超过 {limits.sheets} 张")
    refuse_same_names([listed.name for listed in book.sheets_metadata])  # calamine would give one of them twice
    walked = _walk_sheets(streams, limits)

    def sheets() -> Iterator[SheetContent]:
        for place, listed in enumerate(book.sheets_metadata):
            beside = walked.get(listed.name, BinarySheet())
            made = SheetContent(listed.name, (), hidden=listed.visible != SheetVisibleEnum.Visible)
            if listed.typ == SheetTypeEnum.WorkSheet:
                made.rows = with_errors(
                    (
                        (row, {column: cell for column, value in values if (cell := cell_of(value))})
                        for row, values in calamine_rows(book.get_sheet_by_index(place))
                    ),
                    beside.errors,
                )
                made.issues = [
                    (listed.name, address(*spot), "cell.error", text) for spot, (_, text) in beside.errors.items()
                ]
                made.merges = beside.merges
                made.hidden_rows, made.hidden_columns = beside.hidden_rows, beside.hidden_columns
            yield made

    workbook = streams.get("xl/workbook.bin", b"")
    date1904 = any(record[0] & 1 for kind, record in records(workbook) if kind == _WORKBOOK and record)
    return BookContent(form, sheets(), date1904=date1904)


def records(stream: bytes) -> Iterator[tuple[int, memoryview]]:
    """The records of a binary part: a number of one or two bytes, a length of one to four, the record."""
    at, view = 0, memoryview(stream)
    while at + 1 < len(stream):
        kind = stream[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (stream[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while at < len(stream) and shift < 28:
            byte = stream[at]
            length |= (byte & 0x7F) << shift
            at, shift = at + 1, shift + 7
            if not byte & 0x80:
                break
        yield kind, view[at : at + length]
        at += length


def walk_sheet(stream: bytes, limits: Limits) -> BinarySheet:
    """Merges, hidden rows and hidden columns of a sheet's part."""
    sheet, row = BinarySheet(), 0
    for kind, record in records(stream):
        if kind == _ROW and len(record) >= 12:
            row = min(int.from_bytes(record[:4], "little") + 1, LAST_ROW)
            if record[11] & 0x10:
                sheet.hidden_rows.add(row)
        elif kind in _ERRORS and len(record) >= 9:
            text = _ERROR_TEXT.get(record[8], "#ERR!")
            sheet.errors[row, min(int.from_bytes(record[:4], "little"), LAST_COLUMN - 1) + 1] = (text, text)
        elif kind == _COLUMNS and len(record) >= 18 and record[16] & 1:
            first, last = struct.unpack("<II", record[:8])
            sheet.hidden_columns.update(range(first + 1, min(last + 1, limits.columns) + 1))
        elif kind == _MERGE and len(record) >= 16:
            if len(sheet.merges) >= limits.merges:
                raise over_limit(f"合并单元格超过 {limits.merges:,} 处")
            top, bottom, left, right = struct.unpack("<IIII", record[:16])
            sheet.merges.append(Merge(top + 1, left + 1, min(bottom + 1, LAST_ROW), right + 1))
    return sheet


def _walk_sheets(streams: dict[str, bytes], limits: Limits) -> dict[str, BinarySheet]:
    """Each sheet of the workbook by its name."""
    relations = RelationsScan(_RELATIONS, limits, "xl")
    if _RELATIONS in streams:
        relations.run([streams[_RELATIONS]])
    found: dict[str, BinarySheet] = {}
    for kind, record in records(streams.get("xl/workbook.bin", b"")):
        if kind == _SHEET:
            relation, at = _text(record, 8)
            path = relations.targets.get(relation, ("", ""))[1].lower()
            if path in streams:
                found[_text(record, at)[0]] = walk_sheet(streams[path], limits)
    return found


def _text(record: memoryview, at: int) -> tuple[str, int]:
    """A string with its length before it, and where the next one begins."""
    length = int.from_bytes(record[at : at + 4], "little")
    end = at + 4 + 2 * min(length, 0x7FFF) if length != 0xFFFFFFFF else at + 4
    return bytes(record[at + 4 : end]).decode("utf-16-le", "replace"), end


def _wanted(name: str) -> bool:
    return name == _RELATIONS or name == "xl/workbook.bin" or name.startswith("xl/worksheets/sheet")
