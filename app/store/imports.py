"""What came in: batches, their rows kept whole cell by cell, and their issues."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Recorded, Supersedable, business, one_of, only_open, supersedable, to
from app.store.sealed import JsonWords, Words


class ImportBatch(Supersedable, Base):
    """One applied file. `superseded_by`: the change that undid it. `counts`: JSON. The same bytes apply once a day."""

    __tablename__ = "import_batch"
    __table_args__ = supersedable("import_batch", only_open("uq_import_batch_open", "county", "sha256", "valid_day"))

    file: Mapped[Words]
    sha256: Mapped[str]
    format: Mapped[str]
    township: Mapped[str | None]
    valid_day: Mapped[date]
    source: Mapped[Words]
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
    sheet: Mapped[Words]
    row: Mapped[int]
    cells: Mapped[JsonWords]
    fate: Mapped[str] = mapped_column(one_of("fate", ("record", "ignored", "held")))
    why: Mapped[Words | None]
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
    sheet: Mapped[Words | None]
    cell: Mapped[str | None]
    field: Mapped[str | None]
    raw: Mapped[Words | None]
    message: Mapped[Words]
    fix: Mapped[Words]


class SourceFile(Recorded, Base):
    """A file as it was sent, once for its bytes: what is asked of a batch later is read from it again."""

    __tablename__ = "source_file"
    __table_args__ = business("source_file", UniqueConstraint("county", "sha256", name="uq_source_file_sha256"))

    sha256: Mapped[str]
    name: Mapped[Words]
    content: Mapped[bytes]


class ImportTerms(Recorded, Base):
    """On what terms a batch was read: what its sender told (township, day, the map of columns and rows as JSON).

    `learned`: the map that earlier answers gave for its layouts. `corrects_id`: the batch of whose marked copy it is
    the corrections.
    """

    __tablename__ = "import_terms"
    __table_args__ = business(
        "import_terms",
        to("import_terms", "import_batch", "batch_id"),
        to("import_terms", "import_batch", "corrects_id"),
        UniqueConstraint("county", "batch_id", name="uq_import_terms_batch_id"),
    )

    batch_id: Mapped[str]
    township: Mapped[Words | None]
    valid_from: Mapped[date | None]
    told: Mapped[JsonWords | None]
    learned: Mapped[JsonWords | None]
    corrects_id: Mapped[str | None]


class WaitingFile(Supersedable, Base):
    """A file that was read and not applied; its bytes are a `SourceFile`. Applied, its batch has the same id.

    `why` it waits: its sender asked for it, its day is not known, or a newer version stands. `valid_day`: from which
    it would hold; `told_*`, `told`: what its sender told. `superseded_by`: the change that applied or withdrew it.
    """

    __tablename__ = "waiting_file"
    __table_args__ = supersedable("waiting_file", only_open("uq_waiting_file_open", "county", "sha256", "valid_day"))

    file: Mapped[Words]
    sha256: Mapped[str]
    format: Mapped[str]
    township: Mapped[str | None]
    valid_day: Mapped[date | None]
    source: Mapped[Words]
    counts: Mapped[str]
    why: Mapped[str] = mapped_column(one_of("why", ("later", "no_day", "older")))
    told_township: Mapped[Words | None]
    told_day: Mapped[date | None]
    told: Mapped[JsonWords | None]


class RowAnswer(Supersedable, Base):
    """What a person says of a held row: whose it is, or which machine it speaks of; `new`: none of the known."""

    __tablename__ = "row_answer"
    __table_args__ = supersedable(
        "row_answer",
        to("row_answer", "import_batch", "batch_id"),
        only_open("uq_row_answer_open", "county", "batch_id", "sheet", "row", "about"),
    )

    batch_id: Mapped[str]
    sheet: Mapped[Words]
    row: Mapped[int]
    about: Mapped[str] = mapped_column(one_of("about", ("firm", "machine")))
    answer: Mapped[str]
    reason: Mapped[Words]
