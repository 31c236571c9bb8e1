"""How wide a column and how tall a row must be for what stands in it; a Chinese character is two wide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.tables import Printed

_NARROWEST, _WIDEST, _SERIAL = 9.0, 36.0, 6.0
#: Texts up to this stand on one line; longer ones take this width at least.
_WHOLE, _LONG = 32, 24
#: Longer ones are wrapped over so many lines, rather than widen their column.
_WRAPPED = 3


def _wide(text: str) -> int:
    return sum(1 + (ord(character) > 255) for character in text)


def width_of(path: Sequence[str], cells: Iterable[Printed], *, serial: bool = False) -> float:
    """A column's width in characters: its longest text in up to three lines, within reason."""
    if serial:
        return _SERIAL
    longest = max((_wide(line) for cell in cells for line in str(cell or "").splitlines()), default=0)
    head = -(-_wide(path[-1]) // 2) + 4
    text = longest + 2 if longest <= _WHOLE else max(_LONG, longest / _WRAPPED + 2)
    return min(_WIDEST, max(_NARROWEST, head, text))


def lines_of(text: Printed, width: float) -> int:
    """The lines that a wrapped text takes in a column."""
    room = max(1, int(width) - 1)
    return sum(max(1, -(-_wide(line) // room)) for line in str(text if text is not None else "").splitlines()) or 1


def height(lines: int) -> float:
    """A row's height in points. Not every reader of workbooks fits rows by itself."""
    return min(409.0, 16.0 * lines + 4)
