"""For how many years a county lets a kind of machine serve: its own number, where no paper gives one."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app.domain.vocabulary import ENUMS
from app.errors import BadInput, Decided, NotFound
from app.register.limits import measure_queries
from app.register.limits.measuring import in_change
from app.register.scope import REGISTER, Actor
from app.rules.limits.body_entry import MOST_YEARS
from app.rules.limits.limit import Life, Limit
from app.rules.limits.ranges import Condition, Conditions
from app.store import ids
from app.store.measurement import COUNTED_FROM
from app.store.models import OPEN, Change, ServiceLife
from app.store.superseding import supersede

Told = dict[str, Any]


def own_lives(session: Session, county: str, known: int, actor: Actor) -> list[Limit]:
    """The county's own years as limits, as known at a change."""
    return [_limit(row) for row in session.scalars(measure_queries.service_lives(county, known, actor))]


def set_life(
    engine: Engine, county: str, kind: str, years: int, counted_from: str, *, reason: str, actor: Actor
) -> Told:
    """Record the county's own years for a kind of machine; what was set before gives way.

    Raises:
        BadInput: when there is no such kind, day, or number of years.
        Decided: when it is set so already.
    """
    kind = {zh: name for name, zh in ENUMS["equipment_kind"].items()}.get(kind, kind)
    if kind not in ENUMS["equipment_kind"]:
        fix = f"可以写：{'、'.join(ENUMS['equipment_kind'].values())}"
        raise BadInput(f"没有“{kind}”这类设备", fix=fix, code="life.kind")
    if counted_from not in COUNTED_FROM:
        raise BadInput(f"不能从“{counted_from}”算起", fix=f"可以写：{'、'.join(COUNTED_FROM)}", code="life.from")
    if not 1 <= years <= MOST_YEARS:
        raise BadInput(f"使用年限 {years} 年不成立", fix=f"请写 1 到 {MOST_YEARS} 的整年数", code="life.years")

    def verb(session: Session, change: Change) -> Told:
        before = _standing(session, change.county, kind)
        if before is not None and (before.years, before.counted_from) == (years, counted_from):
            raise Decided("已经是这个年限", fix="不必再定", code="life.already")
        if before is not None:
            supersede(session, change, ServiceLife, [before.id])
        common = {"county": change.county, "id": ids.new(), "recorded_by": change.number, "superseded_by": OPEN}
        said = {"kind": kind, "years": years, "counted_from": counted_from, "reason": reason}
        session.execute(insert(ServiceLife).values(**common, **said))
        return {"kind": kind, "years": years, "counted_from": counted_from, "change": change.number}

    return in_change(engine, county, "set_life", verb, reason, actor)


def drop_life(engine: Engine, county: str, kind: str, *, reason: str, actor: Actor) -> Told:
    """Take the county's own years for a kind of machine back.

    Raises:
        NotFound: when none are set.
    """
    kind = {zh: name for name, zh in ENUMS["equipment_kind"].items()}.get(kind, kind)

    def verb(session: Session, change: Change) -> Told:
        before = _standing(session, change.county, kind)
        if before is None:
            raise NotFound(f"本县没有定过“{kind}”的使用年限", fix="请用 luzhang limits list 查看", code="life.unknown")
        supersede(session, change, ServiceLife, [before.id])
        return {"kind": kind, "taken_back": "service_life", "change": change.number}

    return in_change(engine, county, "withdraw", verb, reason, actor)


def _standing(session: Session, county: str, kind: str) -> ServiceLife | None:
    rows = session.scalars(measure_queries.service_lives(county, OPEN - 1, REGISTER))
    return next((row for row in rows if row.kind == kind), None)


def _limit(row: ServiceLife) -> Limit:
    zh, word = ENUMS["equipment_kind"][row.kind], "制造（出厂）" if row.counted_from == "made_on" else "投运"
    return Limit(
        f"OWN-LIFE-{row.kind.upper().replace('_', '-')}",
        "service_life",
        zh,
        f"本县定：{zh}自{word}起使用 {row.years} 年（{row.reason}）",
        "own",
        f"第 {row.recorded_by} 号变更",
        Life(row.years, row.counted_from),
        Conditions((Condition("kind", "eq", row.kind),)),
        date.min,
        jurisdiction=row.county,
    )
