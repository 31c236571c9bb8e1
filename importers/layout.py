"""What a layout is known by when it comes again: a table's fingerprint, and the keys of its columns and rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import islice

from importers.grid import GridRow, SheetGrid
from importers.reading import Table
from importers.roster.header_words import plain

#: Days, months, quarters and years: they differ from one roster of a layout to the next.
_DATED = re.compile(
    r"(?:19|20)\d{2}[-./]\d{1,2}(?:[-./]\d{1,2})?(?!\d)|(?:(?:19|20)\d{2}|(?<!\d)\d{2})年度?|第?[一二三四1-4]季度"
    r"|(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月份?|\d{1,2}日"
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
#: Longer keys are cut and told apart by a digest: a database indexes no whole page of text.
_LONGEST = 200
_CUT = 160
#: Rows among which a head is looked for.
_HEADS_WITHIN = 200


def fingerprint(table: Table) -> str:
    """The digest of a table's heads in order, whatever their dates; columns without a head do not count."""
    said = [_undated(plain(column.header)) for column in table.columns if column.header != f"{column.column}列"]
    return sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def column_keys(table: Table) -> list[str]:
    """The key of each column: its plain path; with its letter where the path does not tell it apart."""
    paths = [_undated(plain(column.header)) for column in table.columns]
    often = Counter(paths)
    return [
        shortened(path if often[path] == 1 else f"{path}@{column.column}")
        for path, column in zip(paths, table.columns, strict=True)
    ]


def row_key(row: GridRow) -> str:
    """The key of a sheet row: its texts; of a row of one cell (a title, a note) without its dates."""
    texts = [plain(cell.text) for cell in row.cells if cell.text.strip()]
    return shortened(_undated(texts[0]) if len(texts) == 1 else "|".join(texts))


def head_key(rows: Iterable[GridRow]) -> str:
    """The key of the rows of a head together, without their dates."""
    return shortened("\n".join(_undated("|".join(plain(cell.text) for cell in row.cells)) for row in rows))


def head_rows(grid: SheetGrid, key: str, offsets: Sequence[int]) -> tuple[int, ...]:
    """Where a head of this key first stands on a sheet; `offsets` of its rows from the first."""
    for row in _beginning(grid, [key], _HEADS_WITHIN):
        rows = tuple(row + offset for offset in offsets)
        if head_key(grid.row(one) for one in rows) == key:
            return rows
    return ()


def rows_of_keys(grid: SheetGrid, keys: Sequence[str]) -> list[tuple[int, str]]:
    """The rows of a sheet that have one of these keys."""
    wanted = set(keys)
    return [(row, key) for row in _beginning(grid, keys) if (key := row_key(grid.row(row))) in wanted]


def shortened(text: str) -> str:
    """A key of bearable length, of characters that a database keeps."""
    kept = _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(kept) <= _LONGEST:
        return kept
    return f"{kept[:_CUT]}…{sha256(kept.encode()).hexdigest()[:16]}"


def _undated(text: str) -> str:
    return _DATED.sub("#", text)


def _beginning(grid: SheetGrid, keys: Iterable[str], within: int | None = None) -> list[int]:
    """The rows whose first text may begin such a key, among the first so many; the others need not be looked at."""
    firsts = {re.split(r"[|\n]", key, maxsplit=1)[0][:8] for key in keys}
    if not firsts:
        return []
    found = []
    for number, row in islice(grid.rows.items(), within):
        first = next((plain(cell.text) for cell in row.cells if cell.text.strip()), "")
        if shortened(first)[:8] in firsts or _undated(first)[:8] in firsts:
            found.append(number)
    return found
