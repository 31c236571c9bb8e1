"""The versions of a firm's permits: what each was from which day on, and which numbers are one site's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import FOREVER
from app.domain.permit_number import parts
from app.domain.register import Subject
from app.domain.statement import Value, same_value
from app.domain.vocabulary import ENUMS
from app.register import queries as held_queries
from app.register.desk.who import firm_called
from app.register.facts.identity import same_as
from app.register.permits import queries
from app.register.permits.expiring import same_paper
from app.register.permits.shown import paper
from app.register.scope import Actor
from app.store.facts import disputed_of, facts_of

_KINDS = ENUMS["permit_kind"]


@dataclass(frozen=True, slots=True)
class Version:
    """What a permit was from a day until another (half-open), as the register holds it."""

    since: date
    until: date
    permit: Subject

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `versions`."""
        until = None if self.until == FOREVER else self.until.isoformat()
        return {"since": self.since.isoformat(), "until": until, **paper(self.permit)}


@dataclass(slots=True)
class Line:
    """The versions of one paper, in the order of days."""

    kind: str
    site: str | None
    versions: list[Version] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `papers`."""
        told = [one.as_dict() for one in self.versions]
        return {"kind": self.kind, "label": _KINDS[self.kind], "site": self.site, "versions": told}


def versions(session: Session, county: str, firm: str, known: int, actor: Actor) -> dict[str, Any]:
    """A firm's permits with all that each was, as known at a change.

    Raises:
        NotFound: when there is no such firm.
    """
    own = firm_called(session, county, firm, actor)
    same = same_as(session, county, known)
    rows = session.execute(held_queries.held("permit", county, same.voices([own]), known, actor)).all()
    kinds = {row.id: row.kind for row in rows}
    found: list[Version] = []
    for some in held_queries.in_parts(sorted(kinds)):
        for row in session.scalars(queries.terms(county, some, known, actor)):
            facts = {"kind": kinds[row.permit_id], **facts_of(row)}
            permit = Subject(row.permit_id, facts, disputed_of(row))
            found.append(Version(row.valid_from, row.valid_to, permit))
    lines = [one.as_dict() for one in _lines(found)]
    return {"county": county, "known": known, "enterprise": own, "papers": lines}


def _lines(found: Sequence[Version]) -> list[Line]:
    """One line a paper: by the permit itself, or by a number that shows the same site."""
    lines: list[Line] = []
    for version in sorted(found, key=lambda one: (one.since, one.permit.id)):
        line = next((one for one in lines if _belongs(one, version)), None)
        if line is None:
            line = Line(str(version.permit.facts["kind"]), None)
            lines.append(line)
        told = parts(str(version.permit.facts.get("number") or ""))
        line.site = line.site or (told.site if told else None)
        before = line.versions[-1] if line.versions else None
        if before is not None and before.until == version.since and _alike(before.permit, version.permit):
            line.versions[-1] = Version(before.since, version.until, version.permit)
        else:
            line.versions.append(version)
    return lines


def _belongs(line: Line, version: Version) -> bool:
    return any(one.permit.id == version.permit.id or same_paper(one.permit, version.permit) for one in line.versions)


def _alike(one: Subject, other: Subject) -> bool:
    facts: tuple[dict[str, Value], dict[str, Value]] = (dict(one.facts), dict(other.facts))
    if one.id != other.id or one.disputed != other.disputed or facts[0].keys() != facts[1].keys():
        return False
    return all(same_value(facts[0][name], facts[1][name]) for name in facts[0])
