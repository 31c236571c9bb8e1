"""Rows of a batch that are held: answered by a person, read again from the file as it was sent, and applied."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.proposal import NEW, SPLIT, Proposal
from app.errors import BadInput, NotFound
from app.register import queries
from app.register.desk import desk_queries
from app.register.facts.identity import same_as
from app.register.imports import applying as imports
from app.register.imports.kept_files import is_kept, keep_bytes, kept_file
from app.register.places import township_in
from app.register.scope import REGISTER, Actor
from app.store import ids
from app.store.acting import actor_of
from app.store.kept_bytes import FileForgotten
from app.store.models import OPEN, Change, ImportBatch, ImportRow, ImportTerms, RowAnswer
from app.store.superseding import supersede

ABOUT = ("firm", "machine")

#: A row's place and what is answered of it: sheet, row, `firm` or `machine`.
Answers = Mapping[tuple[str, int, str], str]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the sender of a file told with it; `told`: the map of columns and rows.

    `learned`: the map that earlier answers gave for its layouts.
    """

    township: str | None = None
    valid_from: date | None = None
    told: Mapping[str, Any] | None = None
    learned: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A batch as it came in: its file, and the terms on which it was read.

    `sha256` is of the bytes that were sent. Of a copy without somebody who was forgotten `content` is other bytes,
    which are read as `read_as`.
    """

    batch: str
    county: str
    name: str
    content: bytes
    terms: Terms
    sha256: str
    read_as: str


def keep(
    session: Session,
    change: Change,
    batch: str,
    name: str,
    sha256: str,
    content: bytes,
    terms: Terms,
    corrects: str | None = None,
    numbers: Iterable[str] = (),
) -> None:
    """Keep a batch's file (once for its bytes) and its terms; `corrects`: the batch that it corrects.

    `numbers`: of the people whom the file names.
    """
    keep_bytes(session, change, name, sha256, content, numbers)
    row: dict[str, Any] = {"county": change.county, "recorded_by": change.number}
    of = {"batch_id": batch, "township": terms.township, "valid_from": terms.valid_from, "corrects_id": corrects}
    of |= {name: written(said) for name, said in (("told", terms.told), ("learned", terms.learned))}
    session.execute(insert(ImportTerms).values(id=ids.new(), **of, **row))


def source_of(session: Session, county: str, batch: str) -> Source:
    """The file of a batch that stands, and its terms.

    Raises:
        NotFound: when there is no such batch, it was undone, its file was not kept, or nothing of it stays.
    """
    found = _batch(session, county, batch)
    file = kept_file(session, county, found.sha256)
    if file is None:
        raise NotFound(f"没有留存“{found.file}”的原件", fix="请重新导入这个文件", code="import.no_source")
    terms = terms_of(session, county, batch) or Terms(valid_from=found.valid_day)
    return Source(batch, county, found.file, file.content, terms, found.sha256, file.name)


def terms_of(session: Session, county: str, batch: str) -> Terms | None:
    """The terms on which a batch was read; None where they were not kept."""
    terms = session.scalar(desk_queries.terms(county, batch, REGISTER))
    if terms is None:
        return None
    told, learned = (json.loads(said) if said else None for said in (terms.told, terms.learned))
    return Terms(terms.township, terms.valid_from, told, learned)


def written(said: Mapping[str, Any] | None) -> str | None:
    """A map that was told, as it is kept."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else None


def source_of_file(session: Session, county: str, sha256: str) -> Source | None:
    """The latest batch of these bytes that stands, with its file; None where there is none, or nothing stays of it."""
    found = session.scalars(desk_queries.batches_of(county, sha256, actor_of(session))).first()
    if found is None or not is_kept(session, county, sha256):
        return None
    try:
        return source_of(session, county, found.id)
    except FileForgotten:
        return None


def is_anothers(session: Session, source: Source, told: str | None) -> bool:
    """Whether a batch is of another township than the one that is told; what is of no township is nobody else's."""
    of = _batch(session, source.county, source.batch).township
    return told is not None and of is not None and of != township_in(session, source.county, told)[0]


def latest_of(session: Session, county: str, township: str, actor: Actor) -> Source | None:
    """The latest roster that a township sent, with its file; None where it sent none."""
    for batch in session.scalars(desk_queries.rosters(county, actor)):
        if batch.township == township and json.loads(batch.counts).get("rows_read"):
            return source_of_file(session, county, batch.sha256)
    return None


