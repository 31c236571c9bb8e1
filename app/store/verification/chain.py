"""Whether a county's changes are all there, unaltered and in order, up to its head."""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.store.canonical import raw
from app.store.changes import chain_digest
from app.store.contents import contents_digest
from app.store.models import Base, Change, CountyHead, Manifest
from app.store.verification.finding import Finding, shown, streamed

_CHANGES = Base.metadata.tables[Change.__tablename__]
_HEADS = Base.metadata.tables[CountyHead.__tablename__]
_MANIFESTS = Base.metadata.tables[Manifest.__tablename__]

#: Bytes of the checksum behind what zlib compressed.
_CHECKSUM = 4


def chain_findings(session: Session, county: str) -> Iterator[Finding]:
    """Gaps, broken links, altered changes and manifests, and a head that is not the last change."""
    query = select(*(raw(column) for column in _CHANGES.columns)).where(_CHANGES.c.county == county)
    contents = _contents(session, county)
    number, digest = 0, ""
    for change in streamed(session, query.order_by(_CHANGES.c.number)):
        if change.number != number + 1:
            missing = f"第 {number + 1} 号" + (f"至第 {change.number - 1} 号" if change.number > number + 2 else "")
            yield _finding(county, number + 1, "change.missing", f"{missing}变更不见了")
        elif change.previous != digest:
            yield _finding(county, change.number, "change.unchained", f"第 {change.number} 号变更与上一号不衔接")
        yield from _altered(county, change, contents.pop(change.number, []))
        number, digest = change.number, change.digest or ""
    for orphan in sorted(contents):
        yield _finding(county, orphan, "change.missing", f"第 {orphan} 号变更不见了，只剩它的清单")
    yield from _head(session, county, number, digest)


def _altered(county: str, change: Row[Any], listings: list[tuple[str, str]]) -> Iterator[Finding]:
    number = change.number
    if change.digest is None:
        yield _finding(county, number, "change.unsealed", f"第 {number} 号变更没有封存")
    elif chain_digest(change.previous, change) != change.digest:
        yield _finding(county, number, "change.altered", f"第 {number} 号变更被改过：与它的校验值不符")
    if contents_digest(listings) != change.contents:
        said = f"第 {number} 号变更的清单与它的内容校验值不符"
        yield _finding(county, number, "change.contents", said, table=_MANIFESTS.name)


def _contents(session: Session, county: str) -> dict[int, list[tuple[str, str]]]:
    """Of each change: its tables with the SHA-256 of their lines. Some hundred bytes a change."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    columns = (_MANIFESTS.c.number, _MANIFESTS.c.table_name, _MANIFESTS.c.listing)
    query = select(*(raw(column) for column in columns)).where(_MANIFESTS.c.county == county)
    for number, table, listing in streamed(session, query):
        lines = None if _is_padded(listing) else unpacked(listing)
        found[number].append((shown(table), hashlib.sha256(lines).hexdigest() if lines is not None else "damaged"))
    return dict(found)


def unpacked(listing: Any) -> bytes | None:
    """A manifest's lines; None where they are damaged."""
    try:
        return zlib.decompress(listing)
    except (zlib.error, TypeError):
        return None


def _is_padded(listing: Any) -> bool:
    """Whether a manifest holds more than its lines: bytes behind them, or bits in the last byte that say nothing.

    Its checksum covers neither. The last byte of the compressed lines ends in as many bits as they leave over, written
    as zeros: where its highest set bit can be cleared and the lines are the same, somebody set it.
    """
    reader = zlib.decompressobj()
    try:
        lines = reader.decompress(listing)
        if reader.unused_data or len(listing) <= _CHECKSUM:
            return True
        last = listing[-_CHECKSUM - 1]
        if not last:
            return False
        cleared = bytes([last ^ 1 << last.bit_length() - 1])
        return zlib.decompress(listing[: -_CHECKSUM - 1] + cleared + listing[-_CHECKSUM:]) == lines
    except (zlib.error, TypeError):
        return False


def _head(session: Session, county: str, number: int, digest: str) -> Iterator[Finding]:
    query = select(raw(_HEADS.c.number), raw(_HEADS.c.digest)).where(_HEADS.c.county == county)
    top = session.execute(query).one_or_none()
    if top is None:
        yield _finding(county, None, "head.missing", "这个县的变更链没有链头", table=_HEADS.name)
    elif (top.number, top.digest) != (number, digest):
        what = f"链头写着第 {shown(top.number)} 号，与最后一号变更（第 {number} 号）不符"
        yield _finding(county, number, "head.altered", what, table=_HEADS.name)


def _finding(county: str, number: int | None, code: str, what: str, *, table: str = _CHANGES.name) -> Finding:
    id = county if table == _HEADS.name else str(number)
    return Finding(code, what, county=county, change=number, table=table, id=id)
