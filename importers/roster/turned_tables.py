"""Turned tables without a label for names: firms side by side in a row, what is asked down the left, its units."""

from __future__ import annotations

import re

from importers.roster.card_machines import is_label
from importers.roster.furniture import labelled, read_furniture
from importers.roster.header_words import header_words, unit_in
from importers.roster.heads import Head, name_meaning
from importers.roster.meanings import meanings
from importers.roster.one_firm import is_general
from importers.roster.regions import Line, Region
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values.text import compact

_FEWEST = 3
_SAMPLE = 60
_MOST_BLANK = 2
#: How products and kinds of firms end as well as names of firms do: 规上企业, 精密铸造.
_KINDS = re.compile(r".*(企业|铸造|锻造|法兰|铸件|锻业|铸业|实业)")
_NO_UNIT = {"", "/", "-", "—", "——", "\\", "无"}


def find_turned_table(view: SheetRows) -> Region | None:
    """The first turned table of a sheet: at least two firms side by side, at least three known labels below at left."""
    for row in range(1, min(view.height, _SAMPLE) + 1):
        firms = _firms(view, row)
        labels = _labels(view, row, firms[0]) if len(firms) > 1 else None
        if labels:
            return _region(view, row, labels, firms)
    return None


def _firms(view: SheetRows, row: int) -> list[int]:
    """The columns of the firms that a row names side by side; a name that is shaped like none stands among them."""
    named = [(at, cell.text) for at, cell in view.own(row)]
    first = next((number for number, (_, text) in enumerate(named) if _is_firm(text)), len(named))
    total = spellings().furniture["total"]
    beside = [(at, text) for at, text in named[first:] if not is_label(text) and not total.fullmatch(compact(text))]
    shaped = sum(_is_firm(text) for _, text in beside)
    return [at for at, _ in beside] if shaped > 1 and shaped * 2 > len(beside) else []


def _is_firm(text: str) -> bool:
    plain = compact(text)
    if len(plain) < 4 or _KINDS.fullmatch(plain) or is_general(plain) or name_meaning(text):
        return False
    return bool(spellings().shapes["firm"].fullmatch(plain))


def _labels(view: SheetRows, row: int, first: int) -> tuple[int, int | None] | None:
    """The column of labels, and that of their units where one stands between it and the firms."""
    below = range(row + 1, min(view.height, row + _SAMPLE) + 1)
    asking = [at for at in range(1, first) if sum(_asks(view.own_text(one, at)) for one in below) >= _FEWEST]
    if len(asking) != 1:
        return None
    between = [at for at in range(asking[0] + 1, first) if any(view.own_text(one, at) for one in below)]
    units = between[0] if len(between) == 1 else None
    if between and (units is None or not _are_units([view.own_text(one, units) for one in below])):
        return None
    return asking[0], units


def _asks(text: str) -> bool:
    """Whether a label asks for a fact: neither a number of the row nor what is kept without one."""
    return is_label(text) and any(one.path for one in meanings((header_words(text),)))


def _are_units(texts: list[str]) -> bool:
    said = [text for text in texts if compact(text) not in _NO_UNIT]
    return bool(said) and sum(unit_in(text) is not None for text in said) * 3 >= len(said) * 2


def _region(view: SheetRows, top: int, labels: tuple[int, int | None], firms: list[int]) -> Region:
    at, units = labels
    named = view.own_text(top, at)
    heads = [Head(0, (("".join(named.split()),) if named else ()), ((top, at),))]
    places = [{0: (top, column)} for column in firms]
    rows = _rows(view, top, at)
    for row in rows[1:]:
        text = view.own_text(row, at)
        unit = (unit_in(view.own_text(row, units)) if units else None) or header_words(text).unit
        heads.append(Head(len(heads), ("".join(text.split()),), ((row, at),), unit))
        for place, column in zip(places, firms, strict=True):
            if view.text(row, column):
                place[heads[-1].key] = (row, column)
    lines = [Line("firm", rows, place) for place in places]
    lines += [
        Line("title" if view.own(row) else "blank", (row,), {}) for row in range(top, rows[-1]) if row not in rows
    ]
    furniture = read_furniture(view, range(max(1, top - 3), top))
    return Region(view, (), tuple(heads), 0, tuple(lines), furniture, card=True)


def _rows(view: SheetRows, top: int, column: int) -> tuple[int, ...]:
    """The row of the firms and those with a label, until a gap, a line of a form, or other firms."""
    rows, blank = [top], 0
    for row in range(top + 1, view.height + 1):
        text = view.own_text(row, column)
        if len(_firms(view, row)) > 1 or (text and labelled(text)):
            break
        if text and len(view.own(row)) > 1:
            rows.append(row)
            blank = 0
        elif (blank := blank + 1) > _MOST_BLANK:
            break
    return tuple(rows)
