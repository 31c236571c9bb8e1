"""Recovery codes: each stands in for a lost telephone once."""

from __future__ import annotations

import secrets
from hashlib import sha256

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import clock
from app.store.models import RecoveryCode

#: So many at a time; of 16 characters of 32 each is 80 bits, too many to be guessed from its digest.
CODES, _LENGTH = 10, 16

#: Neither 0 and O nor 1 and I: they are read from paper.
_CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def renew(session: Session, account_id: str) -> list[str]:
    """New codes, told here and nowhere else; those before are over."""
    end_all(session, account_id, "renewed")
    now, told = clock.now(), []
    for _ in range(CODES):
        drawn = "".join(secrets.choice(_CHARACTERS) for _ in range(_LENGTH))
        session.add(RecoveryCode(account_id=account_id, digest=_digest(account_id, drawn), made_at=now))
        told.append("-".join(drawn[at : at + 4] for at in range(0, _LENGTH, 4)))
    session.flush()
    return told


def use(session: Session, account_id: str, code: str) -> bool:
    """Use a code up, if it is one: of two at once, one does."""
    plain = "".join(one for one in code.upper() if one.isascii() and one.isalnum())
    which = (RecoveryCode.digest == _digest(account_id, plain), RecoveryCode.ended_at.is_(None))
    used = update(RecoveryCode).where(RecoveryCode.account_id == account_id, *which)
    found = session.execute(used.values(ended_at=clock.now(), ended_why="used"))
    return bool(found.rowcount == 1)  # type: ignore[attr-defined]


def end_all(session: Session, account_id: str, why: str) -> None:
    """End every code of an account."""
    standing = update(RecoveryCode).where(RecoveryCode.account_id == account_id, RecoveryCode.ended_at.is_(None))
    session.execute(standing.values(ended_at=clock.now(), ended_why=why))


def left(session: Session, account_id: str) -> int:
    """How many are left."""
    counted = select(func.count(RecoveryCode.id)).where(RecoveryCode.account_id == account_id)
    return session.scalar(counted.where(RecoveryCode.ended_at.is_(None))) or 0


def _digest(account_id: str, plain: str) -> str:
    return sha256(f"{account_id}:{plain}".encode()).hexdigest()
