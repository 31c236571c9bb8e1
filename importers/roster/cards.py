"""Cards: one firm (or one firm a column) with the labels at the left and what they ask at their right."""

from __future__ import annotations

import re
from dataclasses import replace

from importers.roster.furniture import labelled, read_furniture
from importers.roster.header_words import header_words
from importers.roster.heads import Head, is_datum, name_meaning
from importers.roster.meanings import meanings
from importers.roster.regions import Line, Region
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values.text import compact

_FEWEST = 3
_MOST_BLANK = 2


def find_card(view: SheetRows, row: int, after: int) -> Region | None:
    """The card whose enterprise's name is asked for in this row, if there is one. No row up to `after` is in it."""
    for column, cell in view.own(row):
        meaning = name_meaning(cell.text)
        if not meaning:
            continue
        value = view.beside(row, column)
        if not _is_firm(view.text(row, value)) and (meaning.weak or not _is_asked(view, row, column, value)):
            continue
        labels = _label_columns(view, row, column, value)
        firms = [value]
        if len(labels) == 1:
            firms += [at for at, other in view.own(row) if at > value and _is_firm(other.text)]
        rows = _rows(view, row, column, labels, after)
        region = _card(view, rows, (row, column), labels, firms)
        if region:
            return region
    return None


def _is_firm(text: str) -> bool:
    plain = compact(text)
    firm = len(plain) > 3 and bool(spellings().shapes["firm"].fullmatch(plain))
    return firm and not name_meaning(plain) and not _is_label(plain)


def _is_label(text: str) -> bool:
    """Whether the text asks for something that the lexicon knows; a furnace's own name asks for nothing."""
    found = meanings((header_words(text),)) if text and len(text) <= 40 else ()
    return bool(found) and found[0].style != "count"


def _is_asked(view: SheetRows, row: int, column: int, value: int) -> bool:
    """Whether a name that is not shaped like a firm's stands in a card all the same: labels above and below its own."""
    text = view.own_text(row, value)
    if not re.search(r"[\u4e00-\u9fff]{2}", text) or _is_label(text) or name_meaning(text) or len(compact(text)) > 40:
        return False
    if len(view.own(row)) > 2:
        return False
    below = [view.own_text(at, column) for at in range(row + 1, min(view.height, row + 12) + 1)]
    asked = [said for said in below if _is_label(said) and not name_meaning(said)]
    values = [view.own_text(at, value) for at in range(row + 1, min(view.height, row + 12) + 1)]
    return len(asked) >= _FEWEST and not any(_is_label(said) for said in values)


def _label_columns(view: SheetRows, row: int, column: int, value: int) -> set[int]:
    """The name's column, and columns beyond its value with labels on at least two rows, or on the name's own."""
    near = range(max(1, row - 6), min(view.height, row + 30) + 1)
    found = {column}
    for at in range(value + 1, min(view.grid.width, value + 8) + 1):
        hits = [one for one in near if _is_label(view.own_text(one, at))]
        beside = any(at - 1 in found and view.own_text(one, at - 1) for one in hits)
        if (len(hits) >= 2 or row in hits) and not beside:
            found.add(at)
    return found


def _rows(view: SheetRows, row: int, column: int, labels: set[int], after: int) -> tuple[int, ...]:
    """The rows of the card that hold labels: around the name's row, until the next firm's name or a wide gap."""

    def asks(at: int) -> bool:
        return any(_is_label(view.own_text(at, label)) for label in labels)

    rows = [row]
    at = row - 1
    while at > after and asks(at) and not labelled(view.text(at, column)):
        rows.insert(0, at)
        at -= 1
    blank = 0
    inner: tuple[int, ...] = ()
    for at in range(row + 1, view.height + 1):
        text = view.own_text(at, column)
        if name_meaning(text):
            break
        if at in inner:
            continue
        inner = _machine_table(view, at, labels)
        if inner or asks(at) or (text and not labelled(text) and _has_value(view, at, column) and not _is_note(text)):
            rows += inner or (at,)
            blank = 0
        else:
            blank += 1
            if blank > _MOST_BLANK:
                break
    while len(rows) > 1 and not asks(rows[-1]):
        rows.pop()
    return tuple(rows)


