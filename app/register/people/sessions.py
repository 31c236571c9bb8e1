"""Sign-ins that stand: begun with a token that is kept only as its digest, found by it, ended."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from app import clock
from app.store.account import SignedIn
from app.store.brief import try_briefly
from app.store.models import Account, SignedInBy

#: Without a request for so long, and in any case after so long, it is over.
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)

#: That somebody is there is written this often at most.
NOTED = timedelta(minutes=1)


def digest_of(token: str) -> str:
    """What is kept of a token of 256 bits: nobody can guess one, so nothing slower is needed."""
    return sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A token of 256 bits."""
    return secrets.token_urlsafe(32)


def begin(session: Session, account: Account, origin: str) -> str:
    """Begin a sign-in; the token is told here and nowhere else."""
    token, now = new_token(), clock.now()
    session.add(
        SignedIn(
            token_digest=digest_of(token),
            account_id=account.id,
            origin=origin,
            began_at=now,
            seen_at=now,
            until=now + LONGEST,
        )
    )
    session.flush()
    return token


def standing(session: Session, token: str) -> tuple[SignedIn, Account] | None:
    """The sign-in of a token with its account, if it stands."""
    joined = select(SignedIn, Account).join(Account, Account.id == SignedIn.account_id)
    found = session.execute(joined.where(SignedIn.token_digest == digest_of(token))).one_or_none()
    if found is None:
        return None
    signed_in, account = found
    now = clock.now()
    over = now >= signed_in.until or now - signed_in.seen_at >= IDLE
    return None if over or signed_in.ended_at is not None or account.state != "active" else (signed_in, account)


def note_by(session: Session, token: str, identity_id: str, factor: bool) -> None:
    """Note that a sign-in came by an identity of the platform; `factor`: that asked for a second factor."""
    begun = session.scalars(select(SignedIn).where(SignedIn.token_digest == digest_of(token))).one()
    session.add(SignedInBy(signed_in_id=begun.id, identity_id=identity_id, factor=factor))
    session.flush()


def by_identity(session: Session, signed_in: SignedIn) -> SignedInBy | None:
    """By which identity a sign-in came; None where it came by a password."""
    return session.get(SignedInBy, signed_in.id)


def came_by_identity(session: Session, token: str) -> bool:
    """Whether the sign-in of a token stands, and came by an identity."""
    found = standing(session, token)
    return found is not None and by_identity(session, found[0]) is not None


def note_seen(engine: Engine, signed_in: SignedIn) -> None:
    """Note that its holder is there; left out while somebody else writes."""
    now = clock.now()
    if now - signed_in.seen_at >= NOTED:
        try_briefly(engine, update(SignedIn).where(SignedIn.id == signed_in.id).values(seen_at=now))


def end(session: Session, token: str, why: str) -> None:
    """End one sign-in."""
    _end(session, SignedIn.token_digest == digest_of(token), why)


def end_all(session: Session, account_id: str, why: str) -> None:
    """End every sign-in of an account."""
    _end(session, SignedIn.account_id == account_id, why)


def _end(session: Session, which: object, why: str) -> None:
    ended = update(SignedIn).where(which, SignedIn.ended_at.is_(None))  # type: ignore[arg-type]
    session.execute(ended.values(ended_at=clock.now(), ended_why=why))
