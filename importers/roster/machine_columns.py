"""What columns about machines mean by the columns beside them: numbered furnaces, days, states, words of no machine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from importers.roster.counts import settle_counts
from importers.roster.header_words import dimensions, header_words
from importers.roster.machine_heads import counted_words
from importers.roster.meanings import Meaning
from importers.roster.reads import Reads, meant, texts_below, unknown
from importers.roster.regions import Line, Region
from importers.roster.spellings import spellings
from importers.values import nothing_kind
from importers.values.text import compact

#: What tells one machine from another; without any of these a table has no machines.
IDENTITY = {
    f"equipment.{name}"
    for name in (
        "name",
        "kind",
        "capacity_t",
        "code",
        "model",
        "quantity",
        "serial_no",
        "power_kw",
        "shell",
        "frequency",
    )
}
#: Words for a day of a firm and of a machine alike: 投产时间.
_SHARED_DAY = {"equipment.commissioned_on", "enterprise.established_on"}
_SIZE = re.compile(r"\d+(\.\d+)?(t|吨|kg|公斤|千克)(/台|/h|/小时)?", re.IGNORECASE)
_SIZES = ("equipment.capacity_t", "equipment.model")


def settle_machines(columns: Sequence[Reads], region: Region) -> list[Reads]:
    """The columns about machines, each with what those beside it decide."""
    found = _sizes_with_units(_sizes_beside_models(columns, region), region)
    found = [_day_of(one, found, region) for one in found]
    found = settle_counts(found, region)
    found = _apart_by_state(found)
    found = _grouped(found)
    found = _machines_only_where_named(found)
    return _remarks(found, region)


def _sizes_beside_models(columns: Sequence[Reads], region: Region) -> list[Reads]:
    """规格 over sizes beside 型号 is the capacity."""

    def sizes(column: Reads) -> bool:
        texts = texts_below(column, region)
        return sum(bool(_SIZE.fullmatch(text)) for text in texts) * 5 > len(texts) * 3

    models = [one for one in columns if one.path == "equipment.model" and one.by == "lexicon" and not _block(one)]
    if len(models) < 2 or any(one.path == "equipment.capacity_t" for one in columns):
        return list(columns)
    keys = [one.key for one in models if sizes(one)]
    return [
        meant(one, replace(one.meaning, path="equipment.capacity_t")) if one.meaning and keys == [one.key] else one
        for one in columns
    ]


def _sizes_with_units(columns: Sequence[Reads], region: Region) -> list[Reads]:
    """单位 right of a size, with nothing but units of sizes below it, is that size's unit."""
    found = list(columns)
    for at, (size, one) in enumerate(pairwise(columns), 1):
        leaf = header_words(one.head.path[-1]).bare if one.head.path else ""
        open_word = one.section is None and one.style == "kept" and leaf in spellings().size_unit
        if size.path not in _SIZES or not open_word or one.explained:
            continue
        texts = texts_below(one, region)
        if texts and all({"mass", "apparent_power"} & dimensions(text) for text in texts):
            found[at] = replace(one, meaning=Meaning("unit"), by="lexicon")
    return found


def _day_of(column: Reads, columns: Sequence[Reads], region: Region) -> Reads:
    """投产时间 is the machine's where rows tell of one machine each; elsewhere the firm's."""
    if column.explained or column.path not in _SHARED_DAY:
        return column
    shared = {one.path: one for one in column.head.meanings}
    if not shared.keys() >= _SHARED_DAY:
        return column
    path = "equipment.commissioned_on" if _of_row(column, columns, region) else "enterprise.established_on"
    return meant(column, replace(shared[path], weak=False))


def _of_row(column: Reads, columns: Sequence[Reads], region: Region) -> bool:
    """Whether the column speaks of the row's own machine: told on a firm's further rows, or right beside its fields."""
    fields = [one for one in columns if one.path in IDENTITY and one.style in ("value", "words") and one is not column]
    if not fields:
        return False
    more = _further(region)
    if more:
        return any(nothing_kind(region.view.own_text(*line.places[column.key])) != "empty"
                   for line in more if column.key in line.places)  # fmt: skip
    at = next(number for number, one in enumerate(columns) if one.key == column.key)
    beside = [columns[number] for number in (at - 1, at + 1) if 0 <= number < len(columns)]
    return any(one.section == "equipment" and _side_by_side(one, column, region) for one in beside)


def _side_by_side(one: Reads, other: Reads, region: Region) -> bool:
    """Whether two columns stand side by side; the labels of a card do so within one row alone."""
    return not region.card or one.head.place[0] == other.head.place[0]


def _further(region: Region) -> list[Line]:
    """The rows that tell more of a firm that a row above names, whether its name is left out there or repeated."""
    found: list[Line] = []
    seen: set[str] = set()
    for line in region.stating:
        place = line.places.get(region.name)
        name = compact(region.view.text(*place)) if place and line.kind == "firm" else ""
        if line.kind == "more" or name in seen:
            found.append(line)
        if name:
            seen.add(name)
    return found


def _apart_by_state(columns: Sequence[Reads]) -> list[Reads]:
    """在用电炉 beside 已拆除电炉, each with machines in words: what one tells is no more of the other's machines."""
    words = [one for one in columns if one.style == "words" and one.says.get("state") and not _block(one)]
    telling = [one for one in columns if one.style == "words" or one.path in ("equipment.name", "equipment.kind")]
    if not words or len(telling) < 2:
        return list(columns)
    apart = {one.key for one in words}
    return [
        meant(one, replace(one.meaning, block=header_words(one.head.path[-1]).named))
        if one.key in apart and one.meaning
        else one
        for one in columns
    ]


