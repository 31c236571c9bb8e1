"""Which accounts an identity platform's people sign in to, and which sign-ins came that way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from app.store import ids
from app.store.account import LOCAL, of_account
from app.store.base import Base


class AccountIdentity(Base):
    """Somebody of an identity platform for whom an account was opened, until it is ended.

    The person is nowhere: `digest` is SHA-256 of the issuer, the claim and its value.
    """

    __tablename__ = "account_identity"
    __table_args__ = (
        of_account("account_identity"),
        Index("ix_account_identity_account_id", "account_id"),
        Index(
            "uq_account_identity_open",
            "digest",
            unique=True,
            sqlite_where=literal_column("ended_at").is_(None),
            postgresql_where=literal_column("ended_at").is_(None),
        ),
        LOCAL,
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=ids.new)
    account_id: Mapped[str]
    digest: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class SignedInBy(Base):
    """That a sign-in came by an identity; `factor`: the platform says that it asked for a second factor."""

    __tablename__ = "signed_in_by"
    __table_args__ = (
        ForeignKeyConstraint(["signed_in_id"], ["signed_in.id"], name="fk_signed_in_by_signed_in_id"),
        ForeignKeyConstraint(["identity_id"], ["account_identity.id"], name="fk_signed_in_by_identity_id"),
        LOCAL,
    )

    signed_in_id: Mapped[str] = mapped_column(primary_key=True)
    identity_id: Mapped[str]
    factor: Mapped[bool]
