"""Which keys the register was written with: told by the database, so that others are not taken for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app import clock
from app.store.base import Base
from app.store.keys import KeysAbsent, Ring, ring_of


class KeyStoreUsed(Base):
    """A key store that seals what this register holds; the newest is in use. `id` gives none of its keys away."""

    __tablename__ = "key_store_used"
    __table_args__ = ({"info": {"kind": "local"}},)

    id: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]


_TABLE = Base.metadata.tables[KeyStoreUsed.__tablename__]


def match(session: Session) -> bool:
    """Note the keys with which this unit of work seals, before it is committed; whether there was anything to note.

    Raises:
        KeysAbsent: when the register was written with others.
    """
    ring = ring_of(session)
    if ring.matched or not ring.is_open():
        return False
    if not _matches(session, ring):
        session.execute(insert(_TABLE).values(id=ring.store().id, since=clock.now()))
    return True


def require(session: Session) -> None:
    """That the keys with which the register was written are here; a register without any needs none.

    Raises:
        KeysAbsent: when they are not, or others are.
    """
    _matches(session, ring_of(session))


def _matches(session: Session | Connection, ring: Ring) -> bool:
    used = session.scalar(select(_TABLE.c.id).order_by(_TABLE.c.since.desc(), _TABLE.c.id).limit(1))
    if used is None:
        return False
    if not ring.is_there():
        raise KeysAbsent("登记库里有用密钥封存的内容，密钥库却不见了", ring.folder or "")
    if ring.store().id != used:
        raise KeysAbsent("密钥库不是这个登记库所用的那一个", ring.folder or "")
    return True


def require_keys(engine: Engine) -> None:
    """As `require`, before anything is asked of a register.

    Raises:
        KeysAbsent: when they are not here, or others are.
    """
    with engine.execution_options(sqlite_begin="READ").connect() as connection:
        _matches(connection, ring_of(engine))
