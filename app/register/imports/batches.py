"""Batches with their state: read, to decide, applied, undone; reckoned from what is stored whenever it is asked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import clock
from app.domain.proposal import BUCKETS
from app.errors import BadInput, NotFound
from app.register import queries
from app.register.desk import desk_queries
from app.register.desk.left_out import unanswered
from app.register.desk.what_waits import disputes
from app.register.imports import batch_queries, versions
from app.register.imports.waiting_files import county_of_waiting, release, standing
from app.register.places import townships_of
from app.register.scope import Actor
from app.store.changes import open_change
from app.store.engine import retrying, unit
from app.store.models import OPEN, Base, ImportBatch, Stretch, WaitingFile

Row = dict[str, Any]
Found = ImportBatch | WaitingFile

#: The states, each with its word for people.
STATES = {"read": "已读", "to_decide": "待定", "applied": "已入库", "undone": "已撤回"}

NOTHING = {"rows": 0, "conflicts": 0, "missing": 0}


@dataclass(frozen=True, slots=True)
class Batches:
    """Some batches of a county, how many there are in all, and after which change and id the next ones come."""

    total: int
    rows: Sequence[Row]
    after: tuple[int, str] | None = None


def batches(
    session: Session,
    county: str,
    actor: Actor,
    *,
    state: str | None = None,
    before: tuple[int, str] | None = None,
    limit: int | None = None,
) -> Batches:
    """A county's batches and the files that wait, the latest first; `state`: only these.

    Raises:
        BadInput: when there is no such state.
    """
    if state is not None and state not in STATES:
        raise BadInput(f"没有“{state}”这种状态", fix=f"请写其中一个：{'、'.join(STATES)}", code="import.state")
    found = _found(session, county, actor)
    waits = _waits(session, county, actor)
    chosen = [one for one in found if state in (None, _state(one, waits))]
    later = [one for one in chosen if before is None or _place(one) < before]
    page = later[:limit]
    rows = _rows(session, county, actor, page, waits)
    return Batches(len(chosen), rows, _place(page[-1]) if len(later) > len(page) else None)


def batch_shown(session: Session, county: str, id: str, actor: Actor) -> Row:
    """One batch, with what was asked when it was applied.

    Raises:
        NotFound: when there is none such.
    """
    one = found_batch(session, county, id, actor)
    (row,) = _rows(session, county, actor, [one], _waits(session, county, actor))
    names = ("code", "severity", "sheet", "cell", "field", "raw", "message", "fix")
    asked = session.scalars(desk_queries.issues_of(county, id, actor)) if isinstance(one, ImportBatch) else ()
    return {**row, "issues": [{name: getattr(issue, name) for name in names} for issue in asked]}


def county_of(session: Session, id: str, actor: Actor) -> str:
    """The county of a batch, or of a file that waits.

    Raises:
        NotFound: when there is none such.
    """
    county = session.scalar(queries.batch_county(id, actor))
    return str(county) if county else county_of_waiting(session, id, actor)


def found_batch(session: Session, county: str, id: str, actor: Actor) -> Found:
    """A batch; where there is none of this id, the file that waits or was withdrawn.

    Raises:
        NotFound: when there is neither.
    """
    found: Found | None = session.scalar(queries.batch(county, id, actor))
    found = found or session.scalar(batch_queries.waiting_file(county, id, actor))
    if found is None:
        raise NotFound(f"没有“{id}”这次导入", fix="请用 luzhang imports 核对编号", code="import.unknown")
    return found


def former_of(session: Session, county: str, id: str, actor: Actor, against: str | None = None) -> ImportBatch:
    """The applied batch that a version is compared with: that told, else the one before it that stands.

    Raises:
        NotFound: when there is none.
    """
    if against is not None:
        told = found_batch(session, county, against, actor)
        if isinstance(told, ImportBatch):
            return told
        fix = "请换一个已经写入的批次"
        raise NotFound(f"“{told.file}”还没有写入，不能拿来对照", fix=fix, code="import.no_version")
    one = found_batch(session, county, id, actor)
    of = (session, county, one.source, one.township)
    before = versions.standing_versions(*of, one.valid_day, but=one.sha256) if one.valid_day else []
    earlier = [other for other in before if isinstance(one, WaitingFile) or _place(other) < _place(one)]
    if not earlier:
        fix = "同一来源、同一天只有这一份；要同别的批次对照，请用 --against 指明"
        raise NotFound(f"“{one.file}”没有前一版", fix=fix, code="import.no_version")
    return earlier[0]


def drop(engine: Engine, id: str, *, reason: str, actor: Actor) -> Row:
    """Withdraw a file that waits, with the reason; it stays in the record.

    Raises:
        NotFound: when there is none such.
        Decided: when it was applied or withdrawn.
        BadInput: when no reason is told.
    """
    if not reason.strip():
        raise BadInput("没有写明理由", fix="请用 --reason 写明为什么不要了", code="reason.empty")

    def act() -> Row:
        with unit(engine) as session:
            county = county_of_waiting(session, id, actor)
            standing(session, county, id)
            change = open_change(session, county, "drop", actor=actor.name, reason=reason, batch=id)
            session.expire_all()
            standing(session, county, id)  # again under the lock: somebody may have applied it meanwhile
            release(session, change, [id])
            return {"batch": id, "change": change.number}

    return retrying(act)


def _found(session: Session, county: str, actor: Actor) -> list[Found]:
    """Batches, and the files that are no batch (yet), the latest first."""
    applied: list[Found] = list(session.scalars(batch_queries.batches(county, actor)))
    known = {one.id for one in applied}
    waiting = (one for one in session.scalars(batch_queries.waiting_files(county, actor)) if one.id not in known)
    return sorted((*applied, *waiting), key=_place, reverse=True)


def _place(one: Found) -> tuple[int, str]:
    return one.recorded_by, one.id


def _state(one: Found, waits: Mapping[str, Mapping[str, int]]) -> str:
    if one.superseded_by != OPEN:
        return "undone"
    if isinstance(one, WaitingFile):
        return "read"
    return "to_decide" if any(waits.get(one.id, NOTHING).values()) else "applied"


def _rows(
    session: Session, county: str, actor: Actor, found: Sequence[Found], waits: Mapping[str, Mapping[str, int]]
) -> list[Row]:
    """Batches as they are shown."""
    numbers = {one.recorded_by for one in found} | {one.superseded_by for one in found} - {OPEN}
    acts: dict[int, Any] = {}
    for some in queries.in_parts(sorted(numbers)):
        acts |= {act.number: act for act in session.execute(batch_queries.acts_told(county, some, actor))}
    places = dict(townships_of(session, county).values())
    return [_row(one, waits, acts, places) for one in found]


def _row(one: Found, waits: Mapping[str, Mapping[str, int]], acts: Mapping[int, Any], places: Mapping[str, str]) -> Row:
    counts = json.loads(one.counts)
    act, ended = acts[one.recorded_by], acts.get(one.superseded_by)
    waiting = isinstance(one, WaitingFile)
    return {
        "batch": one.id,
        "state": _state(one, waits),
        "file": one.file,
        "sha256": one.sha256,
        "format": one.format,
        "township": one.township,
        "township_name": places.get(one.township or ""),
        "valid_from": one.valid_day,
        "source": one.source,
        "change": one.recorded_by,
        "at": act.at.astimezone(clock.CHINA),
        "by": act.actor,
        "undone_by": None if one.superseded_by == OPEN else one.superseded_by,
        "undone_at": ended.at.astimezone(clock.CHINA) if ended else None,
        "reason": ended.reason if ended else None,
        "why": one.why if isinstance(one, WaitingFile) else None,
        "counts": {name: count for name, count in counts.items() if isinstance(count, int)},
        "proposal": {**dict.fromkeys((*BUCKETS, "missing"), 0), **counts.get("proposal", {})},
        "waits": dict(NOTHING if waiting else waits.get(one.id, NOTHING)),
    }


def _waits(session: Session, county: str, actor: Actor) -> dict[str, dict[str, int]]:
    """What of each batch waits for a person: rows held, contradictions that it brought, firms that it left out."""
    rows = Counter(row.batch_id for row in session.scalars(desk_queries.held_rows(county, actor)))
    conflicts = _conflicts(session, county, actor)
    missing = Counter(batch.id for batch, _ in unanswered(session, county, actor))
    return {
        id: {"rows": rows[id], "conflicts": conflicts[id], "missing": missing[id]}
        for id in {*rows, *conflicts, *missing}
    }


def _conflicts(session: Session, county: str, actor: Actor) -> Counter[str]:
    """How many contradictions each batch brought: it said otherwise than what had been said before.

    Those of today as the desk shows them, and those of days to come: a roster may be of a quarter that is not over.
    """
    today = clock.today()
    if not _any_dispute(session, county, today, actor):
        return Counter()
    last = max((one.valid_day for one in session.scalars(desk_queries.rosters(county, actor))), default=today)
    brought: dict[tuple[str, str], frozenset[str]] = {}
    for day in sorted({today, max(today, last)}):
        for one in disputes(session, county, actor, day):
            claims = [claim["statement"] for claim in one["claims"]]
            brought[one["subject"], one["field"]] = _later(session, county, claims, actor)
    return Counter(batch for found in brought.values() for batch in found)


def _any_dispute(session: Session, county: str, day: date, actor: Actor) -> bool:
    tables = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Stretch)]
    asked = (batch_queries.disputed(table, county, day, actor).limit(1) for table in tables)
    return any(session.scalar(one) is not None for one in asked)


def _later(session: Session, county: str, claims: Iterable[str], actor: Actor) -> frozenset[str]:
    """Of statements against each other, the batches of all but the first."""
    rows = session.execute(batch_queries.batches_saying(county, list(claims), actor)).all()
    ordered = [batch for _, batch, _ in sorted(rows, key=lambda row: (row[2], row[0]))]
    return frozenset(ordered) - frozenset(ordered[:1])
