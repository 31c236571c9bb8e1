"""Who still holds obsolete equipment, as a workbook of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from reports.files import write_file
from reports.ledger.sheets.obsolete import listing
from reports.tables import Imprint, masked_table
from reports.workbook import workbook


class Answered(Protocol):
    """An answer of `luzhang obsolete`."""

    def as_dict(self) -> dict[str, Any]: ...


def write_obsolete_list(holding: Answered, path: Path, *, county_name: str = "") -> None:
    """Write the answer's rows with its totals; the same answer gives the same bytes.

    Raises:
        BadInput: the file cannot be written.
    """
    told = holding.as_dict()
    imprint = Imprint(county_name or told["county"], f"截至{told['as_of']}（第{told['known']['change']}号变更）")
    write_file(path, workbook([masked_table(listing(told, county_name))], imprint))
