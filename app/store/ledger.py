"""Quarterly ledgers as issued: numbered, hashed and frozen."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from app.store.base import Base, Recorded, business


class LedgerIssue(Recorded, Base):
    """One revision of a quarter's ledger, byte for byte. `known`: the change up to which it knows."""

    __tablename__ = "ledger_issue"
    __table_args__ = business(
        "ledger_issue",
        CheckConstraint("revision > 0", name="revision"),
        UniqueConstraint("county", "quarter", "revision", name="uq_ledger_issue_revision"),
    )

    quarter: Mapped[str]
    revision: Mapped[int]
    known: Mapped[int]
    reason: Mapped[str | None]
    sha256: Mapped[str]
    workbook: Mapped[bytes]
