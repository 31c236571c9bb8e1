"""Which row of a ledger that comes back is which row that was printed: sorted, cut and altered rows are known again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from importers.own_ledger.printed import PrintedRow
from importers.values.text import compact


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row as it came: its sheet row, the place that it bears (序号), and what stands in each column."""

    row: int
    place: int | None
    texts: Mapping[str, str]


def same_text(written: str, printed: str) -> bool:
    """Whether a cell stands as it was printed; numbers as numbers, since each program writes them its own way."""
    one, other = compact(written), compact(printed)
    if one == other:
        return True
    if not (_plain_number(one) and _plain_number(other)):
        return False
    return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(other)))


def _plain_number(text: str) -> bool:
    """Whether a text is a number as programs write one: 007 is a code."""
    whole = text.lstrip("-").partition(".")[0].partition("e")[0].partition("E")[0]
    if not whole.isascii() or not whole.isdigit() or (len(whole) > 1 and whole[0] == "0"):
        return False
    try:
        return abs(float(text)) < 1e15
    except ValueError:
        return False


def paired(written: Sequence[WrittenRow], printed: Sequence[PrintedRow]) -> list[tuple[WrittenRow, PrintedRow]]:
    """Each row with the printed row that it is; rows that were printed nowhere are left out.

    Rows that stand as they were printed come first, by their place where several are alike: those are the same
    whichever is taken for which. Then the altered ones, the likest first, and none where two are as likely.
    """
    pairs: list[tuple[WrittenRow, PrintedRow]] = []
    left, free = list(written), list(printed)
    for placed in (True, False):
        by_texts: dict[tuple[object, ...], list[PrintedRow]] = {}
        for one in free:
            by_texts.setdefault(_key(one.texts, one.place if placed else None), []).append(one)
        rest = []
        for row in left:
            heads = {head: row.texts.get(head, "") for head in (printed[0].texts if printed else ())}
            alike = by_texts.get(_key(heads, row.place if placed else None))
            if alike:
                pairs.append((row, alike.pop(0)))
            else:
                rest.append(row)
        taken = {id(one) for _, one in pairs}
        left, free = rest, [one for one in free if id(one) not in taken]
    return pairs + _likest(left, free)


def _key(texts: Mapping[str, str], place: int | None) -> tuple[object, ...]:
    return (place, *(_number_or_text(texts[head]) for head in sorted(texts)))


def _number_or_text(text: str) -> str:
    plain = compact(text)
    return f"{float(plain):.12g}" if _plain_number(plain) else plain


def _likest(left: Sequence[WrittenRow], free: Sequence[PrintedRow]) -> list[tuple[WrittenRow, PrintedRow]]:
    """Altered rows: of the same firm, or in the same place with half of it unaltered."""
    by_firm: dict[str, list[PrintedRow]] = {}
    by_place = {one.place: one for one in free}
    for one in free:
        by_firm.setdefault(_firm(one.texts), []).append(one)
    ranks: list[tuple[tuple[int, int], int, int]] = []
    numbers = {id(one): number for number, one in enumerate(free)}
    for at, row in enumerate(left):
        near = list(by_firm.get(_firm(row.texts), ()))
        stands = by_place.get(row.place) if row.place else None
        if stands is not None and stands not in near:
            near.append(stands)
        for one in near:
            if (rank := _likeness(row, one)) is not None:
                ranks.append((rank, at, numbers[id(one)]))
    return [(left[at], free[number]) for at, number in _one_to_one(ranks)]


def _one_to_one(ranks: Sequence[tuple[tuple[int, int], int, int]]) -> list[tuple[int, int]]:
    """The likest first; where two are as like to one, neither is taken."""
    found: list[tuple[int, int]] = []
    rows: set[int] = set()
    numbers: set[int] = set()
    for rank in sorted({one[0] for one in ranks}, reverse=True):
        here = [(at, number) for one, at, number in ranks if one == rank and at not in rows and number not in numbers]
        for at, number in here:
            if sum(one == at for one, _ in here) == 1 and sum(other == number for _, other in here) == 1:
                found.append((at, number))
        rows |= {at for at, _ in here}
        numbers |= {number for _, number in here}
    return found


def _firm(texts: Mapping[str, str]) -> str:
    return compact(texts.get("企业名称", texts.get("企业名称或原文表述", "")))


def _likeness(row: WrittenRow, one: PrintedRow) -> tuple[int, int] | None:
    """How many cells stand as printed, then whether the place does; None of rows that have too little in common."""
    same = [head for head, text in one.texts.items() if same_text(row.texts.get(head, ""), text)]
    placed = row.place == one.place and row.place is not None
    written = {head for head, text in one.texts.items() if text.strip()}
    if not placed and _firm(row.texts) != _firm(one.texts):
        return None
    if _firm(row.texts) != _firm(one.texts) and 2 * len(written & set(same)) < len(written):
        return None
    return len(same), int(placed)
