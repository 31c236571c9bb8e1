"""Makes, checks, issues and writes a quarter's ledger, of a county or of a city over its counties."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.register import ledgers
from app.register.ledgers import NOBODY, Issued, People
from app.register.places import Place
from app.register.scope import Actor
from app.register.second import done_or_proposed
from app.store.changes import open_change
from app.store.engine import reading, unit
from reports.files import write_file
from reports.ledger.cities.city import drawn_city
from reports.ledger.cities.gathering import city
from reports.ledger.gathered.content import Issued as Named
from reports.ledger.gathered.content import Revision
from reports.ledger.gathered.gathering import content
from reports.ledger.making import checking
from reports.ledger.making.drawn import Drawn, content_digest, keep_check, keep_issue, standing_check
from reports.ledger.making.suite import suite
from reports.ledger.making.terms import begun, plainly, reasoned, together, unbeaten

FIRST = "首次签发"


@dataclass(frozen=True, slots=True)
class Made:
    """Which ledger it is: whose, the knowledge that it shows (a city's: `heads`), its revision (None: a draft)."""

    known: int
    number: int | None
    county: str
    heads: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A ledger written to a file. `revision` None: a draft, not issued."""

    county: str
    quarter: str
    file: str
    sha256: str
    known: int
    revision: int | None
    heads: Mapping[str, int] | None = None

    def as_dict(self) -> dict[str, Any]:
        """For commands; `heads` of a city alone."""
        own = {name: getattr(self, name) for name in self.__slots__ if name != "heads" or self.heads is not None}
        number = ledgers.number_of(self.county, Quarter.parse(self.quarter), self.revision) if self.revision else None
        return {**own, "number": number}


def write_ledger(
    engine: Engine,
    quarter: Quarter,
    county: str,
    path: Path,
    *,
    issue: bool = False,
    reason: str | None = None,
    draft: bool = False,
    revision: int | None = None,
    people: People = NOBODY,
    actor: Actor,
) -> Written:
    """Write the frozen file of the latest revision, or of one that is told; before the first issue, or with `draft`,
    today's state.

    `issue` freezes today's state as the next revision; from the second on it needs a reason. `county`: the code of a
    county, or of a city or province (4311 or 431100).

    Raises:
        BadInput: what is told does not go together, or a further revision without a reason.
        NotFound: a revision that was not issued.
        Refused: a reconciliation of what is to be issued fails.
        Lost: somebody else issued in the meantime.
        Proposed: it is to be issued, and two people are wanted for that.
        UnknownCounty: the dictionary lacks the county.
    """
    told: dict[str, Any] = {"issue": issue, "reason": reason, "draft": draft, "revision": revision, "people": people}
    made, data = ledger(engine, quarter, county, **told, actor=actor)
    write_file(path, data)
    sha256 = hashlib.sha256(data).hexdigest()
    return Written(made.county, str(quarter), str(path), sha256, made.known, made.number, made.heads)


def ledger(
    engine: Engine,
    quarter: Quarter,
    county: str,
    *,
    issue: bool = False,
    reason: str | None = None,
    draft: bool = False,
    revision: int | None = None,
    people: People = NOBODY,
    actor: Actor,
) -> tuple[Made, bytes]:
    """As `write_ledger`, giving the bytes."""
    reason, people = plainly(reason, people)
    together(issue, draft, revision, people)
    if issue:
        begun(quarter)

        def act(engine: Engine) -> tuple[Made, bytes]:
            return _issued(engine, quarter, county, reason, people, actor)

        told = {"quarter": str(quarter), "county": county, "people": people}
        return done_or_proposed(engine, "ledger.issue", told, act, reason=reason, actor=actor)
    with reading(engine) as session:
        of = _of(session, county, actor)
        issued = ledgers.issues(session, of.code, quarter, actor)
        if revision is not None or (issued and not draft):
            one = ledgers.revision_of(session, of.code, quarter, revision, actor)
            return Made(one.known, one.revision, one.county, one.heads), ledgers.bytes_of(session, one, actor)
        if of.division is not None:
            of.refuse_part(session, actor)  # with counties left out unseen it would be another city's
        drawn = _draft(session, quarter, of, issued, people, actor)
    return Made(drawn.known, None, drawn.county, drawn.heads), drawn.workbook()


def check(engine: Engine, quarter: Quarter, county: str, *, record: bool, actor: Actor) -> dict[str, Any]:
    """Every reconciliation of today's state; `record` keeps how they came out, unless just that is kept already."""
    with reading(engine) as session:
        of = _of(session, county, actor)
        of.refuse_part(session, actor)
        issued = ledgers.issues(session, of.code, quarter, actor)
        drawn = _draft(session, quarter, of, issued, NOBODY, actor)
        kept = standing_check(session, drawn, actor)
    if record and kept is None:
        with unit(engine) as session:
            keep_check(session, drawn, open_change(session, of.code, "check", actor=actor.name))
            kept = standing_check(session, drawn, actor)
    passed = all(one["ok"] for one in drawn.checks)
    said = {"passed": passed, "checks": drawn.checks, "content_sha256": drawn.digest}
    return {**drawn.knowledge, **said, "recorded": kept.as_dict() if kept else None}


@dataclass(frozen=True, slots=True)
class _Of:
    """Whose ledger: the code that it is kept under, and the city or province where it is none of a county."""

    code: str
    division: Place | None

    def refuse_part(self, session: Session, actor: Actor) -> None:
        """That the actor may act for all of it."""
        if self.division is None:
            ledgers.whole_county(actor)
        else:
            ledgers.whole_division(session, self.division, actor)

    def pins(self, session: Session, actor: Actor) -> dict[str, int]:
        """By county the last alteration."""
        if self.division is None:
            return {self.code: ledgers.last_alteration(session, self.code, actor)}
        return ledgers.pins_of(session, self.division[0], actor)


def _of(session: Session, county: str, actor: Actor) -> _Of:
    return _Of(ledgers.whose(session, county, actor), ledgers.division_of(session, county))


def _issued(
    engine: Engine, quarter: Quarter, county: str, reason: str | None, people: People, actor: Actor
) -> tuple[Made, bytes]:
    """The next revision. Whoever issues meanwhile gets the number; this one is told.

    What is known is pinned first, and all is read as known then: what others record meanwhile alters nothing of it, so
    the lock is taken only to write. That transaction reads and writes one chain, also for a city.
    """
    with reading(engine) as session:
        of = _of(session, county, actor)
        of.refuse_part(session, actor)
        issued = ledgers.issues(session, of.code, quarter, actor)
        expected = reasoned(issued, quarter, reason)
        pins = of.pins(session, actor)
        revisions = (*_told(issued), *((Revision(expected, _known(of, pins), reason),) if reason else ()))
        drawn = _draw(session, quarter, of, pins, revisions, expected, people, actor)
    checking.refuse_what_fails(drawn.checks, quarter)
    data, kept = drawn.workbook(), drawn.frozen(reason)
    checking.refuse_other_cells(data, kept, quarter)
    with unit(engine) as session:
        change = open_change(session, of.code, "issue", actor=actor.name, reason=reason)
        unbeaten(ledgers.issues(session, of.code, quarter, actor), expected)
        if standing_check(session, drawn, actor) is None:
            keep_check(session, drawn, change)
        keep_issue(session, change, drawn, reason, data, kept)
    return Made(drawn.known, expected, of.code, drawn.heads), data


def _known(of: _Of, pins: Mapping[str, int]) -> int:
    return pins[of.code] if of.division is None else 0


def _told(issued: Sequence[Issued]) -> tuple[Revision, ...]:
    return tuple(Revision(one.revision, one.known, one.reason or FIRST) for one in issued)


def _draft(
    session: Session, quarter: Quarter, of: _Of, issued: Sequence[Issued], people: People, actor: Actor
) -> Drawn:
    """Today's state; where it is still as it was issued last, that issue to the byte.

    It may be otherwise with nothing learned since: where the former quarter's ledger, with which it opens, was revised.
    """
    pins = of.pins(session, actor)
    if issued and issued[-1].knows == pins:
        last = issued[-1]
        own = (Revision(last.revision, last.known, last.reason),) if last.reason else ()
        signed = people if people.named() else last.people
        drawn = _draw(session, quarter, of, pins, (*_told(issued[:-1]), *own), last.revision, signed, actor)
        kept = ledgers.frozen_of(session, last, actor)
        if kept is not None and kept.told["content_sha256"] == drawn.digest:
            return drawn
    return _draw(session, quarter, of, pins, _told(issued), len(issued) + 1, people, actor)


def _draw(
    session: Session,
    quarter: Quarter,
    of: _Of,
    pins: Mapping[str, int],
    revisions: tuple[Revision, ...],
    number: int,
    people: People,
    actor: Actor,
) -> Drawn:
    named = Named(ledgers.number_of(of.code, quarter, number), people.named())
    if of.division is not None:
        whole = city(session, quarter, of.division[0], list(pins.items()), revisions, actor, issued=named)
        sheets, found = drawn_city(whole)
        results, anchors = [one.as_dict() for one in found], whole.anchors
        digest = content_digest(sheets)
        return Drawn(quarter, of.code, whole.name, 0, number, sheets, results, digest, people, anchors, whole.audited)
    known = pins[of.code]
    told = content(session, quarter, of.code, known, revisions, actor, issued=named)
    tables = tuple(suite(told))
    checks, digest = checking.results(told, tables), content_digest(tables)
    kept = {of.code: told.audited} if told.audited is not None else None
    return Drawn(quarter, of.code, told.county_name, known, number, tables, checks, digest, people, audited=kept)
