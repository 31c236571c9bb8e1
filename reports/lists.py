"""A list of the register as a workbook: the same ask and the same rows as the list on screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.register.lists import NOUNS, columns
from app.register.lists.found import Found
from app.register.lists.over_counties import FoundOver
from reports.tables import Column, Imprint, Printed, Table
from reports.workbook import workbook

_TITLES = {noun: f"{zh}清单" for noun, zh in NOUNS.items()} | {"actions": "处置清单"}
_FITS = "是否符合"


def list_workbook(found: Found | FoundOver) -> bytes:
    """A sheet with the list's columns, a row for each row found, what was asked, and how many cannot be told."""
    noun, rows = found.asked.noun, found.rows
    shown = ({"county": "县（市、区）"} if isinstance(found, FoundOver) else {}) | columns(noun)
    told = [tuple(_printed(row, name) for name in shown) for row in rows]
    headings = list(shown.values())
    if found.asked.maybe != "exclude":
        headings.append(_FITS)
        told = [(*cells, "不能确定" if row.get("maybe") else "符合") for cells, row in zip(told, rows, strict=True)]
    widths = [_width([heading, *(row[place] for row in told)]) for place, heading in enumerate(headings)]
    wide = tuple(Column(heading, width) for heading, width in zip(headings, widths, strict=True))
    table = Table(_TITLES[noun], _TITLES[noun], wide, tuple(told), notes=_notes(found))
    return workbook([table], Imprint("炉账", f"共{len(told)}条"))


def _notes(found: Found | FoundOver) -> tuple[str, ...]:
    """What was asked, so that it can be asked again, and what is not in the list."""
    moment, maybe = found.asked.moment, found.counts["maybe"].rows
    notes = [f"截至 {moment.day.isoformat()}，按{found.known_words}所知；查询地址 {found.pinned}"]
    if maybe and found.asked.maybe == "exclude":
        notes.append(f"另有 {maybe} 条缺少资料或有争议，不能确定是否符合，没有列入")
    if unknown := found.counts.get("owner_unknown"):
        notes.append(f"其中 {unknown.furnaces} 台归属不明，每家可能的企业下各列一行")
    return tuple(notes)


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
