"""What stands in the place of a kept file since people in it were forgotten."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from app.store.base import Base, Recorded, business, to
from app.store.sealed import Words


class RedactedFile(Recorded, Base):
    """A copy of a roster without the people, or that nothing stays of a file; the latest of a file counts.

    The keys of the file itself, and of earlier copies, are gone. `name`: as which the copy is read. `content` NULL:
    nothing stays. `alike`: the copy reads to the same rows as the file did.
    """

    __tablename__ = "redacted_file"
    __table_args__ = business(
        "redacted_file",
        to("redacted_file", "source_file"),
        to("redacted_file", "evidence"),
        CheckConstraint("(source_file_id IS NULL) <> (evidence_id IS NULL)", name="one_file"),
        CheckConstraint("(content IS NULL) = (name IS NULL)", name="content"),
        Index("ix_redacted_file_source_file_id", "county", "source_file_id"),
        Index("ix_redacted_file_evidence_id", "county", "evidence_id"),
    )

    source_file_id: Mapped[str | None]
    evidence_id: Mapped[str | None]
    name: Mapped[Words | None]
    content: Mapped[bytes | None]
    alike: Mapped[bool]
