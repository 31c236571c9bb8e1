"""Records of who did what: numbered without a gap under the row lock of their chain's head, chained by digest.

Whoever locks both heads locks the county's own first, then this one; the chain of what is no county's comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app import clock
from app.domain.actor import Actor
from app.errors import LuzhangError
from app.store.acting import actor_of
from app.store.audit import NOBODYS, AuditHead, AuditRecord
from app.store.base import Base
from app.store.canonical import digest, plain

#: Under this name a session knows the one county that its transaction writes.
COUNTY = "county written"

_QUEUED = "records to write"
_HEADS = Base.metadata.tables[AuditHead.__tablename__]
_RECORDS = Base.metadata.tables[AuditRecord.__tablename__]
_UNCHAINED = ("previous", "digest")

#: What a record's digest covers, beside the digest before.
SAID = tuple(column.name for column in _RECORDS.columns if column.name not in _UNCHAINED)


class Link(NamedTuple):
    """A place in a chain: a record's number and digest."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a record says of itself."""

    county: str
    act: str
    actor: Actor
    subject: str | None = None
    before: str | None = None
    after: str | None = None
    result: str = "done"
    code: str | None = None


def queue(session: Session, said: Said) -> None:
    """Have this recorded at the end of the unit of work, when no other lock is asked for any more.

    Raises:
        LuzhangError: when the unit writes another county.
    """
    if said.county != NOBODYS:
        one_county(session, said.county)
    session.info.setdefault(_QUEUED, []).append(said)


def one_county(session: Session, county: str) -> None:
    """That a transaction writes one county.

    Raises:
        LuzhangError: when it wrote another one.
    """
    if session.info.setdefault(COUNTY, county) != county:
        raise LuzhangError(
            f"一次操作只能写入一个县：已写入 {session.info[COUNTY]}，又要写入 {county}", code="change.two_counties"
        )


def write_queued(session: Session) -> None:
    """Write the records that wait in this session; those of no county last, so that nobody waits crosswise."""
    for said in sorted(session.info.pop(_QUEUED, ()), key=lambda said: said.county, reverse=True):
        shown = {name: getattr(said, name) for name in ("act", "subject", "before", "after", "result", "code")}
        _append(session, said.county, said.actor, at=clock.now(), change=None, change_digest=None, **shown)


def record_change(session: Session, change: Any) -> None:
    """Record a change that is sealed, by whomever the session is for."""
    none = dict.fromkeys(("before", "after", "code"))
    sealed = {"change": change.number, "change_digest": change.digest, "at": change.at}
    told = {"act": change.act, "subject": change.batch, "result": "done"}
    _append(session, change.county, actor_of(session), **told, **sealed, **none)


def record_digest(previous: str, said: Any) -> str:
    """The digest that chains a record: over the one before and all that this one says."""
    return digest([previous, {name: plain(said[name]) for name in SAID}])


def beginning(county: str, since: int) -> str:
    """What the first record of a chain is chained to: of a county that had changes before, how many."""
    return digest(["audit", county, since]) if since else ""


def top_of(session: Session, chain: str) -> Link | None:
    """A chain's last number and digest; None where it has no record."""
    asked = select(_HEADS.c.number, _HEADS.c.digest).where(_HEADS.c.county == chain, _HEADS.c.number > 0)
    top = session.execute(asked).one_or_none()
    return Link(*top) if top else None


def _append(session: Session, county: str, actor: Actor, **told: Any) -> None:
    top = _lock_head(session, county)
    beside = top_of(session, NOBODYS) if county != NOBODYS else None
    row: dict[str, Any] = {
        "county": county,
        "number": top.number + 1,
        "actor": actor.name,
        "account": actor.account,
        "origin": actor.origin,
        "beside": f"{beside.number} {beside.digest}" if beside else None,
        **told,
    }
    row |= {"previous": top.digest, "digest": record_digest(top.digest, row)}
    session.execute(insert(_RECORDS).values(row))
    moved = {name: row[name] for name in ("number", "digest")}
    session.execute(update(_HEADS).where(_HEADS.c.county == county).values(moved))


def _lock_head(session: Session, county: str) -> Link:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    locked = select(_HEADS.c.number, _HEADS.c.digest).where(_HEADS.c.county == county).with_for_update()
    top = session.execute(locked).one_or_none()
    if top is None:
        first = dialect.insert(_HEADS).values(county=county, number=0, digest="", since=0)
        session.execute(first.on_conflict_do_nothing())
        top = session.execute(locked).one()
    return Link(*top)
