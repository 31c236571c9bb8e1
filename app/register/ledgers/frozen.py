"""A ledger's tables as they are kept with its issue: values, where each row comes from, what each column prints. Pure.

The form is canonical JSON; records are named once and rows point at them. What an issued cell stands for is read from
here, whatever later versions of the program would print.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FORMAT = 1

Cell = str | int | float | None
#: A record: its section and its id.
Ref = tuple[str, str]
#: The section under which a row of a city names its county.
COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: the fact that it prints, or how it is reckoned, in words."""

    title: str
    fact: str = ""
    total: bool = False
    partial: bool = False
    how: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row comes from: its records, and by column title those that a number counts."""

    records: tuple[Ref, ...] = ()
    counted: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)

    @property
    def own(self) -> tuple[Ref, ...]:
        """Its records without the county that a city's row is of."""
        return tuple(one for one in self.records if one[0] != COUNTY)

    @property
    def counties(self) -> tuple[str, ...]:
        """The counties that a city's row is of; of a county's ledger none is named."""
        return tuple(id for section, id in self.records if section == COUNTY)


NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `head`: the row (from 1) in which its headings stand; its rows follow, foot, notes, and who signs."""

    name: str
    title: str
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    origins: tuple[Origin, ...] = ()
    total: str | None = None
    notes: tuple[str, ...] = ()
    unit: str = ""
    emphasis: frozenset[int] = frozenset()
    head: int = 3
    signed: str = ""

    def origin(self, place: int) -> Origin:
        """Where a row (from 0) comes from."""
        return self.origins[place] if place < len(self.origins) else NOWHERE


@dataclass(frozen=True, slots=True)
class Frozen:
    """A ledger as it was issued; `told`: its county, quarter, revision, number, day, knowledge and people."""

    told: Mapping[str, Any]
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name."""
        return next((one for one in self.sheets if one.name == name), None)


def written(frozen: Frozen) -> bytes:
    """Canonical JSON: the same ledger gives the same bytes."""
    refs: dict[Ref, int] = {}
    sheets = [_sheet_out(one, refs) for one in frozen.sheets]
    whole = {"format": FORMAT, "ledger": dict(frozen.told), "refs": [list(ref) for ref in refs], "sheets": sheets}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def packed(data: bytes) -> bytes:
    """As it is kept."""
    return zlib.compress(data)


def unpacked(data: bytes) -> bytes:
    """Back from what is kept."""
    return zlib.decompress(data)


def read(data: bytes) -> Frozen:
    """Back from canonical JSON."""
    whole = json.loads(data)
    refs: list[Ref] = [(section, id) for section, id in whole["refs"]]
    return Frozen(whole["ledger"], tuple(_sheet_in(one, refs) for one in whole["sheets"]))


def _sheet_out(sheet: Sheet, refs: dict[Ref, int]) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "title": sheet.title,
        "columns": [_heading_out(one) for one in sheet.columns],
        "rows": [list(row) for row in sheet.rows],
        "origins": [_origin_out(one, refs) for one in sheet.origins],
        "total": sheet.total,
        "notes": list(sheet.notes),
        "unit": sheet.unit,
        "emphasis": sorted(sheet.emphasis),
        "head": sheet.head,
        "signed": sheet.signed,
    }


def _heading_out(column: Heading) -> dict[str, Any]:
    own: dict[str, Any] = {"title": column.title, "fact": column.fact, "total": column.total}
    return {**own, "partial": column.partial, "how": column.how}


def _origin_out(origin: Origin, refs: dict[Ref, int]) -> list[Any]:
    """Its records, and what it counts where it counts anything."""
    records = [refs.setdefault(one, len(refs)) for one in origin.records]
    counted = {title: [refs.setdefault(one, len(refs)) for one in of] for title, of in sorted(origin.counted.items())}
    return [records, counted] if counted else [records]


def _sheet_in(told: Mapping[str, Any], refs: Sequence[Ref]) -> Sheet:
    return Sheet(
        told["name"],
        told["title"],
        tuple(Heading(**one) for one in told["columns"]),
        tuple(tuple(row) for row in told["rows"]),
        tuple(_origin_in(one, refs) for one in told["origins"]),
        told["total"],
        tuple(told["notes"]),
        told["unit"],
        frozenset(told["emphasis"]),
        told["head"],
        told.get("signed", ""),
    )


def _origin_in(told: Sequence[Any], refs: Sequence[Ref]) -> Origin:
    counted = told[1] if len(told) > 1 else {}
    return Origin(
        tuple(refs[place] for place in told[0]),
        {title: tuple(refs[place] for place in of) for title, of in counted.items()},
    )
