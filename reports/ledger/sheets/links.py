"""Links from the numbers of 汇总 and 分乡镇汇总 to the rows that they count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reports.ledger.gathered.families import STAGES
from reports.tables import Ref, Table
from reports.workbook.places import rows_of

#: Words of a heading, or of the part that a line stands under, by which its members stand on a sheet of their own.
_SHEETS = (("淘汰类", "淘汰类设备"), ("一企一策", "一企一策"), ("停电", "停电关停"))
_HOMES = {"enterprise": "企业底数", "equipment": "设备", "permit": "手续"}
_LINKED = ("汇总", "分乡镇汇总")


def linked(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The same tables; a number's cell leads to its rows where they stand together, else to their whole sheet."""
    by_name = {table.name: table for table in tables}
    details = {*_HOMES.values(), *(sheet for _, sheet in _SHEETS)} & set(by_name)
    places = {name: _places(by_name[name]) for name in sorted(details)}
    return tuple(
        replace(table, links=dict(_links(table, by_name, places))) if table.name in _LINKED else table
        for table in tables
    )


def _places(table: Table) -> Mapping[Ref, list[int]]:
    """By record the rows that stand for it."""
    found: dict[Ref, list[int]] = {}
    for place, origin in enumerate(table.origins):
        for record in origin.records:
            found.setdefault(record, []).append(place)
    return found


def _links(
    table: Table, by_name: Mapping[str, Table], places: Mapping[str, Mapping[Ref, list[int]]]
) -> Iterator[tuple[tuple[int, int], str]]:
    columns = {column.title: place for place, column in enumerate(table.columns)}
    part = ""
    for row, origin in enumerate(table.origins):
        if row in table.emphasis:
            part = str(table.rows[row][0])
        for title, members in origin.counted.items():
            sheet = _sheet(f"{part}{title}" if table.name == "汇总" else title, members)
            if sheet in places:
                rows = sorted({place for member in members for place in places[sheet].get(member, ())})
                if rows:
                    yield (row, columns[title]), _target(by_name[sheet], rows)


def _sheet(words: str, members: Iterable[Ref]) -> str:
    if words in STAGES:
        return "一企一策"
    for word, sheet in _SHEETS:
        if word in words:
            return sheet
    return next((_HOMES.get(section, "") for section, _ in members), "")


def _target(table: Table, rows: Sequence[int]) -> str:
    together = rows[-1] - rows[0] + 1 == len(rows)
    first, last = (rows[0], rows[-1]) if together else (0, len(table.rows) - 1)
    return rows_of(table.name, first, last, len(table.columns))
