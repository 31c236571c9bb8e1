"""The queries on ledgers in one place. A ledger is the whole county's: who sees only townships of it sees none."""

from __future__ import annotations

from sqlalchemy import Select, false, func, select

from app.domain.quarter import Quarter
from app.register.queries import Chosen
from app.register.scope import Actor, visible
from app.store.models import OPEN, AuditRecord, Change, ImportBatch, LedgerCheck, LedgerContent, LedgerIssue


def issued(county: str, quarter: Quarter | None, actor: Actor) -> Chosen:
    """The issued revisions of a quarter (None: of all), first to last, with their change and what is known of each."""
    of, held = LedgerIssue, LedgerContent
    chosen = (
        select(
            of.id,
            of.county,
            of.quarter,
            of.revision,
            of.known,
            of.reason,
            of.sha256,
            of.recorded_by,
            Change.actor,
            Change.at,
            held.sha256.label("tables_sha256"),
            held.prepared_by,
            held.checked_by,
            held.approved_by,
            held.heads,
        )
        .join(Change, (Change.county == of.county) & (Change.number == of.recorded_by))
        .outerjoin(held, (held.county == of.county) & (held.issue_id == of.id))
        .where(of.county == county)
    )
    if quarter is not None:
        chosen = chosen.where(of.quarter == str(quarter))
    return _whole(visible(chosen.order_by(of.quarter, of.revision), actor), actor)


def of_file(sha256: str, actor: Actor) -> Chosen:
    """The issues whose file has this digest: county, quarter, revision."""
    of = LedgerIssue
    chosen = select(of.county, of.quarter, of.revision).where(of.sha256 == sha256)
    return _whole(visible(chosen.order_by(of.county, of.quarter, of.revision), actor), actor)


def file_of(county: str, issue: str, actor: Actor) -> Chosen:
    """An issue's bytes."""
    chosen = select(LedgerIssue.workbook).where(LedgerIssue.county == county, LedgerIssue.id == issue)
    return _whole(visible(chosen, actor), actor)


def record_of(county: str, change: int, actor: Actor) -> Chosen:
    """Where the county's chain of who did what stands with a change: the number and digest of its record."""
    of = AuditRecord
    chosen = select(of.number, of.digest).where(of.county == county, of.change == change)
    return _whole(visible(chosen, actor), actor)


def content_of(county: str, issue: str, actor: Actor) -> Chosen:
    """What an issue was printed from."""
    of = LedgerContent
    chosen = select(of.tables, of.sha256).where(of.county == county, of.issue_id == issue)
    return _whole(visible(chosen, actor), actor)


def checked(county: str, quarter: Quarter | None, actor: Actor) -> Chosen:
    """The recorded checks of a quarter (None: of all), first to last, each with its change."""
    of = LedgerCheck
    chosen = (
        select(
            of.quarter,
            of.known,
            of.heads,
            of.content,
            of.passed,
            of.findings,
            of.recorded_by,
            Change.actor,
            Change.at,
        )
        .join(Change, (Change.county == of.county) & (Change.number == of.recorded_by))
        .where(of.county == county)
    )
    if quarter is not None:
        chosen = chosen.where(of.quarter == str(quarter))
    return _whole(visible(chosen.order_by(of.recorded_by, of.id), actor), actor)


def change_numbered(county: str, number: int, actor: Actor) -> Chosen:
    """A change of the county."""
    return visible(select(Change).where(Change.county == county, Change.number == number), actor)


def rosters_known(county: str, known: int, actor: Actor) -> Chosen:
    """The rosters applied up to a change and not undone by then, in the order of their changes."""
    of = ImportBatch
    chosen = select(of).where(of.county == county, of.recorded_by <= known, of.superseded_by > known)
    return visible(chosen.order_by(of.recorded_by, of.id), actor)


def last_written(table: type, county: str, actor: Actor) -> Chosen:
    """The last change that recorded a row of a table."""
    of: type = table
    return visible(select(func.max(of.recorded_by)).where(of.county == county), actor)  # type: ignore[attr-defined]


def last_ended(table: type, county: str, actor: Actor) -> Chosen:
    """The last change that took a row of a table out of force."""
    of: type = table
    ended = select(func.max(of.superseded_by)).where(of.county == county, of.superseded_by < OPEN)  # type: ignore[attr-defined]
    return visible(ended, actor)


def _whole(chosen: Select[*tuple[object, ...]], actor: Actor) -> Chosen:
    return chosen if actor.townships is None else chosen.where(false())
