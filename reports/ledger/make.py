"""Makes, issues and writes a quarter's ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.errors import BadInput
from app.register import ledgers
from app.register.places import county_of
from app.register.scope import Actor
from app.store.changes import open_change
from app.store.engine import reading, unit
from reports.files import write_file
from reports.ledger.content import Revision
from reports.ledger.gathering import content
from reports.ledger.suite import suite
from reports.tables import Imprint
from reports.workbook import workbook


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
        return {name: getattr(self, name) for name in self.__slots__}


def write_ledger(
    engine: Engine,
    quarter: Quarter,
    county: str,
    path: Path,
    *,
    issue: bool = False,
    reason: str | None = None,
    draft: bool = False,
    actor: Actor,
) -> Written:
    """Write the frozen file of the latest revision; before the first issue, or with `draft`, today's state.

    `issue` freezes today's state as the next revision; from the second on it needs a reason.

    Raises:
        BadInput: `draft` and `issue` together, or a further revision without a reason.
        UnknownCounty: the dictionary lacks the county.
    """
    made, data = ledger(engine, quarter, county, issue=issue, reason=reason, draft=draft, actor=actor)
    write_file(path, data)
    return Written(county, str(quarter), str(path), hashlib.sha256(data).hexdigest(), made.known, made.number)


@dataclass(frozen=True, slots=True)
class Made:
    """Which ledger it is: the knowledge that it shows and its revision, None for a draft."""

    known: int
    number: int | None


def ledger(
    engine: Engine,
    quarter: Quarter,
    county: str,
    *,
    issue: bool = False,
    reason: str | None = None,
    draft: bool = False,
    actor: Actor,
) -> tuple[Made, bytes]:
    """As `write_ledger`, giving the bytes."""
    if issue and draft:
        raise BadInput("--issue 和 --draft 不能同时用", fix="签发用 --issue；只看当前状态用 --draft", code="usage")
    if issue:
        with unit(engine) as session:
            return _issue(session, quarter, county, reason, actor)
    with reading(engine) as session:
        issued = ledgers.issues(session, county, quarter, actor)
        if issued and not draft:
            return Made(issued[-1].known, issued[-1].revision), issued[-1].workbook
        known = ledgers.last_alteration(session, county, actor)
        return Made(known, None), _make(session, quarter, county, known, _revisions(issued, known, None), actor)


def _issue(session: Session, quarter: Quarter, county: str, reason: str | None, actor: Actor) -> tuple[Made, bytes]:
    county_of(session, county)
    issued = ledgers.issues(session, county, quarter, actor)
    if issued and not (reason or "").strip():
        raise BadInput(
            f"{quarter.chinese}台账已签发第{issued[-1].revision}版",
            fix="再签发是更正，请用 --reason 写明更正的理由",
            code="ledger.issued",
        )
    known = ledgers.last_alteration(session, county, actor)
    number = len(issued) + 1
    revisions = (*_told(issued), *((Revision(number, known, reason),) if reason else ()))
    data = _make(session, quarter, county, known, revisions, actor)
    change = open_change(session, county, "issue", actor=actor.name, reason=reason)
    ledgers.issue(session, change, quarter, revision=number, known=known, reason=reason, workbook=data)
    return Made(known, number), data


def _told(issued: list[Any]) -> tuple[Revision, ...]:
    return tuple(Revision(one.revision, one.known, one.reason or "首次签发") for one in issued)


def _revisions(issued: list[Any], known: int, reason: str | None) -> tuple[Revision, ...]:
    """The earlier revisions that a draft tells of: a draft of what was issued last is that issue to the byte."""
    if issued and issued[-1].known == known:
        own = (Revision(issued[-1].revision, known, issued[-1].reason),) if issued[-1].reason else ()
        return (*_told(issued[:-1]), *own)
    return _told(issued)


def _make(
    session: Session, quarter: Quarter, county: str, known: int, revisions: tuple[Revision, ...], actor: Actor
) -> bytes:
    told = content(session, quarter, county, known, revisions, actor)
    return workbook(suite(told), Imprint(told.county_name, f"数据截至{quarter.last.isoformat()}"))
