"""The desk's queries: who is who, what was decided, what waits. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Text, cast, exists, or_, select
from sqlalchemy.orm import aliased

from app.register.queries import HELD, NOW, Chosen
from app.register.scope import Actor, visible
from app.store.models import (
    OPEN,
    AbsenceAnswer,
    Change,
    Equipment,
    IdentityDecision,
    ImportBatch,
    ImportIssue,
    ImportRow,
    ImportTerms,
    LearnedAnswer,
    MachineReplacement,
    RowAnswer,
    SameSubject,
    SourceFile,
    Statement,
    ValueDecision,
)
from app.store.sealed import sealed_as


def same(county: str, known: int, actor: Actor) -> Chosen:
    """Which record stood for which, as known at a change."""
    chosen = select(SameSubject.subject_id, SameSubject.into_id).where(
        SameSubject.county == county, SameSubject.recorded_by <= known, SameSubject.superseded_by > known
    )
    return visible(chosen.order_by(SameSubject.subject_id), actor)


def values_decided(county: str, known: int, actor: Actor) -> Chosen:
    """The statements that a person decided for, as known at a change: id, the change of the decision, the field."""
    chosen = select(ValueDecision.statement_id, ValueDecision.recorded_by, ValueDecision.field).where(
        ValueDecision.county == county, ValueDecision.recorded_by <= known, ValueDecision.superseded_by > known
    )
    return visible(chosen, actor)


def value_decision(county: str, subject: str, field: str, day: date, actor: Actor) -> Chosen:
    """What stands decided of a field of a subject for a day."""
    chosen = select(ValueDecision).where(
        ValueDecision.county == county,
        ValueDecision.subject_id == subject,
        ValueDecision.field == field,
        ValueDecision.day == day,
        ValueDecision.superseded_by == OPEN,
    )
    return visible(chosen, actor)


def decided_by(county: str, batch: str, actor: Actor) -> Chosen:
    """The decisions for statements of an import."""
    of_batch = select(Statement.id).where(Statement.county == county, Statement.batch_id == batch)
    chosen = select(ValueDecision.id).where(
        ValueDecision.county == county,
        ValueDecision.statement_id.in_(of_batch),
        ValueDecision.superseded_by == OPEN,
    )
    return visible(chosen, actor)


def absence(county: str, batch: str, records: Sequence[str], actor: Actor) -> Chosen:
    """The answer to why a firm, by any of its records, is missing from a roster."""
    chosen = select(AbsenceAnswer).where(
        AbsenceAnswer.county == county,
        AbsenceAnswer.batch_id == batch,
        AbsenceAnswer.enterprise_id.in_(records),
        AbsenceAnswer.superseded_by == OPEN,
    )
    return visible(chosen, actor)


def answered(county: str, actor: Actor) -> Chosen:
    """Every answer to why a firm is missing: the roster, the firm."""
    chosen = select(AbsenceAnswer).where(AbsenceAnswer.county == county, AbsenceAnswer.superseded_by == OPEN)
    return visible(chosen, actor)


def rulings(county: str, actor: Actor) -> Chosen:
    """Every decision for a statement, with the statement."""
    chosen = (
        select(ValueDecision, Statement)
        .join(Statement, (Statement.county == ValueDecision.county) & (Statement.id == ValueDecision.statement_id))
        .where(ValueDecision.county == county, ValueDecision.superseded_by == OPEN)
    )
    return visible(chosen.order_by(ValueDecision.recorded_by, ValueDecision.id), actor)


def rosters(county: str, actor: Actor) -> Chosen:
    """The imports that stand, the latest first."""
    chosen = select(ImportBatch).where(ImportBatch.county == county, ImportBatch.superseded_by == OPEN)
    return visible(chosen.order_by(ImportBatch.recorded_by.desc()), actor)


def held_rows(county: str, actor: Actor) -> Chosen:
    """The rows that wait, of the imports that stand: held, and not recorded since.

    Those that a corrected copy took over wait again where that copy was undone.
    """
    since, copy = aliased(ImportRow), aliased(ImportBatch)
    stands = exists(
        select(copy.id).where(
            copy.county == since.county, copy.recorded_by == since.recorded_by, copy.superseded_by == OPEN
        )
    )
    recorded = exists(
        select(since.id).where(
            since.county == ImportRow.county,
            since.batch_id == ImportRow.batch_id,
            since.sheet == ImportRow.sheet,
            since.row == ImportRow.row,
            since.recorded_by > ImportRow.recorded_by,
            or_(since.why.is_distinct_from("corrected"), stands),
        )
    )
    chosen = (
        select(ImportRow)
        .join(ImportBatch, (ImportBatch.county == ImportRow.county) & (ImportBatch.id == ImportRow.batch_id))
        .where(ImportRow.county == county, ImportRow.fate == "held", ImportBatch.superseded_by == OPEN, ~recorded)
    )
    return visible(chosen.order_by(ImportRow.recorded_by.desc(), ImportRow.sheet, ImportRow.row), actor)


def source_file(county: str, sha256: str, actor: Actor) -> Chosen:
    """The file of these bytes."""
    return visible(select(SourceFile).where(SourceFile.county == county, SourceFile.sha256 == sha256), actor)


def terms(county: str, batch: str, actor: Actor) -> Chosen:
    """The terms on which a batch was read."""
    return visible(select(ImportTerms).where(ImportTerms.county == county, ImportTerms.batch_id == batch), actor)


def issues_of(county: str, batch: str, actor: Actor) -> Chosen:
    """What was asked of a batch when it was applied, in order."""
    chosen = select(ImportIssue).where(ImportIssue.county == county, ImportIssue.batch_id == batch)
    return visible(chosen.order_by(ImportIssue.id), actor)


def correcting(county: str, actor: Actor) -> Chosen:
    """The batches that are corrections of others."""
    chosen = select(ImportTerms.batch_id).where(ImportTerms.county == county, ImportTerms.corrects_id.is_not(None))
    return visible(chosen, actor)


def batches_of(county: str, sha256: str, actor: Actor) -> Chosen:
    """The imports of these bytes that stand, the latest first."""
    chosen = select(ImportBatch).where(
        ImportBatch.county == county, ImportBatch.sha256 == sha256, ImportBatch.superseded_by == OPEN
    )
    return visible(chosen.order_by(ImportBatch.recorded_by.desc()), actor)


def row_answers(county: str, batch: str | None, actor: Actor) -> Chosen:
    """What was answered of a batch's rows (None: of the rows of all that stand)."""
    chosen = select(RowAnswer).where(RowAnswer.county == county, RowAnswer.superseded_by == OPEN)
    if batch is not None:
        chosen = chosen.where(RowAnswer.batch_id == batch)
    else:
        stands = exists(
            select(ImportBatch.id).where(
                ImportBatch.county == RowAnswer.county,
                ImportBatch.id == RowAnswer.batch_id,
                ImportBatch.superseded_by == OPEN,
            )
        )
        chosen = chosen.where(stands)
    return visible(chosen.order_by(RowAnswer.recorded_by, RowAnswer.id), actor)


