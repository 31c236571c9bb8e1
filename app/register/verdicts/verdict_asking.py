"""Asking the database for verdicts: by which clauses each county decides, and one statement for all that agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Dialect, bindparam, literal, or_, select, union_all
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from app.register.clauses.adoption import in_question
from app.register.clauses.county_clauses import catalogue_of
from app.register.queries import Chosen
from app.register.scope import Actor, visible
from app.register.verdicts.verdict_queries import COUNTY, DAY, KNOWN, TOWNSHIP, Pin, Scope
from app.rules.catalogue_loader import shipped
from app.rules.clause import Clause
from app.store.bare import teach
from app.store.models import ClauseAdoption, ClauseFile, CountyHead, Division

Clauses = tuple[Clause, ...]
Builder = Callable[[Clauses, Scope, Actor], Chosen]


def pinned(session: Session, division: str, actor: Actor) -> tuple[Pin, ...]:
    """The counties of a division (a code's beginning) that the register holds, each with its last change."""
    heads = select(CountyHead.county, CountyHead.number).where(
        CountyHead.county.startswith(division, autoescape=True), CountyHead.number > 0, _of_a_county()
    )
    found = session.execute(visible(heads.order_by(CountyHead.county), actor))
    return tuple((county, number) for county, number in found)


def _of_a_county() -> ColumnElement[bool]:
    """That a head is a county's: a city's own chain (431100) holds its ledgers and no facts.

    Cities that are one county (441900) have the same digits; the dictionary tells them apart.
    """
    counties = select(Division.code).where(Division.level == "county")
    return or_(~CountyHead.county.endswith("00"), CountyHead.county.in_(counties))


def clauses_of(
    session: Session, pins: Sequence[Pin], names: Sequence[str], day: date, actor: Actor
) -> dict[Clauses, list[Pin]]:
    """The clauses that answer on a day, in the order in which they decide, with the counties that go by them.

    Raises:
        UnknownClause: when a name is none.
    """
    own, files = _own(session, pins, actor)
    found: defaultdict[Same, list[Pin]] = defaultdict(list)
    for county, known in pins:
        catalogue = catalogue_of(session, county, known, actor) if county in files else shipped()
        asked = Same(in_question(catalogue, names, day, county, frozenset(own[county])))
        found[asked].append((county, known))
    return {asked.clauses: some for asked, some in found.items()}


class Same:
    """Clauses that are the same if they are the very same objects: a catalogue is read once."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self._ids = tuple(map(id, clauses))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._ids == other._ids


def _own(session: Session, pins: Sequence[Pin], actor: Actor) -> tuple[defaultdict[str, set[str]], set[str]]:
    """The clauses that each county had adopted by its own act, and the counties that had added files of their own."""
    known = dict(pins)
    own: defaultdict[str, set[str]] = defaultdict(set)
    files = set()
    for county, clause, since, until in _adopted_or_added(session, list(known), actor):
        if since <= known[county] < until:
            if clause:
                own[county].add(clause)
            else:
                files.add(county)
    return own, files


def _adopted_or_added(session: Session, counties: list[str], actor: Actor) -> Sequence[Any]:
    """Whatever counties ever adopted, and (without a clause) that they added files."""
    if len(counties) > 1:
        return session.execute(_of_their_own(actor, one=False), {COUNTY: counties}).all()
    connection = session.connection()
    written = _of_one(actor.anybody, connection.dialect)
    return connection.exec_driver_sql(written.sql, written.given | {COUNTY: counties[0] if counties else ""}).all()


def _of_their_own(actor: Actor, *, one: bool) -> Any:
    chosen = [
        select(of.county, name, of.recorded_by, of.superseded_by).where(
            of.county == bindparam(COUNTY) if one else of.county.in_(bindparam(COUNTY, expanding=True))
        )
        for of, name in ((ClauseAdoption, ClauseAdoption.clause), (ClauseFile, literal("").label("clause")))
    ]
    return union_all(*(visible(some, actor) for some in chosen))


@lru_cache(maxsize=64)
def _of_one(actor: Actor, dialect: Dialect) -> Written:
    return written_for(_of_their_own(actor, one=True), {COUNTY: ""}, dialect)


def ask(
    session: Session,
    build: Builder,
    clauses: Clauses,
    pins: Sequence[Pin],
    day: date,
    actor: Actor,
    *,
    township: str | None = None,
    apart: bool = False,
) -> Sequence[Any]:
    """The rows of a statement over the counties, each as it was known at its pin; `township`: of the only county."""
    asked = _results(session, build, clauses, pins, day, actor, township, apart=apart)
    return [row for result in asked for row in result.all()]


def ask_plain(
    session: Session,
    build: Builder,
    clauses: Clauses,
    pins: Sequence[Pin],
    day: date,
    actor: Actor,
    *,
    township: str | None = None,
) -> Iterator[tuple[Any, ...]]:
    """The same rows as the driver gives them, without names: of a whole province that is a fifth of the time."""
    for result in _results(session, build, clauses, pins, day, actor, township):
        rows: Any = result.cursor
        yield from rows.fetchall()
        result.close()


def _results(
    session: Session,
    build: Builder,
    clauses: Clauses,
    pins: Sequence[Pin],
    day: date,
    actor: Actor,
    township: str | None,
    *,
    apart: bool = False,
) -> Iterator[CursorResult[Any]]:
    connection = session.connection()
    teach(connection)
    if len(pins) > 1 and connection.dialect.name == "sqlite":
        # One after the other: it works on one core either way, and each county comes in order from its own key.
        for pin in pins:
            yield from _results(session, build, clauses, [pin], day, actor, township, apart=apart)
        return
    if len(pins) != 1:
        together = build(clauses, Scope(tuple(pins), apart=apart), actor)
        written = written_for(together, {DAY: day}, connection.dialect)
        yield connection.exec_driver_sql(written.sql, written.given | {DAY: _plain(day, connection.dialect)})
        return
    ((county, known),) = pins
    scope = Scope(township=township is not None, apart=apart)
    written = _written(build, Same(clauses), scope, actor.anybody, connection.dialect)
    given = {COUNTY: county, KNOWN: known, DAY: _plain(day, connection.dialect)}
    yield connection.exec_driver_sql(
        written.sql, written.given | given | ({TOWNSHIP: township} if township is not None else {})
    )


@lru_cache(maxsize=64)
def _written(build: Builder, asked: Same, scope: Scope, actor: Actor, dialect: Dialect) -> Written:
    """A statement for one county, written once: to write it takes longer than to answer it for a township."""
    asked_for: dict[str, Any] = {DAY: date.min} | ({} if scope.pins else {COUNTY: "", KNOWN: 0})
    asked_for |= {TOWNSHIP: ""} if scope.township else {}
    return written_for(build(asked.clauses, scope, actor), asked_for, dialect)


@dataclass(frozen=True, slots=True)
class Written:
    """A statement as the engine's driver takes it, with the values that it names whatever is asked."""

    sql: str
    given: dict[str, Any]


def written_for(statement: Any, asked_for: dict[str, Any], dialect: Dialect) -> Written:
    """The statement without the values of the names that are told when it is asked."""
    named = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
    whole = statement.compile(dialect=named).construct_expanded_state(asked_for)
    given = {name: _plain(value, dialect) for name, value in whole.parameters.items() if name not in asked_for}
    return Written(whole.statement, given)


def _plain(value: Any, dialect: Dialect) -> Any:
    """A value as the driver takes it: SQLite has days as text."""
    return value.isoformat() if isinstance(value, date) and dialect.name == "sqlite" else value
