"""Acts on a county's clauses, each one unit of work: a file added, a clause adopted or dropped, a file taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.register.clauses import adoption
from app.register.clauses.county_clauses import add_file, file_called, newest, read_own, take_out
from app.register.places import county_of
from app.register.policy_files import told_reason
from app.register.scope import REGISTER, Actor
from app.register.second import done_or_proposed
from app.store.changes import open_change
from app.store.engine import retrying, unit


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file that was added: its clauses, those adopted with it, and why others were not."""

    county: str
    change: int
    file: str
    sha256: str
    clauses: tuple[str, ...]
    adopted: tuple[str, ...]
    not_adopted: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, Any]:
        """For `clauses add --json` and the API."""
        return {
            "county": self.county,
            "change": self.change,
            "file": self.file,
            "sha256": self.sha256,
            "clauses": list(self.clauses),
            "adopted": list(self.adopted),
            "not_adopted": [{"clause": clause, "why": why} for clause, why in self.not_adopted],
        }


def add(engine: Engine, county: str, name: str, text: str, *, reason: str, adopting: bool, actor: Actor) -> Added:
    """Add a file of clauses in one change, and adopt those of its clauses that can decide, where that is asked.

    Raises:
        UnknownCounty: when the dictionary lacks the county.
        BadInput: when no reason is given, or the file is too large or empty of clauses.
        CatalogueFault: with every fault of the file.
        Decided: when the county has this very file already.
    """
    why = told_reason(reason)

    def once(engine: Engine) -> Added:
        with unit(engine) as session:
            county_of(session, county)
            clauses = read_own(name, text, county).clauses
            change = open_change(session, county, "clauses", actor=actor.name, reason=why)
            kept = add_file(session, change, name, text, why)
            refused = {one.id: adoption.obstacle(one, county) for one in clauses.values()} if adopting else {}
            fit = tuple(one for one in refused if refused[one] is None)
            for one in fit:
                adoption.adopt(session, change, clauses[one])
            told = tuple((one, said) for one, said in refused.items() if said)
            return Added(county, change.number, kept.id, kept.sha256, tuple(clauses), fit, told)

    def act(engine: Engine) -> Added:
        return retrying(lambda: once(engine))

    told = {"name": name, "text": text}
    return done_or_proposed(engine, "clauses.add", told, act, reason=why, actor=actor)


def adopt(engine: Engine, county: str, clause_id: str, *, reason: str | None, actor: Actor) -> int | None:
    """Adopt the newest text of a clause in one change and give its number; None where it decides already.

    Raises:
        UnknownCounty: when the dictionary lacks the county.
        UnknownClause: when there is no such clause.
        NotAdoptable: when the clause cannot decide there.
    """

    def once(engine: Engine) -> int | None:
        with unit(engine) as session:
            county_of(session, county)
            clause = newest(session, county, clause_id, REGISTER)
            if adoption.obstacle(clause, county) is None and adoption.standing(session, county, clause):
                return None
            change = open_change(session, county, "adopt", actor=actor.name, reason=reason)
            adoption.adopt(session, change, clause)
            return change.number

    def act(engine: Engine) -> int | None:
        return retrying(lambda: once(engine))

    told = {"clause": clause_id}
    return done_or_proposed(engine, "clauses.adopt", told, act, reason=reason, actor=actor)


def drop(engine: Engine, county: str, named: str, *, reason: str, actor: Actor) -> tuple[str, int]:
    """Drop a clause that the county adopted, or take one of its files out: what was dropped, and the change's number.

    Raises:
        UnknownClause: when it is neither a clause nor a file of the county's.
        NotAdoptable: when the county did not adopt the clause, or still decides by one of the file.
    """
    why = told_reason(reason)

    def act() -> tuple[str, int]:
        with unit(engine) as session:
            county_of(session, county)
            return _dropped(session, county, named, why, actor)

    return retrying(act)


def _dropped(session: Session, county: str, named: str, why: str, actor: Actor) -> tuple[str, int]:
    file = file_called(session, county, named, REGISTER)
    clause = None if file else newest(session, county, named, REGISTER)
    change = open_change(session, county, "drop", actor=actor.name, reason=why)
    if file:
        take_out(session, change, file)
        return file.name, change.number
    if clause:
        adoption.drop(session, change, clause.id)
    return clause.id if clause else named, change.number
