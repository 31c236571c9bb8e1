"""Acts of people and their sign-ins, handed to the record of acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.actor import Actor
from app.register.audit import record
from app.register.people.divisions import chain
from app.store.models import AccountGrant


def recorded(
    session: Session,
    act: str,
    what: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    result: str = "done",
    code: str | None = None,
    actor: Actor | None = None,
    of: str | None = None,
) -> None:
    """Record an act in the session's unit of work.

    `of`: whose account it is about. It stands in the chain of the county in which all their rights are, if there is
    one; else with what is no county's.
    """
    county = None if of is None else _county(session, of)
    record(
        session, act=act, what=what, county=county, before=before, after=after, result=result, code=code, actor=actor
    )


def _county(session: Session, account_id: str) -> str | None:
    held = select(AccountGrant.division).where(AccountGrant.account_id == account_id)
    found = {chain(one) for one in session.scalars(held.where(AccountGrant.withdrawn_at.is_(None)))}
    return found.pop() if len(found) == 1 and "all" not in found else None
