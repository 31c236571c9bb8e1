"""What the database cannot count: firms whose verdicts hang on a dispute, and firms that a succession names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from app.domain.register import AsOf, Enterprise, Equipment, Snapshot
from app.register.aggregates.counts import (
    DISPUTED,
    NOT_STATED,
    OWNER_UNKNOWN,
    Aggregates,
    Bodies,
    Obsolete,
    Place,
)
from app.register.aggregates.statement import ENDS_SOON
from app.register.facts.views import snapshot
from app.register.permits.expiring import Wanted, expiring
from app.register.scope import Actor
from app.register.successions.judging import judged_apart, places
from app.register.verdicts.doubtful import answered
from app.register.verdicts.holding import Row
from app.register.verdicts.verdict_asking import Clauses
from app.register.verdicts.verdict_queries import Pin


def add_doubtful(
    session: Session, found: Aggregates, clauses: Clauses, pin: Pin, actor: Actor, firms: Mapping[str, Place]
) -> None:
    """Add the verdicts of firms, judged over each value that is claimed of what is in dispute."""
    by_firm: defaultdict[str, list[tuple[int, bool]]] = defaultdict(list)
    for one in answered(session, clauses, [pin], found.day, actor, set(firms)):
        if one.deciding is not None:
            by_firm[one.firm].append((one.bodies, one.answers[one.deciding] is True))
    for firm, answers in by_firm.items():
        _judge(found.townships[firms[firm]].obsolete, answers)


def add_ending(session: Session, found: Aggregates, pin: Pin, actor: Actor, firms: Mapping[str, Place]) -> None:
    """Add the permits that end, of firms that have several of a kind: one may be the next version of another."""
    moment = AsOf(found.day, pin[1])
    whole = snapshot(session, pin[0], moment, actor, firms=sorted(firms), sections=("permit",))
    kinds = {firm.id: Counter(permit.facts.get("kind") for permit in firm.permits) for firm in whole.enterprises}
    for line in expiring(session, pin[0], Wanted(ENDS_SOON), moment, actor, whole=whole).lines:
        if kinds[line.firm.id][line.permit.facts.get("kind")] > 1:
            found.townships[firms[line.firm.id]].ending[line.state] += 1


def add_apart(
    session: Session, found: Aggregates, clauses: Clauses, pin: Pin, actor: Actor, firms: Collection[str]
) -> None:
    """Add the machines of the firms that a succession names, each where it belongs as of the day."""
    moment = AsOf(found.day, pin[1])
    whole, rows = judged_apart(session, pin[0], moment, firms, clauses, actor)
    codes = places(session, pin[0], [firm.id for firm in whole.enterprises], moment)
    towns = {firm.id: _place(pin[0], firm, codes.get(firm.id)) for firm in whole.enterprises}
    for firm in whole.enterprises:
        _add_machines(found, towns[firm.id], [one for one in firm.equipment if not one.owners])
        for machine in firm.equipment:
            if machine.owners:
                _add_ownerless(found, _shared(pin[0], machine, towns), machine)
    for firm in _perhaps(whole):
        found.townships[towns[firm.id]].owner_unknown.add(1, 0)
    _add_rows(found, pin[0], rows, towns)


def _place(county: str, firm: Enterprise, code: str | None) -> Place:
    """Where a firm stands, as the ledger prints it."""
    stated = firm.facts.get("township")
    return Place(county, DISPUTED if "township" in firm.disputed else str(stated or NOT_STATED), code)


def _shared(county: str, machine: Equipment, towns: Mapping[str, Place]) -> Place:
    """The township of all the firms that a machine may belong to; a line of its own where they differ."""
    unknown = Place(county, OWNER_UNKNOWN, None)
    among = {towns.get(firm, unknown) for firm in machine.owners}
    return among.pop() if len(among) == 1 else unknown


def _perhaps(whole: Snapshot) -> list[Enterprise]:
    """The firms that may have machines, and have none that is surely theirs."""
    machines = [machine for firm in whole.enterprises for machine in firm.equipment]
    possible = {firm for machine in machines for firm in machine.owners}
    owning = {firm.id for firm in whole.enterprises for machine in firm.equipment if not machine.owners}
    return [firm for firm in whole.enterprises if firm.id in possible - owning]


def _add_machines(found: Aggregates, place: Place, machines: Collection[Equipment]) -> None:
    """Add a firm's own machines: it counts once under each head that one of them is under."""
    if not machines:
        return
    own = found.townships[place]
    by_kind: defaultdict[str, list[Equipment]] = defaultdict(list)
    for one in machines:
        by_kind[_kind(one)].append(one)
    _count(own.held, machines, 1)
    for kind, some in by_kind.items():
        _count(own.kinds[kind], some, 1)


def _add_ownerless(found: Aggregates, place: Place, machine: Equipment) -> None:
    """Add a machine of which it cannot be told whose it is: its bodies, and no firm."""
    own = found.townships[place]
    own.owner_unknown.add(0, machine.bodies)
    _count(own.held, [machine], 0)
    _count(own.kinds[_kind(machine)], [machine], 0)


def _kind(machine: Equipment) -> str:
    return DISPUTED if "kind" in machine.disputed else str(machine.facts.get("kind") or NOT_STATED)


def _count(heads: Bodies, machines: Collection[Equipment], firms: int) -> None:
    heads.all.add(firms, sum(one.bodies for one in machines))
    heads.unsaid += sum("quantity" not in one.facts for one in machines)
    for present, head in ((True, heads.there), (False, heads.gone), (None, heads.cannot_tell)):
        some = [one.bodies for one in machines if one.present is present]
        head.add(firms if some else 0, sum(some))


def _add_rows(found: Aggregates, county: str, rows: Collection[Row], towns: Mapping[str, Place]) -> None:
    """Add the verdicts: a firm by what is surely its own, a machine without a certain owner once."""
    ownerless: dict[str, tuple[Equipment, bool]] = {}
    for row in rows:
        own = found.townships[towns[row.enterprise.id]].obsolete
        answers = [(line.machine.bodies, line.decides.holds) for line in row.lines if not line.machine.owners]
        _judge(own, answers)
        own.owner_unknown.add(not answers, 0)
        ownerless |= {one.machine.id: (one.machine, one.decides.holds) for one in row.lines if one.machine.owners}
    for machine, holds in ownerless.values():
        own = found.townships[_shared(county, machine, towns)].obsolete
        (own.holds if holds else own.cannot_tell).add(0, machine.bodies)
        own.owner_unknown.add(0, machine.bodies)


def _judge(own: Obsolete, answers: Collection[tuple[int, bool]]) -> None:
    """One firm's furnaces, each with whether a clause holds of it or cannot be told."""
    if answers:
        holds = any(sure for _, sure in answers)
        own.holds.add(holds, sum(bodies for bodies, sure in answers if sure))
        own.cannot_tell.add(not holds, sum(bodies for bodies, sure in answers if not sure))
