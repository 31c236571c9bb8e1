"""A list as .csv in UTF-8 with the mark that Excel looks for; no text in it is taken for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from app.register.lists.export import Export
from reports.exports.cells import headings, printed_rows
from reports.tables import Printed

_MARK = b"\xef\xbb\xbf"
#: What spreadsheet programs begin a formula with, also behind blanks, and in full width.
_FORMULA_LIKE = re.compile("'*(\\s*[=+\\-@＝＋－＠]|[\t\r\n])")
#: Commas elsewhere are semicolons or tabs; blanks at the ends get lost.
_TO_BE_QUOTED = re.compile("""[",;\t\r\n]|^[\\s']|\\s$""")
_EXACT = 1e15


def csv_pieces(export: Export) -> Iterator[bytes]:
    """The headings, and a line a row."""
    yield _MARK + line_of(headings(export).values())
    for cells in printed_rows(export):
        yield line_of(cells)


def line_of(cells: Iterable[Printed]) -> bytes:
    """One line. A lone surrogate, which no file can hold, becomes a question mark."""
    return (",".join(map(_written, cells)) + "\r\n").encode("utf-8", "replace")


def kept_text(text: str) -> str:
    """A text that a spreadsheet program would reckon gets an apostrophe, which the importer takes off again."""
    return f"'{text}" if _FORMULA_LIKE.match(text) else text


def _written(cell: Printed) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(int(cell)) if cell == int(cell) and abs(cell) < _EXACT else repr(cell)
    return _quoted(cell)


@lru_cache(maxsize=8_192)
def _quoted(cell: str) -> str:
    """A text as a line has it; a list says most of its words again and again."""
    text = kept_text(cell)
    return '"' + text.replace('"', '""') + '"' if _TO_BE_QUOTED.search(text) else text
