"""A file that has arrived: read once with the words of whoever sends it, and compared with the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.proposal import Known, Proposal
from app.domain.statement import Statement
from app.errors import NoRoster
from app.register.facts.known import known
from app.register.imports import learned
from app.register.imports.learned import Learned
from app.register.imports.own_township import refuse_others
from app.register.imports.waiting import Answers, Source, Terms
from app.register.places import county_of, township_in, townships_of
from app.register.scope import Actor
from app.store.engine import reading
from importers.container import open_bytes
from importers.figures import figures, figures_day
from importers.grid import WorkbookGrid
from importers.kept import open_source, people_in
from importers.learning import read_on_terms, read_with_learned, said_of_rows, taught
from importers.own_words import of_another, own_words
from importers.proposal import propose
from importers.proposal.frame import Frame, frame_of
from importers.reading import Reading
from importers.returning import Corrected, corrected
from importers.roster.told import Told, told_from


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its bytes, and the name that its sender gave it.

    `kept`: it is one that the register keeps, where its bytes may be those of a copy without somebody.
    """

    content: bytes
    name: str
    kept: Source | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was read, with the words of whoever sends it; `otherwise`: the day where none is known.

    `teaches`: what is to be remembered of what was told with it. `waiting`: the id under which it was kept; then a
    person says that it is to be applied, whatever stands beside it. `numbers`: of the people whom the file names,
    where it is to be kept.
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
    waiting: str | None = None
    numbers: frozenset[str] = frozenset()

    def naming_people(self) -> Arrival:
        """The same, with the people whom it names: told before it is kept."""
        return replace(self, numbers=people_in(self.content, self.book, self.reading))

    @property
    def number_sheets(self) -> list[str]:
        """Sheets that are no roster, and may state figures; what a register reckoned in its ledger is no source's."""
        if self.reading.ledger:
            return []
        return [sheet.name for sheet in self.reading.sheets if sheet.why_no_table == "not_a_roster"]


def read_arrival(
    engine: Engine, sent: Upload, county: str, said: Terms, actor: Actor, teaching: Told | None
) -> Arrival:
    """Read what was sent, with the answers that the county remembers; `teaching`: the map to be remembered."""
    book = open_source(sent.kept) if sent.kept else open_bytes(sent.content, sent.name)
    with reading(engine) as session:
        came = corrected(session, county, book, said.township)
        answers = learned.of_layouts(session, county)
    arrival = arrived(came, sent.content, county, _terms(said, came), actor, answers)
    if teaching:
        arrival = replace(arrival, teaches=taught(came.book, teaching, arrival.reading))
    if not arrival.reading.records and not any(sheet.tables for sheet in arrival.reading.sheets):
        _require_figures(arrival)
    return arrival


def _terms(told: Terms, came: Corrected) -> Terms:
    """What its sender tells; what a corrected copy does not tell anew is as it was told with its original."""
    if came.source is None:
        return told
    before = came.source.terms
    day = told.valid_from or before.valid_from
    return Terms(told.township or before.township, day, told.told or before.told)


def arrived(
    came: Corrected,
    content: bytes,
    county: str,
    terms: Terms,
    actor: Actor,
    answers: Sequence[Learned] | None = None,
) -> Arrival:
    """Read with the map of the terms and the answers of the county; with none given, as its batch was read."""
    if answers is None:
        read = read_on_terms(came.book, terms)
    else:
        read, said = read_with_learned(came.book, told_from(terms.told) if terms.told else None, answers)
        terms = replace(terms, learned=said)
    read = replace(read, issues=(*read.issues, *said_of_rows(terms.learned), *came.issues))
    return Arrival(came.book, read, content, county, terms, actor, came=came)


def _require_figures(arrival: Arrival) -> None:
    if not figures(arrival.book, arrival.number_sheets):
        raise NoRoster(f"“{arrival.reading.file}”里没有找到企业名册：没有一张表带“企业名称”一类的列")


def frame_in(session: Session, arrival: Arrival) -> Frame:
    """What the values are read against.

    Raises:
        NoDay: when the day of a table with records is not known.
    """
    place = county_of(session, arrival.county)
    terms = arrival.terms
    told = township_in(session, arrival.county, terms.township) if terms.township is not None else None
    townships = townships_of(session, arrival.county)
    units = [table.reporting_unit for sheet in arrival.reading.sheets for table in sheet.tables]
    refuse_others(arrival.actor, units, townships)
    return frame_of(
        arrival.reading,
        county=place,
        townships=townships,
        township=told,
        valid_from=terms.valid_from,
        figures_until=figures_day(arrival.book, arrival.number_sheets) or arrival.otherwise,
    )


def proposal_of(session: Session, arrival: Arrival, frame: Frame | None = None) -> Proposal:
    """What the file would change, by what the register knows at this moment."""
    frame = frame or frame_in(session, arrival)
    if arrival.reading.ledger:
        return _of_ledger(session, arrival, frame)
    stated = figures(arrival.book, arrival.number_sheets, frame.source)
    return propose(arrival.reading, _known(session, arrival, frame), frame, stated)


def _of_ledger(session: Session, arrival: Arrival, frame: Frame) -> Proposal:
    """What a quarterly ledger that comes back would change: of the county's own only what was altered in it."""
    own = own_words(session, arrival.county, arrival.reading, arrival.actor)
    if own is None:
        return propose(of_another(arrival.reading), _known(session, arrival, frame), frame)
    answers = {**own.answers, **(arrival.answers or {})}
    known = _known(session, replace(arrival, answers=answers), frame, own.echo.names)
    return propose(own.reading, known, frame, echo=own.echo)


def everything_said(session: Session, arrival: Arrival, frame: Frame) -> Proposal:
    """All that the file says, also what its source has said for that day before: as if that had been a day earlier."""
    found = _known(session, arrival, frame)
    firms = (replace(firm, statements=tuple(_before(firm.statements, frame.day))) for firm in found.firms)
    return propose(arrival.reading, replace(found, firms=tuple(firm for firm in firms if firm.statements)), frame, ())


def _before(said: Iterable[Statement], day: date) -> Iterator[Statement]:
    for one in said:
        if one.day <= day:
            yield one if one.day < day else replace(one, day=day - timedelta(days=1))


def _known(session: Session, arrival: Arrival, frame: Frame, names: Iterable[str] = ()) -> Known:
    return known(
        session,
        arrival.county,
        names=[*_stated(arrival.reading, ("name", "short_name", "former_name")), *names],
        codes=_stated(arrival.reading, ("uscc",)),
        source=frame.source,
        township=frame.township_code,
        actor=arrival.actor,
        answers={**(arrival.came.rows if arrival.came else {}), **(arrival.answers or {})},
        day=frame.day,
    )


def _stated(read: Reading, fields: tuple[str, ...]) -> Iterator[str]:
    for record in read.records:
        for field in fields:
            if field in record.enterprise:
                yield str(record.enterprise[field].value)
