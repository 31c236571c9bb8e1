"""Second factors: the secret behind the codes of a telephone, codes for when it is lost, and who must have one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store import ids
from app.store.account import LOCAL, of_account
from app.store.base import Base


class SecondFactor(Base):
    """An account's second factor (RFC 6238). `secret` is sealed with a key that is not in the database; removed: NULL.

    `confirmed_at`: from then on it is asked. `last_step`: the step of the last code taken, up to which none is taken
    again.
    """

    __tablename__ = "second_factor"
    __table_args__ = (of_account("second_factor"), LOCAL)

    account_id: Mapped[str] = mapped_column(primary_key=True)
    secret: Mapped[str | None]
    begun_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int | None]


class RecoveryCode(Base):
    """A code that stands in for the telephone once; `digest` is SHA-256 of it with the account's id."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        UniqueConstraint("digest", name="uq_recovery_code_digest"),
        of_account("recovery_code"),
        Index("ix_recovery_code_account_id", "account_id"),
        LOCAL,
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=ids.new)
    account_id: Mapped[str]
    digest: Mapped[str]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]


class FactorRole(Base):
    """Whether whoever has a role must have a second factor."""

    __tablename__ = "factor_role"
    __table_args__ = (LOCAL,)

    role: Mapped[str] = mapped_column(primary_key=True)
    required: Mapped[bool]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str | None]
