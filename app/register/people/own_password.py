"""A person's own password: changed by whoever knows the old one, or by a one-time token."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.actor import Actor
from app.errors import LuzhangError
from app.register.people import passwords, sessions, sign_in
from app.register.people.accounts import account_of
from app.register.people.recorded import recorded
from app.register.people.sign_in import Begun
from app.store.engine import reading, unit
from app.store.models import Account, FormerPassword


def change(engine: Engine, actor: Actor, old: str, new: str) -> Begun:
    """Change one's own password; every other sign-in ends, this one goes on under a new token.

    Raises:
        SignInRefused: when the old one is wrong; it counts as a wrong sign-in.
        BadInput: when the new one is too weak.
    """
    if actor.account is None:
        raise LuzhangError("本机操作员没有口令", fix="请登录后再改自己的口令", code="password.none")
    sign_in.prove(engine, actor.account, old, actor)
    with reading(engine) as session:
        account = account_of(session, actor.account)
        passwords.refuse_weak(new, account.name, former_of(session, account))
    text = passwords.kept(new)
    with unit(engine) as session:
        account = account_of(session, actor.account)
        take(session, account, text)
        recorded(session, "me.password", account.name, of=account.id)
        return begun(session, account, actor.origin)


def begun(session: Session, account: Account, origin: str) -> Begun:
    """Sign an account in that has just been given its password."""
    token = sessions.begin(session, account, origin)
    return Begun(token, account.id, account.name, account.shown_name, account.must_change)


def former_of(session: Session, account: Account) -> Sequence[str]:
    """The passwords that an account has and had last, the newest first."""
    chosen = select(FormerPassword.password).where(FormerPassword.account_id == account.id)
    chosen = chosen.order_by(FormerPassword.set_at.desc(), FormerPassword.id.desc()).limit(passwords.REMEMBERED)
    return session.scalars(chosen).all()


def take(session: Session, account: Account, text: str) -> None:
    """Keep a new password, chosen by its holder, and end every sign-in."""
    now = clock.now()
    account.password, account.password_at, account.password_until = text, now, None
    account.must_change = False
    session.add(FormerPassword(account_id=account.id, password=text, set_at=now))
    sessions.end_all(session, account.id, "password")
    sign_in.unlock(session, account.id)
