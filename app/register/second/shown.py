"""A proposal whole, with who may confirm it: roles that have the act's function there, and the people who have them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.register.people.divisions import counties_of
from app.register.people.rights import CITY_CHAIN, counties_in
from app.register.people.roles import ALL, allows, is_own_alone, level_of, roles
from app.register.scope import Actor
from app.register.second.listed import Listed, proposal_called
from app.store.models import Account, AccountGrant, Department

#: What whoever confirms needs, beside the act's own function.
CONFIRM = "proposals.confirm"


def whole(session: Session, county: str, proposal: str, actor: Actor) -> dict[str, Any]:
    """The proposal, what was told, what it would do, and while it waits who may confirm it.

    Raises:
        NotFound: when there is none.
    """
    one = proposal_called(session, county, proposal, actor)
    return {**one.as_whole(), "may_confirm": _who(session, one) if one.state == "open" else None}


def _who(session: Session, one: Listed) -> dict[str, Any]:
    fit = [role for role in roles().values() if allows(role.name, CONFIRM) and allows(role.name, one.row.door)]
    people = [
        {"name": account.shown_name, "department": department.name, "role": role}
        for account, department, role, division in session.execute(_holders([role.name for role in fit]))
        if account.id != one.row.account and _may(session, role, division, one)
    ]
    return {"roles": [{"role": role.name, "zh": role.zh} for role in fit], "people": people}


def _holders(names: list[str]) -> Any:
    """Whoever holds one of the roles and may sign in: people are no county's, so no county limits them."""
    grant = AccountGrant
    return (
        select(Account, Department, grant.role, grant.division)
        .join(grant, grant.account_id == Account.id)
        .join(Department, Department.id == Account.department_id)
        .where(grant.role.in_(names), grant.withdrawn_at.is_(None), Account.state == "active")
        .order_by(Account.name, grant.role)
    )


def _may(session: Session, role: str, division: str, one: Listed) -> bool:
    """Whether who has the role there may do the act in its county."""
    if not (allows(role, CONFIRM, division) and allows(role, one.row.door, division)):
        return False
    own = is_own_alone(role, division)
    return one.row.county == division + CITY_CHAIN if own else _covers(session, division, one.row.county)


def _covers(session: Session, division: str, county: str) -> bool:
    if level_of(division) == ALL:
        return True
    return county in counties_in(division, counties_of(session))
