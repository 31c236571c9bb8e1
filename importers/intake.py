"""Taking a file in: read it once, propose, and apply what is clean in one unit of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import clock
from app.domain.proposal import Proposal, RosterIssue
from app.errors import NoDay, NoRoster
from app.register import learned
from app.register.imports import Applied, applied_before, apply
from app.register.known import known
from app.register.learned import Learned
from app.register.places import county_of, township_in, townships_of
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.undo import county_of_batch
from app.register.waiting import Answers, Terms, answers, hand_over, keep, source_of
from app.register.waiting import resume as resume_batch
from app.store import ids
from app.store.changes import open_change
from app.store.engine import reading, retrying, unit
from app.store.models import Change
from importers.container import content_of, open_bytes
from importers.figures import figures, figures_day
from importers.grid import WorkbookGrid
from importers.learning import read_on_terms, read_with_learned, said_of_rows, taught, teach_names
from importers.proposal import propose
from importers.proposal.frame import Frame, frame_of
from importers.reading import Reading
from importers.returning import Corrected, carry_out, corrected
from importers.roster.told import Told, told_from

APPLIED_BEFORE = "import.applied_before"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its bytes, and the name that its sender gave it."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file: what was read, what it would change, and what was applied (None: nothing was).

    `came`: the grid that was read, to be marked. `dayless`: its day is not known, so nothing can be applied; what it
    would change is reckoned as if for today. `learned`: the map that answers to earlier files gave.
    """

    reading: Reading
    proposal: Proposal
    dry_run: bool
    applied: Applied | None = None
    change: int | None = None
    dayless: bool = False
    came: Corrected | None = None
    learned: Mapping[str, Any] | None = None

    @property
    def status(self) -> int:
        """0 done, 1 done with something to look at."""
        totals = self.proposal.totals()
        doubts = any(issue.severity in ("error", "question") for issue in self.proposal.issues)
        return int(doubts or any(totals[bucket] for bucket in ("held", "conflict", "missing")))

    def as_dict(self) -> dict[str, Any]:
        """The object of `import --json`."""
        return {
            "batch": self.applied.batch if self.applied else None,
            "file": self.proposal.file,
            "dry_run": self.dry_run,
            "proposal": self.proposal.totals(),
            "applied": self.applied.as_dict() if self.applied else None,
            "change": self.change,
            "issues": [issue.as_dict() for issue in self.proposal.issues],
            "counts": dict(self.proposal.counts),
        }


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A file that was read, with the words of whoever sends it; `otherwise`: the day where none is known.

    `teaches`: what is to be remembered of what was told with it.
    """

    book: WorkbookGrid
    reading: Reading
    content: bytes
    county: str
    terms: Terms
    actor: Actor
    otherwise: date | None = None
    answers: Answers | None = None
    came: Corrected | None = None
    teaches: tuple[Learned, ...] = ()

    @property
    def number_sheets(self) -> list[str]:
        """Sheets that are no roster, and may state figures."""
        return [sheet.name for sheet in self.reading.sheets if sheet.why_no_table == "not_a_roster"]


class _Nothing(Exception):
    """Nothing is added, so no change is recorded."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        super().__init__()


class _Applied(Exception):
    """The same bytes were applied for the same day, as the batch of this id."""