def row_answer(county: str, batch: str, sheet: str, row: int, about: str, actor: Actor) -> Chosen:
    """What stands answered of one row."""
    chosen = select(RowAnswer).where(
        RowAnswer.county == county,
        RowAnswer.batch_id == batch,
        RowAnswer.sheet == sealed_as(RowAnswer.sheet, county, sheet),
        RowAnswer.row == row,
        RowAnswer.about == about,
        RowAnswer.superseded_by == OPEN,
    )
    return visible(chosen, actor)


def learned(county: str, kinds: Sequence[str] | None, actor: Actor) -> Chosen:
    """What is remembered of these kinds of answers (None: of all), in the order in which it was told."""
    chosen = select(LearnedAnswer).where(LearnedAnswer.county == county, LearnedAnswer.superseded_by == OPEN)
    if kinds is not None:
        chosen = chosen.where(LearnedAnswer.kind.in_(kinds))
    return visible(chosen.order_by(LearnedAnswer.recorded_by, LearnedAnswer.id), actor)


def learned_in(county: str, batch: str, actor: Actor) -> Chosen:
    """The answers that are remembered from an import."""
    chosen = select(LearnedAnswer).where(
        LearnedAnswer.county == county, LearnedAnswer.batch_id == batch, LearnedAnswer.superseded_by == OPEN
    )
    return visible(chosen.order_by(LearnedAnswer.id), actor)


def replacements(county: str, known: int, actor: Actor) -> Chosen:
    """Which machine came in the place of which, as known at a change, in the order of recording."""
    chosen = select(MachineReplacement).where(
        MachineReplacement.county == county,
        MachineReplacement.recorded_by <= known,
        MachineReplacement.superseded_by > known,
    )
    return visible(chosen.order_by(MachineReplacement.recorded_by, MachineReplacement.id), actor)


