"""Tables without a known column of firms' names: the firm stands in a line above, or the values show the column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.roster.beside import IDENTITY
from importers.roster.furniture import is_form_line
from importers.roster.header_words import header_words
from importers.roster.heads import Head, Header, header_around, is_datum
from importers.roster.meanings import Meaning, meanings
from importers.roster.one_firm import NamedAbove, firm_above, of_others
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values.text import compact

_FEWEST = 2
_SAMPLE = 60
#: How workshops are called that are no firms by their names: 老彭铸铁坊.
_WORKSHOP = re.compile(r"[\u4e00-\u9fff]{2,16}(坊|铺|社|工场|车间|基地)")


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A table's head with what names its firms: one of its columns, or (`above`) a line over the table."""

    header: Header
    name: Head
    above: NamedAbove | None = None


def unnamed_tables(view: SheetRows) -> list[Unnamed]:
    """The tables of machines whose firm stands above them, and tables whose column of firms only its values show."""
    found: list[Unnamed] = []
    row, after = 1, 0
    while row <= view.height:
        header = _header_at(view, row, after)
        again = header and found and _words(header) == _words(found[-1].header)
        table = _named_above(view, header, after) if header else None
        if header and not table and not again:
            table = _named_by_values(view, header)
        if table:
            found.append(table)
        if header:
            after = row = header.rows[-1]
        row += 1
    return found


def _words(header: Header) -> list[tuple[str, ...]]:
    return [head.path for head in header.heads]


def _meaning(text: str) -> Meaning | None:
    return next(iter(meanings((header_words(text),))), None) if len(text) <= 40 else None


def _known(text: str) -> bool:
    """Whether a cell's words surely mean something as a head: a furnace's own name is as well a value."""
    meant = _meaning(text)
    return bool(meant and not meant.weak and meant.style not in ("row_number", "kept", "count", "words"))


def _header_at(view: SheetRows, row: int, above: int) -> Header | None:
    """The head that begins in this row: words, of which two and a third of all are known."""
    cells = view.own(row)
    if len(cells) < _FEWEST or any(is_datum(cell) for _, cell in cells):
        return None
    known = sum(_known(cell.text) for _, cell in cells)
    numbers = sum((meant := _meaning(cell.text)) is not None and meant.style == "row_number" for _, cell in cells)
    if known < _FEWEST or known * 3 < len(cells) - numbers:
        return None
    return header_around(view, row, cells[0][0], above)


def _lists_machines(header: Header) -> bool:
    """Whether the columns tell of machines, and what tells one from another."""
    machines = {one.path for head in header.heads for one in head.meanings[:1] if one.section == "equipment"}
    return bool(machines & IDENTITY) and len(machines) >= _FEWEST


def machine_heads(view: SheetRows) -> Iterator[Header]:
    """The heads of a sheet that stand over machines."""
    row, after = 1, 0
    while row <= min(view.height, _SAMPLE):
        header = _header_at(view, row, after)
        if header:
            after = row = header.rows[-1]
            if _lists_machines(header):
                yield header
        row += 1


def _named_above(view: SheetRows, header: Header, after: int) -> Unnamed | None:
    """The table of one firm's machines, its name in the only line above that names a firm."""
    found = firm_above(view, range(after + 1, header.rows[0]))
    if found is None or not _lists_machines(header):
        return None
    if found.label is None and any(_holds_firms(view, header, head) for head in header.heads):
        return None
    return Unnamed(header, Head(0, (found.label or "企业名称",), (found.place,)), found)


def _named_by_values(view: SheetRows, header: Header) -> Unnamed | None:
    """The table whose only column of firms is one whose head nobody knows."""
    sure = [head for head in header.heads if head.meanings and not head.meanings[0].weak]
    firms = [head for head in header.heads if _names_firms(view, header, head)]
    if len(firms) != 1 or len(sure) < _FEWEST:
        return None
    return Unnamed(header, firms[0])


def _names_firms(view: SheetRows, header: Header, head: Head) -> bool:
    """Whether the texts under a head are firms' names, but for one in five, and a workshop's among them."""
    if _is_known(head) or of_others(head.header):
        return False
    texts = list(_texts(view, header, head.key))
    firms = sum(map(_is_firm, texts))
    shaped = firms + sum(bool(_WORKSHOP.fullmatch(text)) and not _is_firm(text) for text in texts)
    return len(texts) >= _FEWEST and firms * 2 >= len(texts) and shaped * 5 >= len(texts) * 4


def _holds_firms(view: SheetRows, header: Header, head: Head) -> bool:
    """Whether a column that nobody knows holds some firm's name: the table may be of several firms."""
    return not _is_known(head) and not of_others(head.header) and any(map(_is_firm, _texts(view, header, head.key)))


def _is_known(head: Head) -> bool:
    """Whether the head's words state a fact; words that are kept without one may stand over firms: 帮扶企业."""
    return any(one.style != "kept" for one in head.meanings)


def _is_firm(text: str) -> bool:
    return bool(spellings().shapes["firm"].fullmatch(text))


def _texts(view: SheetRows, header: Header, column: int) -> Iterator[str]:
    """The texts under a head, those of totals left out, down to the table's foot."""
    furniture = spellings().furniture
    for row in range(header.rows[-1] + 1, min(view.height, header.rows[-1] + _SAMPLE) + 1):
        cells = view.own(row)
        said = [compact(cell.text) for at, cell in cells if at <= column]
        if is_form_line(cell.text for _, cell in cells) or (said and furniture["note"].fullmatch(said[0])):
            return
        text = compact(view.own_text(row, column))
        if text and not any(furniture["total"].fullmatch(one) for one in said):
            yield text
