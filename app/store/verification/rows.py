"""Whether every row is as its change sealed it: none altered, none gone, none slipped in."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.store.canonical import raw, recorded_tables, row_columns, row_digest
from app.store.contents import GONE
from app.store.guards import guarded
from app.store.models import Base, Manifest
from app.store.verification.chain import unpacked
from app.store.verification.finding import Finding, shown, streamed

_MANIFESTS = Base.metadata.tables[Manifest.__tablename__]


class _Said(NamedTuple):
    """A line of a change: + or -, the row's id, its digest; as the manifest lists it or as the table has it."""

    number: int
    listed: bool
    sign: str
    id: str
    digest: str


def counties(session: Session) -> list[str]:
    """Every county that any table names; what is recorded of who did what is walked by itself."""
    found: set[str] = set()
    for table in guarded():
        if table.name.startswith("audit_"):
            continue
        found.update(session.scalars(select(raw(table.c.county)).distinct()))
    return sorted(found)


def row_findings(session: Session, county: str) -> Iterator[Finding]:
    """Each table against the manifests of the county's changes, one change in memory at a time."""
    for table in recorded_tables():
        spoilt: list[Finding] = []
        lines = heapq.merge(
            _listed(session, table, county),
            _recorded(session, table, county, spoilt),
            _superseded(session, table, county, spoilt),
            key=lambda said: said.number,
        )
        for number, said in groupby(lines, key=lambda said: said.number):
            yield from _compared(county, table, number, said)
        yield from spoilt


def _compared(county: str, table: Table, number: int, lines: Iterator[_Said]) -> Iterator[Finding]:
    listed: dict[tuple[str, str], str] = {}
    there: dict[tuple[str, str], str] = {}
    for said in lines:
        (listed if said.listed else there)[said.sign, said.id] = said.digest
    for (sign, id), digest in there.items():
        expected = listed.pop((sign, id), None)
        if expected is None and sign == "+":
            yield _finding(county, table, number, id, "row.extra", f"不在第 {number} 号变更的清单里")
        elif expected is None:
            yield _finding(county, table, number, id, "row.superseded", f"不是第 {number} 号变更作废的")
        elif expected != digest:
            yield _finding(county, table, number, id, "row.altered", f"被改过：与第 {number} 号变更封存时不符")
    for sign, id in listed:
        if sign == "+":
            yield _finding(county, table, number, id, "row.missing", f"不见了：第 {number} 号变更记录过它")
        else:
            yield _finding(county, table, number, id, "row.superseded", f"应由第 {number} 号变更作废，却不是")


def _listed(session: Session, table: Table, county: str) -> Iterator[_Said]:
    query = (
        select(raw(_MANIFESTS.c.number), raw(_MANIFESTS.c.listing))
        .where(_MANIFESTS.c.county == county, _MANIFESTS.c.table_name == table.name)
        .order_by(_MANIFESTS.c.number)
    )
    for number, listing in streamed(session, query):
        for line in (unpacked(listing) or b"").decode("utf-8", "surrogateescape").splitlines():
            sign, id, *digest = line.split(" ")
            yield _Said(number, True, sign, id, "".join(digest))


def _recorded(session: Session, table: Table, county: str, spoilt: list[Finding]) -> Iterator[_Said]:
    columns = row_columns(table)
    names = [column.name for column in columns]
    query = select(*(raw(column) for column in columns)).where(table.c.county == county).order_by(table.c.recorded_by)
    by, of = names.index("recorded_by"), names.index("id")
    for row in streamed(session, query):
        if isinstance(row[by], int):
            yield _Said(row[by], False, "+", row[of], row_digest(table, columns, row))
        else:
            spoilt.append(_finding(county, table, None, row[of], "row.altered", "的变更号不是数字"))


def _superseded(session: Session, table: Table, county: str, spoilt: list[Finding]) -> Iterator[_Said]:
    if "superseded_by" not in table.columns:
        return
    query = (
        select(raw(table.c.superseded_by), raw(table.c.id))
        .where(table.c.county == county, GONE)
        .order_by(table.c.superseded_by)
    )
    for number, id in streamed(session, query):
        if isinstance(number, int):
            yield _Said(number, False, "-", id, "")
        else:
            spoilt.append(_finding(county, table, None, id, "row.superseded", "的作废变更号不是数字"))


def _finding(county: str, table: Table, number: int | None, id: Any, code: str, what: str) -> Finding:
    return Finding(code, f"{table.name} 的 {shown(id)} {what}", county, number, table.name, shown(id))
