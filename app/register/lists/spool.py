"""Rows set down on disk until it is known how many there are, or in which order they come; gone when it is closed."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.register.lists.columns import Row
from app.register.lists.rows import Position


@dataclass(frozen=True, slots=True)
class Line:
    """A row as lists show it; `position`: where its firm stands, if that is known."""

    row: Row
    position: Position | None = None


class Spool:
    """A file without a name, and where in it each row begins."""

    def __init__(self) -> None:
        self._file: Any = tempfile.TemporaryFile()  # noqa: SIM115 (closed by whoever reads it)
        self._starts = array("Q")

    def __len__(self) -> int:
        return len(self._starts)

    def add(self, line: Line) -> None:
        """Set down one more."""
        self._starts.append(self._file.tell())
        self._file.write(json.dumps([line.row, line.position], ensure_ascii=False).encode() + b"\n")

    def lines(self, places: Iterable[int] | None = None) -> Iterator[Line]:
        """All of them in this order, or as they came."""
        self._file.seek(0)
        if places is None:
            yield from (_line(text) for text in self._file)
            return
        for place in places:
            self._file.seek(self._starts[place])
            yield _line(self._file.readline())

    def close(self) -> None:
        """Give the room on the disk back."""
        self._file.close()


def _line(text: bytes) -> Line:
    row, position = json.loads(text)
    return Line(row, None if position is None else (position[0], position[1]))
