"""The division dictionary as shipped: 44,703 places and their aliases, loaded once and compared by digest."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.domain.dates import FOREVER
from app.store.models import Base, DictionaryEdition, Division, DivisionAlias

NAME = "divisions"

_HERE = Path(__file__).parent
_FILES = (_HERE / "divisions.csv", _HERE / "division_aliases.csv")

_DIVISIONS = Base.metadata.tables[Division.__tablename__]
_ALIASES = Base.metadata.tables[DivisionAlias.__tablename__]
_EDITIONS = Base.metadata.tables[DictionaryEdition.__tablename__]


def shipped_digest() -> str:
    """The digest of the files that the program carries."""
    found = hashlib.sha256()
    for path in _FILES:
        found.update(path.read_bytes())
    return found.hexdigest()


def loaded_digest(connection: Connection) -> str | None:
    """The digest of the files that the database was loaded from; None where nothing is loaded."""
    found: str | None = connection.execute(select(_EDITIONS.c.digest).where(_EDITIONS.c.name == NAME)).scalar()
    return found


def load(connection: Connection, digest: str) -> None:
    """Put the shipped dictionary in the place of the loaded one."""
    for table in (_ALIASES, _DIVISIONS, _EDITIONS):
        connection.execute(delete(table))
    connection.execute(insert(_DIVISIONS), list(shipped_divisions()))
    if aliases := list(shipped_aliases()):
        connection.execute(insert(_ALIASES), aliases)
    connection.execute(insert(_EDITIONS), [{"name": NAME, "digest": digest}])


def shipped_divisions() -> Iterator[dict[str, Any]]:
    """Places as shipped, each after the one that it lies in."""
    rows = sorted(_rows(_FILES[0]), key=lambda row: (len(row["code"]), row["code"]))
    for row in rows:
        yield {**row, "parent": row["parent"] or None}


def shipped_aliases() -> Iterator[dict[str, Any]]:
    """Other spellings and earlier names as shipped; an empty end is open."""
    for row in _rows(_FILES[1]):
        yield {
            "code": row["code"],
            "alias": row["alias"],
            "valid_from": date.fromisoformat(row["valid_from"] or date.min.isoformat()),
            "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else FOREVER,
        }


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
