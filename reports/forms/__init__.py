"""The forms that reports print: sheet names, titles, columns with what they print or count, and when, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from app.domain.vocabulary import SECTIONS
from reports.tables import Column


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet of a form. `when`: what the register must hold for it to be printed, `without`: said where it does not.

    `columns_when`: by title the columns that are printed only so; `words`: further words that the sheet prints.
    """

    title: str
    unit: str
    columns: tuple[Column, ...]
    when: str = ""
    without: str = ""
    columns_when: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@cache
def _forms(name: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def sheets(form: str) -> tuple[str, ...]:
    """The sheets of a form, in order."""
    return tuple(_forms(form))


@cache
def form(name: str, sheet: str) -> Form:
    """A sheet's form."""
    told = _forms(name)[sheet]
    when = {row[0]: str(row[-1]["when"]) for row in told["columns"] if isinstance(row[-1], dict) and "when" in row[-1]}
    return Form(
        told["title"],
        told.get("unit", ""),
        tuple(map(_column, told["columns"])),
        told.get("when", ""),
        told.get("without", ""),
        when,
        told.get("words", {}),
    )


def heading(name: str, sheet: str) -> tuple[str, str, tuple[Column, ...]]:
    """A sheet's title, its unit line and its columns."""
    found = form(name, sheet)
    return found.title, found.unit, found.columns


def _column(row: Sequence[Any]) -> Column:
    """Title and width; then 合 or 量, 中, the field that it prints, and in braces how it is reckoned."""
    words = [one for one in row[2:] if isinstance(one, str)]
    how = next((one.get("how", "") for one in row[2:] if isinstance(one, dict)), "")
    fact = next((one for one in words if "." in one), "")
    summed = "合" in words or "量" in words
    told = Column(row[0], row[1], total=summed, partial="量" in words, fact=fact, how=how, code=_is_code(fact))
    return replace(told, centred="中" in words)


def _is_code(fact: str) -> bool:
    """Codes, numbers of papers and furnaces, and phones."""
    section, _, name = fact.partition(".")
    field = SECTIONS.get(section, {}).get(name)
    return field is not None and (field.type == "code" or name in ("code", "contact_phone"))
