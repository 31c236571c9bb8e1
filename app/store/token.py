"""Keys to the door beside a password: the tokens by which programs ask in a person's name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store import ids
from app.store.account import LOCAL, of_account
from app.store.base import Base


class ApiToken(Base):
    """A token for a program: what it may at most, and until when.

    The token itself is nowhere, `digest` is SHA-256 of it. `functions` (patterns) and `divisions` (codes) are lists,
    a blank between.
    """

    __tablename__ = "api_token"
    __table_args__ = (
        UniqueConstraint("digest", name="uq_api_token_digest"),
        of_account("api_token"),
        Index("ix_api_token_account_id", "account_id"),
        LOCAL,
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=ids.new)
    account_id: Mapped[str]
    name: Mapped[str]
    digest: Mapped[str]
    functions: Mapped[str]
    divisions: Mapped[str]
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]
