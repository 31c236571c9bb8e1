"""The successions in a firm's history: what went over from whom to whom, on which paper, taken back or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.register import AsOf
from app.register.facts.identity import Same
from app.register.history import queries
from app.register.history.came_over import LAST
from app.register.history.decided import Decided
from app.register.history.things import called_in, rows_of
from app.register.scope import Actor
from app.register.successions.shown import Stood, names, words
from app.register.successions.whose import Passing
from app.store.models import Succession


def passed_of(
    session: Session,
    county: str,
    same: Same,
    records: Sequence[str],
    day: date | None,
    known: int,
    actor: Actor,
) -> list[Decided]:
    """Every succession that names one of a firm's records, in order of changes."""
    as_of = AsOf(day or LAST, known)
    rows = session.execute(queries.passed(county, records, known, actor)).all()
    stood = [_stood(row, by, at, same) for row, by, at in rows]
    called = names(session, county, {id for one in stood for id in (one.passing.out_of, one.passing.into)}, as_of)
    machines = {row.equipment_id for row, *_ in rows if row.equipment_id}
    lines = rows_of(session, "equipment", county, machines, known, actor)
    furnaces = {id: called_in("equipment", lines.get(id, ())) for id in machines}
    return [
        Decided(
            "succession",
            row.act_id,
            _said(one, called, furnaces.get(row.equipment_id), as_of),
            row.reason,
            row.recorded_by,
            row.superseded_by,
        )
        for (row, *_), one in zip(rows, stood, strict=True)
    ]


def _stood(row: Succession, by: str, at: datetime, same: Same) -> Stood:
    days, text = (row.moved_on_from, row.moved_on_to), row.moved_on_text
    on = DateInterval(*days, row.moved_on_precision, text) if row.moved_on_precision else None
    machine = same.of(row.equipment_id) if row.equipment_id else None
    passing = Passing(
        row.act_id, row.kind, same.of(row.enterprise_id), same.of(row.into_id), machine, *days, row.recorded_by
    )
    return Stood(passing, on, text, row.document, row.evidence, row.reason, by, at)


def _said(one: Stood, called: Mapping[str, str], furnace: str | None, as_of: AsOf) -> str:
    firms = {id: called.get(id) or id for id in (one.passing.out_of, one.passing.into)}
    told = words(one, firms, as_of)
    if one.passing.out_of == one.passing.into:
        told = f"{firms[one.passing.into]}分立后的一台设备仍归它"
    which = f"（{furnace}，{one.passing.machine}）" if furnace else ""
    paper = " ".join(word for word in (one.document, one.evidence) if word)
    return f"{told}{which}" + (f"；依据 {paper}" if paper else "")
