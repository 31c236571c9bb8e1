"""Taking a file in: read it once, propose, and apply what is clean in one unit of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import clock
from app.domain.proposal import Proposal, RosterIssue
from app.errors import BadInput, NoDay
from app.register.imports import learned
from app.register.imports.applying import Applied, applied_before, apply
from app.register.imports.own_township import township_told
from app.register.imports.undo import county_of_batch
from app.register.imports.waiting import Terms, answers, hand_over, keep, source_of
from app.register.imports.waiting import resume as resume_batch
from app.register.imports.waiting_files import (
    Keeping,
    county_of_waiting,
    kept,
    refuse_anothers,
    release,
    standing,
    to_be_applied,
    waiting_source,
)
from app.register.imports.waiting_files import keep as keep_file
from app.register.places import county_of, township_in
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store import ids
from app.store.changes import open_change
from app.store.engine import reading, retrying, unit
from app.store.models import Change, ImportBatch, WaitingFile
from importers import collector
from importers.again import as_applied
from importers.arrival import Arrival, Upload, arrived, everything_said, frame_in, proposal_of, read_arrival
from importers.container import content_of
from importers.kept import open_source
from importers.learning import teach_names
from importers.proposal.frame import Frame
from importers.reading import Reading
from importers.resuming import anew
from importers.returning import Corrected, carry_out, corrected
from importers.roster.told import Told, told_from
from importers.versions import APPLIED_BEFORE, beside, newer_version, older_version, perhaps_version, said_again

__all__ = ["Intake", "Upload", "apply_waiting", "resume", "take_in"]


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file: what was read, what it would change, and what was applied (None: nothing was).

    `came`: the grid that was read, to be marked. `dayless`: its day is not known, so nothing can be applied; what it
    would change is reckoned as if for today. `learned`: the map that answers to earlier files gave. `waiting`: the id
    under which the file is kept until it is applied, `why`: the reason.
    """

    reading: Reading
    proposal: Proposal
    dry_run: bool
    applied: Applied | None = None
    change: int | None = None
    dayless: bool = False
    came: Corrected | None = None
    learned: Mapping[str, Any] | None = None
    waiting: str | None = None
    why: str | None = None

    @property
    def status(self) -> int:
        """0 done, 1 done with something to look at."""
        totals = self.proposal.totals()
        doubts = any(issue.severity in ("error", "question") for issue in self.proposal.issues)
        return int(doubts or any(totals[bucket] for bucket in ("held", "conflict", "missing")))

    def as_dict(self) -> dict[str, Any]:
        """The object of `import --json`."""
        kept = self.waiting if self.why == "later" else None
        return {
            "batch": self.applied.batch if self.applied else kept,
            "file": self.proposal.file,
            "dry_run": self.dry_run,
            "proposal": self.proposal.totals(),
            "applied": self.applied.as_dict() if self.applied else None,
            "change": self.change,
            "issues": [issue.as_dict() for issue in self.proposal.issues],
            "counts": dict(self.proposal.counts),
        }


