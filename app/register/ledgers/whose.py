"""Whose a ledger is: a county's, or a city's or province's over its counties, which has a chain of its own."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from app.errors import BadInput, Refused
from app.register.asking import county_asked
from app.register.ledgers.knowledge import last_alteration
from app.register.places import Place, spelling
from app.register.scope import REGISTER, Actor, sees_county
from app.register.verdicts.verdict_asking import pinned
from app.store.models import Division
from app.store.row_security import every_county


def whose(session: Session, code: str | None, actor: Actor) -> str:
    """The code that the ledgers asked for are kept under: the county's, or the city's or province's own (431100).

    Raises:
        UnknownCounty: as `county_asked`.
        BadInput: when there is no such city or province, or none of theirs, or it is one county.
    """
    division = division_of(session, code) if code is not None else None
    if division is None:
        return county_asked(session, code, actor)
    own = own_code(division[0])
    if not sees_county(actor, own):
        raise _no_division(str(code))
    if _level(session, own) == "county":
        raise BadInput(
            f"{division[1]}不设县，它的台账就是 {own} 的台账", fix=f"请写 --county {own}", code="division.county"
        )
    return own


def division_of(session: Session, code: str) -> Place | None:
    """The city or province of a code of 4 or 2 digits, or of its own code of six (431100); None where it is neither.

    Raises:
        BadInput: when there is no such city or province.
    """
    wanted = spelling(code)
    short = re.fullmatch(r"(\d{2}|\d{4})", wanted, re.ASCII) or re.fullmatch(r"(\d{2}(?!00)\d{2}|\d{2})0+", wanted)
    if short is None or (len(wanted) not in (2, 4) and (len(wanted) != 6 or _level(session, wanted) == "county")):
        return None
    found = session.get(Division, short[1])
    if found is None or found.level not in ("province", "city"):
        raise _no_division(code)
    return found.code, found.name


def _no_division(code: str) -> BadInput:
    """That there is none, or none that is theirs who ask."""
    return BadInput(f"没有代码为“{code}”的市或省", fix="请写4位（市）或2位（省）的行政区划代码", code="division.bad")


def own_code(division: str) -> str:
    """The six digits of a city or province itself: 4311 is 431100. No county is called so, but where it is one."""
    return division.ljust(6, "0")


def pins_of(session: Session, division: str, actor: Actor) -> dict[str, int]:
    """The counties that the register holds of a city or province, each with its last change that altered facts.

    Whatever is read with these numbers is the same at any moment afterwards: they are taken first.
    """
    return {county: last_alteration(session, county, actor) for county, _ in pinned(session, division, actor)}


def whole_division(session: Session, division: Place, actor: Actor) -> None:
    """That the actor may act for all of a city or province: a ledger with a county left out unseen would be false.

    Raises:
        Refused: when they may see some of it only.
    """
    with every_county(session):  # else PostgreSQL hides from us the very counties that are to be missed
        needed = {county for county, _ in pinned(session, division[0], REGISTER)} | {own_code(division[0])}
    if actor.townships is not None or (actor.counties is not None and not needed <= actor.counties):
        words = f"{division[1]}的台账是各县合在一起的，只能由看得到全部各县的人核对和签发"
        raise Refused(words, fix="请由市级账户操作", code="ledger.division_only")


def _level(session: Session, code: str) -> str | None:
    found = session.get(Division, code)
    return found.level if found else None
