"""A small table of machines within a card, or under a card of few lines: its rows, and what they add to the card."""

from __future__ import annotations

from dataclasses import replace

from importers.roster.furniture import is_attachment, labelled
from importers.roster.header_words import header_words
from importers.roster.heads import Head, is_datum, name_meaning
from importers.roster.meanings import meanings
from importers.roster.one_firm import of_others
from importers.roster.regions import Line
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values.text import compact

_FEWEST = 2
_SAMPLE = 10


def is_label(text: str) -> bool:
    """Whether the text asks for something that the lexicon knows; a furnace's own name asks for nothing."""
    found = meanings((header_words(text),)) if text and len(text) <= 40 else ()
    return bool(found) and found[0].style != "count"


def is_note(text: str) -> bool:
    """Whether the text is a note at a table's foot."""
    return bool(spellings().furniture["note"].fullmatch(compact(text)))


def machine_table(view: SheetRows, row: int, labels: set[int]) -> range:
    """The rows of a table of machines that begins in this row with its head; none where none begins."""
    cells = view.own(row)
    found = [meanings((header_words(cell.text),)) for _, cell in cells]
    known = [one for one in found if one and one[0].style != "count"]
    machines = [one for one in known if one[0].section == "equipment"]
    if len(machines) < _FEWEST or len(known) * 3 < len(cells) * 2 or any(is_datum(cell) for _, cell in cells):
        return range(0)
    if any(_heads_firms(view, row, column, cell.text) for column, cell in cells):
        return range(0)
    last = row
    while last < view.height and _goes_on(view, row, last + 1, labels):
        last += 1
    return range(row, last + 1) if last > row else range(0)


def _heads_firms(view: SheetRows, row: int, column: int, text: str) -> bool:
    """Whether a head stands over names of firms: the table is a roster of its own."""
    meaning = name_meaning(text)
    if meaning is None and (meanings((header_words(text),)) or of_others(text)):
        return False
    firm = spellings().shapes["firm"]
    below = (compact(view.own_text(at, column)) for at in range(row + 1, min(view.height, row + _SAMPLE) + 1))
    return (meaning is not None and not meaning.weak) or any(firm.fullmatch(said) for said in below)


def _goes_on(view: SheetRows, head: int, row: int, labels: set[int]) -> bool:
    """Whether a row is one of the table's: it asks for nothing, and is no note, title or line of a form."""
    cells = view.own(row)
    if not cells or labelled(cells[0][1].text) or is_note(cells[0][1].text):
        return False
    if len(cells) == 1 and (_is_wide(view, row, cells[0][0]) or _is_title(cells[0][1].text)):
        return False
    asked = [text for at in labels if is_label(text := view.own_text(row, at))]
    return not asked or (all(map(_names_machine, asked)) and _states_numbers(view, head, row))


def _is_wide(view: SheetRows, row: int, column: int) -> bool:
    return view.reach(row, column) > column


def _is_title(text: str) -> bool:
    return bool(spellings().furniture["section"].fullmatch(compact(text))) or is_attachment(text)


def _names_machine(text: str) -> bool:
    """Whether a label may as well be a machine's own name or number: 1#, 电炉."""
    found = meanings((header_words(text),))
    return bool(spellings().numbered.fullmatch(compact(text))) or (found[0].style == "words")


def _states_numbers(view: SheetRows, head: int, row: int) -> bool:
    """Whether the row fills half of the head's columns, or states a number under one."""
    columns = {column for column, _ in view.own(head)}
    under = [cell for column, cell in view.own(row) if column in columns]
    return len(under) * 2 >= len(columns) and len(under) > 1 and (any(map(is_datum, under)) or len(under) > 2)


def with_machines(
    view: SheetRows, table: range, heads: list[Head], lines: list[Line], name: int
) -> tuple[list[Head], list[Line]]:
    """The card with a table of its machines: each row of that is a further row of the firm."""
    own = [
        Head(len(heads) + number, ("".join(cell.text.split()),), ((table[0], column),), header_words(cell.text).unit)
        for number, (column, cell) in enumerate(view.own(table[0]))
    ]
    total = spellings().furniture["total"]
    further = []
    for row in table[1:]:
        kind = "total" if total.fullmatch(compact(view.own(row)[0][1].text)) else "more"
        places = {head.key: (row, head.place[1]) for head in own} | {name: lines[0].places[name]}
        further.append(Line(kind, (row,), places if kind == "more" else {}))
    first = replace(lines[0], rows=tuple(row for row in lines[0].rows if row not in table[1:]))
    return heads + own, [first, *further, *lines[1:]]
