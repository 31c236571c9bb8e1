"""What is one's own to know: who one is and what one may."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from app.domain.actor import Actor
from app.register.people.accounts import account_of, rights_of
from app.register.people.roles import allowing
from app.store.engine import reading
from app.store.models import Department


def own(engine: Engine, actor: Actor) -> dict[str, Any]:
    """Whoever asks, as shown to themselves."""
    if actor.account is None:
        return {
            "account": None,
            "name": "",
            "shown_name": actor.name,
            "department": None,
            "must_change": False,
            "rights": [],
            "functions": [],
        }
    with reading(engine) as session:
        account = account_of(session, actor.account)
        rights = rights_of(session, account.id)
        return {
            "account": account.id,
            "name": account.name,
            "shown_name": account.shown_name,
            "department": session.get_one(Department, account.department_id).name,
            "must_change": account.must_change,
            "rights": [{"role": one.role, "division": one.division} for one in rights],
            "functions": sorted(allowing((one.role, one.division) for one in rights)),
        }
