"""A number of a machine whose cell says more of it: `1吨2台`, `0.5吨铝壳炉`, `0.5T/250kW`."""

from __future__ import annotations

import re

from app.domain.statement import Value
from app.domain.vocabulary import Field
from importers.grid import Cell
from importers.values.machine_group import bodies, read_group
from importers.values.numbers import read_number
from importers.values.text import compact, set_apart
from importers.values.understood import Understood

#: Doubts behind which a machine's words may stand.
_OPEN = {"value.not_understood", "value.unit_mismatch"}
#: `2台1吨` counts furnaces; `2×1000kVA` counts transformers.
_OF_ONE = {"capacity_t", "melt_rate_t_per_h", "quantity"}
#: `1吨/2台` may be one ton each, or for both.
_SHARED = re.compile(r"/\s*(?:[2-9]|[两二三四五六七八九])(?:台|套|座|炉)")


def read_measure(field: Field, cell: Cell, unit: str | None) -> Understood:
    """Read one number under its field; one machine told in words states it with whatever else the words say."""
    said = read_number(field, cell, unit)
    if field.section != "equipment" or said.value is not None or not said.issue or said.issue[0] not in _OPEN:
        return said
    facts = {} if _SHARED.search(cell.text) or set_apart(cell.text) else _one_machine(cell.text)
    several = field.name not in _OF_ONE and "equipment.quantity" in facts and "一拖" not in cell.text
    return Understood(facts.pop(field.path), None, facts) if field.path in facts and not several else said


def _one_machine(text: str) -> dict[str, Value]:
    """What the words state where they speak of one machine group and all of them are understood."""
    group = read_group(re.sub("[,、;]", "/", compact(text)))
    residue: list[str] = []
    told = bodies(group, residue) if group and not group.split else []
    if len(told) != 1 or residue:
        return {}
    return {f"equipment.{name}": value for name, value in told[0].items() if name != "name"}
