"""Papers of the procedure, the firms that they name, and the files that show them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import (
    check,
    content,
    create,
    days,
    foreign_key,
    index,
    number,
    only_open,
    recorded,
    supersedable,
    text,
    words,
)

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FILE_TYPES = ("pdf", "jpg", "png", "tif", "bmp", "webp", "mp4", "ofd", "docx", "xlsx", "doc", "xls", "txt")
DOCUMENT_KINDS = (
    "letter",
    "correction_decision",
    "rectification_notice",
    "halt_notice",
    "power_cut_notice",
    "power_restore_notice",
    "resume_notice",
    "closure_decision",
    "government_approval",
    "licence_cancellation",
    "plan",
    "review_opinion",
    "acceptance_report",
    "certificate",
    "acceptance_opinion",
    "dismantling_proof",
    "permit",
    "other",
)


def upgrade() -> None:
    """Create the files, the papers, and who is named in them."""
    create(
        "evidence",
        *recorded("evidence"),
        text("sha256", needed=True),
        words("evidence", "media_type", FILE_TYPES, needed=True),
        number("size_bytes", needed=True),
        content("content"),
        check("evidence", "sha256", "length(sha256) = 64"),
        check("evidence", "size_bytes", "size_bytes > 0"),
        sa.UniqueConstraint("county", "sha256", name="uq_evidence_sha256"),
    )
    create(
        "document",
        *supersedable("document"),
        words("document", "kind", DOCUMENT_KINDS, needed=True),
        text("number"),
        text("written_number"),
        text("issuer"),
        *days("document", "dated"),
        text("title"),
        text("enterprise_id"),
        text("evidence_id"),
        text("file_name"),
        text("revises_id"),
        text("reason", needed=True),
        foreign_key("document", "enterprise_id", "enterprise"),
        foreign_key("document", "evidence_id", "evidence"),
        foreign_key("document", "revises_id", "document"),
        check("document", "revises_id", "revises_id <> id"),
        check("document", "file_name", "(evidence_id IS NULL) = (file_name IS NULL)"),
        check("document", "dated", "(dated_precision IS NULL) = (dated_text IS NULL)"),
        index("ix_document_enterprise_id", "county", "enterprise_id"),
        index("ix_document_evidence_id", "county", "evidence_id"),
        index("ix_document_revises_id", "county", "revises_id"),
        index("ix_document_number", "county", "number"),
        only_open("uq_document_open", "county", "revises_id"),
    )
    create(
        "document_firm",
        *recorded("document_firm"),
        text("document_id", needed=True),
        text("enterprise_id", needed=True),
        foreign_key("document_firm", "document_id", "document"),
        foreign_key("document_firm", "enterprise_id", "enterprise"),
        sa.UniqueConstraint("county", "document_id", "enterprise_id", name="uq_document_firm_document_id"),
        index("ix_document_firm_enterprise_id", "county", "enterprise_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in ("document_firm", "document", "evidence"):
        op.drop_table(table)
