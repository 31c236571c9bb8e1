"""What every table has in common: kinds, names, the two axes of time, and columns that carry a fact."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    literal_column,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.schema import SchemaItem

from app.domain.dates import PRECISIONS
from app.domain.masking import PERSONAL
from app.domain.vocabulary import ENUMS
from app.domain.vocabulary import field as vocabulary_field
from app.store import ids
from app.store.sealed import JsonWords, Sealed, SealedJson, SealedWhole, Words

#: `superseded_by` of a row that holds: the largest 64-bit integer, so that one comparison serves every row.
OPEN = 2**63 - 1

#: A county is six digits on every engine; written so that SQLite and PostgreSQL read it alike.
COUNTY_SHAPE = "length(county) = 6 AND trim(county, '0123456789') = ''"


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The register's tables. Constraint names are explicit or by convention: Citus reports them by name only."""

    metadata = MetaData(
        naming_convention={"pk": "pk_%(table_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s"},
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        int: BigInteger,
        float: Double,
        bool: Boolean,
        bytes: LargeBinary,
        date: Date,
        datetime: Instant,
        Words: Sealed,
        JsonWords: SealedJson,
    }


class Recorded:
    """A row of a county, recorded by one of its changes."""

    county: Mapped[str] = mapped_column(primary_key=True, sort_order=-30)
    id: Mapped[str] = mapped_column(primary_key=True, default=ids.new, sort_order=-29)
    recorded_by: Mapped[int] = mapped_column(sort_order=-20)


class Supersedable(Recorded):
    """A recorded row that a later change may take out of force; then it stays, and says by which."""

    superseded_by: Mapped[int] = mapped_column(default=OPEN, sort_order=-19)


class Stretch(Supersedable):
    """Facts of one subject that hold on the days [valid_from, valid_to).

    `disputed`: names of fields that sources contradict each other about, sorted, with commas between; their columns
    are NULL.
    """

    #: The column that names the subject: enterprise_id, equipment_id, …
    subject: ClassVar[str]

    valid_from: Mapped[date] = mapped_column(sort_order=-25)
    valid_to: Mapped[date] = mapped_column(sort_order=-24)
    disputed: Mapped[str] = mapped_column(default="", sort_order=-18)


def subject_id() -> MappedColumn[Any]:
    """The column that names what a stretch is about."""
    return mapped_column(sort_order=-28)


def fact(path: str, column: str | None = None) -> MappedColumn[Any]:
    """A column that is the home of one field of the vocabulary; an enumeration is held by a named CHECK."""
    known = vocabulary_field(path)
    name = column or known.name
    info = {"fact": known.name, "path": path}
    if known.name in PERSONAL:
        return mapped_column(SealedWhole, info=info)
    if known.type == "text" or (known.type == "code" and known.section != "enterprise"):
        return mapped_column(Sealed, info=info)
    if known.enum is None:
        return mapped_column(info=info)
    return mapped_column(one_of(name, ENUMS[known.type[5:]]), info=info)


def part(path: str, part: str, column: str | None = None) -> MappedColumn[Any]:
    """One of the four columns that keep days as a paper states them: from, to, precision, text."""
    known = vocabulary_field(path)
    info = {"fact": known.name, "path": path, "part": part}
    if part == "text":
        return mapped_column(Sealed, info=info)
    if part != "precision":
        return mapped_column(info=info)
    return mapped_column(one_of(f"{column or known.name}_precision", PRECISIONS), info=info)


def settled(name: str) -> MappedColumn[Any]:
    """A fact column that the register derives and the vocabulary does not know."""
    return mapped_column(info={"fact": name})


def one_of(column: str, values: Any) -> CheckConstraint:
    """A named CHECK that the column holds one of these words."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=column)


def business(table: str, *more: SchemaItem, recorded: bool = True) -> tuple[Any, ...]:
    """Constraints of every business table: the county's shape, the change that recorded it."""
    items: list[Any] = [CheckConstraint(COUNTY_SHAPE, name="county"), *more]
    if recorded:
        items += [
            ForeignKeyConstraint(
                ["county", "recorded_by"], ["change.county", "change.number"], name=f"fk_{table}_recorded_by"
            ),
            Index(f"ix_{table}_recorded_by", "county", "recorded_by"),
        ]
    return (*items, {"info": {"kind": "business"}})


def supersedable(table: str, *more: SchemaItem) -> tuple[Any, ...]:
    """Constraints of a table whose rows a later change may take out of force."""
    gone = literal_column("superseded_by") != literal_column(str(OPEN))
    return business(
        table,
        CheckConstraint("superseded_by >= recorded_by", name="superseded_by"),
        Index(
            f"ix_{table}_superseded_by",
            "county",
            "superseded_by",
            sqlite_where=gone,
            postgresql_where=gone,
        ),
        *more,
    )


def only_open(name: str, *columns: str) -> Index:
    """Unique among the rows that hold."""
    holds = literal_column("superseded_by") == literal_column(str(OPEN))
    return Index(name, *columns, unique=True, sqlite_where=holds, postgresql_where=holds)


def stretches(table: str, subject: str, *more: SchemaItem) -> tuple[Any, ...]:
    """Constraints of a temporal table: its subject, days in order, and no two open stretches on one day."""
    key = f"{subject}_id"
    return supersedable(
        table,
        CheckConstraint("valid_from < valid_to", name="days"),
        to(table, subject),
        Index(f"ix_{table}_{key}", "county", key, "valid_from"),
        only_open(f"uq_{table}_open", "county", key, "valid_from"),
        ExcludeConstraint(
            ("county", "="),
            (key, "="),
            (literal_column("daterange(valid_from, valid_to)"), "&&"),
            name=f"ex_{table}_overlap",
            where=literal_column("superseded_by") == literal_column(str(OPEN)),
            using="gist",
        ).ddl_if(dialect="postgresql"),
        *more,
    )


def to(table: str, other: str, column: str | None = None) -> ForeignKeyConstraint:
    """A foreign key within the county."""
    key = column or f"{other}_id"
    return ForeignKeyConstraint(["county", key], [f"{other}.county", f"{other}.id"], name=f"fk_{table}_{key}")
