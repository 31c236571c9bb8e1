"""The record itself, a page at a time: the changes of a county, and the division dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.dates import FOREVER
from app.register.scope import Actor, visible
from app.store.models import Change, CountyHead, Division, DivisionAlias


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, how many there are in all, and what the next page starts after."""

    total: int
    rows: Sequence[Mapping[str, Any]]
    after: str | None


def answers(session: Session) -> bool:
    """Whether the register can be read at all."""
    return session.scalar(select(func.count()).select_from(CountyHead)) is not None


def changes(session: Session, county: str, actor: Actor, *, before: int | None, limit: int) -> Page:
    """The county's changes, the latest first."""
    own = visible(select(Change).where(Change.county == county), actor)
    total = _count(session, own)
    older = own if before is None else own.where(Change.number < before)
    found = session.scalars(older.order_by(Change.number.desc()).limit(limit + 1)).all()
    words = ("number", "act", "actor", "at", "reason", "batch", "digest")
    rows = [{word: getattr(change, word) for word in words} for change in found[:limit]]
    return Page(total, rows, str(rows[-1]["number"]) if len(found) > limit else None)


def divisions(
    session: Session, *, parent: str | None, level: str | None, words: str | None, after: str | None, limit: int
) -> Page:
    """Divisions in the order of their codes: those below one, of a level, or whose name or alias holds some words."""
    wanted = select(Division)
    if parent is not None:
        wanted = wanted.where(Division.parent == parent)
    if level is not None:
        wanted = wanted.where(Division.level == level)
    if words:
        alias = select(DivisionAlias.code).where(DivisionAlias.alias.contains(words, autoescape=True))
        wanted = wanted.where(Division.name.contains(words, autoescape=True) | Division.code.in_(alias))
    total = _count(session, wanted)
    further = wanted if after is None else wanted.where(Division.code > after)
    found = session.scalars(further.order_by(Division.code).limit(limit + 1)).all()
    aliases = _aliases(session, [division.code for division in found[:limit]])
    rows = [
        {
            "code": division.code,
            "name": division.name,
            "parent": division.parent,
            "level": division.level,
            "aliases": aliases.get(division.code, []),
        }
        for division in found[:limit]
    ]
    return Page(total, rows, found[limit - 1].code if len(found) > limit else None)


def _count(session: Session, wanted: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def _aliases(session: Session, codes: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    wanted = select(DivisionAlias).where(DivisionAlias.code.in_(codes)).order_by(DivisionAlias.valid_from)
    for alias in session.scalars(wanted):
        until = None if alias.valid_to == FOREVER else alias.valid_to
        found.setdefault(alias.code, []).append(
            {"alias": alias.alias, "valid_from": alias.valid_from, "valid_to": until}
        )
    return found
