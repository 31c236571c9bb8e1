"""A list as .xlsx: one sheet in official layout, rows written as they are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from app.domain.vocabulary import SECTIONS
from app.register.lists import NOUNS
from app.register.lists.columns import SECTION
from app.register.lists.export import Export
from reports.exports.cells import headings, printed_rows
from reports.tables import Column, Imprint, Printed, Stream, Table
from reports.workbook import streamed

_TITLES = {noun: f"{zh}清单" for noun, zh in NOUNS.items()} | {"actions": "处置清单"}
#: Columns are as wide as the first rows need; what is longer further down wraps.
_LOOKED_AT = 50
_LEAST, _MOST = 8.0, 40.0


def workbook_pieces(export: Export) -> Iterator[bytes]:
    """The workbook, piece by piece: its head before any row is read."""
    return streamed(_sheets(export), Imprint("炉账", ""))


def _sheets(export: Export) -> Iterator[Stream]:
    shown, rows = headings(export), printed_rows(export)
    first = list(islice(rows, _LOOKED_AT))
    columns = tuple(_column(export, name, zh, place, first) for place, (name, zh) in enumerate(shown.items()))
    title = _TITLES[export.asked.noun]
    table = Table(title, title, columns, (), unit="" if export.told is None else f"共{export.told}条")
    counted = not table.unit
    yield Stream(table, chain(first, rows), lambda: notes(export, counted=counted))


def notes(export: Export, *, counted: bool = False) -> tuple[str, ...]:
    """What was asked, so that it can be asked again, and what is not in the list; `counted`: and how many rows."""
    asked, head = export.asked, export.head
    told = [f"共{export.total}条"] if counted else []
    told.append(f"截至 {asked.moment.day.isoformat()}，按{head.known_words}所知；查询地址 {head.pinned}")
    if export.maybe and asked.maybe == "exclude":
        told.append(f"另有 {export.maybe} 条缺少资料或有争议，不能确定是否符合，没有列入")
    if unknown := export.owner_unknown:
        machines = f"{unknown.furnaces} 台归属不明，每家可能的企业下各列一行"
        told.append(f"其中 {unknown.rows} 条取决于归属不明的设备" if unknown.furnaces is None else f"其中 {machines}")
    return tuple(told)


def _column(export: Export, name: str, zh: str, place: int, first: list[tuple[Printed, ...]]) -> Column:
    longest = max(len(str(cell or "")) for cell in (zh, *(row[place] for row in first)))
    own = SECTIONS.get(SECTION.get(export.asked.noun, ""), {}).get(name)
    code = name in ("uscc", "contact_phone") or (own is not None and own.type == "code")
    return Column(zh, min(_MOST, max(_LEAST, longest * 2.0)), code=code)
