"""The two axes of time: one predicate that reads them, one writer that amends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Table, and_, insert, select, update
from sqlalchemy.orm import Session

from app.domain.dates import FOREVER
from app.domain.masking import PERSONAL
from app.domain.statement import Value
from app.errors import Lost
from app.store import ids
from app.store.facts import columns_of, disputed_text, keepings, table_name
from app.store.keys import ring_of
from app.store.models import OPEN, Base, Change, Stretch
from app.store.sealed import sealed_contact
from app.store.stretches import Columns, Kept, Piece, Rewrite, joined, overlay, rewrite

#: Subjects read at once: SQLite takes 32,766 bound values in a statement, PostgreSQL 65,535.
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Amendment:
    """Facts of one subject that hold on the days [since, until); None clears, a name in `disputed` has no value."""

    subject: str
    since: date
    until: date = FOREVER
    facts: Mapping[str, Value | None] = field(default_factory=dict)
    disputed: Collection[str] = ()


class Laid(Protocol):
    """Facts that hold on the days [since, until); a name in `disputed` has no value."""

    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date: ...
    @property
    def facts(self) -> Mapping[str, Value]: ...
    @property
    def disputed(self) -> Collection[str]: ...


def at(table: type[Stretch], day: date, known: int) -> ColumnElement[bool]:
    """Rows that hold on the day, as known at the change."""
    return and_(
        table.valid_from <= day,
        table.valid_to > day,
        table.recorded_by <= known,
        table.superseded_by > known,
    )


def amend(
    session: Session,
    change: Change,
    table: type[Stretch],
    subject_id: str,
    /,
    *,
    since: date,
    until: date = FOREVER,
    disputed: Collection[str] = (),
    **facts: Value | None,
) -> bool:
    """Lay facts over every stretch of a subject in [since, until); False where that says nothing new.

    Facts are given by field name; None clears. A field named in `disputed` loses its value there and stands in
    dispute until an amendment names it again. Days on which nothing is stated have no row.
    """
    return bool(amend_all(session, change, table, [Amendment(subject_id, since, until, facts, disputed)]))


def amend_all(session: Session, change: Change, table: type[Stretch], amendments: Iterable[Amendment]) -> int:
    """Lay many amendments, each over the ones before it; the number of subjects whose rows changed.

    One read and two writes for all of them: an import amends thousands of subjects.
    """
    wanted: dict[str, list[Amendment]] = {}
    for amendment in amendments:
        wanted.setdefault(amendment.subject, []).append(amendment)
    rows = {subject: list(kept) for subject, kept in _open_rows(session, change.county, table, wanted)}
    blank = _blank(table)
    rewrites: dict[str, Rewrite] = {}
    for subject, asked in wanted.items():
        kept = rows.get(subject, [])
        line = [row.piece for row in kept]
        for amendment in asked:
            line = overlay(line, amendment.since, amendment.until, _lay(table, amendment), blank)
        if found := rewrite(kept, line):
            rewrites[subject] = found
    return _write(session, change, table, rewrites)


def restate_all(session: Session, change: Change, table: type[Stretch], lines: Mapping[str, Iterable[Laid]]) -> int:
    """Make what the table says of each subject these facts and nothing else; the number of subjects that changed.

    The lines of a subject are in the order of their days, and no two hold on one day.
    """
    rows = {subject: list(kept) for subject, kept in _open_rows(session, change.county, table, lines)}
    blank = _blank(table)
    rewrites: dict[str, Rewrite] = {}
    for subject, laid in lines.items():
        pieces = joined(Piece(one.since, one.until, _stated(table, one, blank)) for one in laid)
        if found := rewrite(rows.get(subject, ()), pieces):
            rewrites[subject] = found
    return _write(session, change, table, rewrites)


def _stated(table: type[Stretch], line: Laid, blank: Columns) -> Columns:
    columns = {**blank, "disputed": disputed_text(line.disputed)}
    for name, value in line.facts.items():
        if name not in line.disputed:
            columns |= columns_of(table, name, value)
    return columns


def _write(session: Session, change: Change, table: type[Stretch], rewrites: Mapping[str, Rewrite]) -> int:
    _supersede(session, change, table, [row for found in rewrites.values() for row in found.superseded])
    _record(session, change, table, rewrites)
    return len(rewrites)


def _columns(table: type[Stretch]) -> tuple[str, ...]:
    return tuple(column for keeping in keepings(table).values() for column in keeping.columns)


def _blank(table: type[Stretch]) -> Columns:
    return {**dict.fromkeys(_columns(table)), "disputed": ""}


def _lay(table: type[Stretch], amendment: Amendment) -> dict[str, Any]:
    named = set(amendment.facts) | set(amendment.disputed)
    lay: dict[str, Any] = {"disputed": (named, set(amendment.disputed))}
    for name in named:
        lay |= columns_of(table, name, None if name in amendment.disputed else amendment.facts[name])
    return lay


def _sql(table: type[Stretch]) -> Table:
    return Base.metadata.tables[table_name(table)]


def _open_rows(
    session: Session, county: str, table: type[Stretch], subjects: Iterable[str]
) -> Iterator[tuple[str, Iterator[Kept]]]:
    of = _sql(table)
    names = (*_columns(table), "disputed")
    waiting = iter(subjects)
    while some := list(islice(waiting, _AT_ONCE)):
        query = (
            select(of.c[table.subject], of.c.id, of.c.valid_from, of.c.valid_to, *(of.c[name] for name in names))
            .where(of.c.county == county, of.c[table.subject].in_(some), of.c.superseded_by == OPEN)
            .order_by(of.c[table.subject], of.c.valid_from)
        )
        for subject, rows in groupby(session.execute(query), key=lambda row: row[0]):
            yield (
                str(subject),
                (Kept(row[1], Piece(row[2], row[3], dict(zip(names, row[4:], strict=True)))) for row in rows),
            )


def _supersede(session: Session, change: Change, table: type[Stretch], rows: list[str]) -> None:
    of = _sql(table)
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        statement = (
            update(of)
            .where(of.c.county == change.county, of.c.id.in_(some), of.c.superseded_by == OPEN)
            .values(superseded_by=change.number)
        )
        if session.execute(statement).rowcount != len(some):  # type: ignore[attr-defined]
            raise Lost


def _record(session: Session, change: Change, table: type[Stretch], rewrites: Mapping[str, Rewrite]) -> None:
    rows = [
        {
            "county": change.county,
            "id": ids.new(),
            table.subject: subject,
            "valid_from": piece.since,
            "valid_to": piece.until,
            "recorded_by": change.number,
            "superseded_by": OPEN,
            **piece.columns,
            **_contacts(session, change, subject, piece.columns),
        }
        for subject, found in rewrites.items()
        for piece in found.recorded
    ]
    if rows:
        session.execute(insert(_sql(table)), rows)


def _contacts(session: Session, change: Change, subject: str, columns: Columns) -> dict[str, str]:
    """Of a row the contact, sealed for this firm."""
    told = {name: columns[name] for name in PERSONAL if columns.get(name) is not None}
    return {name: sealed_contact(ring_of(session), change.county, subject, text) for name, text in told.items()}
