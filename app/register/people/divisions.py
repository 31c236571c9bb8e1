"""Divisions that people are given rights in: their names, a city's counties, what lies within what."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import BadInput
from app.register.people.rights import CITY_CHAIN
from app.register.people.roles import ALL, level_of
from app.store.models import Division

#: How each level is called.
LEVEL_NAMES = {"township": "乡镇（街道）", "county": "县（市、区）", "city": "市", ALL: "全部"}


def counties_of(session: Session) -> Callable[[str], tuple[str, ...]]:
    """What tells the counties of a city."""
    return partial(_counties_of, session)


def named(session: Session, division: str) -> str:
    """What a division is called.

    Raises:
        BadInput: when the dictionary has none of that code.
    """
    if division == ALL:
        return LEVEL_NAMES[ALL]
    found = session.get(Division, division) if level_of(division) else None
    if found is None:
        fix = "请写9位（乡镇）、6位（县）、4位（市）的行政区划代码，或 all（全部）"
        raise BadInput(f"没有代码为“{division}”的地方", fix=fix, code="division.bad")
    return found.name


def chain(division: str) -> str:
    """The county that a division's people are managed by: a township's county, a city's own chain."""
    return division + CITY_CHAIN if level_of(division) == "city" else division[:6]


def _counties_of(session: Session, city: str) -> tuple[str, ...]:
    own = select(Division.code).where(Division.parent == city, Division.level == "county")
    return tuple(session.scalars(own.order_by(Division.code)))
