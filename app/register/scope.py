"""Who may see which rows. Every query of the register goes through `visible`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.store.models import (
    OPEN,
    Base,
    Document,
    DocumentFirm,
    EnterprisePlace,
    ImportBatch,
    SameSubject,
    Succession,
)

Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])

_CHILDREN = ("equipment", "permit", "plan", "action")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks or acts. `counties`, `townships` (9-digit codes): all that may be seen; None is no limit."""

    name: str
    counties: frozenset[str] | None = None
    townships: frozenset[str] | None = None


#: The one actor until there are accounts.
LOCAL_OPERATOR = Actor("本机操作员")

#: The register's own reckoning, which sees all: what it writes must not depend on who asked.
REGISTER = Actor("登记库")


def visible(chosen: Query, actor: Actor) -> Query:
    """The same query, limited to what the actor may see, in every table that it reads from."""
    if actor.counties is None and actor.townships is None:
        return chosen  # to find out what a query reads from takes longer than many a query
    for source in chosen.get_final_froms():
        for table in _tables(source):
            if actor.counties is not None and "county" in table.c:
                chosen = chosen.where(table.c.county.in_(sorted(actor.counties)))
            if actor.townships is not None:
                limit = _of_townships(table, sorted(actor.townships))
                chosen = chosen if limit is None else chosen.where(limit)
    return chosen


def _tables(source: Any) -> list[Any]:
    """The tables that a FROM names, both sides of a join."""
    return _tables(source.left) + _tables(source.right) if hasattr(source, "left") else [source]


def _of_townships(table: Any, codes: Sequence[str]) -> ColumnElement[bool] | None:
    """The limit that a table's rows get; None for what belongs to the county as a whole, or to everybody."""
    name = getattr(getattr(table, "element", table), "name", "")
    if name == "enterprise":
        return _firm(table.c.county, table.c.id, codes)
    if name in ("import_batch", "waiting_file"):
        return table.c.township.in_(codes)  # type: ignore[no-any-return]
    if name == "source_file":
        return _sent_by(table, codes)
    if name == "document":
        return _named_in(table, codes)
    if name == "evidence":
        paper = aliased(Document)
        shown = (paper.county == table.c.county, paper.evidence_id == table.c.id)
        return exists(select(paper.id).where(*shown, _named_in(paper, codes)))
    if name == "machine_replacement":
        ends = (table.c.old_id, table.c.new_id)
        return and_(*(_child("equipment", table.c.county, end, codes) for end in ends))
    if name == "learned_answer":
        whole = and_(table.c.batch_id.is_(None), table.c.enterprise_id.is_(None))
        return or_(whole, _of_batch(table, codes), _firm(table.c.county, table.c.enterprise_id, codes))
    if name == "equipment":
        return or_(_firm(table.c.county, table.c.enterprise_id, codes), _gone_over(table, codes))
    if name == "succession":
        return or_(*(_firm(table.c.county, table.c[side], codes) for side in ("enterprise_id", "into_id")))
    if "subject_id" in table.c:
        named = [table.c[name] for name in ("subject_id", "other_id") if name in table.c]
        return and_(*(_subject(table.c.county, subject, codes) for subject in named))
    if "batch_id" in table.c:
        return _of_batch(table, codes)
    if "enterprise_id" in table.c:
        return _firm(table.c.county, table.c.enterprise_id, codes)
    for kind in _CHILDREN:
        if f"{kind}_id" in table.c:
            return _child(kind, table.c.county, table.c[f"{kind}_id"], codes)
    return None


def _of_batch(table: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That it came in with a batch of one of the townships."""
    batch = aliased(ImportBatch)
    return exists(
        select(batch.id).where(batch.county == table.c.county, batch.id == table.c.batch_id, batch.township.in_(codes))
    )


def _named_in(paper: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a paper is a firm's of the townships, or names one; what is no firm's is the county's alone."""
    of = getattr(paper, "c", paper)
    named = aliased(DocumentFirm)
    beside = (named.county == of.county, named.document_id == of.id, _firm(of.county, named.enterprise_id, codes))
    return or_(_firm(of.county, of.enterprise_id, codes), exists(select(named.id).where(*beside)))


def _sent_by(table: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a file is one of a township's own."""
    batch = aliased(ImportBatch)
    return exists(
        select(batch.id).where(
            batch.county == table.c.county, batch.sha256 == table.c.sha256, batch.township.in_(codes)
        )
    )


def _subject(county: Any, subject: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a firm, or whatever it holds, is of one of the townships."""
    return or_(_firm(county, subject, codes), *(_child(kind, county, subject, codes) for kind in _CHILDREN))


def _firm(county: Any, firm: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a firm, or the one that stands for it, is or was in one of the townships."""
    place, same = aliased(EnterprisePlace), aliased(SameSubject)
    stands = select(same.into_id).where(
        same.county == county, same.subject_id == firm, same.superseded_by == OPEN, same.into_id == place.enterprise_id
    )
    return exists(
        select(place.id).where(
            place.county == county,
            or_(place.enterprise_id == firm, exists(stands)),
            place.township_code.in_(codes),
            place.superseded_by == OPEN,
        )
    )


def _child(kind: str, county: Any, subject: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a machine, permit, plan or action belongs to such a firm, or a machine went or may have gone over to one."""
    child = Base.metadata.tables[kind].alias()
    whose = _firm(child.c.county, child.c.enterprise_id, codes)
    if kind == "equipment":
        whose = or_(whose, _gone_over(child, codes))
    return exists(select(child.c.id).where(and_(child.c.county == county, child.c.id == subject, whose)))


def _gone_over(machine: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a succession names a firm of the townships as whose the machine is then."""
    of = aliased(Succession)
    all_or_it = or_(
        of.equipment_id == machine.c.id, and_(of.equipment_id.is_(None), of.enterprise_id == machine.c.enterprise_id)
    )
    return exists(
        select(of.id).where(
            of.county == machine.c.county, of.superseded_by == OPEN, all_or_it, _firm(of.county, of.into_id, codes)
        )
    )
