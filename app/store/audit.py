"""The record of who did what: one chain a county, and one for what is no county's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Recorded, business, one_of, to

#: The chain of what is no county's: accounts, sign-ins of people of several counties.
NOBODYS = "000000"

#: How an act came out: done; not allowed, or not possible as things stand; tried in vain (a wrong password).
RESULTS = ("done", "refused", "failed")


class AuditHead(Base):
    """A chain's last record: its row is the lock under which records are numbered.

    `since`: the county's last change when its chain began; what was changed up to it has no record.
    """

    __tablename__ = "audit_head"
    __table_args__ = business(
        "audit_head",
        CheckConstraint("number >= 0", name="number"),
        CheckConstraint("since >= 0", name="since"),
        recorded=False,
    )

    county: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    digest: Mapped[str]
    since: Mapped[int]


class AuditRecord(Base):
    """One thing that somebody did, or tried. `digest` chains it to the one before.

    `change`, `change_digest`: of an act that changed the register, the change that says what was before and after;
    of others `before` and `after` say it, as JSON. `beside`: the number and digest of the last record of what is no
    county's, as it stood then, so that that chain is held by all the others.
    """

    __tablename__ = "audit_record"
    __table_args__ = business(
        "audit_record",
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("(change IS NULL) = (change_digest IS NULL)", name="change"),
        Index("ix_audit_record_change", "county", "change"),
        recorded=False,
    )

    county: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    account: Mapped[str | None]
    origin: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str | None]
    before: Mapped[str | None]
    after: Mapped[str | None]
    result: Mapped[str] = mapped_column(one_of("result", RESULTS))
    code: Mapped[str | None]
    change: Mapped[int | None]
    change_digest: Mapped[str | None]
    beside: Mapped[str | None]
    previous: Mapped[str]
    digest: Mapped[str]


class LedgerAnchor(Recorded, Base):
    """What an issued ledger prints of a chain of records: the number and the digest that the chain had there."""

    __tablename__ = "ledger_anchor"
    __table_args__ = business(
        "ledger_anchor",
        to("ledger_anchor", "ledger_issue", "issue_id"),
        UniqueConstraint("county", "issue_id", "chain", name="uq_ledger_anchor_chain"),
    )

    issue_id: Mapped[str]
    chain: Mapped[str]
    number: Mapped[int]
    digest: Mapped[str]
