"""Signing in: one password compared whatever is asked, wrong ones counted and locked out, the same words for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Engine, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app import clock
from app.domain.actor import Actor
from app.errors import IdentityRefused, NotSignedIn, SignInRefused
from app.register.people import passwords, sessions, totp
from app.register.people.accounts import account_named, spelled
from app.register.people.recorded import recorded
from app.store.engine import acting, reading, unit
from app.store.models import Account, Base, SignInTry

#: So many wrong ones within so long, and none is taken for so long.
WRONG, WITHIN, LOCKED_FOR = 5, timedelta(minutes=15), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that was given: its token, told once."""

    token: str
    account: str
    name: str
    shown_name: str
    must_change: bool


def sign_in(
    engine: Engine, name: str, password: str, code: str | None, origin: str, before: str | None = None
) -> Begun:
    """Sign somebody in, under a new token; the sign-in of the token `before` is over.

    Raises:
        SignInRefused: when the name is unknown, the password or the code wrong, the account locked or disabled.
        NotSignedIn: when the password is right and the second factor is still to be told.
    """
    with reading(engine) as session:
        account = account_named(session, name)
        key = account.id if account else _unknown(name)
    right = passwords.is_it(password, account.password if account else None)
    who = Actor(account.shown_name, account=account.id, origin=origin) if account else _nobody(origin)
    with unit(acting(engine, who)) as session:
        tried = _tried(session, key)
        own = session.get(Account, key)
        locked = _is_locked(tried)
        if own is None or not right or locked or not _usable(own):
            refused: NotSignedIn | None = _wrong(session, tried, own, locked)
        else:
            refused = _second_factor(session, own, code, tried)
        begun = None if refused or own is None else _begun(session, own, tried, origin)
        if begun is not None and before:
            sessions.end(session, before, "signed in anew")
    if begun is None:
        raise refused or SignInRefused()
    return begun


@dataclass(frozen=True, slots=True)
class By:
    """By whom of the identity platform somebody comes; `factor`: it says that it asked for a second factor."""

    identity: str
    factor: bool
    digest: str


def by_identity(
    session: Session, account: Account, by: By, code: str | None, origin: str, before: str | None = None
) -> tuple[Begun | None, NotSignedIn | None]:
    """Sign in whom the platform named: no password is asked, the second factor is, unless the platform did; or why not.

    What is wrong is counted, so it is told and not raised.
    """
    tried, after = _tried(session, account.id), {"identity": by.digest}
    if account.state != "active" or _is_locked(tried):
        refused: NotSignedIn = IdentityRefused()
        recorded(session, "oidc.sign_in", account.name, result="failed", code=refused.code, of=account.id, after=after)
        return None, refused
    missing = None if by.factor else _second_factor(session, account, code, tried)
    if missing is not None:
        return None, missing
    tried.failed, tried.locked_until = 0, None
    if before:
        sessions.end(session, before, "signed in anew")
    token = sessions.begin(session, account, origin)
    sessions.note_by(session, token, by.identity, by.factor)
    recorded(session, "oidc.sign_in", account.name, of=account.id, after=after | {"factor": by.factor})
    return Begun(token, account.id, account.name, account.shown_name, must_change=False), None


def factor_refused(session: Session, account: Account, code: str | None) -> NotSignedIn | None:
    """Why somebody who comes with a one-time token is not let in by the second factor; what is wrong is counted."""
    if not totp.needed(session, account.id):
        return None
    tried = _tried(session, account.id)
    return _wrong(session, tried, account, True) if _is_locked(tried) else _second_factor(session, account, code, tried)


def sign_out(session: Session, token: str) -> None:
    """End a sign-in."""
    found = sessions.standing(session, token)
    sessions.end(session, token, "signed out")
    if found is not None:
        recorded(session, "sign_out", found[1].name, of=found[1].id)


def prove(engine: Engine, account_id: str, password: str, actor: Actor) -> None:
    """Have somebody who is signed in tell their password again; a wrong one counts as at a sign-in.

    Raises:
        SignInRefused: when it is wrong, or the account is locked.
    """
    with reading(engine) as session:
        kept = session.get_one(Account, account_id).password
    right = passwords.is_it(password, kept)
    with unit(acting(engine, actor)) as session:
        tried, account = _tried(session, account_id), session.get_one(Account, account_id)
        locked = _is_locked(tried)
        refused = None if right and not locked else _wrong(session, tried, account, locked)
    if refused is not None:
        raise refused


def unlock(session: Session, account_id: str) -> None:
    """Forget the wrong tries at an account."""
    session.execute(
        update(SignInTry).where(SignInTry.key == account_id).values(failed=0, locked_until=None, since=clock.now())
    )


def _is_locked(tried: SignInTry) -> bool:
    return tried.locked_until is not None and tried.locked_until > clock.now()


def _usable(account: Account) -> bool:
    """Whether the account may be used, its one-time password not over."""
    until = account.password_until
    return account.state == "active" and (until is None or until > clock.now())


def _begun(session: Session, account: Account, tried: SignInTry, origin: str) -> Begun:
    tried.failed, tried.locked_until = 0, None
    if passwords.is_expired(account.password_at):
        account.must_change = True
    token = sessions.begin(session, account, origin)
    recorded(session, "sign_in", account.name, of=account.id)
    return Begun(token, account.id, account.name, account.shown_name, account.must_change)


def _second_factor(session: Session, account: Account, code: str | None, tried: SignInTry) -> NotSignedIn | None:
    """Why it is not given yet, when the account asks for a second factor."""
    if not totp.needed(session, account.id):
        return None
    if not code:
        return NotSignedIn("还要动态口令", fix="请输入手机上的 6 位动态口令，或一个恢复码", code="sign_in.code_needed")
    return None if totp.accept(session, account.id, code) else _wrong(session, tried, account, False)


def _wrong(session: Session, tried: SignInTry, account: Account | None, locked: bool) -> SignInRefused:
    """Count a wrong try, lock at the last one. A name that nobody has may be a password: it is not recorded."""
    now, what = clock.now(), account.name if account else "—"
    if not locked:
        if now - tried.since >= WITHIN or tried.failed >= WRONG:
            tried.failed, tried.since, tried.locked_until = 0, now, None
        tried.failed += 1
        if tried.failed >= WRONG:
            tried.locked_until = now + LOCKED_FOR
    recorded(session, "sign_in", what, result="failed", code=SignInRefused.code, of=tried.key)
    if not locked and tried.failed >= WRONG:
        recorded(session, "sign_in.lock", what, of=tried.key)
    return SignInRefused()


def _tried(session: Session, key: str) -> SignInTry:
    """The tries at an account, its row locked to the end of the unit."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    table = Base.metadata.tables[SignInTry.__tablename__]
    first = dialect.insert(table).values(key=key, failed=0, since=clock.now())
    session.execute(first.on_conflict_do_update(index_elements=["key"], set_={"key": key}))
    return session.get_one(SignInTry, key)


def _nobody(origin: str) -> Actor:
    return Actor("未登录", frozenset(), origin=origin)


def _unknown(name: str) -> str:
    """Names that nobody has share 4,096 rows: as much is read and written for them as for an account."""
    return "?" + sha256(spelled(name).encode("utf-8", "surrogatepass")).hexdigest()[:3]
