"""Whether the division dictionary is the one that the program carries, and its aliases are as they were added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store import dictionary
from app.store.canonical import raw
from app.store.division import alias_digest
from app.store.models import Base, DictionaryEdition, Division, DivisionAlias
from app.store.verification.finding import Finding, shown, streamed

_DIVISIONS = Base.metadata.tables[Division.__tablename__]
_ALIASES = Base.metadata.tables[DivisionAlias.__tablename__]


def dictionary_findings(session: Session) -> Iterator[Finding]:
    """Places and aliases that were altered, places that were added or taken away, each by its code."""
    if dictionary.loaded_digest(session.connection()) != dictionary.shipped_digest():
        table = str(DictionaryEdition.__tablename__)
        yield Finding("dictionary.edition", "行政区划字典不是本程序所带的版本", table=table, id=dictionary.NAME)
    yield from _places(session)
    for row in streamed(session, select(*(raw(column) for column in _ALIASES.columns))):
        if alias_digest(row._mapping) != row.digest:
            id = shown(f"{row.code} {row.alias} {row.valid_from}")
            yield Finding("alias.altered", f"区划别名 {id} 被改过", table=_ALIASES.name, id=id)


def _places(session: Session) -> Iterator[Finding]:
    columns = _DIVISIONS.columns.keys()
    expected = {place["code"]: tuple(place[name] for name in columns) for place in dictionary.shipped_divisions()}
    for row in streamed(session, select(*(raw(column) for column in _DIVISIONS.columns))):
        place = expected.pop(row.code, None)
        if place is None:
            yield _finding(row.code, "extra", "不在行政区划字典里")
        elif place != tuple(row):
            yield _finding(row.code, "altered", "与行政区划字典不符")
    for code in expected:
        yield _finding(code, "missing", "是行政区划字典里有的，数据库里不见了")


def _finding(code: Any, what: str, said: str) -> Finding:
    return Finding(f"dictionary.{what}", f"区划 {shown(code)} {said}", table=_DIVISIONS.name, id=shown(code))