def left_out(session: Session, county: str, batch: str) -> list[str]:
    """The firms of the last roster that a batch left out, as they stand now."""
    same = same_as(session, county)
    counts = json.loads(_batch(session, county, batch).counts)
    return list(dict.fromkeys(same.of(firm) for firm in counts.get("missing_firms", ())))


def hand_over(session: Session, change: Change, batch: str) -> None:
    """A batch's rows wait no longer: those of its corrected copy stand in their place."""
    rows = [
        {
            "batch_id": batch,
            "sheet": row.sheet,
            "row": row.row,
            "cells": row.cells,
            "fate": "ignored",
            "why": "corrected",
        }
        for row in held(session, change.county, batch)
    ]
    common = {"county": change.county, "recorded_by": change.number, "enterprise_id": None}
    if rows:
        session.execute(insert(ImportRow), [{"id": ids.new(), **common, **row} for row in rows])


def answer_row(
    session: Session, change: Change, batch: str, sheet: str, row: int, about: str, answer: str, reason: str
) -> str:
    """Record whose a held row is, or which machine it speaks of; the answer's id.

    Raises:
        NotFound: when no such row of the batch is held, or the county has no such firm or machine.
        BadInput: when it is about neither.
    """
    if about not in ABOUT:
        raise BadInput(f"“{about}”不能这样答", fix="请写 firm（是哪家企业）或 machine（是哪台设备）", code="row.about")
    _batch(session, change.county, batch)
    if not any((one.sheet, one.row) == (sheet, row) for one in held(session, change.county, batch)):
        raise NotFound(f"“{sheet}”第 {row} 行不在待定之列", fix="请用 luzhang desk 看待定的行", code="row.not_held")
    if answer != NEW:
        known = queries.enrolled if about == "firm" else desk_queries.machines
        if session.scalar(known(change.county, [answer], REGISTER)) is None:
            fix = "请核对编号；都不是的写 new"
            raise NotFound(f"本县没有编号为“{answer}”的企业或设备", fix=fix, code="subject.unknown")
    standing = session.scalar(desk_queries.row_answer(change.county, batch, sheet, row, about, REGISTER))
    if standing is not None:
        supersede(session, change, RowAnswer, [standing.id])
    id = ids.new()
    place = {"batch_id": batch, "sheet": sheet, "row": row, "about": about, "answer": answer, "reason": reason}
    common = {"county": change.county, "recorded_by": change.number, "superseded_by": OPEN}
    session.execute(insert(RowAnswer).values(id=id, **common, **place))
    return id


def answers(session: Session, county: str, batch: str) -> Answers:
    """What was answered of a batch's rows; what was new, or split, is known once it was applied, and new no more."""
    same = same_as(session, county)
    waits = {(row.sheet, row.row) for row in held(session, county, batch)}
    found = session.scalars(desk_queries.row_answers(county, batch, REGISTER))
    told = {(one.sheet, one.row, one.about): same.of(one.answer) for one in found}
    return {place: said for place, said in told.items() if said not in (NEW, SPLIT) or place[:2] in waits}


def held(session: Session, county: str, batch: str) -> list[Any]:
    """The rows of a batch that wait."""
    return [row for row in session.scalars(desk_queries.held_rows(county, REGISTER)) if row.batch_id == batch]


def resume(session: Session, change: Change, batch: str, proposal: Proposal) -> imports.Applied | None:
    """Apply, as part of the batch, what a new reading of its file adds; rows that wait no longer are recorded so.

    None where it adds nothing.
    """
    waiting = {(one.sheet, one.row) for one in held(session, change.county, batch)}
    released = tuple(row for row in proposal.rows if row.fate == "record" and (row.sheet, row.row) in waiting)
    if not released and not any(entry.statements for entry in proposal.entries):
        return None
    return imports.add(session, change, batch, proposal, released)


def _batch(session: Session, county: str, batch: str) -> ImportBatch:
    found: ImportBatch | None = session.scalar(queries.batch(county, batch, REGISTER))
    if found is None or found.superseded_by != OPEN:
        raise NotFound(f"没有“{batch}”这次导入，或已撤回", fix="请核对批次编号", code="import.unknown")
    return found
