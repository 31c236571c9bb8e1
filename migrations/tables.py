"""The words in which the steps speak of tables: each engine gets its foreign keys, guards and exclusions its own way.

SQLite has its foreign keys inside CREATE TABLE. PostgreSQL gets the bare table, then indexes, the exclusion, one
ALTER a foreign key, then the triggers: in this order a table can be distributed by county after it is created.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from app.store.guards import postgresql_guards, sqlite_guards

OPEN = 9223372036854775807
PRECISIONS = ("day", "ten_days", "month", "quarter", "half", "year")

Items = tuple[Any, ...]


def on_postgresql() -> bool:
    """Which of the two engines this step runs on."""
    return op.get_context().dialect.name == "postgresql"


def create(name: str, *items: Any, key: Sequence[str] = ("county", "id"), subject: str | None = None) -> None:
    """Create a business table: columns, checks, foreign keys, indexes, guards.

    `subject`: the column whose open stretches may not overlap.
    """
    held = [sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")), _check(name, "county", _COUNTY), *items]
    columns = [item.name for item in held if isinstance(item, sa.Column)]
    _create_table(name, held)
    if subject and on_postgresql() and _can_exclude():
        op.execute(
            f"ALTER TABLE {name} ADD CONSTRAINT ex_{name}_overlap EXCLUDE USING gist (county WITH =, {subject} WITH =, "
            f"daterange(valid_from, valid_to) WITH &&) WHERE (superseded_by = {OPEN})"
        )
    _add_keys(name, held)
    guards = postgresql_guards(name, columns) if on_postgresql() else sqlite_guards(name, columns, subject)
    for ddl in guards.values():
        op.execute(ddl)


def create_reference(name: str, *items: Any) -> None:
    """Create a reference table: it is loaded whole from a shipped file, so it has no guards."""
    _create_table(name, items)
    _add_keys(name, items)


def create_local(name: str, *items: Any, key: Sequence[str] = ("id",)) -> None:
    """Create a table of the program's own rows (accounts, sign-ins): no county's, updated in place, so no guards."""
    held = [sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")), *items]
    _create_table(name, held)
    _add_keys(name, held)


def local_key(table: str, column: str, other: str, other_key: str = "id") -> sa.ForeignKeyConstraint:
    """A foreign key of one such table to another."""
    return sa.ForeignKeyConstraint([column], [f"{other}.{other_key}"], name=f"fk_{table}_{column}")


def county() -> sa.Column[Any]:
    """First in every key."""
    return sa.Column("county", sa.Text(), nullable=False)


def text(name: str, *checks: Any, needed: bool = False) -> sa.Column[Any]:
    """A column of text."""
    return sa.Column(name, sa.Text(), *checks, nullable=not needed)


def number(name: str, *, needed: bool = False) -> sa.Column[Any]:
    """A column of whole numbers."""
    return sa.Column(name, sa.BigInteger(), nullable=not needed, autoincrement=False)


def amount(name: str) -> sa.Column[Any]:
    """A column of decimals."""
    return sa.Column(name, sa.Double(), nullable=True)


def yes_no(name: str) -> sa.Column[Any]:
    """A column of yes, no, or cannot be told."""
    return sa.Column(name, sa.Boolean(), nullable=True)


def day(name: str, *, needed: bool = False) -> sa.Column[Any]:
    """A column of days."""
    return sa.Column(name, sa.Date(), nullable=not needed)


def instant(name: str, *, needed: bool = False) -> sa.Column[Any]:
    """A column of moments in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def content(name: str) -> sa.Column[Any]:
    """A column of bytes."""
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def words(table: str, column: str, values: Iterable[str], *, needed: bool = False) -> sa.Column[Any]:
    """A column of text that holds one of these words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return text(column, _check(table, column, f"{column} IN ({listed})"), needed=needed)


def days(table: str, stem: str) -> Items:
    """The four columns of days as a paper states them."""
    return (
        day(f"{stem}_from"),
        day(f"{stem}_to"),
        words(table, f"{stem}_precision", PRECISIONS),
        text(f"{stem}_text"),
    )


def recorded(table: str) -> Items:
    """The columns and constraints of a row that one change recorded."""
    return (
        county(),
        text("id", needed=True),
        number("recorded_by", needed=True),
        foreign_key(table, "recorded_by", "change", "number"),
        index(f"ix_{table}_recorded_by", "county", "recorded_by"),
    )


def supersedable(table: str) -> Items:
    """The same, of a row that a later change may take out of force."""
    return (
        *recorded(table),
        number("superseded_by", needed=True),
        _check(table, "superseded_by", "superseded_by >= recorded_by"),
        index(f"ix_{table}_superseded_by", "county", "superseded_by", where=f"superseded_by != {OPEN}"),
    )


def stretch(table: str, of: str, *facts: Any) -> None:
    """Create a temporal table of facts of one kind of subject."""
    subject = f"{of}_id"
    create(
        table,
        *supersedable(table),
        text(subject, needed=True),
        day("valid_from", needed=True),
        day("valid_to", needed=True),
        text("disputed", needed=True),
        *facts,
        _check(table, "days", "valid_from < valid_to"),
        foreign_key(table, subject, of),
        index(f"ix_{table}_{subject}", "county", subject, "valid_from"),
        only_open(f"uq_{table}_open", "county", subject, "valid_from"),
        subject=subject,
    )


def foreign_key(table: str, column: str, other: str, other_key: str = "id") -> sa.ForeignKeyConstraint:
    """A foreign key within the county."""
    return sa.ForeignKeyConstraint(
        ["county", column], [f"{other}.county", f"{other}.{other_key}"], name=f"fk_{table}_{column}"
    )


def index(name: str, *columns: str, unique: bool = False, where: str | None = None) -> dict[str, Any]:
    """An index, described: it is created after its table."""
    return {"index_name": name, "columns": list(columns), "unique": unique, "where": where}


def only_open(name: str, *columns: str) -> dict[str, Any]:
    """Unique among the rows that hold."""
    return index(name, *columns, unique=True, where=f"superseded_by = {OPEN}")


def check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    """A named CHECK of a table."""
    return _check(table, name, condition)


_COUNTY = "length(county) = 6 AND trim(county, '0123456789') = ''"


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _create_table(name: str, items: Iterable[Any]) -> None:
    listed = list(items)
    inline = [item for item in listed if not isinstance(item, dict)]
    if on_postgresql():
        inline = [item for item in inline if not isinstance(item, sa.ForeignKeyConstraint)]
    op.create_table(name, *inline)
    for item in listed:
        if isinstance(item, dict):
            where = sa.text(item["where"]) if item["where"] else None
            op.create_index(
                item["index_name"],
                name,
                item["columns"],
                unique=item["unique"],
                sqlite_where=where,
                postgresql_where=where,
            )


def _add_keys(name: str, items: Iterable[Any]) -> None:
    if not on_postgresql():
        return
    for item in items:
        if isinstance(item, sa.ForeignKeyConstraint):
            there = [element.target_fullname.split(".") for element in item.elements]
            op.create_foreign_key(
                str(item.name), name, there[0][0], list(item.column_keys), [column for _, column in there]
            )


def _can_exclude() -> bool:
    if context.is_offline_mode():
        return True
    found = op.get_bind().execute(sa.text("SELECT 1 FROM pg_extension WHERE extname = 'btree_gist'"))
    return found.scalar() is not None
