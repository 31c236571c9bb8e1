"""Cards of bands: a row of labels, right under it the row of what they ask, and so on down the card."""

from __future__ import annotations

from importers.grid import Place
from importers.roster.card_machines import is_label, machine_table, with_machines
from importers.roster.furniture import labelled, read_furniture
from importers.roster.header_words import header_words
from importers.roster.heads import Head, is_datum, name_meaning
from importers.roster.regions import Line, Region
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values.text import compact

_FEWEST = 2


def find_stacked_card(view: SheetRows, row: int) -> Region | None:
    """The card whose first row of labels is this one, the firm's name asked for in it and said right below."""
    name = next((at for at, cell in view.own(row) if (said := name_meaning(cell.text)) and not said.weak), None)
    if name is None or not _asks(view, row) or not _is_firm(view.own_text(row + 1, name)) or not _answers(view, row):
        return None
    bands, table = [row], range(0)
    while not table and (below := bands[-1] + 2) <= view.height and not _names(view, below):
        table = machine_table(view, below, set()) if len(view.own(below + 2)) > 1 else range(0)
        if not table and not (_asks(view, below) and _answers(view, below)):
            break
        bands += [] if table else [below]
    return _region(view, bands, table, (row, name)) if len(bands) >= _FEWEST else None


def _is_firm(text: str) -> bool:
    return bool(spellings().shapes["firm"].fullmatch(compact(text))) and not is_label(text)


def _names(view: SheetRows, row: int) -> bool:
    """Whether a firm's name is asked for in the row: another card begins, or the same head again."""
    return any(name_meaning(cell.text) for _, cell in view.own(row))


def _asks(view: SheetRows, row: int) -> bool:
    """Whether a row holds labels alone, two at least."""
    cells = view.own(row)
    return len(cells) >= _FEWEST and all(
        is_label(cell.text) and not is_datum(cell) and not labelled(cell.text) for _, cell in cells
    )


def _answers(view: SheetRows, row: int) -> bool:
    """Whether the row right below says what is asked: under these labels alone, under half of them at least."""
    asked = {at for at, _ in view.own(row)}
    said = view.own(row + 1)
    words = sum(is_label(cell.text) for _, cell in said)
    return len(said) * 2 >= len(asked) and words * 2 < len(said) and all(at in asked for at, _ in said)


def _region(view: SheetRows, bands: list[int], table: range, name: Place) -> Region:
    heads: list[Head] = []
    places: dict[int, Place] = {}
    key = 0
    for row in bands:
        for at, cell in view.own(row):
            text = "".join(cell.text.split())
            key = len(heads) if (row, at) == name else key
            if view.own_text(row + 1, at):
                places[len(heads)] = (row + 1, at)
            heads.append(Head(len(heads), (text,), ((row, at),), header_words(cell.text).unit))
    rows = (*(at for row in bands for at in (row, row + 1)), *table)
    lines = [Line("firm", rows, places)]
    if table:
        heads, lines = with_machines(view, table, heads, lines, key)
    furniture = read_furniture(view, range(max(1, bands[0] - 3), bands[0]))
    return Region(view, (), tuple(heads), key, tuple(lines), furniture, card=True)
