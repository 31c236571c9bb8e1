"""The queries of batches and their versions, and of files that wait. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.register.queries import Chosen
from app.register.scope import Actor, visible
from app.store.facts import table_name
from app.store.models import OPEN, Base, Change, ImportBatch, ImportTerms, Statement, Stretch, WaitingFile
from app.store.sealed import sealed_as


def batches(county: str, actor: Actor) -> Chosen:
    """Every import, undone or not, the latest first."""
    chosen = select(ImportBatch).where(ImportBatch.county == county)
    return visible(chosen.order_by(ImportBatch.recorded_by.desc(), ImportBatch.id.desc()), actor)


def waiting_files(county: str, actor: Actor) -> Chosen:
    """Every file that was read and not applied at once, whatever became of it."""
    return visible(select(WaitingFile).where(WaitingFile.county == county), actor)


def waiting_file(county: str, id: str, actor: Actor) -> Chosen:
    """One of them."""
    return visible(select(WaitingFile).where(WaitingFile.county == county, WaitingFile.id == id), actor)


def waiting_county(id: str, actor: Actor) -> Chosen:
    """The county of one of them."""
    return visible(select(WaitingFile.county).where(WaitingFile.id == id), actor)


def waiting_bytes(county: str, sha256: str, actor: Actor) -> Chosen:
    """The files of these bytes that wait."""
    chosen = select(WaitingFile).where(
        WaitingFile.county == county, WaitingFile.sha256 == sha256, WaitingFile.superseded_by == OPEN
    )
    return visible(chosen.order_by(WaitingFile.recorded_by), actor)


def versions(county: str, source: str, township: str | None, day: date, actor: Actor) -> Chosen:
    """The imports that stand of one source, township and day, the latest first."""
    chosen = select(ImportBatch).where(
        ImportBatch.county == county,
        ImportBatch.source == sealed_as(ImportBatch.source, county, source),
        ImportBatch.township.is_not_distinct_from(township),
        ImportBatch.valid_day == day,
        ImportBatch.superseded_by == OPEN,
    )
    return visible(chosen.order_by(ImportBatch.recorded_by.desc(), ImportBatch.id.desc()), actor)


def waiting_versions(county: str, source: str, township: str | None, day: date, actor: Actor) -> Chosen:
    """The files that wait, of one source, township and day, the latest first."""
    chosen = select(WaitingFile).where(
        WaitingFile.county == county,
        WaitingFile.source == sealed_as(WaitingFile.source, county, source),
        WaitingFile.township.is_not_distinct_from(township),
        WaitingFile.valid_day == day,
        WaitingFile.superseded_by == OPEN,
    )
    return visible(chosen.order_by(WaitingFile.recorded_by.desc()), actor)


def said_in(county: str, batch: str, actor: Actor) -> Chosen:
    """All that an import said, undone or not, in the order of its recording."""
    chosen = select(Statement).where(Statement.county == county, Statement.batch_id == batch)
    return visible(chosen.order_by(Statement.recorded_by, Statement.id), actor)


def corrections(county: str, batch: str, actor: Actor) -> Chosen:
    """The corrected copies of a batch that stand, the latest first."""
    of = (ImportTerms.county == ImportBatch.county) & (ImportTerms.batch_id == ImportBatch.id)
    chosen = select(ImportBatch).join(ImportTerms, of)
    chosen = chosen.where(
        ImportBatch.county == county, ImportTerms.corrects_id == batch, ImportBatch.superseded_by == OPEN
    )
    return visible(chosen.order_by(ImportBatch.recorded_by.desc()), actor)


def batches_saying(county: str, statements: Sequence[str], actor: Actor) -> Chosen:
    """Of statements, the imports that they came in with: statement, import, change."""
    chosen = select(Statement.id, Statement.batch_id, Statement.recorded_by).where(
        Statement.county == county, Statement.id.in_(statements)
    )
    return visible(chosen, actor)


def disputed(model: type[Stretch], county: str, day: date, actor: Actor) -> Chosen:
    """The subjects of one temporal table of which sources contradict each other on a day or later."""
    of = Base.metadata.tables[table_name(model)]
    chosen = select(of.c[model.subject]).where(
        of.c.county == county, of.c.disputed != "", of.c.valid_to > day, of.c.superseded_by == OPEN
    )
    return visible(chosen.distinct(), actor)


def acts_told(county: str, numbers: Sequence[int], actor: Actor) -> Chosen:
    """Some changes of a county: number, act, who, when, why."""
    chosen = select(Change.number, Change.act, Change.actor, Change.at, Change.reason).where(
        Change.county == county, Change.number.in_(numbers)
    )
    return visible(chosen, actor)
