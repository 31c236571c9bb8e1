"""A list of the register as a workbook: the same rows and filters as the list on screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.register.lists import columns
from reports.tables import Column, Imprint, Printed, Table
from reports.workbook import workbook

_TITLES = {
    "enterprises": "企业清单",
    "equipment": "设备清单",
    "permits": "手续清单",
    "plans": "一企一策清单",
    "actions": "处置清单",
    "figures": "陈述数字清单",
}


def list_workbook(noun: str, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A sheet with the list's columns and a row for each of `rows` (as `register.lists.listing` gives them)."""
    shown = columns(noun)
    told = [tuple(_printed(row, name) for name in shown) for row in rows]
    widths = [_width([heading, *(row[place] for row in told)]) for place, heading in enumerate(shown.values())]
    wide = tuple(Column(heading, width) for heading, width in zip(shown.values(), widths, strict=True))
    table = Table(_TITLES[noun], _TITLES[noun], wide, tuple(told))
    return workbook([table], Imprint("炉账", f"共{len(told)}条"))


def _printed(row: Mapping[str, Any], name: str) -> Printed:
    """A value's Chinese word where it has one, a number as a number, else its text."""
    if name in row["labels"]:
        word: str = row["labels"][name]
        return word
    value = row.get(name)
    return value if value is None or isinstance(value, (int, float)) else str(value)


def _width(cells: Iterable[Printed]) -> float:
    """Wide enough for what stands in the column, within reason."""
    return min(40.0, max(8.0, max(len(str(cell or "")) for cell in cells) * 2.0))