class _Nothing(Exception):
    """Nothing is added, so no change is recorded."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        super().__init__()


class _Applied(Exception):
    """The same bytes were applied for the same day, as the batch of this id."""


class _Kept(Exception):
    """The file waits already, under this id."""


class _Older(Exception):
    """A newer version stands beside the file, so that it is not applied by itself."""

    def __init__(self, proposal: Proposal, newer: ImportBatch | WaitingFile, by: str) -> None:
        self.proposal, self.newer, self.by = proposal, newer, by
        super().__init__()


@collector.paused()
def take_in(
    engine: Engine,
    file: Path | Upload,
    *,
    county: str,
    township: str | None = None,
    valid_from: date | None = None,
    dry_run: bool = False,
    later: bool = False,
    told: Told | None = None,
    actor: Actor = LOCAL_OPERATOR,
) -> Intake:
    """Read a file, compare it with the register, and apply what is clean in one change; what is doubtful is held.

    The comparison is made within the transaction that writes, so that nothing changes between the two. A dry run and
    bytes already applied for the same day write nothing. A file that is sent for `later`, one whose day is not known,
    and an older version of a roster that stands are kept as they are, to be applied by `apply_waiting`.

    Raises:
        BadInput: when it is to be looked at and kept at once.
        UnknownCounty, UnknownTownship: before anything is read.
        Unreadable: when it is no workbook, or encrypted, damaged, hostile or over a limit.
        NoRoster: when it has neither a table of firms nor stated figures.
    """
    if dry_run and later:
        raise BadInput("试算和留存只能选一样", fix="只看变化的用试算，要留下文件的用留存", code="later.dry_run")
    township = township_told(actor, township)
    with reading(engine) as session:
        county_of(session, county)
        if township is not None:
            township_in(session, county, township)
    sent = file if isinstance(file, Upload) else Upload(content_of(file), file.name)
    said = Terms(township, valid_from, told.written if told else None)
    # What columns and rows mean is remembered for the whole county, so only who sees all of it teaches it.
    teaching = None if dry_run or actor.townships is not None else told
    arrival = read_arrival(engine, sent, county, said, actor, teaching)
    return _taken(engine, arrival, dry_run, later)


@collector.paused()
def apply_waiting(
    engine: Engine, id: str, *, valid_from: date | None = None, dry_run: bool = False, actor: Actor = LOCAL_OPERATOR
) -> Intake:
    """Apply a file that was kept as if it were sent now, with the same words, or for another day, under the same id.

    Raises:
        NotFound: when no such file was kept.
        Decided: when it was applied or withdrawn.
    """
    arrival = waiting_arrival(engine, id, valid_from=valid_from, teaching=not dry_run, actor=actor)
    return _taken(engine, arrival, dry_run, False)


def waiting_arrival(
    engine: Engine, id: str, *, valid_from: date | None = None, teaching: bool = False, actor: Actor
) -> Arrival:
    """A file that was kept, as if it arrived now.

    Raises:
        NotFound: when no such file was kept.
        Decided: when it was applied or withdrawn.
    """
    with reading(engine) as session:
        county = county_of_waiting(session, id, actor)
        source = waiting_source(session, county, id)
    terms = replace(source.terms, valid_from=valid_from or source.terms.valid_from)
    told = told_from(terms.told) if terms.told and teaching else None
    sent = Upload(source.content, source.name, source)
    return replace(read_arrival(engine, sent, county, terms, actor, told), waiting=id)


def _taken(engine: Engine, arrival: Arrival, dry_run: bool, later: bool) -> Intake:
    arrival = arrival if dry_run else arrival.naming_people()
    try:
        if dry_run or later:
            shown = _shown(engine, arrival, dry_run, compared=True)
            return _kept(engine, arrival, shown, "later") if later else shown
        return retrying(lambda: _apply(engine, arrival))
    except _Applied as before:
        return _again(engine, arrival, str(before))
    except _Older as found:
        shown = Intake(arrival.reading, found.proposal, dry_run, came=arrival.came, learned=arrival.terms.learned)
        waits = _kept(engine, arrival, shown, "older")
        return replace(waits, proposal=_asked(shown.proposal, older_version(found.newer, found.by, waits.waiting)))
    except NoDay as unknown:
        shown = replace(_shown(engine, replace(arrival, otherwise=clock.today()), dry_run), dayless=True)
        waits = shown if dry_run else _kept(engine, arrival, shown, "no_day")
        return replace(waits, proposal=_asked(shown.proposal, _no_day(unknown, waits.waiting)))


def _no_day(unknown: NoDay, id: str | None) -> RosterIssue:
    """The question for the day, with what becomes of the file until it is answered."""
    kept = f"；文件已留存，也可以 luzhang imports apply {id} --valid-from 2024-01-15" if id else ""
    return _question(unknown.code, unknown.message, f"{unknown.fix}{kept}")


def _kept(engine: Engine, arrival: Arrival, shown: Intake, why: str) -> Intake:
    """Keep the file until it is applied; one that waits already on the same terms goes on waiting."""
    file = Keeping(shown.proposal, arrival.content, arrival.terms, why, arrival.numbers)

    def act() -> tuple[str, int]:
        with unit(engine) as session:
            _refuse_kept(session, arrival, file)
            id = ids.new()
            change = open_change(session, arrival.county, "keep", actor=arrival.actor.name, batch=id)
            # Asked again under the lock of the county's head: another may have been first.
            _refuse_kept(session, arrival, file)
            keep_file(session, change, id, file)
            return id, change.number

    try:
        id, number = retrying(act)
        return replace(shown, waiting=id, why=why, change=number if why == "later" else None)
    except _Kept as before:
        return replace(shown, waiting=str(before), why=why)


def _refuse_kept(session: Session, arrival: Arrival, file: Keeping) -> None:
    before = arrival.waiting or kept(session, arrival.county, file)
    if before:
        raise _Kept(before)


@collector.paused()
def resume(engine: Engine, batch: str, *, actor: Actor = LOCAL_OPERATOR) -> Intake:
    """Read a batch's file again, with what was answered and decided since, and apply what it adds to the batch.

    Raises:
        NotFound: when no such batch stands, or its file was not kept.
    """
    with reading(engine) as session:
        county = county_of_batch(session, batch, actor)
        source = source_of(session, county, batch)
    book = open_source(source)
    with reading(engine) as session:
        came = corrected(session, county, book, source.terms.township)
    arrival = arrived(came, source.content, county, source.terms, actor)
    return retrying(lambda: _resumed(engine, arrival, batch))


def _resumed(engine: Engine, arrival: Arrival, batch: str) -> Intake:
    try:
        with unit(engine) as session:
            change = open_change(session, arrival.county, "resume", actor=arrival.actor.name, batch=batch)
            answered = replace(arrival, answers=answers(session, arrival.county, batch))
            proposal = anew(session, arrival.county, batch, proposal_of(session, answered))
            teach_names(session, change, batch, arrival.reading, answered.answers or {})
            applied = resume_batch(session, change, batch, proposal)
            if applied is None:
                raise _Nothing(proposal)
            return Intake(arrival.reading, proposal, False, applied, change.number)
    except _Nothing as nothing:
        return Intake(arrival.reading, nothing.proposal, False)


def _shown(engine: Engine, arrival: Arrival, dry_run: bool, *, compared: bool = False) -> Intake:
    """What a file would change; nothing is written. `compared`: and whether it was applied, or is another's version."""
    with reading(engine) as session:
        frame = frame_in(session, arrival)
        if compared and not dry_run:
            _refuse_again(session, arrival, frame.day)
        proposal = proposal_of(session, arrival, frame)
        if compared:
            proposal = _versioned(session, arrival, frame, proposal)
        return Intake(arrival.reading, proposal, dry_run, came=arrival.came, learned=arrival.terms.learned)


