"""Whether the division dictionary is the one that the program carries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.store import dictionary
from app.store.canonical import plain, raw
from app.store.models import Base, DictionaryEdition, Division, DivisionAlias
from app.store.verification.finding import Finding, shown, streamed

_LISTS: tuple[tuple[Any, Any], ...] = (
    (Division, dictionary.shipped_divisions),
    (DivisionAlias, dictionary.shipped_aliases),
)


def dictionary_findings(session: Session) -> Iterator[Finding]:
    """Places and aliases that were altered, added or taken away, each by its code."""
    loaded = dictionary.loaded_digest(session.connection())
    if loaded != dictionary.shipped_digest():
        yield Finding(
            "dictionary.edition",
            "行政区划字典不是本程序所带的版本",
            table=str(DictionaryEdition.__tablename__),
            id=dictionary.NAME,
        )
    for model, shipped in _LISTS:
        table = Base.metadata.tables[model.__tablename__]
        columns = table.columns.keys()
        said = (tuple(plain(row[name]) for name in columns) for row in shipped())
        yield from _compared(session, table, {row[: len(table.primary_key)]: row for row in said})


def _compared(session: Session, table: Table, expected: dict[tuple[Any, ...], tuple[Any, ...]]) -> Iterator[Finding]:
    """Rows as loaded against rows as shipped; in both the key comes first."""
    key_length = len(table.primary_key)
    for row in streamed(session, select(*(raw(column) for column in table.columns))):
        loaded = tuple(plain(value) for value in row)
        key = loaded[:key_length]
        shipped = expected.pop(key, None)
        if shipped is None:
            yield _finding(table, key, "extra", "不在行政区划字典里")
        elif shipped != loaded:
            yield _finding(table, key, "altered", "与行政区划字典不符")
    for key in expected:
        yield _finding(table, key, "missing", "是行政区划字典里有的，数据库里不见了")


def _finding(table: Table, key: tuple[Any, ...], code: str, what: str) -> Finding:
    name = shown(" ".join(str(part) for part in key))
    return Finding(f"dictionary.{code}", f"区划 {name} {what}", table=table.name, id=name)