def take_in(
    engine: Engine,
    file: Path | Upload,
    *,
    county: str,
    township: str | None = None,
    valid_from: date | None = None,
    dry_run: bool = False,
    told: Told | None = None,
    actor: Actor = LOCAL_OPERATOR,
) -> Intake:
    """Read a file, compare it with the register, and apply what is clean in one change; what is doubtful is held.

    The comparison is made within the transaction that writes, so that nothing changes between the two. A dry run,
    bytes already applied for the same day, and a file whose day is not known write nothing.

    Raises:
        UnknownCounty, UnknownTownship: before anything is read.
        Unreadable: when it is no workbook, or encrypted, damaged, hostile or over a limit.
        NoRoster: when it has neither a table of firms nor stated figures.
    """
    with reading(engine) as session:
        county_of(session, county)
        if township is not None:
            township_in(session, county, township)
    sent = file if isinstance(file, Upload) else Upload(content_of(file), file.name)
    book = open_bytes(sent.content, sent.name)
    with reading(engine) as session:
        came = corrected(session, county, book)
        answers = learned.of_layouts(session, county)
    terms = _terms(Terms(township, valid_from, told.written if told else None), came)
    arrival = _arrived(came, sent.content, county, terms, actor, answers)
    if told and not dry_run:
        arrival = replace(arrival, teaches=taught(came.book, told, arrival.reading))
    if not arrival.reading.records and not any(sheet.tables for sheet in arrival.reading.sheets):
        _require_figures(arrival)
    try:
        if not dry_run:
            return retrying(lambda: _apply(engine, arrival))
        return _shown(engine, arrival, dry_run)
    except _Applied as before:
        return _again(_shown(engine, arrival, dry_run), str(before))
    except NoDay as unknown:
        shown = _shown(engine, replace(arrival, otherwise=clock.today()), dry_run)
        return replace(shown, proposal=_asked(shown.proposal, unknown.code, unknown.message, unknown.fix), dayless=True)


def _terms(told: Terms, came: Corrected) -> Terms:
    """What its sender tells; what a corrected copy does not tell anew is as it was told with its original."""
    if came.source is None:
        return told
    before = came.source.terms
    day = told.valid_from or before.valid_from
    return Terms(told.township or before.township, day, told.told or before.told)


def _arrived(
    came: Corrected,
    content: bytes,
    county: str,
    terms: Terms,
    actor: Actor,
    answers: Sequence[Learned] | None = None,
) -> _Arrival:
    """Read with the map of the terms and the answers of the county; with none given, as its batch was read."""
    if answers is None:
        read = read_on_terms(came.book, terms)
    else:
        read, said = read_with_learned(came.book, told_from(terms.told) if terms.told else None, answers)
        terms = replace(terms, learned=said)
    read = replace(read, issues=(*read.issues, *said_of_rows(terms.learned), *came.issues))
    return _Arrival(came.book, read, content, county, terms, actor, came=came)


def resume(engine: Engine, batch: str, *, actor: Actor = LOCAL_OPERATOR) -> Intake:
    """Read a batch's file again, with what was answered and decided since, and apply what it adds to the batch.

    Raises:
        NotFound: when no such batch stands, or its file was not kept.
    """
    with reading(engine) as session:
        county = county_of_batch(session, batch, actor)
        source = source_of(session, county, batch)
    book = open_bytes(source.content, source.name)
    with reading(engine) as session:
        came = corrected(session, county, book)
    arrival = _arrived(came, source.content, county, source.terms, actor)
    return retrying(lambda: _resumed(engine, arrival, batch))


def _resumed(engine: Engine, arrival: _Arrival, batch: str) -> Intake:
    try:
        with unit(engine) as session:
            change = open_change(session, arrival.county, "resume", actor=arrival.actor.name, batch=batch)
            answered = replace(arrival, answers=answers(session, arrival.county, batch))
            proposal = _proposal(session, answered)
            teach_names(session, change, batch, arrival.reading, answered.answers or {})
            applied = resume_batch(session, change, batch, proposal)
            if applied is None:
                raise _Nothing(proposal)
            return Intake(arrival.reading, proposal, False, applied, change.number)
    except _Nothing as nothing:
        return Intake(arrival.reading, nothing.proposal, False)


def _shown(engine: Engine, arrival: _Arrival, dry_run: bool) -> Intake:
    """What a file would change; nothing is written."""
    with reading(engine) as session:
        proposal = _proposal(session, arrival)
        return Intake(arrival.reading, proposal, dry_run, came=arrival.came, learned=arrival.terms.learned)


