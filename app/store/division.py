"""The division dictionary: provinces to townships, their dated aliases, and which edition is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, one_of
from app.store.canonical import digest, plain

LEVELS = ("province", "city", "county", "township")

_REFERENCE: dict[str, Any] = {"info": {"kind": "reference"}}


class Division(Base):
    """A province (2 digits), city (4), county (6) or township (9)."""

    __tablename__ = "division"
    __table_args__ = (
        ForeignKeyConstraint(["parent"], ["division.code"], name="fk_division_parent"),
        Index("ix_division_parent", "parent"),
        _REFERENCE,
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent: Mapped[str | None]
    level: Mapped[str] = mapped_column(one_of("level", LEVELS))


class DivisionAlias(Base):
    """Another spelling or an earlier name of a division, on the days [valid_from, valid_to); added by the users.

    `digest` is over the rest of the row: no change records an alias, so the row itself says whether it was altered.
    """

    __tablename__ = "division_alias"
    __table_args__ = (
        ForeignKeyConstraint(["code"], ["division.code"], name="fk_division_alias_code"),
        _REFERENCE,
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    alias: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date]
    digest: Mapped[str] = mapped_column(default=lambda context: alias_digest(context.get_current_parameters()))


def alias_digest(row: Mapping[str, Any]) -> str:
    """The digest of an alias, over all that it says."""
    return digest({name: plain(row[name]) for name in ("code", "alias", "valid_from", "valid_to")})


class DictionaryEdition(Base):
    """The digest of the shipped file that a dictionary was loaded from: the next start need not compare rows."""

    __tablename__ = "dictionary_edition"
    __table_args__ = (_REFERENCE,)

    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
