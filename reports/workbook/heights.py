"""How high a row is: not every reader fits rows to wrapped text."""

from __future__ import annotations

from reports.workbook.looks import BODY_SIZE

_HIGHEST = 409.0
#: A column's width is told in digits of 7 pixels; a point is 4/3 pixels.
_DIGIT, _POINT = 7.0, 4 / 3


def room(width: float, size: float = BODY_SIZE) -> int:
    """Narrow characters that a line of a column has room for; a Chinese one is as wide as it is high, and as two."""
    return max(2, int(width * _DIGIT / (size * _POINT / 2)))


def lines(text: str, width: float, size: float = BODY_SIZE) -> int:
    """Lines that the text needs in a column. Where it is broken, a line may end one narrow character early."""
    most = room(width, size)
    if 2 * len(text) <= most and "\n" not in text:
        return 1
    needed = 0
    for line in text.splitlines():
        length = 2 * len(line) - len(line.encode("latin-1", "ignore"))
        needed += 1 if length <= most else -(-length // (most - 1))
    return max(1, needed)


def points(lines: int, size: float = BODY_SIZE) -> float:
    """The height of a row of so many lines."""
    return min(_HIGHEST, round(size * 16 / BODY_SIZE * lines) + 2.0)
