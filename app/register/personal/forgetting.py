"""Making a person's contact data unreadable everywhere, by removing the keys with which it is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app.domain.masking import masked
from app.errors import BadInput, NotFound
from app.register.audit import record_alone
from app.register.personal import files, person_queries, persons
from app.register.personal.file_copies import Redact
from app.register.personal.whom import Forgetting
from app.register.scope import REGISTER, Actor
from app.store import ids
from app.store.changes import open_change
from app.store.engine import acting, reading, retrying, unit
from app.store.keys import Ring, ring_of
from app.store.keys.ring import mark_of
from app.store.models import Base, PersonForgotten
from app.store.verification.rows import counties

#: The function of whoever may have a person forgotten.
FUNCTION = "personal.forget"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to forget, as somebody says it: a firm's contacts, or whoever has numbers; with papers that go whole."""

    firm: str | None = None
    numbers: Sequence[str] = ()
    papers: Sequence[str] = ()


def foretold(engine: Engine, county: str, asked: Asked, actor: Actor) -> dict[str, Any]:
    """What would go: numbers alone, never whose.

    Raises:
        BadInput: when nobody is named, or both ways.
        NotFound: when there is no such firm, or nothing of the person can be read.
    """
    with reading(acting(engine, actor)) as session:
        whom = _whom(session, county, asked, actor)
        keys = _keys(ring_of(session), whom)
        rows = _rows(session, county, [mark_of(*key) for key in keys], actor)
        others = persons.firms_with(session, county, whom, actor) - whom.firms if asked.firm else ()
    found = files.counted(engine, whom, actor)
    _require(asked, keys, found)
    told = {"county": county, "numbers": len(whom.numbers), "names": len(whom.names), "keys": len(keys)}
    return {**told, "rows": rows, **found, "other_firms": len(others)}


def forget(engine: Engine, county: str, asked: Asked, *, reason: str, redact: Redact, actor: Actor) -> dict[str, Any]:
    """Remove a person's keys, with reason: what they sealed stays in the register, and nobody reads it any more.

    First it is recorded that they go, then they go: what is interrupted between the two, `finish` ends.

    Raises:
        BadInput: when nobody is named, or both ways, or no reason is told.
        NotFound: when there is no such firm, or nothing of the person can be read.
    """
    if not reason.strip():
        raise BadInput("没有写明理由", fix="请写明依据，如 本人要求删除", code="reason.empty")
    with reading(acting(engine, actor)) as session:
        whom = _whom(session, county, asked, actor)
        keys = _keys(ring_of(session), whom)
    _require(asked, keys, files.counted(engine, whom, actor))
    made = files.prepared(engine, whom, actor, redact)

    def act() -> dict[str, Any]:
        with unit(engine) as session:
            change = open_change(session, county, "forget", actor=actor.name, reason=masked(reason.strip()))
            gone = _keys(ring_of(session), whom)
            done = files.record(session, county, change.number, made)
            _record(session, county, change.number, gone, masked(reason.strip()))
            return {"county": county, "change": change.number, "keys": len(gone), **done}

    done = retrying(act)
    finish(engine, county)
    record_alone(engine, act=FUNCTION, what=f"变更第 {done['change']} 号", county=county, after=done, actor=actor)
    return done


def finish(engine: Engine, county: str | None = None) -> int:
    """Remove the keys that are recorded to go and are still there, of one county or of all; how many there were."""
    ring = ring_of(engine)
    if not ring.is_there():
        return 0
    with reading(acting(engine, REGISTER)) as session:
        own = [county] if county else counties(session)
        gone = {
            one: [(row[0], row[1]) for row in session.execute(person_queries.forgotten(one, REGISTER))] for one in own
        }
        names = {name for one in own for name in files.to_remove(session, one)}
    removed = ring.remove_files(names)
    keys = [(one, bytes.fromhex(person), id) for one, rows in gone.items() for person, id in rows]
    return removed + ring.remove_persons(keys)


def _whom(session: Session, county: str, asked: Asked, actor: Actor) -> Forgetting:
    if bool(asked.firm) == bool(asked.numbers):
        raise BadInput("没有写明是谁，或写了两种", fix="请写企业，或写号码，只写一种", code="personal.whom")
    if asked.firm:
        return persons.of_firm(session, county, asked.firm, asked.papers, actor)
    return persons.of_numbers(session, county, asked.numbers, asked.papers, actor)


def _keys(ring: Ring, whom: Forgetting) -> list[tuple[str, bytes, str]]:
    return ring.keys_of(whom.county, sorted(whom.persons)) if ring.is_there() else []


def _require(asked: Asked, keys: Sequence[Any], found: dict[str, int]) -> None:
    # A firm's rosters are looked through whoever is in them; those that hold a number are told by the number.
    if not keys and not found["papers"] and (asked.firm or not found["files"]):
        raise NotFound("没有可删除的：没有这样的号码，或已经删除", fix="请核对企业或号码", code="personal.nobody")


def _rows(session: Session, county: str, marks: Sequence[str], actor: Actor) -> int:
    """How many rows hold something of it."""
    queries = (
        [person_queries.holding(table, county, marks, actor) for table in Base.metadata.sorted_tables] if marks else []
    )
    return sum(session.scalar(one) or 0 for one in queries if one is not None)


def _record(session: Session, county: str, change: int, keys: Sequence[tuple[str, bytes, str]], reason: str) -> None:
    before = {tuple(row) for row in session.execute(person_queries.forgotten(county, REGISTER))}
    rows = [
        {
            "id": ids.new(),
            "county": county,
            "recorded_by": change,
            "person": person.hex(),
            "key_id": id,
            "reason": reason,
        }
        for _, person, id in keys
        if (person.hex(), id) not in before
    ]
    if rows:
        session.execute(insert(PersonForgotten), rows)
