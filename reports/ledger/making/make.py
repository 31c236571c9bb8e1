"""Makes, checks, issues and writes a quarter's ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.errors import BadInput, Lost
from app.register import ledgers
from app.register.ledgers import NOBODY, Issued, People
from app.register.places import county_of
from app.register.scope import Actor
from app.store.changes import open_change
from app.store.engine import reading, unit
from reports.files import write_file
from reports.ledger import checking
from reports.ledger.canonical import digest
from reports.ledger.content import Content, Revision
from reports.ledger.content import Issued as Named
from reports.ledger.freezing import frozen
from reports.ledger.gathering import content
from reports.ledger.suite import suite
from reports.ledger.version import SHEET as VERSION
from reports.tables import Imprint, Table
from reports.workbook import workbook

FIRST = "首次签发"


@dataclass(frozen=True, slots=True)
class Made:
    """Which ledger it is: the knowledge that it shows and its revision, None for a draft."""

    known: int
    number: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """A ledger written to a file. `revision` None: a draft, not issued."""

    county: str
    quarter: str
    file: str
    sha256: str
    known: int
    revision: int | None

    def as_dict(self) -> dict[str, Any]:
        """For commands."""
        own = {name: getattr(self, name) for name in self.__slots__}
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

    `issue` freezes today's state as the next revision; from the second on it needs a reason.

    Raises:
        BadInput: what is told does not go together, or a further revision without a reason.
        NotFound: a revision that was not issued.
        Refused: a reconciliation of what is to be issued fails.
        Lost: somebody else issued in the meantime.
        UnknownCounty: the dictionary lacks the county.
    """
    told: dict[str, Any] = {"issue": issue, "reason": reason, "draft": draft, "revision": revision, "people": people}
    made, data = ledger(engine, quarter, county, **told, actor=actor)
    write_file(path, data)
    return Written(county, str(quarter), str(path), hashlib.sha256(data).hexdigest(), made.known, made.number)


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
    _together(issue, draft, revision, people)
    if issue:
        return _issued(engine, quarter, county, reason, people, actor)
    with reading(engine) as session:
        issued = ledgers.issues(session, county, quarter, actor)
        if revision is not None or (issued and not draft):
            one = ledgers.revision_of(session, county, quarter, revision, actor)
            return Made(one.known, one.revision), ledgers.bytes_of(session, one, actor)
        drawn = _draft(session, quarter, county, issued, people, actor)
        return Made(drawn.known, None), drawn.workbook()