def _again(shown: Intake, batch: str) -> Intake:
    """Bytes applied before; where they now differ from the register (another map, a later correction) it is said."""
    totals = shown.proposal.totals()
    if not any(totals[bucket] for bucket in ("new", "changed")):
        return shown
    message = "这个文件同一天的已经导入过，没有再写；按现在的读法会有变化"
    return replace(
        shown, proposal=_asked(shown.proposal, APPLIED_BEFORE, message, f"请先 luzhang undo {batch}，再导入")
    )


def _asked(proposal: Proposal, code: str, message: str, fix: str) -> Proposal:
    """A proposal with a question before all else."""
    asked = RosterIssue(code, "question", None, None, None, None, message, fix)
    counts = {**proposal.counts, "issues": len(proposal.issues) + 1}
    return replace(proposal, issues=(asked, *proposal.issues), counts=counts)


def _require_figures(arrival: _Arrival) -> None:
    if not figures(arrival.book, arrival.number_sheets):
        raise NoRoster(f"“{arrival.reading.file}”里没有找到企业名册：没有一张表带“企业名称”一类的列")


def _apply(engine: Engine, arrival: _Arrival) -> Intake:
    with unit(engine) as session:
        frame = _frame(session, arrival)
        _refuse_again(session, arrival, frame.day)
        change = open_change(session, arrival.county, "import", actor=arrival.actor.name, batch=ids.new())
        # Asked again under the lock of the county's head: another import of the same bytes may have been first.
        _refuse_again(session, arrival, frame.day)
        proposal = _proposal(session, arrival, frame)
        applied = apply(session, change, proposal)
        _keep(session, change, applied.batch, arrival)
        said = arrival.terms.learned
        return Intake(arrival.reading, proposal, False, applied, change.number, came=arrival.came, learned=said)


def _keep(session: Session, change: Change, batch: str, arrival: _Arrival) -> None:
    """Keep the file and its terms; of a corrected copy carry out what was answered, and end the original's waiting."""
    of = arrival.reading
    before = arrival.came.source.batch if arrival.came and arrival.came.source else None
    keep(session, change, batch, of.file, of.sha256, arrival.content, arrival.terms, before)
    learned.remember(session, change, arrival.teaches, f"导入时指明（{of.file}）", batch=batch)
    if before and arrival.came:
        hand_over(session, change, before)
        carry_out(session, change, arrival.came)


def _refuse_again(session: Session, arrival: _Arrival, day: date) -> None:
    before = applied_before(session, arrival.county, arrival.reading.sha256, day, arrival.actor)
    if before:
        raise _Applied(before)


def _frame(session: Session, arrival: _Arrival) -> Frame:
    place = county_of(session, arrival.county)
    terms = arrival.terms
    told = township_in(session, arrival.county, terms.township) if terms.township is not None else None
    return frame_of(
        arrival.reading,
        county=place,
        townships=townships_of(session, arrival.county),
        township=told,
        valid_from=terms.valid_from,
        figures_until=figures_day(arrival.book, arrival.number_sheets) or arrival.otherwise,
    )


def _proposal(session: Session, arrival: _Arrival, frame: Frame | None = None) -> Proposal:
    """What the file would change, by what the register knows at this moment."""
    frame = frame or _frame(session, arrival)
    found = known(
        session,
        arrival.county,
        names=_stated(arrival.reading, ("name", "short_name", "former_name")),
        codes=_stated(arrival.reading, ("uscc",)),
        source=frame.source,
        township=frame.township_code,
        actor=arrival.actor,
        answers=arrival.answers,
    )
    stated = figures(arrival.book, arrival.number_sheets, frame.source)
    return propose(arrival.reading, found, frame, stated)


def _stated(read: Reading, fields: tuple[str, ...]) -> Iterator[str]:
    for record in read.records:
        for field in fields:
            if field in record.enterprise:
                yield str(record.enterprise[field].value)
