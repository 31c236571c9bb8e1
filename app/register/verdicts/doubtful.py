"""Firms of which a fact is in dispute: what each clause says of their machines, over every value that is claimed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.register import AsOf
from app.domain.statement import Value
from app.register.facts.evidence import Evidence
from app.register.facts.spoken import spoken
from app.register.queries import Chosen, in_parts
from app.register.scope import Actor
from app.register.verdicts.verdict_asking import Clauses, Same
from app.register.verdicts.verdict_queries import COUNTY, DAY, FIRMS, KNOWN, Pin, facts_asked
from app.rules.verdict import verdict
from app.store.bare import teach


@dataclass(frozen=True, slots=True)
class Answered:
    """A machine, there or perhaps there, with each clause's answer in the order of the clauses."""

    county: str
    firm: str
    machine: str
    bodies: int
    answers: tuple[bool | None, ...]

    @property
    def deciding(self) -> int | None:
        """The place of the clause that decides: the first that holds, else the first that does not say no."""
        held = [place for place, answer in enumerate(self.answers) if answer is True]
        unclear = [place for place, answer in enumerate(self.answers) if answer is None]
        return next(iter((*held, *unclear)), None)


def answered(
    session: Session,
    clauses: Clauses,
    pins: Sequence[Pin],
    day: date,
    actor: Actor,
    firms: Mapping[str, Collection[str]] | Collection[str],
) -> Iterator[Answered]:
    """Every machine of the firms, told by county or as they come, that is there or perhaps there."""
    teach(session.connection())
    chosen, paths = _written(Same(clauses), actor.anybody)
    for county, known in pins:
        own = firms.get(county, ()) if isinstance(firms, Mapping) else firms
        for some in in_parts(sorted(own)):
            given = {COUNTY: county, KNOWN: known, DAY: day, FIRMS: some}
            rows = session.execute(chosen, given).all()
            subjects = {id for row in rows if row.disputed for id in (row.machine, row.firm)}
            evidence = Evidence.of(
                (said for _, said in spoken(session, county, subjects, AsOf(day, known), actor)), day
            )
            yield from (_answered(row, paths, clauses, evidence) for row in rows)


@lru_cache(maxsize=64)
def _written(asked: Same, actor: Actor) -> tuple[Chosen, tuple[str, ...]]:
    """The statement, written once."""
    return facts_asked(asked.clauses, actor)


def _answered(row: Any, paths: Sequence[str], clauses: Clauses, evidence: Evidence) -> Answered:
    facts = {path: value for path, value in zip(paths, _values(row), strict=True) if value is not None}
    claims: dict[str, tuple[Value, ...]] = {}
    for path in paths:
        section, _, name = path.rpartition(".")
        disputed = row.disputed_of_firm if section else row.disputed_of_machine
        if name in disputed.split(","):
            claims[path] = evidence.values(row.firm if section else row.machine, name)
    found = []
    for clause in clauses:
        holds = verdict(clause, facts, claims).holds
        found.append(holds if holds is False or row.present else None)
    return Answered(row.county, row.firm, row.machine, row.bodies, tuple(found))


def _values(row: Any) -> Iterator[Value | None]:
    """The facts of a row, in the order of their paths; days are three columns."""
    for column in row._mapping:
        if column.startswith("value_"):
            yield getattr(row, column)
        if column.startswith("since_"):
            end = column.removeprefix("since_")
            there = getattr(row, f"there_{end}")
            yield DateInterval(getattr(row, column), getattr(row, f"until_{end}"), there, "") if there else None
