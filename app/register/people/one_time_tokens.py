"""One-time tokens: the first administrator of a register, and the rescue of one who lost the password."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from app import clock
from app.domain.actor import LOCAL_OPERATOR, Actor
from app.errors import LuzhangError, NotSignedIn
from app.register.people import departments, own_password, passwords, sessions
from app.register.people.accounts import account_of, any_account, make
from app.register.people.managing import ADMINISTRATOR, grant
from app.register.people.recorded import recorded
from app.register.people.roles import ALL
from app.register.people.sign_in import Begun, factor_refused
from app.store.engine import acting, reading, unit
from app.store.models import Account, OneTimeToken

#: How long a token may be used.
VALID_FOR = timedelta(hours=24)

#: The office of the first administrator, until it is told otherwise.
OFFICE = "管理部门"


class TokenRefused(NotSignedIn):
    """A one-time token that is unknown, used or over: the same words for all."""

    code = "token.refused"
    message = "一次性令牌不对，或者已经用过、过期"
    fix = "请在登记库所在的电脑上重新取一个：luzhang user first，或 luzhang user rescue 账号"


def first_token(session: Session) -> tuple[str, datetime] | None:
    """A new token for the first administrator, and until when; None where there are accounts already."""
    return None if any_account(session) else _issued(session, "first", None)


def rescue_token(session: Session, text: str) -> tuple[Account, str, datetime]:
    """A new token that sets a password for an account and lets it be used again."""
    account = account_of(session, text)
    token, until = _issued(session, "rescue", account.id)
    recorded(session, "people.rescue", account.name, of=account.id, after={"until": until.isoformat()})
    return account, token, until


def make_first(engine: Engine, token: str, name: str, shown_name: str, password: str, origin: str) -> Begun:
    """Make the first administrator, of everything, and sign them in.

    Raises:
        TokenRefused: when the token is no good, or there are accounts already.
    """
    passwords.refuse_weak(password, name, ())
    text = passwords.kept(password)
    with unit(acting(engine, Actor(name, origin=origin))) as session:
        _used(session, token, "first")
        if any_account(session):
            raise TokenRefused
        account = first_administrator(session, name, shown_name)
        own_password.take(session, account, text)
        return own_password.begun(session, account, origin)


def first_administrator(session: Session, name: str, shown_name: str) -> Account:
    """The first account of a register: an administrator of everything.

    Raises:
        LuzhangError: when there are accounts already.
    """
    if any_account(session):
        raise LuzhangError(
            "已经有账号了", fix="请用 luzhang user add 添加，luzhang user grant 给权限", code="people.first"
        )
    office = departments.found_or_made(session, LOCAL_OPERATOR, ALL, OFFICE)
    account = make(session, LOCAL_OPERATOR, name, shown_name, office)
    grant(session, LOCAL_OPERATOR, account.id, ADMINISTRATOR, ALL)
    recorded(session, "people.first", account.name)
    return account


def rescue(engine: Engine, token: str, password: str, origin: str, code: str | None = None) -> Begun:
    """Set a new password by a rescue token and sign its holder in.

    A second factor is asked for as ever: the token is handed on, and would open by itself what a password alone does
    not. Who lost the telephone as well has the factor removed at the same machine.

    Raises:
        TokenRefused: when the token is no good.
        NotSignedIn: when the second factor is still to be told, or wrong; the token stays good.
    """
    with reading(engine) as session:
        told = session.get(OneTimeToken, sessions.digest_of(token))
        if told is None or told.account_id is None or not _stands(told, "rescue"):
            raise TokenRefused
        account = account_of(session, told.account_id)
        passwords.refuse_weak(password, account.name, own_password.former_of(session, account))
    text = passwords.kept(password)
    with unit(acting(engine, Actor(account.name, account=account.id, origin=origin))) as session:
        account = account_of(session, account.id)
        refused = factor_refused(session, account, code)
        if refused is None:
            _used(session, token, "rescue")
            account.state = "active"
            own_password.take(session, account, text)
            recorded(session, "people.rescue", account.name, of=account.id)
            return own_password.begun(session, account, origin)
    raise refused


def _issued(session: Session, kind: str, account_id: str | None) -> tuple[str, datetime]:
    """A new token; those of its kind that were not used are over."""
    token, now = sessions.new_token(), clock.now()
    older = update(OneTimeToken).where(OneTimeToken.kind == kind, OneTimeToken.used_at.is_(None))
    if account_id is not None:
        older = older.where(OneTimeToken.account_id == account_id)
    session.execute(older.values(until=now))
    until = now + VALID_FOR
    session.add(
        OneTimeToken(digest=sessions.digest_of(token), kind=kind, account_id=account_id, made_at=now, until=until)
    )
    session.flush()
    return token, until


def _used(session: Session, token: str, kind: str) -> None:
    """Use a token up: of two at once, one does."""
    now = clock.now()
    good = (OneTimeToken.kind == kind, OneTimeToken.used_at.is_(None), OneTimeToken.until > now)
    using = update(OneTimeToken).where(OneTimeToken.digest == sessions.digest_of(token), *good)
    if session.execute(using.values(used_at=now)).rowcount != 1:  # type: ignore[attr-defined]
        raise TokenRefused


def _stands(token: OneTimeToken, kind: str) -> bool:
    return token.kind == kind and token.used_at is None and token.until > clock.now()
