"""Tables to the bytes of a workbook, given out while the rows go by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.tables import Column, Imprint, Stream, Table
from reports.workbook.choices import Choices
from reports.workbook.flow import Flow
from reports.workbook.laid import Laid
from reports.workbook.package import LEVEL, Package
from reports.workbook.places import quoted
from reports.workbook.sheet import Sheet
from reports.workbook.skeleton import Skeleton, sheet_part, skeleton

#: Rows of a sheet at most; the others go on on a further sheet. Excel holds 1,048,576 with head, foot and notes.
ROWS_A_SHEET = 1_000_000
#: XML of a sheet at most, in bytes: readers stop at 2 or 4 GB.
_BYTES_A_SHEET = 1 << 30
_LONGEST_NAME = 31
#: The parts that a reader looks for at the start of a file to tell what it is.
_FIRST = ("_rels/.rels", "docProps/core.xml")


def streamed(
    tables: Iterable[Table | Stream], imprint: Imprint, *, rows_a_sheet: int = ROWS_A_SHEET, level: int = LEVEL
) -> Iterator[bytes]:
    """The workbook's bytes, piece by piece; rows are asked for as they are written, and none is kept.

    A table of more rows than `rows_a_sheet` goes on on further sheets, named as 设备（2）.

    Raises:
        BadInput: the file would be larger than Excel opens.
    """
    package, writing = Package(level), Writing(imprint, rows_a_sheet)
    blank = writing.skeleton([_blank()])
    for name in _FIRST:
        yield from package.part(name, [blank.rest[name]])
    for table in tables:
        for sheet in writing.sheets(table):
            yield from package.part(sheet_part(len(writing.laid) - 1), sheet)
    if not writing.laid:
        yield from package.part(sheet_part(0), [blank.before[0], b"<sheetData/>", blank.behind[0]])
    rest = writing.rest()
    for name, content in rest.items():
        if name not in _FIRST:
            yield from package.part(name, [content])
    yield package.end()


class Writing:
    """The sheets of a workbook that were written so far."""

    def __init__(self, imprint: Imprint, rows_a_sheet: int) -> None:
        self._imprint = imprint
        self._most = rows_a_sheet
        self._choices = Choices()
        self.laid: list[Laid] = []

    def skeleton(self, sheets: list[Laid]) -> Skeleton:
        """The workbook of these sheets without their cells."""
        return skeleton(sheets, self._choices)

    def sheets(self, told: Table | Stream) -> Iterator[Iterator[bytes]]:
        """A table's sheets, as many as its rows need; each must be used up before the next is asked for."""
        stream = told if isinstance(told, Stream) else Stream(told, told.rows)
        table, flow = stream.table, Flow(stream.rows)
        while not flow.sheets or flow.more():
            flow.sheets += 1
            self.laid.append(Laid(_name(table.name, flow.sheets), table.columns))
            yield self._sheet(stream, flow)

    def _sheet(self, stream: Stream, flow: Flow) -> Iterator[bytes]:
        table = stream.table
        laid, first = self.laid[-1], flow.sheets == 1
        before = self._alone(laid)
        sheet = Sheet(table, flow, laid, before.styles)
        yield before.before[-1] + b"<sheetData>" + sheet.head(self._imprint).encode()
        yield from sheet.rows(self._most, _BYTES_A_SHEET)
        further = _name(table.name, flow.sheets + 1) if flow.more() else ""
        laid.charts = table.charts if first else ()
        notes = () if further else (*table.notes, *stream.notes())
        yield sheet.tail(self._imprint, notes, further).encode() + b"</sheetData>"
        yield self._alone(laid).behind[-1]

    def _alone(self, laid: Laid) -> Skeleton:
        """The sheet's own skeleton: only the first sheet of a book is one that opens with it."""
        opener = self.laid[0]
        return self.skeleton([laid] if opener is laid else [Laid(opener.name, opener.columns), laid])

    def rest(self) -> dict[str, bytes]:
        """All parts that are no sheets of tables.

        Raises:
            ValueError: a link or a chart names a sheet that is not in the book, which Excel would call damaged.
        """
        names = {laid.name for laid in self.laid}
        starts = tuple(f"{quoted(name)}!" for name in names)
        for laid in self.laid:
            for cell, target in laid.links:
                if not target.startswith(starts):
                    raise ValueError(f"{laid.name}!{cell} leads to {target}, which is not in the workbook")
            for chart in laid.charts:
                for span in (span for one in chart.series for span in (one.categories, one.values)):
                    if span.sheet not in names:
                        raise ValueError(f"a chart of {laid.name} draws {span.sheet}, which is not in the workbook")
        return dict(self.skeleton(self.laid or [_blank()]).rest)


def _name(name: str, number: int) -> str:
    """The name of a table's sheet, its first or a further one."""
    if number == 1:
        return name
    ending = f"（{number}）"
    return name[: _LONGEST_NAME - len(ending)] + ending


def _blank() -> Laid:
    return Laid("Sheet1", (Column(""),))
