"""Rows as canonical text and their digests: the same row gives the same digest on every engine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from json.encoder import JSONEncoder, encode_basestring_ascii
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Table, type_coerce
from sqlalchemy.types import NullType

from app.store.base import Base

#: Columns that a later change may still write; they are no part of what a row says.
_LATER = {"superseded_by"}

#: Canonical JSON of anything, and of a text, which is most of what there is.
_encoded = JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode
_quoted = encode_basestring_ascii


def raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column as the database has it, not as the program would like it: a spoilt value must not stop the reading."""
    return type_coerce(column, NullType()).label(column.key)


def recorded_tables() -> tuple[Table, ...]:
    """The business tables whose rows a change records, by name."""
    return tuple(
        table
        for name, table in sorted(Base.metadata.tables.items())
        if table.info["kind"] == "business" and "recorded_by" in table.columns
    )


def row_columns(table: Table) -> tuple[Column[Any], ...]:
    """The columns that a row's digest covers."""
    return tuple(column for column in table.columns if column.name not in _LATER)


def row_digest(table: Table, columns: Sequence[Column[Any]], row: Sequence[Any]) -> str:
    """The digest of a row read `raw`. NULLs are left out, so a column added later alters no digest."""
    said = {
        column.name: plain(value, boolean=isinstance(column.type, Boolean))
        for column, value in zip(columns, row, strict=True)
        if value is not None
    }
    return digest([table.name, said])


@cache
def row_digester(table: Table) -> Callable[[Sequence[Any]], str]:
    """What `row_digest` gives for the table's rows, several times as fast: an import digests rows by the million.

    Verification goes on asking `row_digest`, so that the two hold each other.
    """
    columns = sorted(enumerate(row_columns(table)), key=lambda one: one[1].name)
    keys = [(at, f"{_quoted(column.name)}:", isinstance(column.type, Boolean)) for at, column in columns]
    start = f"[{_quoted(table.name)},{{"

    def row_digest(row: Sequence[Any]) -> str:
        said = [
            key
            + (
                _quoted(value)
                if type(value) is str
                else str(value)
                if type(value) is int and not boolean
                else _encoded(plain(value, boolean=boolean))
            )
            for at, key, boolean in keys
            if (value := row[at]) is not None
        ]
        return hashlib.sha256(f"{start}{','.join(said)}}}]".encode("ascii")).hexdigest()

    return row_digest


def plain(value: Any, *, boolean: bool = False) -> Any:
    """A value as JSON can say it, alike from every engine."""
    if value is None or isinstance(value, str):
        return value
    if boolean and type(value) is int and value in (0, 1):
        return bool(value)
    if isinstance(value, float):
        return value + 0.0  # SQLite has no negative zero
    if isinstance(value, datetime):
        utc = value.astimezone(UTC) if value.tzinfo else value
        return utc.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return {"sha256": hashlib.sha256(value).hexdigest()}
    return value


def digest(said: Sequence[Any] | Mapping[str, Any]) -> str:
    """SHA-256 over canonical JSON."""
    return hashlib.sha256(_encoded(said).encode("ascii")).hexdigest()
