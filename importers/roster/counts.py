"""Columns that count machines beside each other: a sum and what it is of, so that no body is counted twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.statement import Value
from importers.roster.meanings import ASIDE
from importers.roster.reads import Reads, meant, unknown
from importers.roster.regions import Region
from importers.values import nothing_kind
from importers.values.text import compact

_WHOLE = re.compile(r"(\d{1,5})(?:\.0)?(?:台|座|个|套|台套)?")
_SUMS = {"小计", "合计", "总计", "共计", "计"}
#: What a row's own machine is known by where columns of counts stand beside it.
_ROW_S_OWN = {f"equipment.{name}" for name in ("name", "kind", "model", "code", "serial_no")}


def settle_counts(columns: Sequence[Reads], region: Region) -> list[Reads]:
    """Each body counted once: by its type and state where these add up to the sum, else by the sum."""
    found = {one.key: one for one in _shells(columns, region)}
    for one in list(found.values()):
        if one.style == "count" and one.meaning and one.meaning.part:
            found[one.key] = _part(one, list(found.values()))
    for total in list(found.values()):
        for key, said in _settled(total, list(found.values()), region).items():
            found[key] = said
    return [_sum(one, list(found.values()), region) for one in found.values()]


def _sum(column: Reads, columns: Sequence[Reads], region: Region) -> Reads:
    """小计 beside the counts under one head says nothing more where they add up to it; elsewhere it is asked about."""
    path = column.head.path
    if column.meaning or column.by == "told" or len(path) < 2 or compact(path[-1]) not in _SUMS:
        return column
    over = column.head.places[:-1]
    parts = [one for one in columns if one.style == "count" and one.head.places[:-1] == over]
    return replace(column, meaning=ASIDE, by="lexicon") if parts and _adds_up(column, parts, region) else column


def _shells(columns: Sequence[Reads], region: Region) -> list[Reads]:
    """铝壳 and 钢壳 side by side over numbers count furnaces, if one of them does or no machine else is named."""

    def count(column: Reads) -> Reads | None:
        said = next((one for one in column.head.meanings if one.style == "count" and one.says.get("shell")), None)
        return meant(column, said) if said and column.by == "lexicon" else None

    marks = [one for one in columns if one.path == "equipment.shell" and one.style == "mark" and count(one)]
    counted = any(one.style == "count" and count(one) for one in columns)
    alone = not any(one.path in _ROW_S_OWN or one.path == "equipment.capacity_t" for one in columns)
    if not marks or not (counted or (len(marks) > 1 and alone)) or any(_numbers(one, region) is None for one in marks):
        return list(columns)
    keys = {one.key for one in marks}
    return [count(one) or one if one.key in keys else one for one in columns]


def _part(column: Reads, columns: Sequence[Reads]) -> Reads:
    """其中：闲置 takes its type from the sum to its left; without a sum that fits, the state alone says too little."""
    before = [
        one for one in columns if one.key < column.key and _counts(one) and not (one.meaning and one.meaning.part)
    ]
    total = before[-1] if before else None
    meaning = column.meaning
    if meaning is None or meaning.by_type or total is None or not total.says:
        typed = meaning is not None and meaning.by_type
        row_s_own = total is not None and not total.says and any(one.path in _ROW_S_OWN for one in columns)
        return column if typed and not row_s_own else unknown(column)
    if _differ(total.says, meaning.says):
        return unknown(column)
    return meant(column, replace(meaning, says={**total.says, **meaning.says}))


def _settled(total: Reads, columns: Sequence[Reads], region: Region) -> dict[int, Reads]:
    """What a count and those that tell its machines apart mean: where they add up the sum states nothing more."""
    if not _counts(total) or not total.says or total.meaning is None or total.meaning.part:
        return {}
    parts = [one for one in columns if one is not total and one.style == "count" and _within(one.says, total.says)]
    stated = [one for one in parts if one.meaning and one.meaning.part]
    if not parts:
        return {}
    beside = [one for one in columns if one is not total and total.meaning.block and _block(one) == total.meaning.block]
    for some in (parts, stated):
        if (stated if some is stated else len(some) > 1) and _adds_up(total, some, region) and not beside:
            left = {one.key: unknown(one) for one in parts if one not in some}
            return {total.key: replace(total, meaning=ASIDE, by="lexicon"), **left}
    doubtful = [one for one in parts if one in stated or "state" in one.says.keys() - total.says.keys()]
    return {one.key: unknown(one) for one in doubtful}


def _counts(column: Reads) -> bool:
    return column.path == "equipment.quantity" and column.style in ("count", "value")


def _block(column: Reads) -> str | None:
    return column.meaning.block if column.meaning else None


def _differ(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    return any(one[name] != other[name] for name in one.keys() & other.keys())


def _within(part: Mapping[str, Value], total: Mapping[str, Value]) -> bool:
    """Whether the part's words say all that the sum's say, and more."""
    return len(part) > len(total) and all(part.get(name) == value for name, value in total.items())


def _numbers(column: Reads, region: Region) -> list[int] | None:
    """The numbers of a column, line by line, nothings as 0; None where something else stands there."""
    found = []
    for line in region.stating:
        place = line.places.get(column.key)
        text = compact(region.view.text(*place)) if place else ""
        number = _WHOLE.fullmatch(text)
        if not number and nothing_kind(text) not in ("empty", "zero"):
            return None
        found.append(int(number[1]) if number else 0)
    return found


def _adds_up(total: Reads, parts: Sequence[Reads], region: Region) -> bool:
    """Whether the parts make up the sum on every line, and not by having nothing to add."""
    whole, shares = _numbers(total, region), [_numbers(one, region) for one in parts]
    if whole is None or not any(whole):
        return False
    read = [one for one in shares if one is not None]
    return len(read) == len(shares) and all(sum(each) == due for due, *each in zip(whole, *read, strict=True))
