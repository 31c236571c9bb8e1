"""The sheets of a quarterly ledger as the lexicon lists them: those reckoned by the register, those of facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from importers.lexicon import load
from importers.values.text import compact

NUMBER = "row.number"


def told(part: str) -> Any:
    """A part of the lexicon of the ledger."""
    return load("ledger")[part]


@cache
def titles() -> Mapping[str, str]:
    """Every sheet that states or reckons by what stands in its title after county and quarter."""
    facts = {compact(str(sheet["title"])): name for name, sheet in told("facts").items()}
    return facts | {compact(str(title)): name for name, title in told("reckoned").items()}


@cache
def columns(sheet: str) -> Mapping[str, str | None]:
    """The columns of a sheet of facts by their heads: the field that each prints, None of one that is reckoned."""
    return {compact(head): path for head, path in told("facts")[sheet]["columns"].items()}


def is_of_facts(sheet: str) -> bool:
    """Whether a sheet of the ledger prints facts as they are registered."""
    return sheet in told("facts")


def word(name: str) -> str:
    """A word that a ledger prints where it states nothing."""
    return str(told("words")[name])
