"""Whether a workbook is a reply that came back, and what was written on its sheet of questions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from importers.grid import Cell, SheetGrid, WorkbookGrid, address
from importers.reply.pages import HEAD_ROW
from importers.reply.record import Remembered, is_record, remembered
from importers.reply.rows_found import same
from importers.reply.wording import HEADS, INSTEAD, NOTE, NUMBER, TITLE

#: A sender may put lines of her own above the list.
_LOOKED_AT = HEAD_ROW + 20


@dataclass(frozen=True, slots=True)
class Written:
    """What stands beside a question: the cell instead, if any, and the note. `cell`: where it is written."""

    number: int
    instead: Cell | None
    note: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A reply that came back. `twice`: numbers on several lines that say different things."""

    remembered: Remembered
    written: tuple[Written, ...]
    has_questions: bool
    twice: frozenset[int] = frozenset()


def is_reply_sheet(grid: SheetGrid) -> bool:
    """Whether a sheet was added by a reply, and so is no roster."""
    return is_record(grid) or _head_row(grid) is not None


def without_reply_sheets(book: WorkbookGrid) -> WorkbookGrid:
    """The workbook as the sender made it, for reading a returned reply as an ordinary file."""
    added = {grid.name for grid in book.sheets if is_reply_sheet(grid)}
    if not added:
        return book
    issues = tuple(issue for issue in book.engine_issues if issue[0] not in added)
    sheets = tuple(grid for grid in book.sheets if grid.name not in added)
    return replace(book, sheets=sheets, engine_issues=issues)


def reply_in(book: WorkbookGrid) -> Returned | None:
    """What the workbook says as a reply that came back; None where it is none.

    Raises:
        Unreadable: when what it remembers was tampered with.
    """
    found = remembered(book)
    if found is None:
        return None
    questions = next((grid for grid in book.sheets if grid.name == found.questions and _head_row(grid)), None)
    questions = questions or next((grid for grid in book.sheets if _head_row(grid) is not None), None)
    if questions is None:
        return Returned(found, (), has_questions=False)
    lines, twice = _lines(questions, {one.number for one in found.askings})
    return Returned(found, tuple(lines.values()), has_questions=True, twice=frozenset(twice))


def _head_row(grid: SheetGrid) -> int | None:
    """The row with the heads of the list, under its title."""
    titled = False
    for row in list(grid.rows)[:_LOOKED_AT]:
        texts = [cell.text.strip() for _, cell in grid.row(row).items()]
        titled = titled or any(text.startswith(f"{TITLE}：") for text in texts)
        if titled and {NUMBER, INSTEAD, NOTE, HEADS[2], HEADS[4]} <= set(texts):
            return row
    return None


def _lines(grid: SheetGrid, known: set[int]) -> tuple[dict[int, Written], set[int]]:
    head = _head_row(grid) or 0
    columns = {cell.text.strip(): column for column, cell in grid.row(head).items()}
    lines: dict[int, Written] = {}
    twice: set[int] = set()
    for row in grid.rows:
        number = _number(grid.cell(row, columns[NUMBER])) if row > head else 0
        if number not in known:
            continue
        instead, note = grid.cell(row, columns[INSTEAD]), grid.cell(row, columns[NOTE])
        said = instead if instead is not None and instead.text.strip() else None
        place = address(row, columns[INSTEAD])
        line = Written(number, said, note.text.strip() if note else "", grid.name, place)
        before = lines.get(number)
        if before is None or before.instead is None:
            lines[number] = line
        elif said is not None and not same(said, before.instead):
            twice.add(number)
    for number in twice:
        lines[number] = replace(lines[number], instead=None)
    return lines, twice


def _number(cell: Cell | None) -> int:
    text = cell.text.strip() if cell else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
