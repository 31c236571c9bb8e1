"""How these tests put a cell before a field."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.statement import Value
from app.domain.vocabulary import field
from importers.grid import Cell
from importers.values import Understood, understand


def read(path: str, written: object, unit: str | None = None, *, year: int | None = None) -> Understood:
    """What a cell with that stored value says under that field."""
    text = str(written)
    stored = written if isinstance(written, (int, float, bool)) else text
    return understand(field(path), Cell(stored, text), unit=unit, year=year)


def value(path: str, written: object, unit: str | None = None) -> Value | None:
    """The value alone."""
    return read(path, written, unit).value


def asked(path: str, written: object, unit: str | None = None) -> str | None:
    """The code of what is asked, where nothing is stated."""
    said = read(path, written, unit)
    return said.issue[0] if said.issue and said.value is None else None


def also(path: str, written: object) -> Mapping[str, Value]:
    """What the cell states of other fields."""
    return read(path, written).also
