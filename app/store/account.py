"""Accounts, what they may, their passwords and sign-ins. Rows of the program, no county's: they are kept up to date."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from app.store import ids
from app.store.base import Base, one_of

ACCOUNT_STATES = ("active", "disabled")
ONE_TIME = ("first", "rescue")

#: Rows that no change of a county records: written by the program, updated in place, never removed.
LOCAL: dict[str, Any] = {"info": {"kind": "local"}}


def of_account(table: str, column: str = "account_id") -> ForeignKeyConstraint:
    """A foreign key to an account."""
    return ForeignKeyConstraint([column], ["account.id"], name=f"fk_{table}_{column}")


class Department(Base):
    """An office that people belong to; its `division` (a code or `all`) says whose administrators manage them.

    A closed one takes nobody new; who belongs to it stays.
    """

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("division", "name", name="uq_department_name"), LOCAL)

    id: Mapped[str] = mapped_column(primary_key=True, default=ids.new)
    division: Mapped[str]
    name: Mapped[str]
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Account(Base):
    """A person who may sign in; never removed, only disabled. `password` is Argon2id's own text, NULL: none is set.

    `password_until`: when a one-time password ends.
    """

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("name", name="uq_account_name"),
        ForeignKeyConstraint(["department_id"], ["department.id"], name="fk_account_department_id"),
        LOCAL,
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=ids.new)
    name: Mapped[str]
    shown_name: Mapped[str]
    department_id: Mapped[str]
    state: Mapped[str] = mapped_column(one_of("state", ACCOUNT_STATES), default="active")
    password: Mapped[str | None]
    password_at: Mapped[datetime | None]
    password_until: Mapped[datetime | None]
    must_change: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str | None]


class AccountGrant(Base):
    """A role that an account has in a division, until it is withdrawn."""

    __tablename__ = "account_grant"
    __table_args__ = (
        of_account("account_grant"),
        Index(
            "uq_account_grant_open",
            "account_id",
            "role",
            "division",
            unique=True,
            sqlite_where=literal_column("withdrawn_at").is_(None),
            postgresql_where=literal_column("withdrawn_at").is_(None),
        ),
        LOCAL,
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=ids.new)
    account_id: Mapped[str]
    role: Mapped[str]
    division: Mapped[str]
    given_at: Mapped[datetime]
    given_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]


class FormerPassword(Base):
    """A password that an account had: it is not taken again soon."""

    __tablename__ = "former_password"
    __table_args__ = (
        of_account("former_password"),
        Index("ix_former_password_account_id", "account_id"),
        LOCAL,
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=ids.new)
    account_id: Mapped[str]
    password: Mapped[str]
    set_at: Mapped[datetime]


class SignInTry(Base):
    """How often a sign-in went wrong since when, and until when none is taken.

    `key` is an account's id; the names that nobody has share a few thousand rows, so that tries cannot fill the disk.
    """

    __tablename__ = "sign_in_try"
    __table_args__ = (LOCAL,)

    key: Mapped[str] = mapped_column(primary_key=True)
    failed: Mapped[int]
    since: Mapped[datetime]
    locked_until: Mapped[datetime | None]


class SignedIn(Base):
    """A sign-in that stands until it ends: at `until` at the latest, or half an hour after `seen_at`.

    The token itself is nowhere: `token_digest` is SHA-256 of it.
    """

    __tablename__ = "signed_in"
    __table_args__ = (
        UniqueConstraint("token_digest", name="uq_signed_in_token_digest"),
        of_account("signed_in"),
        Index("ix_signed_in_account_id", "account_id"),
        LOCAL,
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=ids.new)
    token_digest: Mapped[str]
    account_id: Mapped[str]
    origin: Mapped[str]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]


class OneTimeToken(Base):
    """A token that makes the first administrator, or sets a new password, once; `digest` is SHA-256 of it."""

    __tablename__ = "one_time_token"
    __table_args__ = (of_account("one_time_token"), LOCAL)

    digest: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(one_of("kind", ONE_TIME))
    account_id: Mapped[str | None]
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    used_at: Mapped[datetime | None]
