"""Applying a proposal: what the file said is kept whole, what is new is enrolled, and the facts follow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.masking import PERSONAL, masked_quotes
from app.domain.proposal import Entry, NewSubject, Proposal, RosterRow, Said
from app.domain.register import StatedFigure
from app.register import queries
from app.register.desk import desk_queries
from app.register.facts.identity import same_as
from app.register.facts.owners import owners_on
from app.register.facts.project import project
from app.register.imports import dividing
from app.register.imports.contacts import Contacts, contacts_of, field_of
from app.register.machines import replacing
from app.register.scope import LOCAL_OPERATOR, REGISTER, Actor
from app.store import ids
from app.store.facts import tables_of, to_json
from app.store.keys import ring_of
from app.store.models import (
    OPEN,
    Base,
    Change,
    Enterprise,
    ImportBatch,
    ImportIssue,
    ImportRow,
    Statement,
)
from app.store.models import StatedFigure as FigureRow

Row = dict[str, Any]

_encoded = json.JSONEncoder(ensure_ascii=False).encode
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Applied:
    """Firms of which a fact is new or changed (their own, or of what they hold), machines likewise, and the batch."""

    enterprises: int
    equipment: int
    batch: str

    def as_dict(self) -> dict[str, int]:
        """As `import --json` prints it."""
        return {"enterprises": self.enterprises, "equipment": self.equipment}


def apply(session: Session, change: Change, proposal: Proposal, batch: str | None = None) -> Applied:
    """Record all that a proposal holds, as this batch or the one that the change names, and reckon the facts anew.

    The file's rows and statements are kept although they say nothing new; then no fact is written and the counts are 0.
    """
    batch = batch or change.batch or ids.new()
    enrolled = {one.key: ids.new() for entry in proposal.entries for one in entry.subjects}
    left_out = [*(firm for firm, _ in proposal.missing), *_still_asked(session, change.county, proposal)]
    _insert(session, change, ImportBatch, [_batch(batch, proposal, left_out)])
    _enroll(session, change, proposal.entries, enrolled)
    contacts = contacts_of(ring_of(session), change.county, proposal)
    rows = _rows(session, batch, proposal, enrolled, contacts)
    _insert(session, change, ImportRow, rows)
    _insert(session, change, ImportIssue, [_issue(batch, issue, contacts) for issue in proposal.issues])
    _insert(session, change, FigureRow, [_figure(batch, figure) for figure in proposal.figures])
    return _state(session, change, batch, proposal.entries, enrolled, contacts)


def add(session: Session, change: Change, batch: str, proposal: Proposal, released: Sequence[RosterRow]) -> Applied:
    """Record what a proposal of the same file adds to its batch, and the rows that wait no longer."""
    enrolled = {one.key: ids.new() for entry in proposal.entries for one in entry.subjects}
    _enroll(session, change, proposal.entries, enrolled)
    contacts = contacts_of(ring_of(session), change.county, proposal)
    rows = _rows(session, batch, replace(proposal, rows=tuple(released)), enrolled, contacts)
    _insert(session, change, ImportRow, rows)
    return _state(session, change, batch, proposal.entries, enrolled, contacts)


def _state(
    session: Session,
    change: Change,
    batch: str,
    entries: Sequence[Entry],
    enrolled: Mapping[str, str],
    contacts: Contacts,
) -> Applied:
    """Record what the entries state, and reckon the facts of their firms anew."""
    words = [_statement(batch, said, enrolled, contacts) for entry in entries for said in entry.statements]
    _insert(session, change, Statement, words)
    dividing.decide(session, change, entries, enrolled)
    replacing.record(session, change, batch, entries, enrolled)
    firms = {enrolled.get(entry.enterprise, entry.enterprise) for entry in entries if entry.statements}
    project(session, change, sorted(firms))
    return _counted(session, change, batch)


def applied_before(session: Session, county: str, sha256: str, day: date, actor: Actor = LOCAL_OPERATOR) -> str | None:
    """The batch, not undone, that applied the same bytes for the same day."""
    return session.scalar(queries.same_bytes(county, sha256, day, actor))


def _insert(session: Session, change: Change, model: type[Base], rows: Sequence[Row]) -> None:
    """Many rows in one statement; what is recorded says by which change, and what can be withdrawn is open."""
    table = Base.metadata.tables[str(model.__tablename__)]
    common: Row = {"county": change.county, "recorded_by": change.number}
    if "superseded_by" in table.c:
        common["superseded_by"] = OPEN
    if rows:
        session.execute(insert(table), [{"id": ids.new(), **common, **_kept(row)} for row in rows])


def _kept(row: Row) -> Row:
    """A row as it can be kept; nearly every one is as it is, so all its texts are looked through at once."""
    if _UNSTORABLE.search("".join([value for value in row.values() if isinstance(value, str)])):
        return {name: _storable(value) for name, value in row.items()}
    return row


def _storable(value: Any) -> Any:
    """A text without what a database cannot keep: a damaged file may hold NUL, or halves of characters."""
    if isinstance(value, DateInterval):
        return replace(value, text=_storable(value.text))
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def _batch(batch: str, proposal: Proposal, left_out: Sequence[str]) -> Row:
    return {
        "id": batch,
        "file": proposal.file,
        "sha256": proposal.sha256,
        "format": proposal.format,
        "township": proposal.township,
        "valid_day": proposal.day,
        "source": proposal.source,
        "counts": json.dumps(_counts(proposal, left_out), ensure_ascii=False, sort_keys=True),
    }


def _counts(proposal: Proposal, left_out: Sequence[str]) -> dict[str, Any]:
    """What is counted of a batch, and the ids of the firms that it leaves out."""
    return {**proposal.counts, "proposal": proposal.totals(), "missing_firms": list(dict.fromkeys(left_out))}


def _still_asked(session: Session, county: str, proposal: Proposal) -> list[str]:
    """The firms that the last roster left out, of which nobody has said why, and which this one does not list either.

    Else a second version of a roster would end the questions that the first one raised. Those that were merged into
    others are among them: while that stands nobody is asked about them, and once it is taken back, they are.
    """
    last = session.scalar(queries.last_roster(county, proposal.source, proposal.township, REGISTER))
    batch = session.scalar(queries.batch(county, last, REGISTER)) if last else None
    if not batch or not proposal.counts.get("rows_read"):
        return []
    same = same_as(session, county)
    merged = owners_on(session, county, queries.NOW, same).merged_by(proposal.day)
    gone = merged & set(map(same.of, session.scalars(queries.listed(county, batch.id, REGISTER)))) if merged else ()
    asked = [*json.loads(batch.counts).get("missing_firms", ()), *sorted(gone)]
    if not asked:
        return []
    rosters = {
        one.id
        for one in session.scalars(desk_queries.rosters(county, REGISTER))
        if (one.source, one.township) == (batch.source, batch.township) and one.valid_day >= batch.valid_day
    }
    answered = {
        same.of(one.enterprise_id)
        for one in session.scalars(desk_queries.answered(county, REGISTER))
        if one.batch_id in rosters
    }
    listed = {same.of(entry.enterprise) for entry in proposal.entries}
    return [firm for firm in map(same.of, asked) if firm not in answered | listed]


def _enroll(session: Session, change: Change, entries: Iterable[Entry], enrolled: Mapping[str, str]) -> None:
    """New firms first, then what they hold."""
    new = [one for entry in entries for one in entry.subjects]
    firms = [{"id": enrolled[one.key]} for one in new if one.section == "enterprise"]
    _insert(session, change, Enterprise, firms)
    for section, model in queries.HELD.items():
        _insert(session, change, model, [_holding(one, enrolled) for one in new if one.section == section])


def _holding(one: NewSubject, enrolled: Mapping[str, str]) -> Row:
    owner = one.owner or ""
    kind = {"kind": one.kind} if one.section in ("permit", "action") else {}
    return {"id": enrolled[one.key], "enterprise_id": enrolled.get(owner, owner), **kind}


def _rows(
    session: Session, batch: str, proposal: Proposal, enrolled: Mapping[str, str], contacts: Contacts
) -> list[Row]:
    """The sheets' rows; one that was read for a firm that is held, and so not enrolled, names none."""
    told = {row.enterprise for row in proposal.rows if row.enterprise}
    firms = {key: enrolled[key] for key in told & enrolled.keys()}
    for some in queries.in_parts(sorted(told - enrolled.keys())):
        firms |= {id: id for id in session.scalars(queries.enrolled(contacts.county, some, REGISTER))}
    return [
        {
            "batch_id": batch,
            "sheet": row.sheet,
            "row": row.row,
            "cells": _encoded(contacts.cells(row.sheet, row.cells, firms.get(row.enterprise or ""))),
            "fate": row.fate,
            "why": row.why,
            "enterprise_id": firms.get(row.enterprise or ""),
        }
        for row in proposal.rows
    ]


