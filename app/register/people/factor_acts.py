"""A second factor of one's own set up; another person's taken away by whoever manages them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.actor import Actor
from app.errors import LuzhangError, NoRight
from app.register.people import managing, own_password, recovery_codes, required_factors, sessions, sign_in, totp
from app.register.people.accounts import account_of, rights_of
from app.register.people.recorded import recorded
from app.register.people.sign_in import Begun
from app.store.engine import reading, unit
from app.store.models import Account


def begin(engine: Engine, actor: Actor, password: str) -> totp.Begun:
    """A secret for one's own telephone, for whoever knows the password.

    Raises:
        SignInRefused: when the password is wrong; it counts as a wrong sign-in.
    """
    account_id = _own(actor)
    sign_in.prove(engine, account_id, password, actor)
    with unit(engine) as session:
        return totp.begin(session, account_of(session, account_id))


def confirm(engine: Engine, actor: Actor, code: str) -> tuple[list[str], Begun]:
    """Count it from now on; every sign-in without it ends, this one goes on under a new token. The recovery codes."""
    account_id = _own(actor)
    with unit(engine) as session:
        account = account_of(session, account_id)
        codes = totp.confirm(session, account, code)
        sessions.end_all(session, account.id, "second factor")
        return codes, own_password.begun(session, account, actor.origin)


def state(engine: Engine, actor: Actor) -> dict[str, Any]:
    """Whether one has a second factor, must have one, and how many recovery codes are left."""
    account_id = _own(actor)
    with reading(engine) as session:
        required = required_factors.is_required(session, rights_of(session, account_id))
        left = recovery_codes.left(session, account_id)
        return {"set_up": totp.needed(session, account_id), "required": required, "recovery_codes_left": left}


def remove(session: Session, actor: Actor, text: str) -> Account:
    """Take another person's second factor away, so that they can set one up anew; it ends whatever sign-ins stand.

    Raises:
        UnknownPerson: when the account is none of the actor's to manage.
        NoRight: when it is their own.
    """
    account = managing.person(session, actor, text)
    if account.id == actor.account:
        raise NoRight("不能撤销自己的动态口令", fix="请找另一位管理员", code="people.own")
    totp.remove(session, account)
    sessions.end_all(session, account.id, "second factor")
    recorded(session, "people.factor_remove", account.name, of=account.id)
    return account


def _own(actor: Actor) -> str:
    if actor.account is None:
        raise LuzhangError("本机操作员没有账号", fix="请登录后再设自己的动态口令", code="factor.no_account")
    return actor.account
