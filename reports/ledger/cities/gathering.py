"""Reads a city's quarter from the register: each of its counties as known at a change of its own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.errors import BadInput
from app.register import records
from app.register.scope import Actor
from reports.ledger.cities.city import City
from reports.ledger.gathered.content import Issued, Revision
from reports.ledger.gathered.gathering import content

#: More counties than there are.
_EVERY = 10_000


def city(
    session: Session,
    quarter: Quarter,
    code: str,
    pins: Sequence[tuple[str, int]],
    revisions: tuple[Revision, ...],
    actor: Actor,
    *,
    issued: Issued | None = None,
) -> City:
    """The counties pinned (county, known), on the quarter's last day; those of the city without a register are named.

    Raises:
        BadInput: when there is no such city or province.
    """
    counties = tuple(content(session, quarter, county, known, (), actor) for county, known in pins)
    there = {county for county, _ in pins}
    dictionary = {level: _named(session, level) for level in ("province", "city", "county")}
    own = [name for county, name in dictionary["county"].items() if county.startswith(code) and county not in there]
    name = (dictionary["city"] | dictionary["province"]).get(code)
    if name is None:
        raise BadInput(f"没有代码为“{code}”的市或省", fix="请写4位（市）或2位（省）的行政区划代码", code="division.bad")
    return City(code, name, quarter, counties, tuple(own), revisions, issued)


def _named(session: Session, level: str) -> dict[str, str]:
    """The divisions of a level by their code."""
    rows = records.divisions(session, parent=None, level=level, words=None, after=None, limit=_EVERY).rows
    return {str(row["code"]): str(row["name"]) for row in rows}
