"""Rows whose machine's words state its kind beside its name, for the layouts of ledgers, forms and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from importers.grid import address, column_number
from tests.importers.layouts.making import Firm, Page

INDUCTION = {"kind": "induction_furnace"}
MEDIUM = {**INDUCTION, "frequency": "medium"}
MAINS_CORELESS = {**INDUCTION, "frequency": "mains", "core": "coreless"}
ALUMINIUM = {**INDUCTION, "shell": "aluminium"}
STEEL = {**INDUCTION, "shell": "steel"}
ALUMINIUM_MEDIUM = {**MEDIUM, "shell": "aluminium"}
STEEL_MEDIUM = {**MEDIUM, "shell": "steel"}
CUPOLA = {"kind": "cupola"}
HEATING = {"kind": "heating_furnace"}
TREATMENT = {"kind": "heat_treatment_furnace"}
OTHER = {"kind": "other"}

Columns = Sequence[tuple[str, str | None]]


@dataclass(frozen=True)
class K:
    """The words under the head of a machine's name: its name, and its kind and whatever else `facts` say."""

    raw: str
    facts: Mapping[str, Any]


def line(
    page: Page,
    row: int,
    columns: Columns,
    values: Sequence[Any],
    *,
    left: str = "A",
    firm: Firm | None = None,
    extends: bool = False,
) -> Firm:
    """As Page.line; a K states the name, kind … of the row's machine."""
    plain = [value.raw if isinstance(value, K) else value for value in values]
    one = page.line(row, columns, plain, left=left, firm=firm, extends=extends)
    for at, value in enumerate(values, column_number(left)):
        if isinstance(value, K):
            for name, due in value.facts.items():
                one.machines[-1].says(name, address(row, at), value.raw, due)
    return one


def heads(page: Page, row: int, columns: Columns, left: str = "A") -> None:
    """Write the heads of a table of one header row."""
    page.row(row, [header for header, _ in columns], left)
