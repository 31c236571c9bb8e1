"""One cell under one field: what it states, what else it states by the way, and what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.domain.masking import is_masked
from app.domain.vocabulary import Field
from importers.grid import Cell
from importers.values import choices, codes, coordinates, day_cells, names
from importers.values.measures import read_measure
from importers.values.understood import NOTHING, Understood, asked
from importers.values.words import nothing_kind

#: No number, day, mark or code is as long as this; what is may be a whole report pasted into a cell.
_LONGEST = 400
_COORDINATES = {"enterprise.longitude", "enterprise.latitude"}

#: An error pasted as text, or kept as text by a csv: no name is written so.
_ERROR_TEXT = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")


def understand(
    field: Field, cell: Cell, *, unit: str | None = None, year: int | None = None, date1904: bool = False
) -> Understood:
    """Read one cell under one field of the vocabulary.

    `unit`: from the header or a row of units. `year`: the roster's own, for 10月底前. `date1904`: the date system.
    """
    raw = cell.text.strip()
    if cell.struck:
        return asked("cell.struck_out", raw, field.zh) if raw else NOTHING
    if cell.error or _ERROR_TEXT.fullmatch(raw):
        return asked("value.cell_error", raw or cell.error or "", field.zh)
    kind = nothing_kind(raw)
    if kind == "empty":
        return NOTHING
    if kind in {"unknown", "below_detection"}:
        return asked("value.stated_unknown" if kind == "unknown" else "value.below_detection", raw, field.zh)
    if kind == "absent" and field.type in {"text", "code", "date"}:
        return NOTHING
    if len(raw) > _LONGEST and field.type != "text":
        return asked("value.not_understood", raw, field.zh)
    if field.type == "text" and is_masked(raw):
        return asked("value.masked", raw, field.zh)
    if kind == "ditto":
        return asked("value.not_understood", raw, field.zh)
    if field.type == "date":
        return NOTHING if kind == "zero" else day_cells.read_day_cell(field, cell, year=year, date1904=date1904)
    if field.path in _COORDINATES:
        return NOTHING if kind == "zero" else coordinates.read_coordinate(field, cell)
    if field.type in {"decimal", "int"}:
        return read_measure(field, cell, unit)
    if field.type.startswith("enum:"):
        return choices.read_choice(field, cell, year)
    reader = codes.read_phone if field.path == "enterprise.contact_phone" else _READERS[field.type]
    return reader(field, cell)


_READERS: dict[str, Callable[[Field, Cell], Understood]] = {
    "bool": choices.read_yes_no,
    "code": codes.read_code,
    "text": names.read_text,
}
