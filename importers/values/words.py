"""The lexicon of values, turned once into look-up tables: a word in its compared form to what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from importers.lexicon import load
from importers.values.text import word


def table(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """{meaning: [word, …]} turned round: {word: meaning}.

    Raises:
        ValueError: when one word points two ways.
    """
    found: dict[str, str] = {}
    for meaning, spellings in groups.items():
        for spelling in spellings:
            if found.setdefault(word(spelling), meaning) != meaning:
                raise ValueError(f"{spelling} means both {found[word(spelling)]} and {meaning}")
    return found


def section(name: str) -> Any:
    """One section of the lexicon of values."""
    return load("values")[name]


@cache
def nothings() -> dict[str, str]:
    """Words that state nothing, or that nobody knows: to empty, zero, unknown, below_detection, ditto."""
    return table(section("nothings"))


@cache
def marks() -> dict[str, str]:
    """Yes and no marks: to yes, no, unclear."""
    return table(section("marks"))


@cache
def enum(name: str) -> dict[str, str]:
    """The words of an enumeration, with those that count only when they stand alone in the cell."""
    groups: dict[str, list[str]] = {
        value: list(spellings) for value, spellings in section("enums").get(name, {}).items()
    }
    for value, spellings in section("alone").get(name, {}).items():
        groups.setdefault(value, []).extend(spellings)
    return table(groups)


@cache
def elsewhere(name: str) -> dict[str, tuple[str, str]]:
    """Words under one enumeration that state another field: word to (path, value)."""
    return {
        spelling: (path, value)
        for path, groups in section("elsewhere").get(name, {}).items()
        for spelling, value in table(groups).items()
    }


def nothing_kind(text: str) -> str | None:
    """empty, zero, unknown, below_detection or ditto, where the text is one of these and nothing else."""
    plain = word(text)
    return "empty" if not plain else nothings().get(plain)
