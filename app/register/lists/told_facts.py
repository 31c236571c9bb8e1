"""Some facts of a section's subjects out of their columns alone: what order and narrowing need before rows are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.register import AsOf, Enterprise, Subject
from app.domain.statement import Value
from app.register import queries
from app.register.scope import Actor
from app.store.facts import Keeping, keepings, table_name, tables_of
from app.store.models import Base, Stretch

#: What makes a firm one of a snapshot: it is called something then.
_CALLED = frozenset(("name", "short_name", "uscc", "registration_no"))
#: Rows taken from the driver at once.
_AT_ONCE = 5_000


def told_facts(
    session: Session,
    section: str,
    names: Collection[str],
    county: str,
    as_of: AsOf,
    actor: Actor,
    subjects: Sequence[str] | None = None,
) -> dict[str, Subject]:
    """These facts (`present` of machines too) of a section's subjects, None: of all that have a row of them."""
    facts: dict[str, dict[str, Value]] = {}
    disputed: dict[str, frozenset[str]] = {}
    for table in tables_of(section):
        kept = {name: keeping for name, keeping in keepings(table).items() if name in names}
        read = _reader(kept)
        for row in _rows(session, table, kept, county, as_of, actor, subjects):
            subject, doubted = row[0], row[1]
            if subject in facts:
                facts[subject] |= read(row)
            else:
                facts[subject] = read(row)
            if doubted:
                disputed[subject] = disputed.get(subject, frozenset()) | frozenset(doubted.split(","))
    none = frozenset[str]()
    return {id: Subject(id, one, disputed.get(id, none)) for id, one in facts.items()}


def told_values(
    session: Session, section: str, name: str, county: str, as_of: AsOf, actor: Actor
) -> Iterator[tuple[str, Value]]:
    """One fact of all of a section's subjects that state it and of which no source disputes it."""
    for table in tables_of(section):
        kept = {one: keeping for one, keeping in keepings(table).items() if one == name}
        read = _reader(kept)
        for row in _rows(session, table, kept, county, as_of, actor, None):
            value = read(row).get(name)
            if value is not None and not (row[1] and name in row[1].split(",")):
                yield row[0], value


def firms_told(
    session: Session,
    county: str,
    as_of: AsOf,
    actor: Actor,
    fields: Collection[str],
    firms: Sequence[str] | None = None,
) -> tuple[Enterprise, ...]:
    """The firms (None: all) by what they are called and by these fields, as enrolled; all else is left out."""
    found = told_facts(session, "enterprise", _CALLED | set(fields), county, as_of, actor, firms)
    return tuple(
        Enterprise(id, one.facts, one.disputed)
        for id, one in sorted(found.items())
        if not _CALLED.isdisjoint(one.facts) or not _CALLED.isdisjoint(one.disputed)
    )


def _rows(
    session: Session,
    table: type[Stretch],
    kept: Mapping[str, Keeping],
    county: str,
    as_of: AsOf,
    actor: Actor,
    subjects: Sequence[str] | None,
) -> Iterator[Any]:
    """Whose each row is, what of it is disputed, and its columns of these facts."""
    if not kept:
        return
    rows = queries.told(table, [name for one in kept.values() for name in one.columns], county, as_of, actor)
    subject = Base.metadata.tables[table_name(table)].c[table.subject]
    for some in [None] if subjects is None else queries.in_parts(subjects):
        chosen = rows if some is None else rows.where(subject.in_(some))
        for part in session.execute(chosen).partitions(_AT_ONCE):
            yield from part


def _reader(kept: Mapping[str, Keeping]) -> Callable[[Sequence[Any]], dict[str, Value]]:
    """The facts of a row, whose columns stand behind whose it is and what is disputed."""
    plain: list[tuple[str, int]] = []
    days: list[tuple[str, int]] = []
    place = 2
    for name, keeping in kept.items():
        (days if keeping.days else plain).append((name, place))
        place += len(keeping.columns)

    def of_plain(row: Sequence[Any]) -> dict[str, Value]:
        return {name: value for name, at in plain if (value := row[at]) is not None}

    def of_days(row: Sequence[Any]) -> dict[str, Value]:
        found = of_plain(row)
        for name, at in days:
            if (precision := row[at + 2]) is not None:
                found[name] = DateInterval(row[at], row[at + 1], precision, row[at + 3] or "")
        return found

    return of_days if days else of_plain
