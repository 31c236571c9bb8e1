"""Where each row of the original stands in the sheet that came back: in place, shifted, sorted, or nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from importers.grid import Cell, GridRow, SheetGrid

_NO_COLUMNS: frozenset[int] = frozenset()
#: Rows looked at for all masks together: a sheet with every row marked differently is not searched for hours.
_BUDGET = 3_000_000
#: Cells by which a row is known again: one alone, such as a number of 1, may be anywhere.
_FEWEST = 2
#: Equal cells by which a row with a mark is taken for the same though another of its cells was changed.
_ENOUGH = 3

Masks = Mapping[int, frozenset[int]]
_Key = tuple[tuple[int, str], ...]


def same(one: Cell | None, other: Cell | None) -> bool:
    """Whether two cells say the same: their text, or their number to twelve digits."""
    return one is other or shown(one) == shown(other)


def shown(cell: Cell | None) -> str:
    """What a cell says, apart from blanks at its ends and the last digits of a number."""
    if cell is None:
        return ""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and not cell.error:
        return format(cell.value, ".12g")
    return cell.text.replace("\r\n", "\n").strip()


class _Rows:
    """The filled rows of a sheet as keys that can be compared."""

    def __init__(self, grid: SheetGrid) -> None:
        self.rows = grid.rows
        self.height = grid.height
        self._said: dict[int, str] = {}

    def key(self, row: int, mask: frozenset[int]) -> _Key:
        found = self.rows.get(row)
        return () if found is None else self._key(found, mask)

    def _key(self, row: GridRow, mask: frozenset[int]) -> _Key:
        said = self._said
        key = []
        for column, cell in row.items():
            if column not in mask:
                text = said.get(id(cell))
                if text is None:
                    text = said[id(cell)] = shown(cell)
                key.append((column, text))
        return tuple(key)

    def alone(self, mask: frozenset[int]) -> dict[_Key, int]:
        """The rows that no other row equals, by their keys."""
        keys = {row: self._key(cells, mask) for row, cells in self.rows.items()}
        counts = Counter(keys.values())
        return {key: row for row, key in keys.items() if len(key) >= _FEWEST and counts[key] == 1}


def rows_found(original: SheetGrid, now: SheetGrid, masks: Masks) -> dict[int, int]:
    """The rows that were found again. `masks`: the columns of a row that may have been changed.

    A row is where the only row stands that equals it without its masked cells; rows that are not alone where the rows
    around them show that they are in order; rows that were changed elsewhere too where no row of the sheet has moved.
    """
    before, after = _Rows(original), _Rows(now)
    wanted = sorted({*before.rows, *masks})
    if before.rows.keys() | masks.keys() >= after.rows.keys() and all(
        before.key(row, masks.get(row, _NO_COLUMNS)) == after.key(row, masks.get(row, _NO_COLUMNS)) for row in wanted
    ):
        return {row: row for row in wanted}
    claimed = _anchors(before, after, masks, wanted)
    disputed = _disputed(before, after, masks, claimed)
    found = {row: to for row, to in claimed.items() if row not in disputed}
    _between(before, after, masks, [row for row in wanted if row not in disputed], found)
    return found


def _anchors(before: _Rows, after: _Rows, masks: Masks, wanted: Iterable[int]) -> dict[int, int]:
    by_mask: dict[frozenset[int], list[int]] = {}
    for row in wanted:
        by_mask.setdefault(masks.get(row, _NO_COLUMNS), []).append(row)
    found: dict[int, int] = {}
    left = _BUDGET
    for mask, rows in sorted(by_mask.items(), key=lambda one: -len(one[1])):
        left -= len(before.rows) + len(after.rows)
        if left < 0 and found:
            break
        there, here = before.alone(mask), after.alone(mask)
        for row in rows:
            key = before.key(row, mask)
            if there.get(key) == row and key in here:
                found[row] = here[key]
    return found


def _stays(before: _Rows, after: _Rows, masks: Masks, row: int, to: int) -> bool:
    """Whether what stands there is rather the row that always stood there."""
    mask = masks.get(to, _NO_COLUMNS)
    return to != row and len(key := before.key(to, mask)) >= _FEWEST and key == after.key(to, mask)


def _disputed(before: _Rows, after: _Rows, masks: Masks, found: Mapping[int, int]) -> set[int]:
    """Rows that can be taken for one another, since they differ only in what may have been changed: none is known."""
    counts = Counter(found.values())
    disputed = {row for row, to in found.items() if counts[to] > 1}
    for row, to in found.items():
        if _stays(before, after, masks, row, to):
            disputed |= {row, to}
    return disputed


def _between(before: _Rows, after: _Rows, masks: Masks, wanted: Iterable[int], found: dict[int, int]) -> None:
    """Rows between two found ones that are equally far from where they were, where they are alike."""
    taken = set(found.values())
    ends = [0, *sorted(found), before.height + 1]
    shifts = {**{row: to - row for row, to in found.items()}, 0: 0, ends[-1]: after.height - before.height}
    unmoved = before.rows.keys() == after.rows.keys() and not any(shifts.values())
    at = 0
    for row in wanted:
        while ends[at + 1] < row:
            at += 1
        if row in found:
            continue
        shift = shifts[ends[at]]
        to = row + shift
        if shift != shifts[ends[at + 1]] or to in taken or to < 1:
            continue
        mask = masks.get(row, _NO_COLUMNS)
        was, is_now = before.key(row, mask), after.key(to, mask)
        alike = _alike(was, is_now, _ENOUGH if mask else 1) and (unmoved or not mask)
        if was == is_now or alike:
            found[row] = to
            taken.add(to)


def _alike(one: _Key, other: _Key, fewest: int) -> bool:
    """Whether two of three cells are equal, and so many at least."""
    equal = len(set(one) & set(other))
    return equal >= fewest and 3 * equal >= 2 * max(len(one), len(other))
