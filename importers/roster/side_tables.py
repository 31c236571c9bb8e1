"""What stands beside a roster: a second roster, or a summary of its own that is no part of the firms."""

from __future__ import annotations

import re
from itertools import pairwise

from app.domain.proposal import RosterIssue as Issue
from importers.grid import address
from importers.roster.furniture import is_attachment, labelled
from importers.roster.heads import Head, Header, is_datum
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values import roster_day
from importers.values.text import compact

_FEWEST = 2
_MARKS = {"", "/", "-", "—", "——"}
_PLACES = {f"enterprise.{name}" for name in ("township", "county", "village", "park")}
#: What a list of counts may count by.
_COUNTED = _PLACES | {"equipment.kind", "enterprise.status", "enterprise.disposition", "enterprise.scale"}
_COUNT = re.compile("数|家|户|台|合计|小计|比")


def second_half(view: SheetRows, row: int) -> int | None:
    """Where a head says itself again, word for word, right beside itself: the sheet is folded to save paper."""
    words = [(column, compact(cell.text)) for column, cell in view.own(row)]
    half = len(words) // 2
    first, second = ([word for _, word in part] for part in (words[:half], words[half:]))
    return words[half][0] if half > 1 and first == second and len(set(first)) == half else None


def blank_between(view: SheetRows, row: int, one: int, other: int) -> int | None:
    """The blank column between two rosters of their own heads; a column right of it that the second one says again
    belongs to the first, so the blank column divides nothing."""
    rows = range(row, view.height + 1)
    blank = [at for at in range(one + 1, other) if not any(view.text(below, at) for below in rows)]
    if not blank:
        return None
    between = {compact(view.text(row, at)) for at in range(blank[-1] + 1, other)}
    beyond = {compact(cell.text) for at, cell in view.own(row) if at > other}
    return None if between & beyond else blank[-1]


def cut_beside(view: SheetRows, header: Header, name: int) -> tuple[int, int] | None:
    """The first and the last column of the roster where something else stands beside it; None where nothing does."""
    blocks = _blocks(view, header)
    at = next((number for number, (left, right) in enumerate(blocks) if left <= name <= right), None)
    if at is None or len(blocks) < _FEWEST:
        return None
    apart = [block for block in blocks if block != blocks[at] and _is_apart(view, header, block, blocks[at])]
    first = max((right + 1 for _, right in apart if right < name), default=1)
    last = min((left - 1 for left, _ in apart if left > name), default=view.grid.width)
    return None if (first, last) == (1, view.grid.width) else (first, last)


def _blocks(view: SheetRows, header: Header) -> list[tuple[int, int]]:
    """The runs of columns between blank ones, from the head's first row down to the sheet's end."""
    width = view.grid.width
    headed = {column for row in header.rows for at, _ in view.own(row) for column in range(at, view.reach(row, at) + 1)}
    blank = set(range(1, width + 1)) - headed
    if not blank:
        return []
    seen: set[tuple[int, ...]] = set()
    for row in range(header.rows[0], view.height + 1):
        columns = view.row(row).columns
        if columns not in seen or view.merges:
            seen.add(columns)
            blank -= {column for at in columns for column in range(at, view.reach(row, at) + 1)}
            if not blank:
                return []
    edges = [0, *sorted(blank), width + 1]
    return [(one + 1, other - 1) for one, other in pairwise(edges) if other - one > 1]


def _is_apart(view: SheetRows, header: Header, block: tuple[int, int], roster: tuple[int, int]) -> bool:
    """Whether a block is a table of its own: it says the firms' place again, or counts things line by line."""
    heads = [head for head in header.heads if block[0] <= head.key <= block[1]]
    if not heads:
        row = _own_head(view, header, block)
        return row is not None and _counts(view, range(row + 1, view.height + 1), block, roster)[0]
    again = _says_place_again(view, header, heads[0], roster)
    if again is not None and (again or all(_COUNT.search(head.header) for head in heads[1:])):
        return True
    if not _may_count(heads):
        return False
    counts, whole = _counts(view, range(header.rows[-1] + 1, view.height + 1), block, roster)
    return counts and (not whole or _has_own_title(view, header, block))


