"""A batch read again for its rows that waited: what it said before is not said anew, and what was said since counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from app.domain.masking import masked_label
from app.domain.proposal import Entry, Proposal, RosterIssue, Said
from app.domain.statement import Value, same_value
from app.domain.vocabulary import SECTIONS
from app.register import queries
from app.register.facts.identity import same_as
from app.register.imports import batch_queries
from app.register.scope import REGISTER
from app.store.facts import from_json
from app.store.models import ImportBatch, Statement

SAID_SINCE = "import.said_since"

#: Whose field, by which source, on which day (as ISO text).
_Place = tuple[str, str, str, str]


def anew(session: Session, county: str, batch: str, proposal: Proposal) -> Proposal:
    """The proposal with only what the batch has not said before, and what no later file of its source said of that day.

    Else an older version would have the last word on all that a newer one corrected, when one of its rows is answered.
    What a row says otherwise than a later file is named, and stays in the row.
    """
    own: ImportBatch = session.scalars(queries.batch(county, batch, REGISTER)).one()
    before = dict(_said(session, own))
    of = (county, own.source, own.township, own.valid_day, REGISTER)
    later = [one for one in session.scalars(batch_queries.versions(*of)) if one.recorded_by > own.recorded_by]
    since = {place: said for one in reversed(later) for place, said in _said(session, one)}
    if not before and not since:
        return proposal
    issues: list[RosterIssue] = []
    entries = tuple(_entry(entry, before, since, issues) for entry in proposal.entries)
    counts = {**proposal.counts, "issues": len(proposal.issues) + len(issues)}
    return replace(proposal, entries=entries, issues=(*proposal.issues, *issues), counts=counts)


def _said(session: Session, batch: ImportBatch) -> Iterator[tuple[_Place, Statement]]:
    same = same_as(session, batch.county)
    for one in session.scalars(batch_queries.said_in(batch.county, batch.id, REGISTER)):
        yield (same.of(one.subject_id), one.field, one.source, one.day.isoformat()), one


def _entry(
    entry: Entry, before: dict[_Place, Statement], since: dict[_Place, Statement], issues: list[RosterIssue]
) -> Entry:
    kept: list[Said] = []
    dropped: set[tuple[str, str]] = set()
    for one in entry.statements:
        place = (one.subject, one.field, one.source, one.day.isoformat())
        last = since.get(place)
        again = place in before and same_value(_value(before[place]), one.value)
        if one.decides or (last is None and not again):
            kept.append(one)
            continue
        dropped.add((one.subject, one.field))
        if last is not None and not again and not same_value(_value(last), one.value):
            issues.append(_said_since(entry, one, last))
    differences = tuple(one for one in entry.differences if (one.subject, one.field) not in dropped)
    stays = bool(kept or entry.subjects or entry.replaced or entry.bucket not in ("changed", "conflict"))
    bucket = entry.bucket if stays else "same"
    return replace(entry, statements=tuple(kept), differences=differences, bucket=bucket)


def _value(said: Statement) -> Value:
    return from_json(said.value)


def _said_since(entry: Entry, one: Said, last: Statement) -> RosterIssue:
    name = SECTIONS[one.section][one.field].zh
    here, there = (masked_label(one.section, one.field, value) for value in (one.value, _value(last)))
    message = f"“{entry.name}”的{name}：这一行写的是“{here}”，同一来源后来的“{last.file}”写的是“{there}”，以后来的为准"
    fix = "要以这一行为准的，请用 luzhang correct 更正"
    at = one.evidence
    path = f"{one.section}.{one.field}"
    return RosterIssue(SAID_SINCE, "warning", at.sheet or None, at.cell, path, at.raw, message, fix)
