"""Whether every kept file is what was sent, and whoever cannot be read any more is so by a recorded act."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.store.canonical import raw
from app.store.kept_bytes import HEAD, FileAltered, key_name, opened
from app.store.keys import KeyUnknown, Ring, ring_of
from app.store.models import Base, Evidence, RedactedFile, SourceFile
from app.store.verification.finding import Finding, shown

_SOURCES = Base.metadata.tables[SourceFile.__tablename__]
_EVIDENCE = Base.metadata.tables[Evidence.__tablename__]
_COPIES = Base.metadata.tables[RedactedFile.__tablename__]


def file_findings(session: Session) -> Iterator[Finding]:
    """Files that are not what was sent, that nobody can read though no act took them, and that can be read though."""
    ring = ring_of(session)
    if not ring.is_there():
        return  # said once for all that is sealed, where the keys are looked at
    gone = _by_record(session)
    for table in (_SOURCES, _EVIDENCE, _COPIES):
        columns = [raw(table.c[name]) for name in ("county", "id", "recorded_by", "content")]
        columns += [raw(table.c.sha256)] if "sha256" in table.c else []
        query = select(*columns).where(table.c.content.is_not(None)).execution_options(yield_per=1)
        for row in session.execute(query.order_by(table.c.county, table.c.recorded_by, table.c.id)):
            if said := _wrong(ring, row, (row.county, table.name, row.id) in gone):
                yield _finding(table, row, *said)


def _wrong(ring: Ring, row: Any, gone: bool) -> tuple[str, str] | None:
    if not isinstance(row.content, (bytes, memoryview)) or key_name(bytes(row.content[:HEAD])) is None:
        return None  # never sealed; the row's digest holds it
    try:
        content = opened(ring, bytes(row.content))
    except KeyUnknown:
        return "file.key_missing", "的密钥不在密钥库里"
    except FileAltered:
        return "file.altered", "与封存时不符"
    if content is None:
        return None if gone else ("file.key_missing", "的密钥被移除，却没有按规定删除的记录")
    if gone:
        return "file.key_left", "已按规定删除，密钥却还在"
    if "sha256" in row._mapping and hashlib.sha256(content).hexdigest() != row.sha256:
        return "file.altered", "与收到时的校验值不符"
    return None


def _by_record(session: Session) -> set[tuple[str, str, str]]:
    """What nobody may read any more, by what is recorded: that in whose place something else stands."""
    of = _COPIES
    columns = [raw(of.c[name]) for name in ("county", "id", "source_file_id", "evidence_id")]
    query = select(*columns).order_by(of.c.county, of.c.recorded_by, of.c.id)
    gone: set[tuple[str, str, str]] = set()
    latest: dict[tuple[str, str], str] = {}
    for county, id, source, evidence in session.execute(query):
        if evidence is not None:
            gone.add((county, _EVIDENCE.name, evidence))
            continue
        gone.add((county, _SOURCES.name, source))
        if (before := latest.get((county, source))) is not None:
            gone.add((county, _COPIES.name, before))
        latest[county, source] = id
    return gone


def _finding(table: Table, row: Any, code: str, what: str) -> Finding:
    id = shown(row.id)
    return Finding(code, f"{table.name} 的 {id} {what}", row.county, row.recorded_by, table.name, id)
