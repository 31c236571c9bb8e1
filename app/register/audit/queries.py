"""The queries on the record of who did what. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select

from app.clock import CHINA
from app.register.audit.asked import Asked
from app.register.audit.words import PEOPLE
from app.register.queries import HELD, Chosen
from app.register.scope import Actor, visible
from app.store.canonical import recorded_tables
from app.store.contents import GONE
from app.store.models import AuditRecord, Change, ImportBatch, Manifest

#: What is told of a record, beside the reason and the file of its change.
TOLD = (
    *("county", "number", "at", "actor", "account", "origin", "act", "subject", "before", "after", "result", "code"),
    *("change", "digest"),
)


def records(asked: Asked, actor: Actor, firm: Sequence[str] = (), changes: Sequence[int] = ()) -> Chosen:
    """Records with the reason and the file of the changes that they speak of.

    `firm`, `changes`: the ids under which a firm is spoken of, and the changes that touched it.
    """
    of = AuditRecord
    # Not joined: most records are of no change, and the limit to what may be seen would take them for another county's.
    own = (Change.county == of.county, Change.number == of.change)
    reason = select(Change.reason).where(*own).scalar_subquery()
    batch = and_(ImportBatch.county == Change.county, ImportBatch.id == Change.batch)
    file = select(ImportBatch.file).join(Change, batch).where(*own).scalar_subquery()
    told = [getattr(of, name) for name in TOLD]
    chosen = select(*told, reason.label("reason"), file.label("file")).where(of.county == asked.chain, *_filters(asked))
    if asked.firm:
        named = [of.subject.contains(id, autoescape=True) for id in firm]
        chosen = chosen.where(or_(of.change.in_(changes), *named))
    return visible(chosen, actor)


def _filters(asked: Asked) -> Iterator[ColumnElement[bool]]:
    of = AuditRecord
    for column, value in ((of.account, asked.account), (of.result, asked.result), (of.code, asked.code)):
        if value is not None:
            yield column == value
    for column, part in ((of.actor, asked.actor), (of.origin, asked.origin), (of.subject, asked.what)):
        if part is not None:
            yield column.contains(part, autoescape=True)
    if asked.act is not None:
        yield or_(of.act == asked.act, of.act.startswith(f"{asked.act}.", autoescape=True))
    if asked.since is not None:
        yield of.at >= _midnight(asked.since)
    if asked.until is not None:
        yield of.at < _midnight(asked.until + timedelta(days=1))
    if asked.people:
        yield or_(*(of.act.startswith(act, autoescape=True) for act in PEOPLE))


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time.min, CHINA).astimezone(UTC)


def manifests(county: str, number: int, actor: Actor) -> Chosen:
    """What a change wrote, table by table."""
    chosen = select(Manifest.table_name, Manifest.listing).where(Manifest.county == county, Manifest.number == number)
    return visible(chosen.order_by(Manifest.table_name), actor)


def held_ids(county: str, firm: str, actor: Actor) -> list[Chosen]:
    """The machines, permits, plans and actions that were enrolled for a firm."""
    models: list[Any] = [HELD[section] for section in ("equipment", "permit", "plan", "action")]
    return [
        visible(select(model.id).where(model.county == county, model.enterprise_id == firm), actor) for model in models
    ]


def touching(county: str, subjects: Sequence[str], actor: Actor) -> Iterator[Chosen]:
    """The changes that recorded a row on one of the subjects, or took one out of force."""
    for table in recorded_tables():
        named = [table.c[name].in_(subjects) for name in _subjects(table)]
        if not named:
            continue
        of_them = (table.c.county == county, or_(*named))
        yield visible(select(table.c.recorded_by).where(*of_them).distinct(), actor)
        if "superseded_by" in table.columns:
            yield visible(select(table.c.superseded_by).where(*of_them, GONE).distinct(), actor)


def _subjects(table: Table) -> list[str]:
    """The columns in which a table names a firm or something that a firm holds."""
    known = ("enterprise_id", "into_id", "subject_id", "other_id", "equipment_id", "permit_id", "plan_id", "action_id")
    own = ("id",) if table.name in ("enterprise", "equipment", "permit", "plan", "action") else ()
    return [name for name in (*known, *own) if name in table.columns]