def _says_place_again(view: SheetRows, header: Header, first: Head, roster: tuple[int, int]) -> bool | None:
    """Whether a block begins with other places than the roster states; None where it begins with none."""
    paths = {one.path for one in first.meanings[:1]} & _PLACES
    own = [head.key for head in header.heads if roster[0] <= head.key <= roster[1] and _states(head, paths)]
    if not own:
        return None
    pairs = (
        (compact(view.text(row, own[0])), compact(view.own_text(row, first.key)))
        for row in range(header.rows[-1] + 1, view.height + 1)
    )
    return any(mine != other for mine, other in pairs if mine not in _MARKS and other not in _MARKS)


def _states(head: Head, paths: set[str | None]) -> bool:
    return any(one.path in paths for one in head.meanings[:1])


def not_read(view: SheetRows, header: Header, columns: tuple[int, int]) -> Issue:
    """The question about a table beside the roster that is more than counts."""
    head = next(head for head in header.heads if columns[0] <= head.key <= columns[1])
    message = f"从“{head.header}”起是旁边的另一张表，不属于这些企业，没有读取"
    fix = "请核对；如果说的是同一行的企业，请删去中间的空列"
    place = address(*head.place)
    return Issue("sheet.beside_not_read", "question", view.grid.name, place, None, head.header, message, fix)


def is_summary(header: Header, columns: tuple[int, int]) -> bool:
    """Whether what stands in these columns counts things, if it has a head at all."""
    heads = [head for head in header.heads if columns[0] <= head.key <= columns[1]]
    return all(_COUNT.search(head.header) for head in heads[1:])


def _may_count(heads: list[Head]) -> bool:
    """Whether the heads are those of a list of counts: what is counted, then numbers of it."""
    fields = {one.path for one in heads[0].meanings[:1] if one.path}
    return len(heads) > 1 and fields <= _COUNTED and all(_COUNT.search(head.header) for head in heads[1:])


def _own_head(view: SheetRows, header: Header, block: tuple[int, int]) -> int | None:
    """The row, below the roster's head, in which a block begins with words side by side."""
    for row in range(header.rows[-1] + 1, view.height + 1):
        cells = [cell for column, cell in view.own(row) if block[0] <= column <= block[1]]
        if len(cells) > 1:
            words = not any(is_datum(cell) for cell in cells) and _COUNT.search(compact(cells[-1].text))
            return row if words else None
    return None


def _has_own_title(view: SheetRows, header: Header, block: tuple[int, int]) -> bool:
    """Whether a title begins right above the block's head, within its columns; a unit, a date, 附件1 are none."""
    row = header.rows[0] - 1
    for column, cell in view.own(row) if row else ():
        text = compact(cell.text)
        within = block[0] <= column and view.reach(row, column) <= block[1]
        plain = labelled(cell.text) or is_attachment(text) or roster_day(text) or is_datum(cell)
        if within and not plain and re.search(r"[\u4e00-\u9fff]{3}", text):
            return True
    return False


def _counts(view: SheetRows, rows: range, block: tuple[int, int], roster: tuple[int, int]) -> tuple[bool, bool]:
    """Whether a block lists different words, each with numbers, from its first row on; whether to the end."""
    words: list[str] = []
    seen = filled = 0
    for row in rows:
        text = compact(view.own_text(row, block[0]))
        if not text and not any(roster[0] <= column <= roster[1] for column in view.row(row).columns):
            continue
        beside = [cell for column, cell in view.own(row) if block[0] < column <= block[1]]
        if beside and (text in _MARKS or not all(map(is_datum, beside))):
            return False, False
        seen += 1
        if text not in _MARKS:
            filled += filled == seen - 1
            words.append(text)
    listed = len(set(words)) == len(words) == filled > 1
    total = any(spellings().furniture["total"].fullmatch(word) for word in words)
    return listed, not (filled < seen and (total or filled * 2 <= seen))
