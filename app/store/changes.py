"""Changes: numbered without a gap under the county's row lock, sealed with what they wrote, chained by digest."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app import clock
from app.store.acting import refuse_unwritten
from app.store.audit_chain import one_county, record_change
from app.store.canonical import digest, plain, raw
from app.store.contents import write_manifests
from app.store.models import Base, Change, CountyHead
from app.store.sealing import seal_for

_OPENED = "opened change"


def open_change(
    session: Session, county: str, act: str, *, actor: str, reason: str | None = None, batch: str | None = None
) -> Change:
    """Take the county's next number, under the lock of its head's row; the lock is held to the end of the transaction.

    A change still open in this session is sealed first. A transaction writes one county.

    Raises:
        NoRight: when who acts reads this county and writes others.
    """
    refuse_unwritten(session, county)
    seal_open(session)
    one_county(session, county)
    seal_for(county)
    top = _lock_head(session, county)
    before = at_of(session, county, top.number) if top.number else None
    now = clock.now()
    change = Change(
        county=county,
        number=top.number + 1,
        act=act,
        actor=actor,
        at=max(now, before) if before else now,  # the clock may go back; the order of what was known may not
        reason=reason,
        batch=batch,
        previous=top.digest,
    )
    session.add(change)
    session.flush()
    session.info[_OPENED] = change
    return change


def seal(session: Session, change: Change) -> None:
    """Digest all that the change wrote, chain it to the one before, move the head to it, and record who did it."""
    session.flush()
    contents = write_manifests(session, change.county, change.number)
    # A guard takes both at once.
    change.digest = chain_digest(change.previous, _as_kept(session, change, contents))
    change.contents = contents
    session.flush()
    heads = Base.metadata.tables[CountyHead.__tablename__]
    session.execute(
        update(heads).where(heads.c.county == change.county).values(number=change.number, digest=change.digest)
    )
    record_change(session, change)
    session.info.pop(_OPENED, None)


def _as_kept(session: Session, change: Change, contents: str) -> Any:
    """The change as the database has it: its digest covers what is sealed, so that it stays when a key goes."""
    of = Base.metadata.tables[Change.__tablename__]
    asked = select(*(raw(column) for column in of.columns)).where(
        of.c.county == change.county, of.c.number == change.number
    )
    return SimpleNamespace(**{**session.execute(asked).one()._mapping, "contents": contents})


def seal_open(session: Session) -> None:
    """Seal the change that is open in this session, if one is."""
    change = session.info.get(_OPENED)
    if change is not None:
        seal(session, change)


def chain_digest(previous: str, change: Any) -> str:
    """The digest that chains a change: over the one before and all that this one says of itself."""
    names = ("county", "number", "act", "actor", "at", "reason", "batch", "contents")
    return digest([previous, {name: plain(getattr(change, name)) for name in names}])


def head(session: Session, county: str) -> int:
    """The number of the county's last change; 0 where it has none."""
    return session.scalar(select(CountyHead.number).where(CountyHead.county == county)) or 0


def at_of(session: Session, county: str, number: int) -> datetime:
    """When a change was made.

    Raises:
        sqlalchemy.exc.NoResultFound: when the county has no such change.
    """
    return session.execute(select(Change.at).where(Change.county == county, Change.number == number)).scalar_one()


def number_at(session: Session, county: str, instant: datetime) -> int:
    """The last change made at or before an instant; 0 where there was none."""
    last = select(func.max(Change.number)).where(Change.county == county, Change.at <= instant)
    return session.scalar(last) or 0


def _lock_head(session: Session, county: str) -> CountyHead:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    heads = Base.metadata.tables[CountyHead.__tablename__]
    first = dialect.insert(heads).values(county=county, number=0, digest="").on_conflict_do_nothing()
    locked = (
        select(CountyHead)
        .where(CountyHead.county == county)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    top = session.scalars(locked).one_or_none()
    if top is None:
        session.execute(first)
        top = session.scalars(locked).one()
    session.expunge(top)
    return top
