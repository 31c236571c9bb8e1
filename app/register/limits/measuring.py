"""Measurements as records: who measured what of which firm or machine, on which paper; recorded, listed, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import FOREVER, DateInterval
from app.domain.measures import CIRCUMSTANCES, MEASURES, measured, oxygen
from app.domain.names import plain_name
from app.domain.register import AsOf, Equipment
from app.domain.statement import Value
from app.errors import BadInput, Decided, NotFound
from app.register.desk.who import firm_called
from app.register.facts.identity import same_as
from app.register.facts.views import snapshot
from app.register.limits import measure_queries
from app.register.places import county_of
from app.register.scope import REGISTER, Actor
from app.store import ids
from app.store.changes import head, open_change
from app.store.engine import retrying, unit
from app.store.models import OPEN, Change, Measurement
from app.store.superseding import supersede

Told = dict[str, Any]
_Done = TypeVar("_Done")

#: The last day of all: every machine that was ever told of.
_LAST = FOREVER - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """One value. `machine`: its id or 炉号 within the firm; none where it is the firm's as a whole."""

    firm: str
    kind: str
    value: float
    on: DateInterval
    source: str
    machine: str | None = None
    document: str | None = None
    circumstances: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A measurement as it stands in the register; firm and machine are those that stand now."""

    id: str
    firm: str
    machine: str | None
    kind: str
    value: float
    circumstances: Mapping[str, Value]
    on: DateInterval
    source: str
    document: str | None
    reason: str
    change: int
    by: str
    at: datetime

    def as_dict(self) -> Told:
        """For commands and the API."""
        return {
            "measurement": self.id,
            "enterprise": self.firm,
            "equipment": self.machine,
            "kind": self.kind,
            "label": MEASURES[self.kind].zh,
            "value": self.value,
            "unit": MEASURES[self.kind].unit,
            "circumstances": dict(self.circumstances),
            "measured_on": self.on.as_dict(),
            "source": self.source,
            "document": self.document,
            "reason": self.reason,
            "change": self.change,
            "by": self.by,
            "at": self.at.astimezone(clock.CHINA).isoformat(),
        }


def measurements(session: Session, county: str, known: int, actor: Actor) -> list[Recorded]:
    """What was measured in the county, as known at a change."""
    same = same_as(session, county, known)
    return [
        Recorded(
            row.id,
            same.of(row.enterprise_id),
            same.of(row.equipment_id) if row.equipment_id else None,
            row.kind,
            row.value,
            json.loads(row.circumstances),
            DateInterval(row.measured_on_from, row.measured_on_to, row.measured_on_precision, row.measured_on_text),
            row.source,
            row.document,
            row.reason,
            row.recorded_by,
            by,
            at,
        )
        for row, by, at in session.execute(measure_queries.measurements(county, known, actor))
    ]


def measure(engine: Engine, county: str, said: Measured, *, reason: str, actor: Actor) -> Told:
    """Record a measurement in one change.

    Raises:
        UnknownCounty, NotFound: when the county, the firm or the machine is not there.
        BadInput: when the value, its circumstances, its day or its source is none.
        Decided: when the same is recorded already.
    """

    def verb(session: Session, change: Change) -> Told:
        return {"measurement": record(session, change, said, reason, actor), "change": change.number}

    return in_change(engine, county, "measure", verb, reason, actor)


def take_measurement_back(engine: Engine, county: str, id: str, *, reason: str, actor: Actor) -> Told:
    """Take a measurement back; it stays as what was known until now.

    Raises:
        NotFound: when no such measurement stands.
    """

    def verb(session: Session, change: Change) -> Told:
        if session.scalar(measure_queries.measurement(county, id, actor)) is None:
            raise NotFound(f"没有编号为“{id}”的测量", fix="请用 luzhang measure list 查看编号", code="measure.unknown")
        supersede(session, change, Measurement, [id])
        return {"measurement": id, "taken_back": "measurement", "change": change.number}

    return in_change(engine, county, "withdraw", verb, reason, actor)


def record(session: Session, change: Change, said: Measured, reason: str, actor: Actor) -> str:
    """Write a measurement of a firm, or of one of its machines; its id."""
    told = _checked(said)
    firm = firm_called(session, change.county, said.firm, actor)
    row = {
        "enterprise_id": firm,
        "equipment_id": _machine(session, change.county, firm, said, actor) if said.machine else None,
        "kind": said.kind,
        "value": float(said.value),
        "circumstances": json.dumps(told, ensure_ascii=False, sort_keys=True),
        "measured_on_from": said.on.since,
        "measured_on_to": said.on.until,
        "measured_on_precision": said.on.precision,
        "measured_on_text": said.on.text,
        "source": said.source.strip(),
        "document": (said.document or "").strip() or None,
    }
    for one in session.scalars(measure_queries.measurements_of(change.county, firm, REGISTER)):
        if all(getattr(one, name) == value for name, value in row.items()):
            raise Decided(f"同样的测量已经记过（编号 {one.id}）", fix="不必再记", code="measure.already")
    made = ids.new()
    common = {"county": change.county, "id": made, "recorded_by": change.number, "superseded_by": OPEN}
    session.execute(insert(Measurement).values(**common, **row, reason=reason))
    return made


def _checked(said: Measured) -> dict[str, Value]:
    """The circumstances, once everything told is sound."""
    measured(said.kind, said.value)
    whose = MEASURES[said.kind].whose
    if whose == "machine" and not said.machine:
        raise BadInput(f"{MEASURES[said.kind].zh}要指明是哪台设备", fix="请写炉号或设备编号", code="measure.machine")
    if whose == "firm" and said.machine:
        raise BadInput(f"{MEASURES[said.kind].zh}是企业的，不是某台设备的", fix="请不写设备", code="measure.machine")
    if said.on.since is None or said.on.until is None:
        raise BadInput(f"测量日期“{said.on.text}”没有两头", fix="请写某一天，或写明从哪天到哪天", code="day.bad")
    if not said.source.strip():
        raise BadInput("没有写是谁测的", fix="请写监测单位、填报单位或仪表", code="measure.source")
    told = dict(said.circumstances or {})
    unknown = [name for name in told if name not in CIRCUMSTANCES]
    if unknown:
        raise BadInput(
            f"没有“{unknown[0]}”这一项", fix=f"可以写：{'、'.join(CIRCUMSTANCES)}", code="measure.circumstance"
        )
    if "o2_pct" in told:
        oxygen(float(str(told["o2_pct"])))
    return told


def _machine(session: Session, county: str, firm: str, said: Measured, actor: Actor) -> str:
    """The firm's machine of this id or 炉号: one that it had when it was measured, or was ever told to have."""
    words, known = said.machine or "", head(session, county)
    moments = (AsOf(said.on.until or _LAST, known), AsOf(_LAST, known))
    wholes = [snapshot(session, county, moment, actor, firms=[firm]) for moment in moments]
    firms = [one for whole in wholes for one in whole.enterprises]
    own = {machine.id: machine for one in firms for machine in (*one.equipment, *one.perhaps)}.values()
    asked = same_as(session, county).of(words)
    found = [one for one in own if one.id == asked] or [one for one in own if _coded(one, words)]
    if len(found) == 1:
        return found[0].id
    fix = f"这家企业的设备：{'；'.join(f'{one.id}（{_called(one)}）' for one in own) or '没有'}"
    why = f"这家企业没有“{words}”这台设备" if not found else f"叫“{words}”的设备有 {len(found)} 台"
    raise NotFound(why, fix=fix, code="equipment.unknown" if not found else "equipment.several")


def _coded(machine: Equipment, words: str) -> bool:
    code = str(machine.facts.get("code") or "")
    return bool(code) and plain_name(code).rstrip("号炉#") == plain_name(words).rstrip("号炉#")


def _called(machine: Equipment) -> str:
    return str(machine.facts.get("code") or machine.facts.get("name") or machine.facts.get("kind") or "无编号")


def in_change(
    engine: Engine, county: str, act: str, verb: Callable[[Session, Change], _Done], reason: str, actor: Actor
) -> _Done:
    """Run a verb in one change of the county, which keeps its reason.

    Raises:
        BadInput: when no reason is told.
    """
    if not reason.strip():
        raise BadInput("没有写理由", fix="请写明依据，将来要查", code="reason.missing")

    def once() -> _Done:
        with unit(engine) as session:
            county_of(session, county)
            return verb(session, open_change(session, county, act, actor=actor.name, reason=reason))

    return retrying(once)