def _machine_table(view: SheetRows, row: int, labels: set[int]) -> tuple[int, ...]:
    """The rows of a small table of machines within a card, its head first; none where this row begins no such table."""
    cells = view.own(row)
    found = [meanings((header_words(cell.text),)) for _, cell in cells]
    known = [one for one in found if one and one[0].style != "count"]
    machines = [one for one in known if one[0].section == "equipment"]
    if len(machines) < 2 or len(known) * 3 < len(cells) * 2 or any(is_datum(cell) for _, cell in cells):
        return ()
    last = row
    while last < view.height and _goes_on(view, last + 1, labels):
        last += 1
    return tuple(range(row, last + 1)) if last > row else ()


def _goes_on(view: SheetRows, row: int, labels: set[int]) -> bool:
    cells = view.own(row)
    if not cells or any(_is_label(view.own_text(row, at)) for at in labels) or labelled(cells[0][1].text):
        return False
    return not _is_note(cells[0][1].text)


def _has_value(view: SheetRows, row: int, column: int) -> bool:
    value = view.beside(row, column)
    return bool(view.own_text(row, value))


def _is_note(text: str) -> bool:
    return bool(spellings().furniture["note"].fullmatch(compact(text)))


def _card(
    view: SheetRows, rows: tuple[int, ...], name_place: tuple[int, int], labels: set[int], firms: list[int]
) -> Region | None:
    heads: list[Head] = []
    places: list[dict[int, tuple[int, int]]] = [{} for _ in firms]
    name = -1
    tables: list[tuple[int, ...]] = []
    for row in rows:
        if tables and row in tables[-1]:
            continue
        if len(firms) == 1 and (inner := _machine_table(view, row, labels)):
            tables.append(inner)
            continue
        for at in sorted(labels):
            text = view.own_text(row, at)
            if not text or not (_is_label(text) or _has_value(view, row, at)) or text == view.own_text(row, at - 1):
                continue
            path, stand = _path(view, row, at)
            head = Head(len(heads), path, stand, header_words(text).unit)
            name = head.key if (row, at) == name_place else name
            heads.append(head)
            for number, column in enumerate(firms):
                value = view.beside(row, at) if len(firms) == 1 else column
                if value not in labels and view.text(row, value):
                    places[number][head.key] = (row, value)
    if name < 0 or sum(bool(head.meanings) for head in heads) < _FEWEST:
        return None
    lines = [Line("firm", rows, place) for place in places]
    for table in tables:
        heads, lines = _with_machines(view, table, heads, lines, name)
    between = [row for row in range(rows[0], rows[-1]) if row not in rows]
    lines += [Line("title" if view.own(row) else "blank", (row,), {}) for row in between]
    furniture = read_furniture(view, range(max(1, rows[0] - 3), rows[0]))
    return Region(view, (), tuple(heads), name, tuple(lines), furniture, card=True)


def _with_machines(
    view: SheetRows, table: tuple[int, ...], heads: list[Head], lines: list[Line], name: int
) -> tuple[list[Head], list[Line]]:
    """The card with a small table of its machines: each row of that is a further row of the firm."""
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


def _path(view: SheetRows, row: int, column: int) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The label with its place, under the group at its left where one is merged down beside it."""
    own = "".join(view.text(row, column).split())
    left = view.grid.origin(row, column - 1) if column > 1 else (row, 0)
    if left in view.merges and view.merges[left].bottom > view.merges[left].top:
        return ("".join(view.text(*left).split()), own), (left, (row, column))
    return (own,), ((row, column),)