def _again(engine: Engine, arrival: Arrival, batch: str) -> Intake:
    """Bytes applied before; where they now differ from the register (another map, a later correction) it is said."""
    with reading(engine) as session:
        proposal = as_applied(session, arrival, batch) or proposal_of(session, arrival)
    shown = Intake(arrival.reading, proposal, False, came=arrival.came, learned=arrival.terms.learned)
    totals = shown.proposal.totals()
    if not any(totals[bucket] for bucket in ("new", "changed")):
        return shown
    message = "这个文件同一天的已经导入过，没有再写；按现在的读法会有变化"
    asked = _question(APPLIED_BEFORE, message, f"请先 luzhang undo {batch}，再导入")
    return replace(shown, proposal=_asked(shown.proposal, asked))


def _question(code: str, message: str, fix: str) -> RosterIssue:
    return RosterIssue(code, "question", None, None, None, None, message, fix)


def _asked(proposal: Proposal, asked: RosterIssue) -> Proposal:
    """A proposal with a question before all else."""
    counts = {**proposal.counts, "issues": len(proposal.issues) + 1}
    return replace(proposal, issues=(asked, *proposal.issues), counts=counts)


def _apply(engine: Engine, arrival: Arrival) -> Intake:
    with unit(engine) as session:
        frame = frame_in(session, arrival)
        _refuse_again(session, arrival, frame.day)
        waits = to_be_applied(session, arrival.county, arrival.reading.sha256, frame.day)
        batch = next(iter((*([arrival.waiting] if arrival.waiting else ()), *waits)), ids.new())
        change = open_change(session, arrival.county, "import", actor=arrival.actor.name, batch=batch)
        # Asked again under the lock of the county's head: another import of the same bytes may have been first.
        _refuse_again(session, arrival, frame.day)
        refuse_anothers(session, arrival.county, arrival.reading.sha256, frame.day)
        if arrival.waiting:
            standing(session, arrival.county, arrival.waiting)
        proposal = _versioned(session, arrival, frame, proposal_of(session, arrival, frame), batch)
        release(session, change, list({batch, *waits}))
        applied = apply(session, change, proposal)
        _keep(session, change, applied.batch, arrival)
        said = arrival.terms.learned
        return Intake(arrival.reading, proposal, False, applied, change.number, came=arrival.came, learned=said)


def _versioned(
    session: Session, arrival: Arrival, frame: Frame, proposal: Proposal, batch: str | None = None
) -> Proposal:
    """The proposal, with the word that the file is another version of what stands; `batch`: as which it is applied.

    Raises:
        _Older: when it is the older one, is to be applied, and nobody said that it be applied all the same.
    """
    if arrival.reading.ledger:
        return proposal  # a ledger is held against what the register said in it
    if arrival.came and arrival.came.source:
        return proposal  # a marked copy that came back is no version, but its original corrected
    found = beside(session, proposal, arrival.content, lambda: everything_said(session, arrival, frame))
    if batch:
        proposal = said_again(proposal, found)
    if found.newer is not None:
        if batch and not arrival.waiting:
            raise _Older(proposal, found.newer, found.by)
        id, applied = batch or arrival.waiting, batch is not None
        return _asked(proposal, older_version(found.newer, found.by, id, applied=applied))
    if found.former is not None and found.whole is not None:
        return _asked(proposal, newer_version(found.former, found.whole, batch or arrival.waiting))
    if found.perhaps is not None and found.whole is not None:
        return _asked(proposal, perhaps_version(found.perhaps, found.whole, found.by, batch or arrival.waiting))
    return proposal


def _keep(session: Session, change: Change, batch: str, arrival: Arrival) -> None:
    """Keep the file and its terms; of a corrected copy carry out what was answered, and end the original's waiting."""
    of = arrival.reading
    before = arrival.came.source.batch if arrival.came and arrival.came.source else None
    keep(session, change, batch, of.file, of.sha256, arrival.content, arrival.terms, before, arrival.numbers)
    learned.remember(session, change, arrival.teaches, f"导入时指明（{of.file}）", batch=batch)
    if before and arrival.came:
        hand_over(session, change, before)
        carry_out(session, change, arrival.came)


def _refuse_again(session: Session, arrival: Arrival, day: date) -> None:
    before = applied_before(session, arrival.county, arrival.reading.sha256, day, arrival.actor)
    if before:
        raise _Applied(before)
