"""The grounds of a snapshot: all that was said of its firms and of what they hold, whatever day it speaks of."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from app.domain.register import Snapshot
from app.domain.statement import Statement
from app.register import queries
from app.register.facts.evidence import Evidence
from app.register.facts.identity import same_as
from app.register.facts.owners import owners_on
from app.register.facts.project import dismantled, parts_of
from app.register.facts.spoken import spoken
from app.register.scope import Actor


def grounds(session: Session, snapshot: Snapshot, actor: Actor) -> Evidence:
    """The statements behind the snapshot, as known at its change.

    Those that speak of later days are among them: a report of December tells of a removal in March.
    """
    as_of = replace(snapshot.as_of, day=queries.NOW.day)
    told: list[Statement] = []
    dismantlings: dict[str, list[Statement]] = {}
    same = same_as(session, snapshot.county, as_of.known)
    owners = owners_on(session, snapshot.county, as_of, same)
    for some in queries.in_parts(sorted(owners.held_by(firm.id for firm in snapshot.enterprises))):
        parts = parts_of(session, snapshot.county, some, as_of.known)
        words: dict[str, list[Statement]] = {}
        for _, said in spoken(session, snapshot.county, [part.id for part in parts], as_of, actor):
            words.setdefault(said.subject, []).append(said)
            told.append(said)
        dismantlings |= dismantled(parts, words)
    return Evidence.of(told, snapshot.as_of.day, dismantlings)
