"""Statements as the register keeps them, read back as what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.domain.statement import Evidence, Statement, Value
from app.register import queries
from app.register.desk import desk_queries
from app.register.facts.identity import same_as
from app.register.facts.settle import PRESENT
from app.register.scope import REGISTER, Actor
from app.store.facts import from_json


def spoken(
    session: Session, county: str, subjects: Iterable[str] | None, as_of: AsOf, actor: Actor
) -> Iterator[tuple[str, Statement]]:
    """Statements on subjects (None: on all), each with its batch, in the order in which they were recorded.

    What was said of a record that is set aside for another is said of that other one; what was decided for says so.
    """
    same = same_as(session, county, as_of.known)
    chosen = {
        row[0]: (row[1], row[2]) for row in session.execute(desk_queries.values_decided(county, as_of.known, REGISTER))
    }
    parts = [None] if subjects is None else queries.in_parts(same.voices(subjects))
    for part in parts:
        for row in session.execute(queries.statements(county, part, as_of, actor)):
            said = _said(row)
            if said.subject in same.into:
                said = replace(said, subject=same.of(said.subject))
            if said.id in chosen:
                decided, field = chosen[said.id]
                said = replace(said, decided=decided, there=field == PRESENT)
            yield row[0], said


def _said(row: Sequence[Any]) -> Statement:
    """One row as a statement: the columns in the order of the query, which is read hundreds of thousands of times."""
    _, subject, section, field, value, day, source, file, sheet, cell, raw, change, id = row
    return Statement(subject, section, field, _value(value), day, source, Evidence(file, sheet, cell, raw), change, id)


@lru_cache(maxsize=50_000)
def _value(text: str) -> Value:
    """A value back from its text; rosters say the same few things of thousands of firms, quarter after quarter."""
    return from_json(text)


def by_subject(session: Session, county: str, subjects: Iterable[str]) -> dict[str, list[Statement]]:
    """All that stands of subjects now, in the register's own reckoning."""
    found: defaultdict[str, list[Statement]] = defaultdict(list)
    for _, statement in spoken(session, county, subjects, queries.NOW, REGISTER):
        found[statement.subject].append(statement)
    return found
