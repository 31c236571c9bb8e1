"""Tables without a known column of firms' names: the firm stands in a line above, or the values show the column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from importers.roster.beside import IDENTITY
from importers.roster.header_words import header_words
from importers.roster.heads import Head, Header, header_around, is_datum, name_meaning
from importers.roster.meanings import Meaning, meanings
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values.text import compact

_FEWEST = 2
_SAMPLE = 60
#: Columns of firms that are not the table's own: makers, inspectors, authorities.
_OTHERS = re.compile(
    r"检测|监测|施工|设计|供电|制造|厂家|厂商|供应|第三方|编制|验收|责任|主管|监管|填报|承建|维保|回收|销售|客户|曾用|原"
)
_LINE = re.compile(r"(?P<label>[^:：]{2,12})[:：]\s*(?P<value>\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A table's head with what names its firms: one of its columns, or (`above`) a line over the table."""

    header: Header
    name: Head
    above: tuple[int, int] | None = None


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


def _known(text: str) -> Meaning | None:
    """What a cell's words surely mean as a head, if anything: a furnace's own name is as well a value."""
    found = meanings((header_words(text),)) if len(text) <= 40 else ()
    sure = found and not found[0].weak and found[0].style not in ("row_number", "kept", "count", "words")
    return found[0] if sure else None


def _header_at(view: SheetRows, row: int, above: int) -> Header | None:
    cells = view.own(row)
    known = [one for _, cell in cells if (one := _known(cell.text))]
    if len(known) < _FEWEST or len(known) * 2 < len(cells) or any(is_datum(cell) for _, cell in cells):
        return None
    return header_around(view, row, cells[0][0], above)


def _named_above(view: SheetRows, header: Header, after: int) -> Unnamed | None:
    """The table of one firm's machines, its name in the only line above that names a firm."""
    found = [
        (row, column, label, value)
        for row in range(after + 1, header.rows[0])
        for column, cell in view.own(row)
        if (line := _LINE.fullmatch(cell.text.strip()))
        and (label := line["label"])
        and (value := re.split(r"\s{2,}|\n", line["value"])[0])
        and (meaning := name_meaning(label))
        and not meaning.weak
        and spellings().shapes["firm"].fullmatch(compact(value))
    ]
    machines = {one.path for head in header.heads for one in head.meanings[:1] if one.section == "equipment"}
    if len(found) != 1 or not machines & IDENTITY or len(machines) < _FEWEST:
        return None
    row, column, label, _ = found[0]
    return Unnamed(header, Head(0, ("".join(label.split()),), ((row, column),)), (row, column))


def _named_by_values(view: SheetRows, header: Header) -> Unnamed | None:
    """The table whose only column of firms is one whose head nobody knows."""
    sure = [head for head in header.heads if head.meanings and not head.meanings[0].weak]
    firms = [head for head in header.heads if _names_firms(view, header, head)]
    if len(firms) != 1 or len(sure) < _FEWEST:
        return None
    return Unnamed(header, firms[0])


def _names_firms(view: SheetRows, header: Header, head: Head) -> bool:
    if head.meanings or _OTHERS.search(head.header):
        return False
    rows = range(header.rows[-1] + 1, min(view.height, header.rows[-1] + _SAMPLE) + 1)
    texts = [text for row in rows if (text := compact(view.own_text(row, head.key)))]
    shaped = sum(bool(spellings().shapes["firm"].fullmatch(text)) for text in texts)
    return len(texts) >= _FEWEST and shaped * 5 >= len(texts) * 4
