"""Tokens listed, made and revoked: one's own by oneself, other people's by whoever manages them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.actor import Actor
from app.errors import Decided, LuzhangError, NoRight, NotFound, UnknownPerson
from app.register.people import managing, tokens
from app.register.people.accounts import account_of, rights_of
from app.register.people.divisions import counties_of
from app.register.people.recorded import recorded
from app.register.people.rights import actor_for
from app.store.models import Account, ApiToken

#: Whoever may look at people may look at their tokens.
_MANAGES = "people.read"

STATES = {"standing": "可用", "expired": "已过期", "ended": "已停用"}


def make_own(
    session: Session, actor: Actor, name: str, functions: Sequence[str], divisions: Sequence[str], last_day: date
) -> tokens.Made:
    """Make a token of one's own.

    Raises:
        LuzhangError: when whoever asks has no account.
    """
    if actor.account is None:
        fix = "请先设账号；在登记库所在的电脑上可以替账号发：luzhang token make 账号"
        raise LuzhangError("本机操作员没有账号，不能有令牌", fix=fix, code="token.no_account")
    return tokens.make(session, account_of(session, actor.account), name, functions, divisions, last_day)


def listed(session: Session, actor: Actor, whose: str | None = None) -> list[dict[str, Any]]:
    """The tokens that are the actor's own or of people whom they manage, the latest first; `whose`: of one account.

    Raises:
        UnknownPerson: when that account is neither.
    """
    chosen = select(ApiToken, Account).join(Account, Account.id == ApiToken.account_id)
    if whose is not None:
        chosen = chosen.where(ApiToken.account_id == _reached(session, actor, whose).id)
    elif (limited := _limited(session, actor)) is None:
        chosen = chosen.where(ApiToken.account_id == actor.account)
    elif not managing.is_whole(limited):
        own = {one.id for one in managing.people(session, limited)} | {actor.account}
        chosen = chosen.where(ApiToken.account_id.in_(own))
    found = session.execute(chosen.order_by(ApiToken.made_at.desc(), ApiToken.id))
    return [token_row(token, account) for token, account in found]


def revoke(session: Session, actor: Actor, id: str) -> dict[str, Any]:
    """Revoke a token, one's own or of somebody whom one manages.

    Raises:
        NotFound: when there is none such.
        Decided: when it is revoked already.
    """
    token = session.get(ApiToken, id.replace("\x00", ""))
    account = session.get_one(Account, token.account_id) if token else None
    if token is None or account is None or not _reaches(session, actor, account):
        raise NotFound("没有这个令牌", fix="请看 GET /api/v1/tokens 里列出的编号", code="token.unknown")
    if token.ended_at is not None:
        raise Decided("这个令牌已经停用", fix="不必再停用", code="token.ended")
    tokens.end(token, "revoked")
    recorded(session, "tokens.revoke", token.id, of=account.id, before={"account": account.name, "name": token.name})
    return token_row(token, account)


def token_row(token: ApiToken, account: Account) -> dict[str, Any]:
    """A token as it is listed; never the token itself."""
    over = token.until <= clock.now()
    last_day = (token.until.astimezone(clock.CHINA) - timedelta(days=1)).date()
    return {
        "id": token.id,
        "account": account.name,
        "name": token.name,
        "functions": token.functions.split(),
        "divisions": token.divisions.split(),
        "made_at": token.made_at.isoformat(),
        "until": last_day.isoformat(),
        "state": "ended" if token.ended_at or account.state != "active" else "expired" if over else "standing",
    }


def _reached(session: Session, actor: Actor, whose: str) -> Account:
    account = account_of(session, whose)
    if not _reaches(session, actor, account):
        raise UnknownPerson
    return account


def _reaches(session: Session, actor: Actor, account: Account) -> bool:
    if account.id == actor.account:
        return True
    limited = _limited(session, actor)
    return limited is not None and managing.manages(session, limited, account)


def _limited(session: Session, actor: Actor) -> Actor | None:
    """Whoever asks, limited to the people whom they manage; None when that is nobody."""
    if actor.account is None:
        return actor if managing.is_whole(actor) else None
    rights = rights_of(session, actor.account)
    try:
        return actor_for(actor.name, rights, _MANAGES, counties_of=counties_of(session), account=actor.account)
    except NoRight:
        return None