def _block(column: Reads) -> str | None:
    return column.meaning.block if column.meaning else None


def _grouped(columns: Sequence[Reads]) -> list[Reads]:
    """Numbered furnaces keep their number; the same heads repeated side by side tell of one machine each."""
    found = _counts_with_fields([replace(one, group=one.meaning.block if one.meaning else None) for one in columns])
    if any(one.group and one.says for one in found):
        found = [_beside_types(one) for one in found]
    plain = [one for one in found if one.section == "equipment" and one.group is None and one.style == "value"]
    words = [(one.path, header_words(one.head.path[-1]).bare) for one in plain if one.head.path]
    again = {word for word in words if words.count(word) > 1 and word[0] in IDENTITY}
    if not again:
        return found
    first, last = _under_one_head(plain, [at for at, word in enumerate(words) if word in again])
    number, seen = 0, set[tuple[str | None, str]]()
    groups: dict[int, str] = {}
    for one, word in zip(plain[first : last + 1], words[first : last + 1], strict=True):
        if word in seen:
            number, seen = number + 1, set()
        seen.add(word)
        groups[one.key] = f"第{number + 1}组"
    return [replace(one, group=groups.get(one.key, one.group)) for one in found]


def _under_one_head(columns: Sequence[Reads], again: Sequence[int]) -> tuple[int, int]:
    """The first and the last of the columns that heads repeat, with what stands under the same group beside them."""

    def beside(at: int, step: int) -> int:
        over = columns[at].head.places[:-1]
        while over and 0 <= at + step < len(columns) and columns[at + step].head.places[:-1] == over:
            at += step
        return at

    return beside(again[0], -1), beside(again[-1], 1)


def _counts_with_fields(columns: list[Reads]) -> list[Reads]:
    """铝壳炉台数 beside 铝壳炉容量: the count and the fields that begin with its words tell of the same machines."""
    found = list(columns)
    for at, one in enumerate(columns):
        if one.style != "count" or one.group or one.meaning is None:
            continue
        words = counted_words(one.head.words[-1])
        fields = [
            number
            for number, other in enumerate(columns)
            if other.section == "equipment" and other.style == "value" and not other.group
            and other.head.path and other.head.words[-1].bare.removeprefix(words) not in ("", other.head.words[-1].bare)
        ]  # fmt: skip
        if fields:
            found[at] = replace(meant(one, replace(one.meaning, style="value")), group=words)
            for number in fields:
                found[number] = replace(found[number], group=words)
    return found


def _beside_types(column: Reads) -> Reads:
    """Beside groups of one type each, a group of furnaces whose type the words leave open is a group all the same."""
    meaning = column.meaning
    over = [words.named for words in column.head.words[:-1] if spellings().furnace_like.fullmatch(words.named)]
    if meaning is None or column.section != "equipment" or column.group or not over:
        return column
    return replace(column, meaning=replace(meaning, says={"name": over[-1]}), group=over[-1])


def _machines_only_where_named(columns: Sequence[Reads]) -> list[Reads]:
    """A table that names no machine has none: its 拆除时间 or 状态 has nothing to stand by."""

    def names_machine(column: Reads) -> bool:
        if column.section != "equipment":
            return False
        if column.path == "equipment.quantity" and not column.says:
            return bool(re.search("炉|窑|设备", column.head.header))
        return column.path in IDENTITY or column.style in ("words", "count")

    if any(names_machine(column) for column in columns):
        return [unknown(one) if _is_main_transformer(one) else one for one in columns]
    return [_of_firm(one) if one.section == "equipment" else one for one in columns]


def _of_firm(column: Reads) -> Reads:
    """In a table without machines 拆除时间 is the day of the firm's furnaces, 变压器容量 of its own transformer."""
    if column.path == "equipment.removed_on" and column.style == "value":
        return meant(column, Meaning("value", "action.taken_on", kind="dismantled"))
    if column.path == "equipment.transformer_kva" and column.meaning:
        return replace(column, meaning=replace(column.meaning, says={"kind": "transformer"}), group="主变")
    return unknown(column)


def _is_main_transformer(column: Reads) -> bool:
    """Whether it speaks of 主变: the firm's own transformer, which is a machine by itself and no furnace's."""
    named = bool(column.head.path) and column.head.words[-1].bare.startswith("主变")
    return named and column.path == "equipment.transformer_kva" and column.by == "lexicon"


def _remarks(columns: Sequence[Reads], region: Region) -> list[Reads]:
    """备注 that says something of its own on a firm's further rows is the machines' remark."""
    if not any(one.section == "equipment" for one in columns):
        return list(columns)

    def of_rows(key: int) -> bool:
        for line in region.stating:
            place = line.places.get(key) if line.kind == "more" else None
            if place and nothing_kind(region.view.own_text(*place)) != "empty":
                return True
        return False

    return [
        meant(one, replace(one.meaning, path="equipment.remark"))
        if one.path == "enterprise.remark" and one.meaning and one.by == "lexicon" and of_rows(one.key)
        else one
        for one in columns
    ]


def numbered_code(group: str) -> bool:
    """Whether a group's own name is a furnace's number: 一号炉, 1#."""
    return bool(re.search(r"[#号]", group) and spellings().numbered.fullmatch(group))
