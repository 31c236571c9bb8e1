"""Roles: what each may do, at which level; read from roles.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.errors import BadInput

_FILE = Path(__file__).with_name("roles.yaml")

#: The level of a division, by the length of its code; `all` is every county.
LEVELS = {9: "township", 6: "county", 4: "city"}

#: The division of whoever is limited to none.
ALL = "all"


@dataclass(frozen=True, slots=True)
class Role:
    """A role: `levels` at which it is given, patterns of the functions that it allows, whether it may ask for
    personal data. `at`: by level the functions of a role that is less there: it then writes nothing but what is the
    division's own (a city's ledgers, not its counties')."""

    name: str
    zh: str
    says: str
    levels: tuple[str, ...]
    functions: tuple[str, ...]
    personal: bool
    at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def functions_at(self, level: str | None) -> tuple[str, ...]:
        """What it may where it is given at that level."""
        return self.at.get(level or "", self.functions)

    def as_dict(self) -> dict[str, Any]:
        """For whoever chooses one."""
        return {
            "role": self.name,
            "zh": self.zh,
            "says": self.says,
            "levels": list(self.levels),
            "personal": self.personal,
            "functions": list(self.functions),
            "at": {level: list(ways) for level, ways in self.at.items()},
        }


@cache
def roles() -> dict[str, Role]:
    """Every role, by name, in the order of the file."""
    told = _told()
    return {
        name: Role(
            name,
            one["zh"],
            one["says"],
            tuple(one["levels"]),
            _ways(told, one),
            one["personal"],
            {level: _ways(told, less) for level, less in one.get("at", {}).items()},
        )
        for name, one in told["roles"].items()
    }


def role(name: str) -> Role:
    """The role of that name, in English or Chinese.

    Raises:
        BadInput: when there is none.
    """
    found = roles().get(name) or next((one for one in roles().values() if one.zh == name), None)
    if found is None:
        known = "、".join(f"{one.name}（{one.zh}）" for one in roles().values())
        raise BadInput(f"没有角色“{name}”", fix=f"请写其中一个：{known}", code="role.unknown")
    return found


def allows(name: str, function: str, division: str | None = None) -> bool:
    """Whether a role may do this in a division; without one, in any at which it is whole."""
    found = roles().get(name)
    if found is None:
        return False
    return covered(function, found.functions if division is None else found.functions_at(level_of(division)))


def is_own_alone(name: str, division: str) -> bool:
    """Whether a role, given in this division, writes nothing but what is the division's own."""
    found = roles().get(name)
    return found is not None and level_of(division) in found.at


def is_open(function: str) -> bool:
    """Whether it is asked without signing in."""
    return covered(function, _told()["open"])


def is_everyones(function: str) -> bool:
    """Whether everybody who has signed in may do it."""
    return covered(function, _told()["everyone"])


def everyones() -> tuple[str, ...]:
    """Patterns of what everybody who has signed in may do."""
    return tuple(_told()["everyone"])


def allowing(held: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Patterns of all that these roles allow, each in its division."""
    return frozenset(
        way for name, place in held if name in roles() for way in roles()[name].functions_at(level_of(place))
    )


def is_nobodys(function: str) -> bool:
    """Whether it is named as what no role may do."""
    return covered(function, _told()["nobody"])


def beside() -> frozenset[str]:
    """Functions that are asked beside a route's own."""
    return frozenset(_told()["beside"])


def covered(function: str, patterns: Sequence[str]) -> bool:
    """Whether a pattern stands for the function: the whole of it, or its first word and `.*`."""
    return any(function == way or (way.endswith(".*") and function.startswith(way[:-1])) for way in patterns)


def patterns() -> frozenset[str]:
    """Every pattern that the file writes."""
    told = _told()
    named = {*told["open"], *told["everyone"], *told["nobody"]}
    held = (ways for one in roles().values() for ways in (one.functions, *one.at.values()))
    return frozenset(named | {way for ways in held for way in ways})


def level_of(division: str) -> str | None:
    """The level of a division's code; None for what is no code."""
    if division == ALL:
        return ALL
    return LEVELS.get(len(division)) if division.isascii() and division.isdigit() else None


def _ways(told: Any, one: Any) -> tuple[str, ...]:
    """The functions that a role names, those of its groups among them."""
    return tuple(sorted({*one["functions"], *(way for group in one["groups"] for way in told["groups"][group])}))


@cache
def _told() -> Any:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))
