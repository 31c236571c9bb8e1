"""Papers of the procedure (文书) with their revisions, and the files that show them, once by digest."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.dates import PRECISIONS
from app.domain.documents import DOCUMENT_KINDS
from app.domain.file_types import FILE_TYPES
from app.store.base import Base, Recorded, Supersedable, business, one_of, only_open, supersedable, to
from app.store.sealed import Words


class Evidence(Recorded, Base):
    """A file as it was sent, once for its bytes. `media_type`: what its content shows it to be, whatever its name."""

    __tablename__ = "evidence"
    __table_args__ = business(
        "evidence",
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("size_bytes > 0", name="size_bytes"),
        UniqueConstraint("county", "sha256", name="uq_evidence_sha256"),
    )

    sha256: Mapped[str]
    media_type: Mapped[str] = mapped_column(one_of("media_type", FILE_TYPES))
    size_bytes: Mapped[int]
    content: Mapped[bytes]


class Document(Supersedable, Base):
    """One paper, until a change takes it back. `revises_id`: the paper in whose place it stands.

    `enterprise_id`: whose it is, where it is one firm's; firms that it names beside are `DocumentFirm`. `number`: in
    its normal form, `written_number` as it was written. `file_name`: as its sender calls the file.
    """

    __tablename__ = "document"
    __table_args__ = supersedable(
        "document",
        to("document", "enterprise"),
        to("document", "evidence"),
        to("document", "document", "revises_id"),
        CheckConstraint("revises_id <> id", name="revises_id"),
        CheckConstraint("(evidence_id IS NULL) = (file_name IS NULL)", name="file_name"),
        CheckConstraint("(dated_precision IS NULL) = (dated_text IS NULL)", name="dated"),
        Index("ix_document_enterprise_id", "county", "enterprise_id"),
        Index("ix_document_evidence_id", "county", "evidence_id"),
        Index("ix_document_revises_id", "county", "revises_id"),
        Index("ix_document_number", "county", "number"),
        only_open("uq_document_open", "county", "revises_id"),
    )

    kind: Mapped[str] = mapped_column(one_of("kind", DOCUMENT_KINDS))
    number: Mapped[Words | None]
    written_number: Mapped[Words | None]
    issuer: Mapped[Words | None]
    dated_from: Mapped[date | None]
    dated_to: Mapped[date | None]
    dated_precision: Mapped[str | None] = mapped_column(one_of("dated_precision", PRECISIONS))
    dated_text: Mapped[Words | None]
    title: Mapped[Words | None]
    enterprise_id: Mapped[str | None]
    evidence_id: Mapped[str | None]
    file_name: Mapped[Words | None]
    revises_id: Mapped[str | None]
    reason: Mapped[Words]


class DocumentFirm(Recorded, Base):
    """That a paper names a firm; it holds as long as its paper does."""

    __tablename__ = "document_firm"
    __table_args__ = business(
        "document_firm",
        to("document_firm", "document"),
        to("document_firm", "enterprise"),
        UniqueConstraint("county", "document_id", "enterprise_id", name="uq_document_firm_document_id"),
        Index("ix_document_firm_enterprise_id", "county", "enterprise_id"),
    )

    document_id: Mapped[str]
    enterprise_id: Mapped[str]
