"""Whether the keys are there with which the register is sealed, but for those whose removal is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.store import key_check
from app.store.canonical import raw, recorded_tables
from app.store.keys import KeysAbsent, ring_of
from app.store.keys.ring import TOKEN
from app.store.models import Base, Change, PersonForgotten
from app.store.sealed import Sealed
from app.store.verification.finding import Finding, shown, streamed

_FORGOTTEN = Base.metadata.tables[PersonForgotten.__tablename__]
_CHANGES = Base.metadata.tables[Change.__tablename__]


def person_findings(session: Session) -> Iterator[Finding]:
    """Each key that is missing though nobody recorded that it goes, once, with the first row that it seals."""
    try:
        key_check.require(session)
    except KeysAbsent as error:
        yield Finding("keys.absent", f"{error.message}；{error.fix}", table="key_store_used")
        return
    ring = ring_of(session)
    if not ring.is_there():
        return
    asked = select(_FORGOTTEN.c.county, _FORGOTTEN.c.person, _FORGOTTEN.c.key_id)
    recorded = {tuple(row) for row in session.execute(asked)}
    seen: set[str] = set()
    for table in (_CHANGES, *recorded_tables()):
        for county, change, id, mark in _marks(session, table):
            if mark in seen:
                continue
            seen.add(mark)
            person, key = ring.whose(mark)
            if ring.lost(county, person, key) is not None and (county, person.hex(), key) not in recorded:
                what = f"{table.name} 的 {shown(id)} 用来封存的密钥不见了，又没有删除的记录"
                yield Finding("keys.missing", what, county, change, table.name, shown(id))


def _marks(session: Session, table: Table) -> Iterator[tuple[str, int, str, str]]:
    """What the rows of a table are sealed with: county, change, row, and how that which is sealed begins."""
    columns = [column for column in table.columns if isinstance(column.type, Sealed)]
    if not columns:
        return
    by = table.c.number if table is _CHANGES else table.c.recorded_by
    id = by if table is _CHANGES else table.c.id
    query = select(raw(table.c.county), raw(by), raw(id), *(raw(column) for column in columns))
    for county, change, row, *texts in streamed(session, query):
        for text in texts:
            for found in TOKEN.finditer(text) if isinstance(text, str) and "⟦" in text else ():
                yield county, change, str(row), found["county"] + found["person"] + found["id"]
