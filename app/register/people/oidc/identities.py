"""Whom of the identity platform an account is opened for: linked by an administrator, never by signing in."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.actor import Actor
from app.errors import BadInput, Decided, NoRight, UnknownPerson
from app.register.people import managing, sessions
from app.register.people.oidc.configured import configured
from app.register.people.recorded import recorded
from app.store.models import Account, AccountIdentity

_DIGEST = re.compile(r"[0-9a-f]{64}")

_MOST = 10


def link(
    session: Session, actor: Actor, text: str, subject: str | None = None, digest: str | None = None
) -> AccountIdentity:
    """Open an account for somebody of the platform: by what its tokens call them, or by the digest of that.

    Raises:
        UnknownPerson: when the account is none of the actor's to manage.
        NoRight: when it is their own.
        BadInput: when neither or both are told, or what is told is none.
        Decided: when an account is opened for them already.
    """
    account = _other(session, actor, text)
    wanted = _digest(subject, digest)
    if holder(session, wanted) is not None:
        raise Decided("这个身份已经与一个账号关联", fix="要换账号的，请先解除原来的", code="identity.taken")
    if len(_open(session, account.id)) >= _MOST:
        raise BadInput(f"{account.name} 关联的身份太多", fix="请先解除不用的", code="identity.many")
    made = AccountIdentity(account_id=account.id, digest=wanted, made_at=clock.now(), made_by=actor.account)
    session.add(made)
    session.flush()
    recorded(session, "people.identity_link", account.name, of=account.id, after={"identity": wanted})
    return made


def end(session: Session, actor: Actor, text: str, identity_id: str) -> AccountIdentity:
    """Open the account for them no longer; whoever is signed in to it has to sign in anew.

    Raises:
        UnknownPerson: when the account is none of the actor's to manage, or has no such identity.
        NoRight: when it is their own.
    """
    account = _other(session, actor, text)
    found = next((one for one in _open(session, account.id) if one.id == identity_id), None)
    if found is None:
        raise UnknownPerson("没有关联这个身份", fix="请看列出的身份编号", code="identity.unknown")
    found.ended_at, found.ended_by = clock.now(), actor.account
    sessions.end_all(session, account.id, "identity")
    recorded(session, "people.identity_end", account.name, of=account.id, before={"identity": found.digest})
    return found


def identities(session: Session, actor: Actor, text: str) -> list[AccountIdentity]:
    """Whom an account is opened for, the first linked first."""
    return _open(session, managing.person(session, actor, text).id)


def holder(session: Session, digest: str) -> tuple[AccountIdentity, Account] | None:
    """The account that is opened for an identity."""
    chosen = select(AccountIdentity, Account).join(Account, Account.id == AccountIdentity.account_id)
    found = session.execute(
        chosen.where(AccountIdentity.digest == digest, AccountIdentity.ended_at.is_(None))
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def identity_row(one: AccountIdentity) -> dict[str, Any]:
    """An identity as it is shown: by its digest, for whose it is stands nowhere."""
    return {"id": one.id, "digest": one.digest, "made_at": one.made_at.isoformat()}


def _open(session: Session, account_id: str) -> list[AccountIdentity]:
    chosen = select(AccountIdentity).where(AccountIdentity.account_id == account_id, AccountIdentity.ended_at.is_(None))
    return list(session.scalars(chosen.order_by(AccountIdentity.made_at, AccountIdentity.id)))


def _other(session: Session, actor: Actor, text: str) -> Account:
    account = managing.person(session, actor, text)
    if account.id == actor.account:
        raise NoRight("不能给自己关联身份", fix="请找另一位管理员", code="people.own")
    return account


def _digest(subject: str | None, digest: str | None) -> str:
    if (subject is None) == (digest is None):
        raise BadInput("身份和身份摘要要写其中一个", fix="请写平台里的标识，或审计记录里的摘要", code="identity.which")
    if digest is not None:
        if not _DIGEST.fullmatch(digest):
            raise BadInput("身份摘要写法不对", fix="请照审计记录里的写，64 位十六进制", code="identity.digest")
        return digest
    platform = configured()
    if platform is None:
        raise BadInput("没有配置统一身份认证", fix="请先配置，见技术员手册", code="oidc.off")
    if not subject or len(subject) > 512:
        raise BadInput("身份没有写，或者太长", fix=f"请写平台令牌里 {platform.claim} 的值", code="identity.subject")
    from app.register.people.oidc.id_token import digest_of

    return digest_of(platform, subject)
