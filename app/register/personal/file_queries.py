"""The queries on kept files and on what stands in their place. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.register.queries import Chosen
from app.register.scope import Actor, visible
from app.store.kept_bytes import HEAD
from app.store.models import OPEN, Document, Evidence, ImportBatch, ImportRow, RedactedFile, SourceFile


def of_source(county: str, source_file: str, actor: Actor) -> Chosen:
    """What stands in the place of a roster, the latest first."""
    of = RedactedFile
    chosen = select(of).where(of.county == county, of.source_file_id == source_file)
    return visible(chosen.order_by(of.recorded_by.desc()).limit(1), actor)


def of_evidence(county: str, evidence: str, actor: Actor) -> Chosen:
    """That nothing stays of a file of a paper, the latest first."""
    of = RedactedFile
    chosen = select(of).where(of.county == county, of.evidence_id == evidence)
    return visible(chosen.order_by(of.recorded_by.desc()).limit(1), actor)


def sources(county: str, actor: Actor) -> Chosen:
    """The rosters that are kept: id, digest, name, and how what is kept begins."""
    of = SourceFile
    chosen = select(of.id, of.sha256, of.name, func.substr(of.content, 1, HEAD)).where(of.county == county)
    return visible(chosen.order_by(of.recorded_by, of.id), actor)


def sources_by_id(county: str, ids: Sequence[str], actor: Actor) -> Chosen:
    """Rosters that are kept, with their bytes."""
    chosen = select(SourceFile).where(SourceFile.county == county, SourceFile.id.in_(ids))
    return visible(chosen.order_by(SourceFile.recorded_by, SourceFile.id), actor)


def evidence_heads(county: str, ids: Sequence[str], actor: Actor) -> Chosen:
    """How what is kept of files of papers begins."""
    of = Evidence
    chosen = select(of.id, func.substr(of.content, 1, HEAD)).where(of.county == county, of.id.in_(ids))
    return visible(chosen, actor)


def redactions(county: str, actor: Actor) -> Chosen:
    """What stands in the place of files, in order: whose, and how the copy begins."""
    of = RedactedFile
    chosen = select(of.source_file_id, of.evidence_id, func.substr(of.content, 1, HEAD)).where(of.county == county)
    return visible(chosen.order_by(of.recorded_by, of.id), actor)


def sent_of_firms(county: str, firms: Sequence[str], actor: Actor) -> Chosen:
    """The digests of the rosters with a row of one of the firms."""
    row, batch = ImportRow, ImportBatch
    chosen = (
        select(batch.sha256)
        .join(row, (row.county == batch.county) & (row.batch_id == batch.id))
        .where(batch.county == county, row.enterprise_id.in_(firms))
        .distinct()
    )
    return visible(chosen, actor)


def rows_of_firms(county: str, sha256: str, actor: Actor) -> Chosen:
    """The rows of a roster that speak of firms, and of which."""
    row, batch = ImportRow, ImportBatch
    chosen = (
        select(row.sheet, row.row, row.enterprise_id)
        .join(batch, (batch.county == row.county) & (batch.id == row.batch_id))
        .where(batch.county == county, batch.sha256 == sha256, row.enterprise_id.is_not(None))
    )
    return visible(chosen, actor)


def files_of_papers(county: str, papers: Sequence[str], actor: Actor) -> Chosen:
    """Papers that stand, and the files that show them."""
    of = Document
    chosen = select(of.id, of.evidence_id).where(of.county == county, of.id.in_(papers), of.superseded_by == OPEN)
    return visible(chosen, actor)
