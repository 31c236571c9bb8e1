"""Whether rows point where something is, and no two stretches of one subject hold on the same day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Table, and_, exists, func, select
from sqlalchemy.orm import Session

from app.domain.vocabulary import SECTIONS
from app.store.canonical import raw
from app.store.facts import table_name
from app.store.models import OPEN, Base, IdentityDecision, LedgerIssue, SameSubject, Statement, Stretch
from app.store.verification.finding import Finding, shown, streamed


def key_findings(session: Session) -> Iterator[Finding]:
    """Rows that point at nothing, overlapping stretches, statements about nothing, ledgers that are not their hash."""
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            yield from _orphans(session, table, key)
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Stretch):
            yield from _overlaps(session, Base.metadata.tables[table_name(mapper.class_)], mapper.class_.subject)
    yield from _statements_about_nothing(session)
    yield from _standing_for_another(session)
    yield from _ledgers(session)


def _orphans(session: Session, table: Table, key: ForeignKeyConstraint) -> Iterator[Finding]:
    parent = key.referred_table.alias("parent")
    pairs = [(element.parent, parent.c[element.column.name]) for element in key.elements]
    query = select(*_names(table)).where(
        *(child.is_not(None) for child, _ in pairs),
        ~exists(select(1).select_from(parent).where(*(child == there for child, there in pairs))),
    )
    for row in streamed(session, query):
        yield _finding(table, row, "key.orphan", f"指向的 {key.referred_table.name} 不存在")


def _overlaps(session: Session, table: Table, subject: str) -> Iterator[Finding]:
    before = func.max(table.c.valid_to).over(
        partition_by=(table.c.county, table.c[subject]),
        order_by=(table.c.valid_from, table.c.id),
        rows=(None, -1),
    )
    line = (
        select(*_names(table), table.c.valid_from, before.label("before"))
        .where(table.c.superseded_by == OPEN)
        .subquery()
    )
    query = select(*(raw(column) for column in line.c)).where(line.c.before > line.c.valid_from)
    for row in streamed(session, query):
        yield _finding(table, row, "stretch.overlap", "与同一对象的另一段时间重叠")


def _statements_about_nothing(session: Session) -> Iterator[Finding]:
    table = Base.metadata.tables[Statement.__tablename__]
    for section in SECTIONS:
        subject = Base.metadata.tables[section]
        there = exists(select(1).where(and_(subject.c.county == table.c.county, subject.c.id == table.c.subject_id)))
        for row in streamed(session, select(*_names(table)).where(table.c.section == section, ~there)):
            yield _finding(table, row, "key.orphan", f"说的 {section} 不存在")


def _standing_for_another(session: Session) -> Iterator[Finding]:
    """Who stands for whom must be what the decisions come to: nobody who stands is set aside, each has a decision."""
    table, decided = (Base.metadata.tables[table_name(model)] for model in (SameSubject, IdentityDecision))
    aside = table.alias("aside")
    open_pair = (decided.c.county == table.c.county, decided.c.answer == "same", decided.c.superseded_by == OPEN)
    checks = (
        (
            "自己也被并入了别的记录",
            exists(
                select(1).where(
                    aside.c.county == table.c.county,
                    aside.c.subject_id == table.c.into_id,
                    aside.c.superseded_by == OPEN,
                )
            ),
        ),
        ("没有有效的决定", ~exists(select(1).where(*open_pair, decided.c.subject_id == table.c.subject_id))),
    )
    for what, wrong in checks:
        for row in streamed(session, select(*_names(table)).where(table.c.superseded_by == OPEN, wrong)):
            yield _finding(table, row, "same.unsettled", what)


def _ledgers(session: Session) -> Iterator[Finding]:
    table = Base.metadata.tables[LedgerIssue.__tablename__]
    columns = (*_names(table), raw(table.c.sha256), raw(table.c.workbook), raw(table.c.known))
    for row in session.execute(select(*columns).execution_options(yield_per=1)):
        if not isinstance(row.workbook, (bytes, memoryview)) or hashlib.sha256(row.workbook).hexdigest() != row.sha256:
            yield _finding(table, row, "ledger.altered", "与签发时的校验值不符")
        if row.known > row.recorded_by:
            yield _finding(table, row, "ledger.altered", "引用了签发之后的变更")


def _names(table: Table) -> list[Any]:
    """The columns that name a row: the county where it has one, its key, the change that recorded it."""
    names = [*table.primary_key.columns.keys(), *(name for name in ("recorded_by",) if name in table.columns)]
    return [raw(table.c[name]) for name in names]


def _finding(table: Table, row: Any, code: str, what: str) -> Finding:
    named = row._mapping
    key = [column.name for column in table.primary_key if column.name != "county"]
    id = shown(" ".join(str(named[name]) for name in key)) if key else None
    change = named.get("recorded_by", named.get("number"))
    return Finding(code, f"{table.name} 的 {id} {what}", named.get("county"), change, table.name, id)