def replacements_asked(county: str, actor: Actor) -> Chosen:
    """Where imports asked what replaced what: batch, cell, and each row that may be the cell's, with its firm."""
    chosen = (
        select(ImportIssue.batch_id, ImportIssue.cell, ImportRow.row, ImportRow.enterprise_id)
        .join(ImportBatch, (ImportBatch.county == ImportIssue.county) & (ImportBatch.id == ImportIssue.batch_id))
        .join(
            ImportRow,
            (ImportRow.county == ImportIssue.county)
            & (ImportRow.batch_id == ImportIssue.batch_id)
            & (ImportRow.sheet == ImportIssue.sheet)
            & ImportIssue.cell.like("%" + cast(ImportRow.row, Text)),
        )
        .where(
            ImportIssue.county == county,
            ImportIssue.code.in_(("machine.replaced", "machine.replaces_several")),
            ImportBatch.superseded_by == OPEN,
            ImportRow.enterprise_id.is_not(None),
        )
    )
    return visible(chosen.distinct().order_by(ImportIssue.batch_id, ImportRow.row, ImportRow.enterprise_id), actor)


def stated(county: str, change: int, section: str, actor: Actor) -> Chosen:
    """What one change recorded that was said of a section: id, subject, field, day."""
    chosen = select(Statement.id, Statement.subject_id, Statement.field, Statement.day).where(
        Statement.county == county,
        Statement.recorded_by == change,
        Statement.section == section,
        Statement.superseded_by == OPEN,
    )
    return visible(chosen, actor)


def machines(county: str, some: Sequence[str], actor: Actor) -> Chosen:
    """Those of the ids that are machines of the county."""
    return visible(select(Equipment.id).where(Equipment.county == county, Equipment.id.in_(some)), actor)


def acts(county: str, numbers: Sequence[int], actor: Actor) -> Chosen:
    """Some changes of a county: number, who, when."""
    chosen = select(Change.number, Change.actor, Change.at).where(Change.county == county, Change.number.in_(numbers))
    return visible(chosen, actor)


def absences(county: str, batch: str, actor: Actor) -> Chosen:
    """The answers that a batch is about, as the roster or as the entry that followed."""
    chosen = select(AbsenceAnswer.id).where(
        AbsenceAnswer.county == county,
        or_(AbsenceAnswer.batch_id == batch, AbsenceAnswer.entry_id == batch),
        AbsenceAnswer.superseded_by == OPEN,
    )
    return visible(chosen, actor)


def statement(county: str, id: str, actor: Actor) -> Chosen:
    """One statement that stands."""
    chosen = select(Statement).where(Statement.county == county, Statement.id == id, Statement.superseded_by == OPEN)
    return visible(chosen, actor)


def owned(section: str, county: str, subjects: Sequence[str], actor: Actor) -> Chosen:
    """Things of a section, each with the record of a firm that it was enrolled for."""
    model = HELD[section]
    return visible(select(model.id, model.enterprise_id).where(model.county == county, model.id.in_(subjects)), actor)


def named_in(county: str, actor: Actor) -> Chosen:
    """Which imports that stand name which records of firms."""
    chosen = select(Statement.subject_id, Statement.batch_id).where(
        Statement.county == county, Statement.section == "enterprise", Statement.superseded_by == OPEN
    )
    return visible(chosen.distinct(), actor)


def same_rows(county: str, actor: Actor) -> Chosen:
    """The rows that say now which record stands for which."""
    return visible(select(SameSubject).where(SameSubject.county == county, SameSubject.superseded_by == OPEN), actor)


def decisions(county: str, actor: Actor, *, known: int = NOW.known, of: Sequence[str] | None = None) -> Chosen:
    """What was decided of records, as known at a change, in order; `of`: with one of these on either side."""
    chosen = select(IdentityDecision).where(
        IdentityDecision.county == county,
        IdentityDecision.recorded_by <= known,
        IdentityDecision.superseded_by > known,
    )
    if of is not None:
        chosen = chosen.where(or_(IdentityDecision.subject_id.in_(of), IdentityDecision.other_id.in_(of)))
    return visible(chosen.order_by(IdentityDecision.recorded_by, IdentityDecision.id), actor)
