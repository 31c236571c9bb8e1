"""The division dictionary as shipped: 44,703 places, loaded once and compared by digest. Aliases are the users' own."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.store.models import Base, DictionaryEdition, Division, DivisionAlias

NAME = "divisions"

_FILE = Path(__file__).parent / "divisions.csv"

_DIVISIONS = Base.metadata.tables[Division.__tablename__]
_ALIASES = Base.metadata.tables[DivisionAlias.__tablename__]
_EDITIONS = Base.metadata.tables[DictionaryEdition.__tablename__]


def shipped_digest() -> str:
    """The digest of the file that the program carries."""
    return hashlib.sha256(_FILE.read_bytes()).hexdigest()


def loaded_digest(connection: Connection) -> str | None:
    """The digest of the files that the database was loaded from; None where nothing is loaded."""
    found: str | None = connection.execute(select(_EDITIONS.c.digest).where(_EDITIONS.c.name == NAME)).scalar()
    return found


def load(connection: Connection, digest: str) -> None:
    """Put the shipped dictionary in the place of the loaded one; aliases of places that it still has stay."""
    aliases = [dict(row) for row in connection.execute(select(_ALIASES)).mappings()]
    for table in (_ALIASES, _DIVISIONS, _EDITIONS):
        connection.execute(delete(table))
    places = list(shipped_divisions())
    connection.execute(insert(_DIVISIONS), places)
    codes = {place["code"] for place in places}
    if staying := [alias for alias in aliases if alias["code"] in codes]:
        connection.execute(insert(_ALIASES), staying)
    connection.execute(insert(_EDITIONS), [{"name": NAME, "digest": digest}])


def shipped_divisions() -> Iterator[dict[str, Any]]:
    """Places as shipped, each after the one that it lies in."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: (len(row["code"]), row["code"]))
    for row in rows:
        yield {**row, "parent": row["parent"] or None}
