"""A list's columns and the cells of its rows, as sheets and delimited files print them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.vocabulary import SECTIONS, Field
from app.register.lists import columns
from app.register.lists.columns import SECTION
from app.register.lists.export import Export
from app.register.lists.over_counties import FoundOver
from reports.tables import Printed
from reports.template.units import unit_to_add

_FITS = "是否符合"
_ANSWERS = {True: "不能确定", False: "符合"}


def headings(export: Export) -> dict[str, str]:
    """The columns by name, with their Chinese headings; `maybe` where rows may be listed that cannot be told."""
    county = {"county": "县（市、区）"} if isinstance(export.head, FoundOver) else {}
    fits = {"maybe": _FITS} if export.asked.maybe != "exclude" else {}
    own = SECTIONS.get(SECTION.get(export.asked.noun, ""), {})
    named = {name: _with_unit(own.get(name), zh) for name, zh in columns(export.asked.noun).items()}
    return county | named | fits


def _with_unit(field: Field | None, heading: str) -> str:
    """A number without its unit states nothing to whoever reads the file, our importer among them."""
    unit = unit_to_add(field, heading, None) if field is not None else None
    return f"{heading}（{unit}）" if unit else heading


def printed_rows(export: Export) -> Iterator[tuple[Printed, ...]]:
    """The rows, cell by cell."""
    names = tuple(headings(export))
    return (printed(line.row, names) for line in export.lines())


def printed(row: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Printed, ...]:
    """A row of a list as printed: a value's Chinese word where it has one, a number as a number, else its text."""
    labels: Mapping[str, str] = row["labels"]
    cells: list[Printed] = []
    for name in names:
        if name in labels:
            cells.append(labels[name])
        elif name == "maybe":
            cells.append(_ANSWERS["maybe" in row])
        else:
            value = row.get(name)
            cells.append(value if value is None or isinstance(value, (str, int, float)) else str(value))
    return tuple(cells)
