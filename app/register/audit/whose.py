"""In which chain something is recorded that is no change: in that of the county that it is about."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.register.scope import REGISTER, Actor, visible
from app.store.audit import NOBODYS
from app.store.models import CountyHead, Division


def chain_for(session: Session, actor: Actor, told: str | None) -> str:
    """The chain of the county or city that is told, if it is the actor's; else of the only one that it can be about.

    `told`: a county's code, or a city's or province's (4311). What is about several is no one county's.
    """
    code = told.ljust(6, "0") if told and told.isascii() and told.isdigit() and len(told) in (2, 4, 6) else None
    if code and (code in actor.counties if actor.counties is not None else _is_there(session, code)):
        return code
    if actor.counties is not None:
        cities = {county for county in actor.counties if county.endswith("00")}
        own = actor.counties if len(actor.counties) == 1 else cities
    else:
        own = set(session.scalars(visible(select(CountyHead.county).limit(2), REGISTER)))
    return next(iter(own)) if len(own) == 1 else NOBODYS


def _is_there(session: Session, code: str) -> bool:
    short = code.removesuffix("00").removesuffix("00")
    return session.scalar(visible(select(Division.code).where(Division.code.in_([code, short])), REGISTER)) is not None
