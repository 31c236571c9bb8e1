"""How high a row is: not every reader fits rows to wrapped text."""

from __future__ import annotations

_HIGHEST = 409.0


def lines(text: str, width: float) -> int:
    """Lines that the text needs in a column; a Chinese character is two wide."""
    room = max(1, int(width) - 1)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    needed = 1
    for line in text.splitlines():
        narrow = len(line.encode("latin-1", "ignore"))
        needed = max(needed, -(-(2 * len(line) - narrow) // room))
    return needed


def points(lines: int) -> float:
    """The height of a row of so many lines."""
    return min(_HIGHEST, 16.0 * lines + 2)
