"""What administrators do: people of their own counties, rights that they may give, nothing of their own rights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.actor import Actor
from app.errors import BadInput, Decided, LuzhangError, NoRight, UnknownPerson
from app.register.people import passwords, sessions, sign_in, tokens
from app.register.people.accounts import account_of, grants_of
from app.register.people.divisions import LEVEL_NAMES, chain, counties_of, named
from app.register.people.recorded import recorded
from app.register.people.rights import counties_in
from app.register.people.roles import ALL, Role, level_of, role
from app.store.models import Account, AccountGrant, Department

#: The role that makes others; a whole one (of all) makes administrators.
ADMINISTRATOR = "administrator"

#: A one-time password that nobody has used by then is over.
ONE_TIME_FOR = timedelta(days=7)


def is_whole(actor: Actor) -> bool:
    """Whether an actor manages everybody."""
    return actor.counties is None and actor.townships is None


def reaches(session: Session, actor: Actor, division: str) -> bool:
    """Whether a division lies within what the actor manages."""
    if is_whole(actor):
        return True
    if division == ALL or actor.counties is None:
        return False
    within = counties_in(division, counties_of(session)) if level_of(division) == "city" else {chain(division)}
    return within <= actor.counties


def manages(session: Session, actor: Actor, account: Account) -> bool:
    """Whether an account is the actor's to manage: its office and all its rights within, none an administrator's."""
    if is_whole(actor):
        return True
    office = session.get_one(Department, account.department_id).division
    held = grants_of(session, account.id)
    return reaches(session, actor, office) and all(
        one.role != ADMINISTRATOR and reaches(session, actor, one.division) for one in held
    )


def person(session: Session, actor: Actor, text: str) -> Account:
    """An account of that name or id that the actor manages.

    Raises:
        UnknownPerson: when there is none, or it is somebody else's to manage.
    """
    found = account_of(session, text)
    if not manages(session, actor, found):
        raise UnknownPerson
    return found


def people(session: Session, actor: Actor) -> Iterator[Account]:
    """The accounts that the actor manages, by name."""
    for account in session.scalars(select(Account).order_by(Account.name)).all():
        if manages(session, actor, account):
            yield account


def grant(session: Session, actor: Actor, text: str, role_name: str, division: str) -> AccountGrant:
    """Give an account a role in a division.

    Raises:
        BadInput: when there is no such role or place, or the role is not given at that level.
        NoRight: when it is not the actor's to give.
        Decided: when the account has it already.
    """
    account, wanted = _other(session, actor, text), role(role_name)
    # First whether it is theirs to give: whoever manages one county is not told which places there are elsewhere.
    if not reaches(session, actor, division) or (wanted.name == ADMINISTRATOR and not is_whole(actor)):
        raise NoRight("这项权限不是您能给的", fix="请找上级管理员", code="people.grant_beyond")
    _refuse_level(session, wanted, division)
    held = grants_of(session, account.id)
    if any((one.role, one.division) == (wanted.name, division) for one in held):
        raise Decided(f"{account.name} 已经有这项权限", fix="不必再给", code="people.granted")
    if any((level_of(one.division) == "township") != (level_of(division) == "township") for one in held):
        raise BadInput(
            f"{account.name} 的权限不能又有乡镇的又有县的", fix="请先撤回原来的，或另建一个账号", code="people.mixed"
        )
    given = AccountGrant(
        account_id=account.id, role=wanted.name, division=division, given_at=clock.now(), given_by=actor.account
    )
    session.add(given)
    session.flush()
    recorded(session, "people.grant", account.name, of=account.id, after={"role": wanted.name, "division": division})
    return given


def withdraw(session: Session, actor: Actor, text: str, grant_id: str) -> AccountGrant:
    """Take a right back; whoever had it has to sign in anew.

    Raises:
        BadInput: when the account has no such right.
        Decided: when it is the last whole administrator's.
    """
    account = _other(session, actor, text)
    found = next((one for one in grants_of(session, account.id) if one.id == grant_id), None)
    if found is None:
        raise UnknownPerson("没有这项权限可撤", fix="请看 GET /api/v1/people 里列出的权限编号", code="grant.unknown")
    if found.role == ADMINISTRATOR and found.division == ALL:
        _refuse_last(session, account)
    recorded(
        session, "people.withdraw", account.name, of=account.id, before={"role": found.role, "division": found.division}
    )
    found.withdrawn_at, found.withdrawn_by = clock.now(), actor.account
    sessions.end_all(session, account.id, "withdrawn")
    return found


def disable(session: Session, actor: Actor, text: str) -> Account:
    """Let nobody sign in with an account any more; whoever is signed in with it no longer is."""
    account = _other(session, actor, text)
    if account.state == "disabled":
        raise Decided(f"{account.name} 已经停用", fix="不必再停用", code="people.disabled")
    _refuse_last(session, account)
    account.state = "disabled"
    sessions.end_all(session, account.id, "disabled")
    tokens.end_all(session, account.id, "disabled")
    recorded(
        session, "people.disable", account.name, of=account.id, before={"state": "active"}, after={"state": "disabled"}
    )
    return account


def enable(session: Session, actor: Actor, text: str) -> Account:
    """Let an account be used again, with the password that it had."""
    account = _other(session, actor, text)
    if account.state == "active":
        raise Decided(f"{account.name} 没有停用", fix="不必再启用", code="people.active")
    account.state = "active"
    sign_in.unlock(session, account.id)
    recorded(
        session, "people.enable", account.name, of=account.id, before={"state": "disabled"}, after={"state": "active"}
    )
    return account


def give_password(session: Session, actor: Actor, text: str) -> tuple[Account, str]:
    """Give an account a one-time password, told here and nowhere else; it ends whatever sign-ins stand."""
    account = _other(session, actor, text)
    return account, set_one_time(session, account)


def set_one_time(session: Session, account: Account) -> str:
    """Set a one-time password; it must be changed at once, and within a week."""
    password, now = passwords.one_time(), clock.now()
    account.password, account.password_at, account.must_change = passwords.kept(password), now, True
    account.password_until = now + ONE_TIME_FOR
    sessions.end_all(session, account.id, "password")
    sign_in.unlock(session, account.id)
    recorded(
        session, "people.password", account.name, of=account.id, after={"until": account.password_until.isoformat()}
    )
    return password


def _other(session: Session, actor: Actor, text: str) -> Account:
    """Somebody else's account: nobody changes their own rights."""
    account = person(session, actor, text)
    if account.id == actor.account:
        raise NoRight("不能改自己的权限和状态", fix="请找另一位管理员", code="people.own")
    return account


def _refuse_level(session: Session, wanted: Role, division: str) -> None:
    named(session, division)
    if level_of(division) not in wanted.levels:
        levels = "、".join(LEVEL_NAMES[one] for one in wanted.levels)
        raise BadInput(f"{wanted.zh}不能给在“{division}”上", fix=f"请写{levels}的代码", code="people.level")


def _refuse_last(session: Session, account: Account) -> None:
    """Refuse what would leave nobody who manages everybody."""
    chosen = (
        select(Account.id)
        .join(AccountGrant, AccountGrant.account_id == Account.id)
        .where(
            Account.state == "active",
            AccountGrant.role == ADMINISTRATOR,
            AccountGrant.division == ALL,
            AccountGrant.withdrawn_at.is_(None),
        )
    )
    if set(session.scalars(chosen)) == {account.id}:
        raise LuzhangError(
            "这是最后一位管全部的管理员，不能停用或撤权", fix="请先另设一位，再停用这一位", code="people.last"
        )
