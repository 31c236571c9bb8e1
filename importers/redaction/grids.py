"""The grid of a file as it is to be once people were taken out of it, and whether another one is that grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.taking_out import TakingOut
from importers.grid import Cell, Cells, GridRow, Place, SheetGrid, WorkbookGrid
from importers.reading import Reading, Record

#: The places of cells that name a contact, by sheet.
Contacts = dict[str, set[Place]]

_CONTACTS = ("contact_person", "contact_phone")


def contacts_of(read: Reading, taking: TakingOut | None = None) -> Contacts:
    """Where a file names contacts; where people are taken out, only contacts that may be they."""
    found: Contacts = {}
    for record in read.records:
        told = [fact for field in _CONTACTS if (fact := record.enterprise.get(field)) is not None and fact.row]
        if taking is None or _may_be(record, [fact.raw for fact in told], taking):
            found.setdefault(record.sheet, set()).update((fact.row, fact.column) for fact in told)
    return found


def _may_be(record: Record, said: Iterable[str], taking: TakingOut) -> bool:
    """Whoever has one of the numbers, or may be a contact of the firm: not one whose row is another firm's."""
    rows = range(record.rows[0], record.rows[1] + 1)
    another = any((record.sheet, row) in taking.others for row in rows)
    return not another or any(taking.names_one(text) for text in said)


def contact_texts(book: WorkbookGrid, read: Reading) -> Iterator[str]:
    """What the cells say that name contacts."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for name, places in contacts_of(read).items():
        yield from (sheets[name].text(*place) for place in places if name in sheets)


def without(book: WorkbookGrid, taking: TakingOut, contacts: Contacts) -> WorkbookGrid:
    """The grid without the people; sheets and cells that say nothing of them are the same."""
    sheets = tuple(_sheet(sheet, taking, contacts.get(sheet.name, set())) for sheet in book.sheets)
    return replace(book, sheets=sheets, file=taking.text(book.file))


def changed(before: SheetGrid, after: SheetGrid) -> Iterator[tuple[Place, str]]:
    """The cells that say something else, and what."""
    for number, row in before.rows.items():
        other = after.rows[number]
        if row is not other:
            for (column, cell), said in zip(row.items(), other.cells, strict=True):
                if cell is not said:
                    yield (number, column), said.text


def alike(one: WorkbookGrid, other: WorkbookGrid) -> bool:
    """Whether two files give the same tables: each text at its place, merges, what is hidden and struck out."""
    return len(one.sheets) == len(other.sheets) and all(map(_alike, one.sheets, other.sheets))


def _alike(one: SheetGrid, other: SheetGrid) -> bool:
    shape = ("name", "hidden", "hidden_rows", "hidden_columns")
    if any(getattr(one, name) != getattr(other, name) for name in shape) or set(one.merges) != set(other.merges):
        return False
    if one.rows.keys() != other.rows.keys():
        return False
    return all(
        row.columns == other.rows[number].columns and all(map(_says_the_same, row.cells, other.rows[number].cells))
        for number, row in one.rows.items()
    )


def _says_the_same(one: Cell, other: Cell) -> bool:
    return (one.text, one.struck) == (other.text, other.struck)


def _sheet(sheet: SheetGrid, taking: TakingOut, contacts: set[Place]) -> SheetGrid:
    known: dict[int, Cell] = {}
    rows = {number: _row(number, row, taking, contacts, known) for number, row in sheet.rows.items()}
    return replace(sheet, name=taking.text(sheet.name), cells=Cells(rows))


def _row(number: int, row: GridRow, taking: TakingOut, contacts: set[Place], known: dict[int, Cell]) -> GridRow:
    made = tuple(
        _cell(cell, taking.contact(cell.text))
        if (number, column) in contacts
        else known.get(id(cell)) or known.setdefault(id(cell), _cell(cell, taking.text(cell.text)))
        for column, cell in row.items()
    )
    return row if all(map(_same, row.cells, made)) else GridRow(row.shape, made)


def _same(one: Cell, other: Cell) -> bool:
    return one is other


def _cell(cell: Cell, said: str) -> Cell:
    return cell if said == cell.text else Cell(said, said, cell.error, cell.struck)
