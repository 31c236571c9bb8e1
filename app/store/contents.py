"""What a change wrote, table by table: lines of `+ id digest` and `- id`, kept as manifests and digested as a whole."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    Table,
    bindparam,
    exists,
    insert,
    literal_column,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from app.store.base import OPEN
from app.store.canonical import digest, raw, recorded_tables, row_columns, row_digester
from app.store.models import Base, Manifest

#: In the very words of the partial index, or SQLite does not use it.
GONE = literal_column("superseded_by") != literal_column(str(OPEN))


def _touched() -> CompoundSelect[Any]:
    """The tables that a change wrote, asked in one statement: most changes write few of them."""
    county: BindParameter[str] = bindparam("county")
    number: BindParameter[int] = bindparam("number")
    asked: list[Select[Any]] = []
    for table in recorded_tables():
        of_county = table.c.county == county
        wrote: list[ColumnElement[bool]] = [exists(select(1).where(of_county, table.c.recorded_by == number))]
        if "superseded_by" in table.columns:
            wrote.append(exists(select(1).where(of_county, table.c.superseded_by == number, GONE)))
        asked.append(select(literal_column(f"'{table.name}'")).where(or_(*wrote)))
    return union_all(*asked)


#: As text: every change asks it, and its key in the cache of statements would cost more than the asking.
_TOUCHED = text(str(_touched()))


def recorded_line(id: str, row: str) -> str:
    """A row that the change recorded."""
    return f"+ {id} {row}"


def superseded_line(id: str) -> str:
    """A row that the change took out of force."""
    return f"- {id}"


def lines_of(session: Session, table: Table, county: str, number: int) -> list[str]:
    """All that a change wrote in a table, in order."""
    place = [column.name for column in row_columns(table)].index("id")
    digest_of = row_digester(table)
    of_change = {"county": county, "number": number}
    rows = session.execute(_recorded(table), of_change)
    lines = [recorded_line(row[place], digest_of(row)) for row in rows]
    if "superseded_by" in table.columns:
        lines += [superseded_line(id) for id in session.scalars(_superseded(table), of_change)]
    return sorted(lines)


@cache
def _recorded(table: Table) -> Select[Any]:
    of_change = (table.c.county == bindparam("county"), table.c.recorded_by == bindparam("number"))
    return select(*(raw(column) for column in row_columns(table))).where(*of_change)


@cache
def _superseded(table: Table) -> Select[Any]:
    of_change = (table.c.county == bindparam("county"), table.c.superseded_by == bindparam("number"))
    return select(table.c.id).where(*of_change, GONE)


def write_manifests(session: Session, county: str, number: int) -> str:
    """Keep what a change wrote, and answer its digest."""
    listings: dict[str, bytes] = {}
    for name in session.scalars(_TOUCHED, {"county": county, "number": number}).all():
        listings[name] = listing(lines_of(session, Base.metadata.tables[name], county, number))
    if listings:
        rows = [
            {"county": county, "number": number, "table_name": name, "listing": zlib.compress(lines)}
            for name, lines in listings.items()
        ]
        session.execute(insert(Base.metadata.tables[Manifest.__tablename__]), rows)
    return contents_digest((name, hashlib.sha256(lines).hexdigest()) for name, lines in listings.items())


def listing(lines: Iterable[str]) -> bytes:
    """Lines as the manifest keeps them, before compression."""
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def contents_digest(listings: Iterable[tuple[str, str]]) -> str:
    """The digest of all that a change wrote, from its tables and the SHA-256 of each one's lines."""
    return digest(sorted([name, sha256] for name, sha256 in listings))
