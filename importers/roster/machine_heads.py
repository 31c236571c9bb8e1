"""What a header's words say of machines: their type, the state they are in, that they are counted or part of a sum."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.domain.statement import Value
from importers.roster.header_words import HeaderWords, dimensions
from importers.roster.spellings import spellings
from importers.values import read_machines

#: Machines that clean, measure or carry: counted for other reasons than what a firm works with.
_BESIDE_WORK = re.compile("除尘|脱硫|脱硝|治理|净化|废气|废水|环保|监控|监测|在线|计量|检测|拟|计划|生产线$")
_OF_WHICH = re.compile(r"^其中[:：、,，]?")
_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>t|吨|kg|公斤|千克)(?:炉|电炉|/台)?")
_SHELLS = {"铝壳", "钢壳"}
#: What tells types of furnaces apart; a header that says none of these names no type.
TYPE = {"shell", "frequency", "kind"}


@dataclass(frozen=True, slots=True)
class Said:
    """`says`: of the machines; `named`: machines are named, not their state alone; `part`: 其中 stands before them."""

    says: Mapping[str, Value]
    named: bool
    part: bool

    @property
    def typed(self) -> bool:
        """Whether the words tell a type of machine."""
        return bool(TYPE & self.says.keys())

    @property
    def state(self) -> bool:
        """Whether the words tell the state of the machines."""
        return "state" in self.says


@dataclass(frozen=True, slots=True)
class Above:
    """What group heads say of the machines under them, their words, and the path without them."""

    says: Mapping[str, Value]
    words: str
    path: tuple[HeaderWords, ...]
    part: bool = False


@lru_cache(maxsize=8192)
def said_of_machines(words: HeaderWords) -> Said | None:
    """What one header says of machines where all of its words do: 铝壳炉数量, 在用电炉, 闲置, 其中：铝壳炉."""
    part = bool(_OF_WHICH.match(words.named))
    text = _OF_WHICH.sub("", counted_words(words))
    state, rest, behind = _state_in(text)
    says: dict[str, Value] = {"state": state} if state else {}
    if not rest:
        return Said(says, named=False, part=part) if says and not words.named.endswith("情况") else None
    typed = machine_of(f"{rest}炉" if rest in _SHELLS else rest)
    if typed:
        doubtful = typed.get("state") == "removed" or (state and "state" in typed)
        return None if doubtful else Said({**says, **typed}, named=True, part=part)
    if behind or not spellings().machine_nouns.fullmatch(rest):
        return None
    return Said(says, named=True, part=part)


def said_of_size(words: HeaderWords) -> Said | None:
    """The size that a header under a type of furnaces is: 0.5吨, 500公斤, 1t炉."""
    found = _SIZE.fullmatch(counted_words(words).casefold())
    if found is None:
        return None
    size = float(found["number"]) / (1 if found["unit"] in ("t", "吨") else 1000)
    return Said({"capacity_t": size}, named=True, part=False)


def said_above(path: tuple[HeaderWords, ...]) -> Above:
    """What the heads over a column say of machines: 铝壳炉, 在用设备; 其中 makes them part of a sum."""
    kept: list[HeaderWords] = []
    says: dict[str, Value] = {}
    over: list[str] = []
    part = False
    for words in path[:-1]:
        said = said_of_machines(words)
        if words.bare in ("其中", "其中:"):
            part = True
        elif said and (said.typed or (said.state and (said.named or _speaks_of_machines(path[-1])))):
            says |= said.says
            over.append(words.named)
            part = part or said.part
        else:
            kept.append(words)
    return Above(says, "".join(over), (*kept, path[-1]), part)


def _speaks_of_machines(leaf: HeaderWords) -> bool:
    """Whether the words under a bare state are of machines by themselves: 在用 over 铝壳炉, 炉型, 台数."""
    said = said_of_machines(leaf)
    if said and (said.typed or said.state):
        return True
    lexicon = spellings()
    fields = ("kind", "name", "model", "capacity_t", "quantity")
    return any(leaf.bare in lexicon.fields[f"equipment.{name}"].words for name in fields)


def counted_words(leaf: HeaderWords) -> str:
    """A header without the words that say that it counts: 铝壳炉数量 → 铝壳炉."""
    tail = re.search(f"(?P<tail>{spellings().count_tail.pattern})$", leaf.named)
    return leaf.named[: tail.start()] if tail else leaf.named


def may_count(unit: str | None) -> bool:
    """Whether a column of this unit can hold numbers of machines."""
    return unit is None or "count" in dimensions(unit)


def joined(above: Mapping[str, Value], own: Mapping[str, Value]) -> Mapping[str, Value]:
    """What a group and the header under it say together; a header of another kind says its own, and two states none."""
    if above.get("state", own.get("state")) != own.get("state", above.get("state")):
        return {}
    if above.get("kind", own.get("kind")) != own.get("kind", above.get("kind")):
        return {**{name: value for name, value in above.items() if name == "state"}, **own}
    return {**above, **own}


def _state_in(text: str) -> tuple[str | None, str, bool]:
    """The state that stands by the machine's name, the text without it, and whether it stood behind the name."""
    for state, words in spellings().head_states.items():
        found = words.fullmatch(text)
        if found:
            return state, found["behind"] or found["before"] or "", bool(found["before"])
    return None, text, False


def other_machine(path: tuple[HeaderWords, ...]) -> Mapping[str, Value]:
    """What 抛丸机（台）, or 台数 under 抛丸机, counts: no furnace, and none that cleans or measures."""
    leaf, words = path[-1], counted_words(path[-1])
    unit = next((one.unit for one in reversed(path) if one.unit), None)
    counts = "count" in dimensions(unit) if unit else words != leaf.named
    words = words or (path[-2].named if len(path) > 1 else "")
    if not counts or _BESIDE_WORK.search(words) or re.search(r"\d|[/、和及或]", words):
        return {}
    machines, residue = read_machines(words)
    known = len(machines) == 1 and not residue and machines[0].keys() <= {"kind", "name"}
    return {"kind": machines[0]["kind"], "name": words} if known and "kind" in machines[0] else {}


@lru_cache(maxsize=4096)
def machine_of(words: str) -> Mapping[str, Value]:
    """What a header's words say where all of them are one machine's: 铝壳炉, 无芯工频感应电炉; else nothing."""
    if len(words) < 3 or re.search(r"\d+台|[/、和及或]", words):
        return {}
    machines, residue = read_machines(words)
    if len(machines) != 1 or residue or not TYPE & machines[0].keys():
        return {}
    said = {name: value for name, value in machines[0].items() if name not in {"name", "quantity"}}
    return {} if said.get("kind") in {None, "other", "transformer", "motor", "pump", "fan"} else said
