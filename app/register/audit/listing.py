"""The record of who did what, as it is asked for: a page of it, all of it, one of it with what it changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, func, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.masking import masked
from app.errors import NotFound, Refused
from app.register.audit import queries
from app.register.audit.asked import Asked
from app.register.audit.words import RESULTS, act_called
from app.register.history.asked import whole_difference
from app.register.history.things import firm_ever_called
from app.register.ledgers import whose
from app.register.queries import in_parts
from app.register.records import Page
from app.register.scope import Actor
from app.store.audit import NOBODYS
from app.store.engine import reading
from app.store.models import AuditRecord
from app.store.verification.chain import unpacked

#: Rows read at a time when all are given out.
_AT_ONCE = 1000

Told = dict[str, Any]


def page(session: Session, asked: Asked, actor: Actor, *, before: int | None, limit: int) -> Page:
    """Records that fit, the latest first."""
    whole_chain(asked.chain, actor)
    chosen = _chosen(session, asked, actor)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    older = chosen if before is None else chosen.where(AuditRecord.number < before)
    found = session.execute(older.order_by(AuditRecord.number.desc()).limit(limit + 1)).all()
    rows = [told(row) for row in found[:limit]]
    return Page(total, rows, str(rows[-1]["number"]) if len(found) > limit else None)


@dataclass(frozen=True, slots=True)
class All:
    """All records that fit, counted, then read the earliest first."""

    chain: str
    total: int
    rows: Iterator[Told]


def everything(engine: Engine, asked: Asked, actor: Actor) -> All:
    """All that fit up to now; what is recorded meanwhile is not among them."""
    whole_chain(asked.chain, actor)
    with reading(engine) as session:
        chosen = _chosen(session, asked, actor)
        counted = chosen.subquery()
        total, last = session.execute(select(func.count(counted.c.number), func.max(counted.c.number))).one()
    return All(asked.chain, total, _all(engine, chosen, last or 0))


def one(session: Session, chain: str, number: int, actor: Actor) -> Told:
    """One record; of an act that changed the register with what it wrote, table by table.

    Raises:
        NotFound: when there is no such record.
    """
    whole_chain(chain, actor)
    wanted = queries.records(Asked(chain), actor).where(AuditRecord.number == number)
    row = session.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(
            f"{chain} 没有第 {number} 条审计记录", fix="请用 luzhang audit list 查编号", code="audit.unknown"
        )
    found = told(row)
    if found["change"] is not None:
        found["wrote"] = wrote(session, chain, found["change"], actor)
    return found


def did(session: Session, county: str, row: Told, actor: Actor) -> Told | None:
    """What the register says otherwise since that change, on its day; None of a record of no change."""
    if row["change"] is None:
        return None
    day, change = row["at"][:10], row["change"]
    return whole_difference(session, county, f"{day}@{change - 1}", f"{day}@{change}", actor=actor).as_dict()


def wrote(session: Session, county: str, number: int, actor: Actor) -> list[Told]:
    """How many rows a change recorded and took out of force, by table."""
    found = []
    for table, listing in session.execute(queries.manifests(county, number, actor)):
        signs = Counter(line[:1] for line in (unpacked(listing) or b"").splitlines())
        found.append({"table": table, "recorded": signs[b"+"], "superseded": signs[b"-"]})
    return found


def told(row: Row[Any]) -> Told:
    """A record as commands and the API tell it."""
    return {
        **{name: getattr(row, name) for name in queries.TOLD},
        "at": row.at.astimezone(clock.CHINA).isoformat(timespec="seconds"),
        "kind": act_called(row.act),
        "label": RESULTS.get(row.result, row.result),
        "before": _side(row.before),
        "after": _side(row.after),
        "reason": masked(row.reason) if row.reason else None,
        "file": masked(row.file) if row.file else None,
    }


def chain_asked(session: Session, county: str | None, actor: Actor) -> str:
    """The chain of the county that is told, or of the only one; 000000 is that of accounts and sign-ins.

    Raises:
        UnknownCounty: when there is no such county, or several are there and none is told.
    """
    if county == NOBODYS:
        return NOBODYS
    return whose(session, county, actor)


def whole_chain(chain: str, actor: Actor) -> None:
    """That the actor may look into a whole chain.

    Raises:
        Refused: when they see townships of the county only.
        NotFound: when the chain is not theirs; as if there were none.
    """
    if actor.townships is not None:
        raise Refused("审计记录是全县的", fix="请由县里的审计人员来看", code="audit.county_only")
    if actor.counties is not None and chain not in actor.counties:
        told = "没有账号与登录的审计记录可看" if chain == NOBODYS else f"没有 {chain} 的审计记录"
        raise NotFound(told, fix="请写本人所管的县", code="audit.unknown")


def _chosen(session: Session, asked: Asked, actor: Actor) -> Any:
    if not asked.firm:
        return queries.records(asked, actor)
    firm = firm_ever_called(session, asked.chain, asked.firm, actor)
    subjects = [firm, *(id for chosen in queries.held_ids(asked.chain, firm, actor) for id in session.scalars(chosen))]
    changes: set[int] = set()
    for some in in_parts(subjects):
        for chosen in queries.touching(asked.chain, some, actor):
            changes.update(session.scalars(chosen))
    return queries.records(asked, actor, [firm], sorted(changes))


def _all(engine: Engine, chosen: Any, last: int) -> Iterator[Told]:
    after = 0
    while after < last:
        some = chosen.where(AuditRecord.number > after, AuditRecord.number <= last).order_by(AuditRecord.number)
        with reading(engine) as session:
            found = [told(row) for row in session.execute(some.limit(_AT_ONCE))]
        yield from found
        after = found[-1]["number"] if len(found) == _AT_ONCE else last


def _side(text: str | None) -> Any:
    return None if text is None else json.loads(text)
