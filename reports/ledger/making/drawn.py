"""A ledger drawn up, of a county or of a city: its tables, how they reconcile, its file, and how it is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.domain.masking import masked
from app.domain.quarter import Quarter
from app.register import ledgers
from app.register.ledgers import Anchor, People
from app.register.ledgers.frozen import Frozen
from app.register.scope import Actor
from app.store.models import Change
from reports.ledger.making.freezing import frozen
from reports.ledger.sheets.canonical import digest as digest_of
from reports.ledger.sheets.version import SHEET as VERSION
from reports.tables import Imprint, Table
from reports.workbook import workbook


@dataclass(frozen=True, slots=True)
class Drawn:
    """A ledger ready to be printed. `county`: the code that it is kept under; `revision`: the one that it would be.

    `anchors`: of a city each county's change, up to which it knows, and the digest of its chain there; `known` is 0.
    `audited`: by county where its chain of who did what stood. `digest`: of what its sheets print, but for the one
    that tells of the issue.
    """

    quarter: Quarter
    county: str
    name: str
    known: int
    revision: int
    tables: tuple[Table, ...]
    checks: list[dict[str, Any]]
    digest: str
    people: People
    anchors: Mapping[str, Anchor] | None = None
    audited: Mapping[str, Anchor] | None = None

    @property
    def heads(self) -> dict[str, int] | None:
        """Of a city by county the change up to which it knows."""
        return {county: number for county, (number, _) in self.anchors.items()} if self.anchors is not None else None

    @property
    def knowledge(self) -> dict[str, Any]:
        """Of which day it is, and as known when: for commands and the API."""
        known = {"known": self.known} if self.anchors is None else {"known": self.known, "heads": self.heads}
        return {"county": self.county, "quarter": str(self.quarter), "as_of": self.quarter.last.isoformat(), **known}

    @property
    def imprint(self) -> Imprint:
        """Its head, and who signs it below."""
        there = dict(self.people.named())
        signed = tuple((word, masked(there.get(word, ""))) for word in ledgers.PEOPLE.values())
        return Imprint(self.name, f"数据截至{self.quarter.last.isoformat()}", signatures=signed)

    def workbook(self) -> bytes:
        """Its file."""
        return workbook(self.tables, self.imprint)

    def frozen(self, reason: str | None) -> Frozen:
        """What is kept of it beside its file."""
        particulars = {
            **self.knowledge,
            "county_name": self.name,
            "revision": self.revision,
            "number": ledgers.number_of(self.county, self.quarter, self.revision),
            "reason": reason,
            "content_sha256": self.digest,
            **self.people.as_dict(),
        }
        return frozen(self.tables, self.imprint, particulars)


def content_digest(tables: tuple[Table, ...]) -> str:
    """Of what the sheets print, but for the one that tells of the issue."""
    return digest_of(table for table in tables if table.name != VERSION)


def standing_check(session: Session, drawn: Drawn, actor: Actor) -> ledgers.Checked | None:
    """The last recorded check of just this content, that came out alike."""
    own = ledgers.checks(session, drawn.county, drawn.quarter, actor)
    same = (one for one in reversed(own) if (one.known, one.heads) == (drawn.known, drawn.heads))
    return next((one for one in same if one.content == drawn.digest and list(one.findings) == drawn.checks), None)


def keep_check(session: Session, drawn: Drawn, change: Change) -> None:
    """Record how its reconciliations came out."""
    told: dict[str, Any] = {"known": drawn.known, "content": drawn.digest, "findings": drawn.checks}
    ledgers.record_check(session, drawn.county, change.number, drawn.quarter, **told, heads=drawn.heads)


def keep_issue(
    session: Session, change: Change, drawn: Drawn, reason: str | None, data: bytes, content: Frozen
) -> None:
    """Freeze it: its file, and what that was printed from."""
    told: dict[str, Any] = {"revision": drawn.revision, "known": drawn.known, "reason": reason, "people": drawn.people}
    ledgers.issue(
        session,
        change,
        drawn.quarter,
        **told,
        workbook=data,
        content=content,
        anchors=drawn.anchors,
        audited=drawn.audited,
    )
