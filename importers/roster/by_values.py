"""What a column holds by its values where its head alone does not tell: machines in words under a head for machines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from importers.grid import Cell
from importers.roster.header_words import header_words
from importers.roster.heads import Head
from importers.roster.meanings import Meaning, meanings
from importers.roster.reads import Reads, texts_below
from importers.roster.regions import Region
from importers.roster.spellings import spellings
from importers.values import nothing_kind, read_machines

_MACHINES = re.compile("设备|装备|炉|窑")
#: Machines that are not there, not yet there, or not the firm's.
_OTHERS = re.compile("原|曾|拟|计划|规划|预计|新[建上增购置]|替[换代]|置换|升级|改造|后|目标|承诺|检测|厂家|是否|有无")
_ENOUGH = 0.8
_WORDS = Meaning("words", "equipment.name", weak=True)


def by_values(
    head: Head, cells: Sequence[tuple[str, Cell]], known: Sequence[Meaning], heads: Iterable[Head]
) -> list[Meaning]:
    """The meanings that the lexicon knows of a head, with what the values under it add. `heads`: all of the table."""
    if [one.path for one in known] == ["equipment.transformer_kva"] and head.unit is None:
        return [*known, _WORDS]
    if known or head.meanings or not _over_machines(head) or any(map(_names_machines, heads)):
        return list(known)
    return [_WORDS] if _tell_machines([cell for _, cell in cells]) else []


def by_machines_named(columns: Sequence[Reads], region: Region) -> list[Reads]:
    """变压器型号 in a table whose machines all are called 变压器 is their 型号."""
    named = next((one for one in columns if one.path == "equipment.name"), None)
    names = set(texts_below(named, region)) if named else set()
    if len(names) != 1:
        return list(columns)
    name = names.pop()
    return [_of_named(one, name) if one.meaning is None and one.by != "told" else one for one in columns]


def _of_named(column: Reads, name: str) -> Reads:
    words = column.head.words[-1].bare if len(column.head.path) == 1 else ""
    rest = words.removeprefix(name)
    said = meanings((header_words(rest),), column.head.unit) if rest and rest != words else ()
    own = next((one for one in said if one.section == "equipment" and one.style == "value" and not one.weak), None)
    return replace(column, meaning=own, by="lexicon") if own else column


def _names_machines(head: Head) -> bool:
    """Whether the lexicon knows that a head tells which machines there are: then another may tell of former ones."""
    first = head.meanings[:1]
    return any(one.style in ("words", "count") or one.path in ("equipment.name", "equipment.kind") for one in first)


def _over_machines(head: Head) -> bool:
    """Whether the head speaks of machines in words of its own: 家当（炉子）, 拆除设备."""
    over = "".join(head.path)
    groups = spellings().groups
    others = _OTHERS.search(over) or groups["planned"].search(over) or groups["auxiliary"].search(over)
    return bool(head.path) and bool(_MACHINES.search(head.path[-1])) and not others


def _tell_machines(cells: Sequence[Cell]) -> bool:
    """Whether what stands there is machines in words, from the first word to the last."""
    told = [cell.text for cell in cells if nothing_kind(cell.text) is None]
    return bool(told) and sum(map(_is_machine, told)) >= _ENOUGH * len(told)


def _is_machine(text: str) -> bool:
    machines, residue = read_machines(text)
    return bool(machines) and not residue and all("kind" in one or "capacity_t" in one for one in machines)
