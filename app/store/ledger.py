"""Quarterly ledgers: what was checked, and what was issued, numbered, hashed and frozen with its data."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from app.store.base import Base, Recorded, business, to
from app.store.sealed import JsonWords, Words


class LedgerCheck(Recorded, Base):
    """The reconciliations of a quarter's ledger as they came out at a knowledge. `findings`: JSON, one item a check.

    `content`: the digest of the tables that were checked. `heads`: of a ledger over several counties, as JSON by
    county the change up to which it was known.
    """

    __tablename__ = "ledger_check"
    __table_args__ = business("ledger_check")

    quarter: Mapped[str]
    known: Mapped[int]
    content: Mapped[Words]
    passed: Mapped[bool]
    findings: Mapped[JsonWords]
    heads: Mapped[str | None]


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
    reason: Mapped[Words | None]
    sha256: Mapped[str]
    workbook: Mapped[bytes]


class LedgerContent(Recorded, Base):
    """What an issue was printed from: its tables with the records behind each row, and who made and signed it.

    `tables`: canonical JSON, compressed; `sha256` is of the JSON. `heads`: of a ledger over several counties,
    as JSON by county the change up to which it was known, and the digest of its chain there.
    """

    __tablename__ = "ledger_content"
    __table_args__ = business(
        "ledger_content",
        to("ledger_content", "ledger_issue", "issue_id"),
        UniqueConstraint("county", "issue_id", name="uq_ledger_content_issue_id"),
    )

    issue_id: Mapped[str]
    sha256: Mapped[str]
    tables: Mapped[bytes]
    prepared_by: Mapped[Words | None]
    checked_by: Mapped[Words | None]
    approved_by: Mapped[Words | None]
    heads: Mapped[str | None]
