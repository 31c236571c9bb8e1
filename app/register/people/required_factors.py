"""Roles whose holders must have a second factor: without one they may set it up, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.actor import Actor
from app.errors import NoRight
from app.register.people import totp
from app.register.people.recorded import recorded
from app.register.people.rights import Right
from app.register.people.roles import role
from app.store.models import FactorRole


def required_roles(session: Session) -> frozenset[str]:
    """The roles that ask for one."""
    return frozenset(session.scalars(select(FactorRole.role).where(FactorRole.required.is_(True))))


def is_required(session: Session, rights: Iterable[Right]) -> bool:
    """Whether whoever has these rights must have one."""
    return not required_roles(session).isdisjoint(right.role for right in rights)


def refuse_without(session: Session, account_id: str, rights: Iterable[Right]) -> None:
    """Refuse whoever must have one and has none.

    Raises:
        NoRight: then.
    """
    if is_required(session, rights) and not totp.needed(session, account_id):
        fix = "您的角色规定要用动态口令；见 POST /api/v1/me/factor"
        raise NoRight("请先设动态口令", fix=fix, code="factor.set_up_first")


def require(session: Session, actor: Actor, role_name: str, required: bool) -> str:
    """Have the holders of a role need one, or no longer; the role's name.

    Raises:
        BadInput: when there is no such role.
        NoRight: when the actor does not manage everybody.
    """
    named = role(role_name).name
    if actor.counties is not None or actor.townships is not None:
        raise NoRight("只有管全部的管理员能规定", fix="请找上级管理员", code="factor.beyond")
    found = session.get(FactorRole, named)
    before = found.required if found else False
    if found is None:
        found = FactorRole(role=named)
        session.add(found)
    found.required, found.changed_at, found.changed_by = required, clock.now(), actor.account
    session.flush()
    recorded(session, "people.factor_require", named, before={"required": before}, after={"required": required})
    return named
