"""One entry of a catalogue file, read key by key; what is missing, misplaced or unknown becomes a fault."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from app.rules.yaml_blocks import Block


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in a catalogue file, and where."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file} 第{self.line}行：{self.reason}"


@dataclass(slots=True)
class Faults:
    """The faults found so far in one file."""

    file: str
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, reason: str) -> None:
        """Note one."""
        self.found.append(Fault(self.file, line, reason))


class Entry:
    """A block being read: each key is taken once; `close` raises a fault for every key left over."""

    def __init__(self, block: Block, faults: Faults, name: str) -> None:
        self.block = block
        self.faults = faults
        self.name = name
        self.taken: set[str] = set()

    def fault(self, key: str, reason: str) -> None:
        """Note a fault at a key's line."""
        self.faults.add(self.block.line_of(key), f"{self.name}：{reason}")

    def take(self, key: str) -> object:
        """The raw value; None where the key is missing or null."""
        self.taken.add(key)
        return self.block.get(key)

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A text; a number is refused, so that a code does not lose its zeros."""
        value = self.take(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None:
            self.fault(key, f"“{key}”应为文字（编号要加引号）")
        elif required:
            self.fault(key, f"缺少“{key}”")
        return None

    def choice(self, key: str, among: Collection[str], *, required: bool = False) -> str | None:
        """One of the words allowed."""
        value = self.text(key, required=required)
        if value is not None and value not in among:
            self.fault(key, f"“{key}”不能是“{value}”，可以是：{'、'.join(among)}")
            return None
        return value

    def day(self, key: str) -> date | None:
        """A day."""
        value = self.take(key)
        if value is None or isinstance(value, date):
            return value
        self.fault(key, f"“{key}”应为日期，例如 2024-02-01")
        return None

    def entry(self, key: str, *, required: bool = False) -> Entry | None:
        """A mapping below this one."""
        value = self.take(key)
        if isinstance(value, Block):
            return Entry(value, self.faults, self.name)
        if value is not None or required:
            self.fault(key, f"“{key}”应为一组“名称: 值”")
        return None

    def among(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        """A list of words, each one of those allowed; empty where missing."""
        found = tuple(str(one) for one in self.listed(key))
        for one in found:
            if one not in allowed:
                self.fault(key, f"“{key}”没有“{one}”，可以是：{'、'.join(allowed)}")
        return tuple(one for one in found if one in allowed)

    def listed(self, key: str) -> list[object]:
        """A list; empty where missing."""
        value = self.take(key)
        if value is None or isinstance(value, list):
            return value or []
        self.fault(key, f"“{key}”应为列表")
        return []

    def close(self) -> None:
        """Nothing may stand in an entry that nobody reads."""
        for key in self.block:
            if key not in self.taken:
                self.fault(key, f"不认识的项“{key}”")
