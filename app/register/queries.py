"""The register's queries in one place. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select, exists, func, or_, select

from app.domain.dates import FOREVER
from app.domain.register import AsOf
from app.register.scope import Actor, visible
from app.store.facts import table_name, tables_of
from app.store.models import (
    OPEN,
    Action,
    Base,
    Division,
    Enterprise,
    EnterpriseName,
    Equipment,
    ImportBatch,
    ImportRow,
    LedgerIssue,
    Permit,
    Plan,
    StatedFigure,
    Statement,
    Stretch,
)
from app.store.sealed import sealed_as
from app.store.temporal import at

#: All that is known now: rows that no change has taken out of force.
NOW = AsOf(FOREVER, OPEN - 1)

#: What a firm holds, by section.
HELD: dict[str, type[Equipment | Permit | Plan | Action]] = {
    "equipment": Equipment,
    "permit": Permit,
    "plan": Plan,
    "action": Action,
}

NAMING = ("name", "short_name", "former_name")

_AT_ONCE = 5000
Chosen = Select[*tuple[Any, ...]]
_Some = TypeVar("_Some")


def in_parts(wanted: Iterable[_Some]) -> Iterator[list[_Some]]:
    """As many at once as a query takes bound values."""
    waiting = iter(wanted)
    while part := list(islice(waiting, _AT_ONCE)):
        yield part


def statements(county: str, subjects: Sequence[str] | None, as_of: AsOf, actor: Actor) -> Chosen:
    """What was said of subjects (None: of all) for days up to the day, as known, in the order of its recording."""
    chosen = select(
        Statement.batch_id,
        Statement.subject_id,
        Statement.section,
        Statement.field,
        Statement.value,
        Statement.day,
        Statement.source,
        Statement.file,
        Statement.sheet,
        Statement.cell,
        Statement.raw,
        Statement.recorded_by,
        Statement.id,
    ).where(
        Statement.county == county,
        Statement.day <= as_of.day,
        Statement.recorded_by <= as_of.known,
        Statement.superseded_by > as_of.known,
    )
    if subjects is not None:
        chosen = chosen.where(Statement.subject_id.in_(subjects))
    return visible(chosen.order_by(Statement.recorded_by, Statement.id), actor)


def spoken_of(section: str, county: str, batch: str, actor: Actor) -> Chosen:
    """The subjects of a section that a batch's open statements are about."""
    chosen = select(Statement.subject_id).where(
        Statement.county == county,
        Statement.batch_id == batch,
        Statement.section == section,
        Statement.superseded_by == OPEN,
    )
    return visible(chosen.distinct(), actor)


def naming(county: str, actor: Actor) -> Chosen:
    """Every name and credit code that an open statement gives a firm."""
    fields = (*NAMING, "uscc")
    chosen = select(Statement.subject_id, Statement.field, Statement.value).where(
        Statement.county == county,
        Statement.section == "enterprise",
        Statement.field.in_(fields),
        Statement.superseded_by == OPEN,
    )
    return visible(chosen.distinct().order_by(Statement.subject_id), actor)


def particulars(county: str, fields: Iterable[str], actor: Actor) -> Chosen:
    """Whatever an open statement says of these fields of a firm, each value once, in the order of its recording."""
    chosen = (
        select(Statement.subject_id, Statement.field, Statement.value)
        .where(
            Statement.county == county,
            Statement.section == "enterprise",
            Statement.field.in_(list(fields)),
            Statement.superseded_by == OPEN,
        )
        .group_by(Statement.subject_id, Statement.field, Statement.value)
        .order_by(Statement.subject_id, func.min(Statement.recorded_by), Statement.value)
    )
    return visible(chosen, actor)


def names(county: str, actor: Actor) -> Chosen:
    """The names that firms have, or had on some day, as known now; the latest day's last."""
    chosen = select(EnterpriseName.enterprise_id, EnterpriseName.name).where(
        EnterpriseName.county == county, EnterpriseName.superseded_by == OPEN, EnterpriseName.name.is_not(None)
    )
    return visible(chosen.order_by(EnterpriseName.enterprise_id, EnterpriseName.valid_from), actor)


def held(section: str, county: str, firms: Sequence[str] | None, known: int, actor: Actor) -> Chosen:
    """What firms (None: all) hold of a section, in order of enrolment: id, firm, and kind where the section has one."""
    model = HELD[section]
    kind = [model.kind] if issubclass(model, (Permit, Action)) else []
    chosen = select(model.id, model.enterprise_id, *kind).where(model.county == county, model.recorded_by <= known)
    if firms is not None:
        chosen = chosen.where(model.enterprise_id.in_(firms))
    return visible(chosen.order_by(model.id), actor)


def stretches(model: type[Stretch], county: str, as_of: AsOf, actor: Actor) -> Chosen:
    """The rows of one temporal table that hold."""
    of = Base.metadata.tables[table_name(model)]
    return visible(select(of).where(of.c.county == county, at(model, as_of.day, as_of.known)), actor)


def told(model: type[Stretch], names: Sequence[str], county: str, as_of: AsOf, actor: Actor) -> Chosen:
    """Of the rows of one temporal table that hold: whose they are, what is disputed, and these columns."""
    of = Base.metadata.tables[table_name(model)]
    columns = (of.c[model.subject], of.c.disputed, *(of.c[name] for name in names))
    return visible(select(*columns).where(of.c.county == county, at(model, as_of.day, as_of.known)), actor)


