"""What came in: batches, their rows kept whole cell by cell, and their issues."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Recorded, Supersedable, business, one_of, only_open, supersedable, to


class ImportBatch(Supersedable, Base):
    """One applied file. `superseded_by`: the change that undid it. `counts`: JSON. The same bytes apply once a day."""

    __tablename__ = "import_batch"
    __table_args__ = supersedable("import_batch", only_open("uq_import_batch_open", "county", "sha256", "valid_day"))

    file: Mapped[str]
    sha256: Mapped[str]
    format: Mapped[str]
    township: Mapped[str | None]
    valid_day: Mapped[date]
    source: Mapped[str]
    counts: Mapped[str]


class ImportRow(Recorded, Base):
    """One row of a sheet as it was written. `cells`: JSON, text by column letter."""

    __tablename__ = "import_row"
    __table_args__ = business(
        "import_row",
        to("import_row", "import_batch", "batch_id"),
        to("import_row", "enterprise"),
        Index("ix_import_row_batch_id", "county", "batch_id"),
    )

    batch_id: Mapped[str]
    sheet: Mapped[str]
    row: Mapped[int]
    cells: Mapped[str]
    fate: Mapped[str] = mapped_column(one_of("fate", ("record", "ignored", "held")))
    why: Mapped[str | None]
    enterprise_id: Mapped[str | None]


class ImportIssue(Recorded, Base):
    """Something doubtful about a batch, with its place and how to mend it."""

    __tablename__ = "import_issue"
    __table_args__ = business(
        "import_issue",
        to("import_issue", "import_batch", "batch_id"),
        Index("ix_import_issue_batch_id", "county", "batch_id"),
    )

    batch_id: Mapped[str]
    code: Mapped[str]
    severity: Mapped[str] = mapped_column(one_of("severity", ("error", "warning", "question")))
    sheet: Mapped[str | None]
    cell: Mapped[str | None]
    field: Mapped[str | None]
    raw: Mapped[str | None]
    message: Mapped[str]
    fix: Mapped[str]
