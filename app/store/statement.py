"""What sources said: statements on fields, and stated figures of places and programmes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.vocabulary import SECTIONS
from app.store.base import Base, Supersedable, one_of, supersedable, to
from app.store.sealed import JsonWords, Words


class Statement(Supersedable, Base):
    """One source's word on one field of one subject, true on `day`. `value`: JSON. Undo withdraws it."""

    __tablename__ = "statement"
    __table_args__ = supersedable(
        "statement",
        to("statement", "import_batch", "batch_id"),
        Index("ix_statement_subject_id", "county", "subject_id", "field"),
        Index("ix_statement_batch_id", "county", "batch_id"),
    )

    batch_id: Mapped[str]
    section: Mapped[str] = mapped_column(one_of("section", SECTIONS))
    subject_id: Mapped[str]
    field: Mapped[str]
    value: Mapped[JsonWords]
    day: Mapped[date]
    source: Mapped[Words]
    file: Mapped[Words]
    sheet: Mapped[Words]
    cell: Mapped[str | None]
    raw: Mapped[Words]


class StatedFigure(Supersedable, Base):
    """A number that a paper states of a place or a programme; NULL where it states none (不明, never 0)."""

    __tablename__ = "stated_figure"
    __table_args__ = supersedable(
        "stated_figure",
        to("stated_figure", "import_batch", "batch_id"),
        Index("ix_stated_figure_batch_id", "county", "batch_id"),
    )

    batch_id: Mapped[str]
    topic: Mapped[str | None]
    phrase: Mapped[Words]
    number: Mapped[float | None]
    unit: Mapped[Words]
    day_from: Mapped[date | None]
    day_to: Mapped[date | None]
    when_text: Mapped[Words]
    source: Mapped[Words]
    file: Mapped[Words]
    sheet: Mapped[Words]
    cell: Mapped[str | None]
    raw: Mapped[Words]
