"""What a source said of something: the field, the value, the day it speaks of, and the cell it stands in."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from app.domain.dates import DateInterval

#: A fact's value: text, number, yes/no, or days.
Value = str | int | float | bool | DateInterval


#: Fields that are a source's own words for a thing: another source's other words contradict nothing, so the first
#: recorded of a day stands. (铝壳炉 and 铝壳中频感应炉 may well be one furnace.)
WORDING = frozenset({("equipment", "name"), ("equipment", "remark"), ("enterprise", "remark")})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where it is written: file, sheet, cell (Sheet1!D6 when shown) and the text as written."""

    file: str
    sheet: str
    cell: str | None
    raw: str

    @property
    def place(self) -> str:
        """Sheet and cell as workbooks write it."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


@dataclass(frozen=True, slots=True)
class Statement:
    """One source's word on one field of one subject, for a day on which it was true.

    `source` is the reporting unit (填报单位), else the township, else the file. `change` is the county's change
    number that recorded it. `decided`: the change in which a person decided that it is the value of that day, against
    what others had said by then (0: nobody did). `there`: that decision is on whether a machine was there.
    """

    subject: str
    section: str
    field: str
    value: Value
    day: date
    source: str
    evidence: Evidence
    change: int = 0
    id: str = ""
    decided: int = 0
    there: bool = False


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def same_value(one: Value | None, other: Value | None) -> bool:
    """Whether two values say the same: numbers within rounding, dates by their days, text without blanks or widths."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, DateInterval) and isinstance(other, DateInterval):
        return one.same_days(other)
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _bare(one) == _bare(other)
    return one is None and other is None
