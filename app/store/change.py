"""The chain: one head a county, its numbered changes, and the manifest of what each change wrote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, business
from app.store.sealed import Words


class CountyHead(Base):
    """The county's last change: its row is the lock under which changes are numbered."""

    __tablename__ = "county_head"
    __table_args__ = business("county_head", CheckConstraint("number >= 0", name="number"), recorded=False)

    county: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    digest: Mapped[str]


class Change(Base):
    """One recorded act. `contents` is the digest of what it wrote, `digest` chains it to the one before.

    Both are NULL until the change is sealed, which is at the end of its transaction.
    """

    __tablename__ = "change"
    __table_args__ = business("change", CheckConstraint("number > 0", name="number"), recorded=False)

    county: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[Words | None]
    batch: Mapped[str | None]
    previous: Mapped[str]
    contents: Mapped[str | None]
    digest: Mapped[str | None]


class Manifest(Base):
    """What a change wrote in one table: each row's id with its digest, each id that it superseded; compressed lines.

    With it a row that was altered, removed or slipped in is named, not only missed.
    """

    __tablename__ = "manifest"
    __table_args__ = business(
        "manifest",
        ForeignKeyConstraint(["county", "number"], ["change.county", "change.number"], name="fk_manifest_number"),
        recorded=False,
    )

    county: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table_name: Mapped[str] = mapped_column(primary_key=True)
    listing: Mapped[bytes]
