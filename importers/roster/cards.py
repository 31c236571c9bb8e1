"""Cards: one firm (or one firm a column) with the labels at the left and what they ask at their right."""

from __future__ import annotations

import re

from importers.roster.card_machines import is_label, is_note, machine_table, with_machines
from importers.roster.furniture import labelled, read_furniture
from importers.roster.header_words import header_words
from importers.roster.heads import Head, name_meaning
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
        rows, tables = _rows(view, row, column, labels, after, alone=len(firms) == 1)
        region = _card(view, rows, (row, column), labels, firms, tables)
        if region:
            return region
    return None


def _is_firm(text: str) -> bool:
    plain = compact(text)
    firm = len(plain) > 3 and bool(spellings().shapes["firm"].fullmatch(plain))
    return firm and not name_meaning(plain) and not is_label(plain)


def _is_asked(view: SheetRows, row: int, column: int, value: int) -> bool:
    """Whether a name that is not shaped like a firm's stands in a card all the same: labels above and below its own."""
    text = view.own_text(row, value)
    if not re.search(r"[\u4e00-\u9fff]{2}", text) or is_label(text) or name_meaning(text) or len(compact(text)) > 40:
        return False
    if not _in_pairs(view, row):
        return False
    below = [view.own_text(at, column) for at in range(row + 1, min(view.height, row + 12) + 1)]
    asked = [said for said in below if is_label(said) and not name_meaning(said)]
    values = [view.own_text(at, value) for at in range(row + 1, min(view.height, row + 12) + 1)]
    return len(asked) >= _FEWEST and not any(is_label(said) for said in values)


def _in_pairs(view: SheetRows, row: int) -> bool:
    """Whether a row says no more than labels, each with its value right behind it."""
    texts = [cell.text for _, cell in view.own(row)]
    labels, values = texts[::2], texts[1::2]
    return all(map(is_label, labels)) and not any(map(is_label, values)) and len(values) == len(labels)


def _label_columns(view: SheetRows, row: int, column: int, value: int) -> set[int]:
    """The name's column, and columns beyond its value with labels on at least two rows, or on the name's own."""
    near = range(max(1, row - 6), min(view.height, row + 30) + 1)
    found = {column}
    for at in range(value + 1, min(view.grid.width, value + 8) + 1):
        hits = [one for one in near if is_label(view.own_text(one, at))]
        beside = any(at - 1 in found and view.own_text(one, at - 1) for one in hits)
        if (len(hits) >= 2 or row in hits) and not beside:
            found.add(at)
    return found


def _rows(
    view: SheetRows, row: int, column: int, labels: set[int], after: int, *, alone: bool
) -> tuple[tuple[int, ...], list[range]]:
    """The rows of the card around the name's row, until the next firm's name or a wide gap; its tables of machines."""

    def asks(at: int) -> bool:
        return any(is_label(view.own_text(at, label)) for label in labels)

    rows = [row]
    at = row - 1
    while at > after and asks(at) and not labelled(view.text(at, column)):
        rows.insert(0, at)
        at -= 1
    blank = 0
    tables: list[range] = []
    for at in range(row + 1, view.height + 1):
        text = view.own_text(at, column)
        if tables and at in tables[-1]:
            continue
        if name_meaning(text):
            break
        inner = machine_table(view, at, labels) if alone else range(0)
        tables += [inner] if inner else []
        if inner or asks(at) or (text and not labelled(text) and _has_value(view, at, column) and not is_note(text)):
            rows += inner or [at]
            blank = 0
        else:
            blank += 1
            if blank > _MOST_BLANK:
                break
    while len(rows) > 1 and not asks(rows[-1]) and not (tables and rows[-1] in tables[-1]):
        rows.pop()
    return tuple(rows), tables


def _has_value(view: SheetRows, row: int, column: int) -> bool:
    value = view.beside(row, column)
    return bool(view.own_text(row, value))


def _card(
    view: SheetRows,
    rows: tuple[int, ...],
    name_place: tuple[int, int],
    labels: set[int],
    firms: list[int],
    tables: list[range],
) -> Region | None:
    heads: list[Head] = []
    places: list[dict[int, tuple[int, int]]] = [{} for _ in firms]
    name = -1
    for row in rows:
        if any(row in table for table in tables):
            continue
        for at in sorted(labels):
            text = view.own_text(row, at)
            if not text or not (is_label(text) or _has_value(view, row, at)) or text == view.own_text(row, at - 1):
                continue
            path, stand = _path(view, row, at)
            head = Head(len(heads), path, stand, header_words(text).unit)
            name = head.key if (row, at) == name_place else name
            heads.append(head)
            for number, column in enumerate(firms):
                value = view.beside(row, at) if len(firms) == 1 else column
                if value not in labels and view.text(row, value):
                    places[number][head.key] = (row, value)
    if name < 0 or (not tables and sum(bool(head.meanings) for head in heads) < _FEWEST):
        return None
    lines = [Line("firm", rows, place) for place in places]
    for table in tables:
        heads, lines = with_machines(view, table, heads, lines, name)
    between = [row for row in range(rows[0], rows[-1]) if row not in rows]
    lines += [Line("title" if view.own(row) else "blank", (row,), {}) for row in between]
    furniture = read_furniture(view, range(max(1, rows[0] - 3), rows[0]))
    return Region(view, (), tuple(heads), name, tuple(lines), furniture, card=True)


def _path(view: SheetRows, row: int, column: int) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The label with its place, under the group at its left where one is merged down beside it."""
    own = "".join(view.text(row, column).split())
    left = view.grid.origin(row, column - 1) if column > 1 else (row, 0)
    if left in view.merges and view.merges[left].bottom > view.merges[left].top:
        return ("".join(view.text(*left).split()), own), (left, (row, column))
    return (own,), ((row, column),)
