"""Whether the records of who did what are all there, unaltered and in order, and hold with the changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.store.audit import NOBODYS, AuditHead, AuditRecord, LedgerAnchor
from app.store.audit_chain import beginning, record_digest
from app.store.canonical import raw
from app.store.models import Base, Change
from app.store.verification.finding import Finding, shown, streamed

_HEADS = Base.metadata.tables[AuditHead.__tablename__]
_RECORDS = Base.metadata.tables[AuditRecord.__tablename__]
_ANCHORS = Base.metadata.tables[LedgerAnchor.__tablename__]
_CHANGES = Base.metadata.tables[Change.__tablename__]

#: A gap of more than this many is named by its first and last number.
_EACH = 20


def audit_findings(session: Session) -> Iterator[Finding]:
    """Each chain of records from its first to its head; then what ledgers keep of them."""
    for chain in _chains(session):
        yield from _chain(session, chain)
    yield from _anchors(session)


def _chains(session: Session) -> list[str]:
    found: set[Any] = set()
    for table in (_HEADS, _RECORDS, _CHANGES):
        found.update(session.scalars(select(raw(table.c.county)).distinct()))
    return sorted(found)


def _chain(session: Session, chain: str) -> Iterator[Finding]:
    head = session.execute(select(*(raw(column) for column in _HEADS.c)).where(_HEADS.c.county == chain)).first()
    number, digest = 0, beginning(chain, head.since) if head and isinstance(head.since, int) else ""
    sealed = _Sealed(chain, head.since if head and isinstance(head.since, int) else 0)
    besides = _Beside(session, chain)
    for record in streamed(session, _records(chain)):
        said = record._mapping
        own = record.number if isinstance(record.number, int) else None
        if own != number + 1:
            yield from _gone(chain, number + 1, own and own - 1)
        elif record.previous != digest:
            first = f"与链的起点不衔接：审计从第 {head.since} 号变更之后开始" if number == 0 and head else None
            table, id = (_HEADS.name, chain) if first else (_RECORDS.name, None)
            yield _finding(chain, record.number, "audit.unchained", first or "与上一条不衔接", table=table, id=id)
        if record_digest(record.previous, said) != record.digest:
            yield _finding(chain, record.number, "audit.altered", "被改过：与它的校验值不符")
        yield from sealed.findings(said)
        yield from besides.findings(said)
        number, digest = own or number + 1, record.digest
    yield from sealed.rest(session)
    yield from _head(chain, head, number, digest)


def _records(chain: str) -> Any:
    """The records with what the changes that they speak of say; a change that is gone says nothing."""
    own = and_(_CHANGES.c.county == _RECORDS.c.county, _CHANGES.c.number == _RECORDS.c.change)
    of_change = (_CHANGES.c.digest.label("sealed"), _CHANGES.c.act.label("sealed_act"))
    return (
        select(*(raw(column) for column in _RECORDS.c), *of_change)
        .select_from(_RECORDS.outerjoin(_CHANGES, own))
        .where(_RECORDS.c.county == chain)
        .order_by(_RECORDS.c.number)
    )


class _Sealed:
    """The changes that the records of a chain speak of: each once, in order, none left out."""

    def __init__(self, chain: str, since: int) -> None:
        self.chain, self.last = chain, since

    def findings(self, said: Mapping[str, Any]) -> Iterator[Finding]:
        number = said["change"]
        if not isinstance(number, int):
            return
        if number != self.last + 1:
            yield from self._unspoken(self.last + 1, number - 1)
        if said["sealed"] is None:
            yield _finding(self.chain, said["number"], "audit.no_change", f"说的第 {number} 号变更不见了", number)
        elif said["sealed"] != said["change_digest"]:
            yield _finding(
                self.chain, said["number"], "audit.other_change", f"说的第 {number} 号变更已不是当时封存的", number
            )
        self.last = max(self.last, number)

    def rest(self, session: Session) -> Iterator[Finding]:
        """The changes after the last one that a record speaks of."""
        query = select(raw(_CHANGES.c.number)).where(_CHANGES.c.county == self.chain, _CHANGES.c.number > self.last)
        for number in session.scalars(query.order_by(_CHANGES.c.number)).all():
            yield from self._unspoken(number, number)

    def _unspoken(self, first: int, last: int) -> Iterator[Finding]:
        if first > last:
            return
        what = f"第 {first} 号" + (f"至第 {last} 号" if last > first else "")
        yield Finding("audit.unrecorded", f"{what}变更没有审计记录", self.chain, first, _CHANGES.name, str(first))


class _Beside:
    """What the records of a county keep of the chain that is no county's."""

    def __init__(self, session: Session, chain: str) -> None:
        self.session, self.chain, self.last = session, chain, ""

    def findings(self, said: Mapping[str, Any]) -> Iterator[Finding]:
        kept = said["beside"]
        if kept is None or kept == self.last:
            return
        self.last = kept
        number, _, digest = shown(kept).partition(" ")
        if not number.isdecimal() or not _is(self.session, NOBODYS, int(number), digest):
            what = f"记着的 {NOBODYS} 链第 {number} 条，链上已没有或不同"
            yield _finding(self.chain, said["number"], "audit.beside", what)


def _is(session: Session, chain: Any, number: Any, digest: Any) -> bool:
    """Whether a chain has that record with that digest."""
    query = select(raw(_RECORDS.c.digest)).where(_RECORDS.c.county == chain, _RECORDS.c.number == number)
    return bool(session.execute(query).scalar() == digest)


def _gone(chain: str, first: int, last: int | None) -> Iterator[Finding]:
    """Records that are not there: each by its number, a long stretch by its ends."""
    if last is None or last < first:
        yield _finding(chain, first, "audit.missing", "的编号不对")
        return
    for number in range(first, last + 1) if last - first < _EACH else (first,):
        more = f"，到第 {last} 条为止都是" if last - first >= _EACH else ""
        yield _finding(chain, number, "audit.missing", f"不见了{more}")


def _head(chain: str, head: Any, number: int, digest: str) -> Iterator[Finding]:
    if head is None:
        yield _finding(chain, None, "audit.head_missing", "审计链没有链头", table=_HEADS.name, id=chain)
    elif (head.number, head.digest) != (number, digest):
        what = f"审计链头写着第 {shown(head.number)} 条，与最后一条（第 {number} 条）不符"
        yield _finding(chain, None, "audit.head_altered", what, table=_HEADS.name, id=chain)
        if isinstance(head.number, int) and number < head.number <= number + 10**9:
            yield from _gone(chain, number + 1, head.number)


def _anchors(session: Session) -> Iterator[Finding]:
    """Records that an issued ledger prints, and that are no longer so."""
    for row in streamed(session, select(*(raw(column) for column in _ANCHORS.c))):
        if not _is(session, row.chain, row.number, row.digest):
            what = f"{_ANCHORS.name} 的 {shown(row.id)} 记着 {shown(row.chain)} 审计第 {shown(row.number)} 条，已不同"
            yield Finding("ledger.audit_anchor", what, row.county, row.recorded_by, _ANCHORS.name, shown(row.id))


def _finding(
    chain: str,
    number: Any,
    code: str,
    what: str,
    change: int | None = None,
    *,
    table: str = _RECORDS.name,
    id: str | None = None,
) -> Finding:
    told = what if number is None else f"审计第 {shown(number)} 条{what}"
    return Finding(code, told, county=shown(chain), change=change, table=table, id=id or shown(number))