def check(engine: Engine, quarter: Quarter, county: str, *, record: bool, actor: Actor) -> dict[str, Any]:
    """Every reconciliation of today's state; `record` keeps how they came out, unless just that is kept already."""
    with (unit if record else reading)(engine) as session:
        ledgers.whole_county(actor)
        county_of(session, county)
        issued = ledgers.issues(session, county, quarter, actor)
        drawn = _draft(session, quarter, county, issued, NOBODY, actor)
        kept = _standing(session, drawn, actor)
        if record and kept is None:
            _keep(session, drawn, open_change(session, county, "check", actor=actor.name).number)
            session.flush()
            kept = _standing(session, drawn, actor)
        own = {"county": county, "quarter": str(quarter), "as_of": quarter.last.isoformat(), "known": drawn.known}
        passed = all(one["ok"] for one in drawn.checks)
        said = {"passed": passed, "checks": drawn.checks, "content_sha256": drawn.digest}
        return {**own, **said, "recorded": kept.as_dict() if kept else None}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A ledger drawn up: its tables, ready to be printed."""

    quarter: Quarter
    county: str
    known: int
    told: Content
    tables: tuple[Table, ...]
    people: People

    @property
    def digest(self) -> str:
        """Of what its sheets print, but for the one that tells of the issue."""
        return digest(table for table in self.tables if table.name != VERSION)

    @property
    def checks(self) -> list[dict[str, Any]]:
        """How its reconciliations come out."""
        return checking.results(self.told, self.tables)

    def workbook(self) -> bytes:
        """Its file."""
        return workbook(self.tables, self.imprint)

    @property
    def imprint(self) -> Imprint:
        """Its head, and who signs it below."""
        there = dict(self.people.named())
        signed = tuple((word, there.get(word, "")) for word in ledgers.PEOPLE.values())
        return Imprint(self.told.county_name, f"数据截至{self.quarter.last.isoformat()}", signatures=signed)


def _together(issue: bool, draft: bool, revision: int | None, people: People) -> None:
    if issue and draft:
        raise BadInput("--issue 和 --draft 不能同时用", fix="签发用 --issue；只看当前状态用 --draft", code="usage")
    if revision is not None and (issue or draft):
        fix = "请只写其中一个：取已签发的一版用 --revision，签发用 --issue，只看当前状态用 --draft"
        raise BadInput("--revision 不能与 --issue、--draft 同用", fix=fix, code="usage")
    if people.named() and not (issue or draft):
        fix = "填报人、审核人、签发人在签发时写，请与 --issue 或 --draft 同用"
        raise BadInput("已签发的台账不能再改填报人、审核人、签发人", fix=fix, code="usage")


def _issued(
    engine: Engine, quarter: Quarter, county: str, reason: str | None, people: People, actor: Actor
) -> tuple[Made, bytes]:
    """The next revision. Whoever issues meanwhile gets the number; this one is told."""
    with reading(engine) as session:
        ledgers.whole_county(actor)
        county_of(session, county)
        expected = _reasoned(ledgers.issues(session, county, quarter, actor), quarter, reason)
    with unit(engine) as session:
        # Under the lock of the county's head: what is read from here on, nobody else alters.
        change = open_change(session, county, "issue", actor=actor.name, reason=reason)
        issued = ledgers.issues(session, county, quarter, actor)
        if len(issued) + 1 != expected:
            raise _meanwhile(issued[-1])
        known = ledgers.last_alteration(session, county, actor)
        revisions = (*_told(issued), *((Revision(expected, known, reason),) if reason else ()))
        drawn = _draw(session, quarter, county, known, revisions, expected, people, actor)
        checking.refuse_what_fails(drawn.checks, quarter)
        if _standing(session, drawn, actor) is None:
            _keep(session, drawn, change.number)
        data = drawn.workbook()
        kept = frozen(drawn.tables, drawn.imprint, _particulars(drawn, expected, reason))
        checking.refuse_other_cells(data, kept, quarter)
        own: dict[str, Any] = {"revision": expected, "known": known, "reason": reason, "people": people}
        ledgers.issue(session, change, quarter, **own, workbook=data, content=kept)
        return Made(known, expected), data


def _reasoned(issued: Sequence[Issued], quarter: Quarter, reason: str | None) -> int:
    """The number of the next revision, which from the second on needs a reason."""
    if issued and not (reason or "").strip():
        raise BadInput(
            f"{quarter.chinese}台账已签发第{issued[-1].revision}版",
            fix="再签发是更正，请用 --reason 写明更正的理由",
            code="ledger.issued",
        )
    return len(issued) + 1


def _meanwhile(last: Issued) -> Lost:
    fix = "请先看这一版（luzhang ledgers），确要再更正的，写明理由重新签发"
    words = f"{last.quarter.chinese}台账第{last.revision}版刚由{last.actor}签发，本次没有签发"
    return Lost(words, fix=fix, code="ledger.issued_meanwhile")


def _told(issued: Sequence[Issued]) -> tuple[Revision, ...]:
    return tuple(Revision(one.revision, one.known, one.reason or FIRST) for one in issued)


def _draft(
    session: Session, quarter: Quarter, county: str, issued: Sequence[Issued], people: People, actor: Actor
) -> Drawn:
    """Today's state; where nothing was learned since the last issue, that issue to the byte."""
    known = ledgers.last_alteration(session, county, actor)
    if issued and issued[-1].known == known:
        last = issued[-1]
        own = (Revision(last.revision, known, last.reason),) if last.reason else ()
        signed = people if people.named() else last.people
        return _draw(session, quarter, county, known, (*_told(issued[:-1]), *own), last.revision, signed, actor)
    return _draw(session, quarter, county, known, _told(issued), len(issued) + 1, people, actor)


def _draw(
    session: Session,
    quarter: Quarter,
    county: str,
    known: int,
    revisions: tuple[Revision, ...],
    number: int,
    people: People,
    actor: Actor,
) -> Drawn:
    named = Named(ledgers.number_of(county, quarter, number), people.named())
    told = content(session, quarter, county, known, revisions, actor, issued=named)
    return Drawn(quarter, county, known, told, tuple(suite(told)), people)


def _particulars(drawn: Drawn, revision: int, reason: str | None) -> dict[str, Any]:
    """What the frozen data say of themselves."""
    return {
        "county": drawn.county,
        "county_name": drawn.told.county_name,
        "quarter": str(drawn.quarter),
        "revision": revision,
        "number": ledgers.number_of(drawn.county, drawn.quarter, revision),
        "as_of": drawn.quarter.last.isoformat(),
        "known": drawn.known,
        "reason": reason,
        "content_sha256": drawn.digest,
        **drawn.people.as_dict(),
    }


def _standing(session: Session, drawn: Drawn, actor: Actor) -> ledgers.Checked | None:
    """The last recorded check of just this content, that came out alike."""
    own = ledgers.checks(session, drawn.county, drawn.quarter, actor)
    same = (one for one in reversed(own) if (one.known, one.content) == (drawn.known, drawn.digest))
    return next((one for one in same if list(one.findings) == drawn.checks), None)


def _keep(session: Session, drawn: Drawn, change: int) -> None:
    known, content_sha256, findings = drawn.known, drawn.digest, drawn.checks
    ledgers.record_check(
        session, drawn.county, change, drawn.quarter, known=known, content=content_sha256, findings=findings
    )