def holdings(section: str, county: str, as_of: AsOf, actor: Actor) -> Chosen:
    """How much of a section that is enrolled for each firm has any fact."""
    model = HELD[section]
    facts = [
        exists(
            select(of.c.id).where(
                of.c.county == county, of.c[table.subject] == model.id, at(table, as_of.day, as_of.known)
            )
        )
        for table in tables_of(section)
        for of in (Base.metadata.tables[table_name(table)],)
    ]
    chosen = select(model.enterprise_id, func.count()).where(
        model.county == county, model.recorded_by <= as_of.known, or_(*facts)
    )
    return visible(chosen.group_by(model.enterprise_id), actor)


def touched(model: type[Stretch], county: str, change: int, actor: Actor) -> Chosen:
    """The subjects of which one change recorded or ended a row."""
    of = Base.metadata.tables[table_name(model)]
    written = or_(of.c.recorded_by == change, of.c.superseded_by == change)
    return visible(select(of.c[model.subject]).where(of.c.county == county, written).distinct(), actor)


def owners(section: str, county: str, subjects: Sequence[str], actor: Actor) -> Chosen:
    """The firms of subjects."""
    model = HELD[section]
    return visible(select(model.enterprise_id).where(model.county == county, model.id.in_(subjects)).distinct(), actor)


def kinds_stated(county: str, subjects: Sequence[str] | None, as_of: AsOf, actor: Actor) -> Chosen:
    """The permits and actions of which a statement gives the kind: they are there although nothing else is known.

    `subjects`: of these alone; None: of all.
    """
    chosen = select(Statement.subject_id).where(
        Statement.county == county,
        Statement.section.in_(("permit", "action")),
        Statement.field == "kind",
        Statement.day <= as_of.day,
        Statement.recorded_by <= as_of.known,
        Statement.superseded_by > as_of.known,
    )
    if subjects is not None:
        chosen = chosen.where(Statement.subject_id.in_(subjects))
    return visible(chosen.distinct(), actor)


def figures(county: str, as_of: AsOf, actor: Actor) -> Chosen:
    """Stated figures of times that have come by the day, and of unknown times."""
    chosen = select(StatedFigure).where(
        StatedFigure.county == county,
        StatedFigure.recorded_by <= as_of.known,
        StatedFigure.superseded_by > as_of.known,
        or_(
            StatedFigure.day_from <= as_of.day,
            StatedFigure.day_from.is_(None) & (StatedFigure.day_to <= as_of.day),
            StatedFigure.day_from.is_(None) & StatedFigure.day_to.is_(None),
        ),
    )
    return visible(chosen.order_by(StatedFigure.recorded_by, StatedFigure.id), actor)


def figures_of(county: str, batch: str, actor: Actor) -> Chosen:
    """The stated figures of an import that stand."""
    chosen = select(StatedFigure).where(
        StatedFigure.county == county, StatedFigure.batch_id == batch, StatedFigure.superseded_by == OPEN
    )
    return visible(chosen.order_by(StatedFigure.id), actor)


def enrolled(county: str, firms: Sequence[str], actor: Actor) -> Chosen:
    """Those of the ids that are firms of the county."""
    return visible(select(Enterprise.id).where(Enterprise.county == county, Enterprise.id.in_(firms)), actor)


def batch(county: str, id: str, actor: Actor) -> Chosen:
    """One applied import, undone or not."""
    return visible(select(ImportBatch).where(ImportBatch.county == county, ImportBatch.id == id), actor)


def batch_county(id: str, actor: Actor) -> Chosen:
    """The county of an import."""
    return visible(select(ImportBatch.county).where(ImportBatch.id == id), actor)


def same_bytes(county: str, sha256: str, day: date, actor: Actor) -> Chosen:
    """The import, not undone, that applied these bytes for that day."""
    chosen = select(ImportBatch.id).where(
        ImportBatch.county == county,
        ImportBatch.sha256 == sha256,
        ImportBatch.valid_day == day,
        ImportBatch.superseded_by == OPEN,
    )
    return visible(chosen, actor)


def last_roster(county: str, source: str, township: str | None, actor: Actor) -> Chosen:
    """The last applied import of a source and township that listed firms."""
    lists = exists(
        select(ImportRow.id).where(
            ImportRow.county == ImportBatch.county,
            ImportRow.batch_id == ImportBatch.id,
            ImportRow.enterprise_id.is_not(None),
        )
    )
    chosen = select(ImportBatch.id).where(
        ImportBatch.county == county,
        ImportBatch.source == sealed_as(ImportBatch.source, county, source),
        ImportBatch.township.is_not_distinct_from(township),
        ImportBatch.superseded_by == OPEN,
        lists,
    )
    return visible(chosen.order_by(ImportBatch.recorded_by.desc(), ImportBatch.id.desc()).limit(1), actor)


def listed(county: str, batch: str, actor: Actor) -> Chosen:
    """The firms that an import's rows were read for."""
    chosen = select(ImportRow.enterprise_id).where(
        ImportRow.county == county, ImportRow.batch_id == batch, ImportRow.enterprise_id.is_not(None)
    )
    return visible(chosen.distinct(), actor)


def ledgers_since(county: str, change: int, actor: Actor) -> Chosen:
    """Ledgers issued on knowledge that a change was part of."""
    chosen = select(LedgerIssue.quarter, LedgerIssue.revision).where(
        LedgerIssue.county == county, LedgerIssue.known >= change
    )
    return visible(chosen.order_by(LedgerIssue.quarter, LedgerIssue.revision), actor)


def places_above(county: str) -> Chosen:
    """The names of a county's province and city and its own, widest first; the dictionary is everybody's."""
    codes = (county[:2], county[:4], county)
    return select(Division.name).where(Division.code.in_(codes)).order_by(Division.code)
