"""Cards whose cells hold a label and its value together: 企业名称：X in one cell, 统一社会信用代码：Y in the next."""

from __future__ import annotations

from importers.grid import Place
from importers.roster.card_machines import is_label, machine_table, with_machines
from importers.roster.furniture import labelled, read_furniture
from importers.roster.header_words import header_words
from importers.roster.heads import Head, name_meaning
from importers.roster.parts import Labelled, label_and_value, parted
from importers.roster.regions import Line, Region
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values.text import compact

_FEWEST = 3
_MOST_BLANK = 1


def may_name(text: str) -> bool:
    """Whether a cell may hold a label with a firm's name behind it."""
    return (":" in text or "：" in text) and _names_firm(label_and_value(text))


def find_labelled_card(view: SheetRows, row: int, after: int) -> Region | None:
    """The card whose enterprise's name stands behind its label in this row. No row up to `after` is in it."""
    name = next((column for column, cell in view.own(row) if may_name(cell.text)), None)
    if name is None or not _is_line(view, row):
        return None
    first = row
    while (
        first - 1 > after
        and _is_line(view, first - 1)
        and not _is_form(view, first - 1)
        and not _names(view, first - 1)
    ):
        first -= 1
    lines, tables = _rows_down(view, row)
    lines = [*range(first, row), *lines]
    heads, places, parts = _heads(view, lines)
    asked = [head for head in heads if is_label(head.path[0]) and not labelled(f"{head.path[0]}：")]
    if len(asked) < _FEWEST and not (tables and len(asked) > 1):
        return None
    return _region(
        view, (row, name), sorted([*lines, *(at for table in tables for at in table)]), tables, heads, places, parts
    )


def _names_firm(found: Labelled | None) -> bool:
    if found is None:
        return False
    meaning = name_meaning(found.label)
    return bool(meaning and not meaning.weak and spellings().shapes["firm"].fullmatch(compact(found.said)))


def _names(view: SheetRows, row: int) -> bool:
    """Whether a firm is named in the row."""
    return any(may_name(cell.text) for _, cell in view.own(row))


def _is_line(view: SheetRows, row: int) -> bool:
    """Whether every cell of the row is a label with its value."""
    cells = view.own(row)
    return bool(cells) and all(label_and_value(cell.text) for _, cell in cells)


def _is_form(view: SheetRows, row: int) -> bool:
    """Whether the row says only who filled in the form, and when."""
    return all(labelled(cell.text) for _, cell in view.own(row))


def _rows_down(view: SheetRows, row: int) -> tuple[list[int], list[range]]:
    """The rows of labels from the name's on, until the next firm's or a gap; the tables of machines among them."""
    lines: list[int] = [row]
    tables: list[range] = []
    blank = 0
    for at in range(row + 1, view.height + 1):
        if tables and at in tables[-1]:
            continue
        if _names(view, at):
            break
        if table := machine_table(view, at, set()):
            tables.append(table)
        elif _is_line(view, at):
            lines.append(at)
        elif (blank := blank + 1) > _MOST_BLANK:
            break
        else:
            continue
        blank = 0
    while len(lines) > 1 and _is_form(view, lines[-1]) and not (tables and tables[-1][0] > lines[-1]):
        lines.pop()
    return lines, tables


def _heads(view: SheetRows, rows: list[int]) -> tuple[list[Head], dict[int, Place], dict[Place, str]]:
    """The labels, the places of their values, and the values."""
    heads: list[Head] = []
    places: dict[int, Place] = {}
    parts: dict[Place, str] = {}
    for row in rows:
        for column, cell in view.own(row):
            found = label_and_value(cell.text)
            if found is None:
                continue
            if found.said:
                places[len(heads)] = (row, column)
                parts[row, column] = found.said
            heads.append(Head(len(heads), (found.label,), ((row, column),), header_words(found.label).unit))
    return heads, places, parts


def _region(
    view: SheetRows,
    name: Place,
    rows: list[int],
    tables: list[range],
    heads: list[Head],
    places: dict[int, Place],
    parts: dict[Place, str],
) -> Region:
    key = next(head.key for head in heads if head.place == name)
    lines = [Line("firm", tuple(rows), places)]
    for table in tables:
        heads, lines = with_machines(view, table, heads, lines, key)
    between = [row for row in range(rows[0], rows[-1]) if row not in rows]
    lines += [Line("title" if view.own(row) else "blank", (row,), {}) for row in between]
    furniture = read_furniture(view, range(max(1, rows[0] - 3), rows[0]))
    return Region(parted(view, parts), (), tuple(heads), key, tuple(lines), furniture, card=True)
