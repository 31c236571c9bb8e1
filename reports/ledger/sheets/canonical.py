"""What a ledger says, apart from the file that carries it: its printed cells as canonical text, and their digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from reports.tables import Table


def digest(tables: Iterable[Table]) -> str:
    """SHA-256 over what is printed; neither ids of records nor looks enter it."""
    return hashlib.sha256(canonical(tables)).hexdigest()


def canonical(tables: Iterable[Table]) -> bytes:
    """Sheets, titles, headings, rows, feet and notes as JSON with sorted names and without blanks."""
    told = [_told(table) for table in tables]
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _told(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "unit": table.unit,
        "columns": [column.title for column in table.columns],
        "rows": [list(row) for row in table.rows],
        "total": table.total,
        "notes": list(table.notes),
    }
