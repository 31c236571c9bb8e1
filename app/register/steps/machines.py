"""Which machine a dismantling or sealing is about, how many bodies it has that day, and what the step says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.names import plain_name
from app.domain.register import AsOf, Equipment
from app.domain.statement import Value
from app.errors import BadInput, NotFound
from app.register.facts.identity import same_as
from app.register.scope import REGISTER
from app.register.steps import queries
from app.register.steps.bodies import machines_of, standing
from app.register.steps.told import rule
from app.store.models import Change


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine group of the firm. `bodies`: how many are there the day before the step; None where nobody can tell."""

    id: str
    bodies: int | None


def named(
    session: Session, change: Change, firm: str, words: str | None, quantity: int | None, day: date
) -> Machine | None:
    """The firm's machine of this id or 炉号; its only one where just a quantity is told; None where neither is told.

    Raises:
        NotFound: when the firm has none so called, or several.
        BadInput: when a quantity is told and the firm has several machines or none.
    """
    if words is None and quantity is None:
        return None
    before = day - timedelta(days=1)
    own = machines_of(session, change.county, [firm], AsOf(before, change.number))
    own = own or machines_of(session, change.county, [firm], AsOf(day, change.number))
    if words is not None:
        return _called(own, same_as(session, change.county).of(words), words)
    there = [one for one in own if one.present is not False]
    if len(there) != 1:
        raise BadInput(
            f"写了 {quantity} 台，而这家企业那时有 {len(there)} 组设备，不知道是哪一组",
            fix=f"请用 --machine 写明：{_listed(there)}",
            code="equipment.several" if there else "equipment.unknown",
        )
    return _machine(there[0])


def says(kind: str, machine: Machine, quantity: int | None, on: DateInterval) -> dict[str, Value]:
    """What the step states of the machine: gone, sealed, fewer bodies; nothing where nobody knows how many it had."""
    if quantity is not None and machine.bodies is None:
        return {}
    left = (machine.bodies or 0) - (quantity or machine.bodies or 0)
    if kind == "dismantled":
        return {"quantity": left} if left > 0 else {"state": "removed", "removed_on": on}
    return {"state": "sealed"} if kind == "sealed" and left <= 0 else {}


def refuse_out_of_turn(session: Session, change: Change, machine: str, day: date, *, but: str | None = None) -> None:
    """Refuse what changes from how many bodies a dismantling that is recorded already has counted down.

    Raises:
        BadInput: when bodies of the machine were taken down on that day or after it by another step.
    """
    same = same_as(session, change.county)
    for row, _, _ in session.execute(queries.taken_down(change.county, change.number, REGISTER)):
        last = row.effective_on_to or row.effective_on_from
        if row.id == but or same.of(row.equipment_id) != same.of(machine) or (last is not None and last < day):
            continue
        raise BadInput(
            f"这台（组）设备已记过{row.effective_on_text or '日期不明'}拆除 {row.quantity} 台（编号 {row.id}），"
            f"那一步的台数是按前面剩下的算的；依据 {rule('REG-QUANTITY')}",
            fix=f"请先撤回那一步（luzhang step withdraw {row.id}），再按先后记；同一天拆的合成一步记",
            code="step.machine_order",
        )


def _called(own: list[Equipment], id: str, words: str) -> Machine:
    found = [one for one in own if one.id == id] or [one for one in own if _coded(one, words)]
    if len(found) == 1:
        return _machine(found[0])
    why = f"叫“{words}”的设备有 {len(found)} 台" if found else f"这家企业那时没有“{words}”这台设备"
    code = "equipment.several" if found else "equipment.unknown"
    raise NotFound(why, fix=f"这家企业的设备：{_listed(own)}", code=code)


def _machine(one: Equipment) -> Machine:
    return Machine(one.id, standing(one))


def _coded(machine: Equipment, words: str) -> bool:
    code = str(machine.facts.get("code") or "")
    return bool(code) and plain_name(code).rstrip("号炉#") == plain_name(words).rstrip("号炉#")


def _listed(own: list[Equipment]) -> str:
    told = (
        f"{one.id}（{one.facts.get('code') or one.facts.get('name') or one.facts.get('kind') or '无编号'}）"
        for one in own
    )
    return "；".join(told) or "没有"
