"""The rows of a table on their way to its sheets, of which it may need several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from reports.tables import Printed
from reports.workbook.foot import Sums

_Row = tuple[Printed, ...]
_AHEAD = 200


class Flow:
    """The rows that are left; and of those given how many, on how many sheets, and the sums."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        self._rows: Iterator[_Row] = iter(rows)
        self._waiting: list[_Row] = []
        self.given = 0
        self.sheets = 0
        self.sums: Sums = {}

    def more(self) -> bool:
        """Whether a row is left."""
        if not self._waiting:
            self._waiting = list(islice(self._rows, _AHEAD))
        return bool(self._waiting)

    def take(self, most: int) -> list[_Row]:
        """The next rows, at most so many; none at the end."""
        if not self.more():
            return []
        taken, self._waiting = self._waiting[:most], self._waiting[most:]
        self.given += len(taken)
        return taken