def _issue(batch: str, issue: Any, contacts: Contacts) -> Row:
    names = ("code", "severity", "sheet", "cell", "field", "message", "fix")
    kept, field = {name: getattr(issue, name) for name in names}, field_of(issue)
    if field in PERSONAL:
        kept["message"] = masked_quotes(field, issue.message)
    return {"batch_id": batch, **kept, "raw": contacts.text(field, "", issue.raw)}


def _statement(batch: str, said: Said, enrolled: Mapping[str, str], contacts: Contacts) -> Row:
    subject = enrolled.get(said.subject, said.subject)
    value = contacts.value(said.field, subject, said.value)
    return {
        "batch_id": batch,
        "section": said.section,
        "subject_id": subject,
        "field": said.field,
        "value": to_json(_storable(value) if type(value) in (str, DateInterval) else value),
        "day": said.day,
        "source": said.source,
        "file": said.evidence.file,
        "sheet": said.evidence.sheet,
        "cell": said.evidence.cell,
        "raw": contacts.text(said.field, subject, said.evidence.raw),
    }


def _figure(batch: str, figure: StatedFigure) -> Row:
    sheet, found, cell = figure.evidence_cell.rpartition("!")
    return {
        "batch_id": batch,
        "topic": figure.topic,
        "phrase": figure.phrase,
        "number": figure.number,
        "unit": figure.unit,
        "day_from": figure.since,
        "day_to": figure.until,
        "when_text": figure.when,
        "source": figure.source,
        "file": figure.evidence_file,
        "sheet": sheet if found else cell,
        "cell": cell if found else None,
        "raw": figure.raw or figure.phrase,
    }


def _counted(session: Session, change: Change, batch: str) -> Applied:
    """Of how many firms and machines this change wrote a fact."""
    county = change.county
    firms: set[str] = set()
    machines = 0
    for section in ("enterprise", *queries.HELD):
        subjects: set[str] = set()
        for table in tables_of(section):
            subjects.update(session.scalars(queries.touched(table, county, change.number, REGISTER)))
        if section == "enterprise":
            firms |= subjects
            continue
        machines += len(subjects) if section == "equipment" else 0
        for some in queries.in_parts(sorted(subjects)):
            firms.update(session.scalars(queries.owners(section, county, some, REGISTER)))
    same = same_as(session, county)
    firms = {same.of(firm) for firm in firms}
    return Applied(len(firms), machines, batch)
