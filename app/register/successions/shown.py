"""What is shown of successions: the acts that stand, and a firm with who came before and after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import DateInterval
from app.domain.register import AsOf, Enterprise, Equipment
from app.register.facts.identity import same_as
from app.register.facts.owners import owners_on
from app.register.facts.views import snapshot
from app.register.queries import held
from app.register.scope import REGISTER, Actor
from app.register.successions import queries
from app.register.successions.whose import BEFORE, DONE, MERGED, SPLIT, TRANSFERRED, Passing
from app.register.verdicts.holding import OWNER_UNKNOWN
from app.rules.questions import subject as in_words

KINDS = {MERGED: "整合", SPLIT: "分立", TRANSFERRED: "转让"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stood:
    """One row of an act as it stands; firms and machine are those that stand for them."""

    passing: Passing
    on: DateInterval | None
    text: str
    document: str | None
    evidence: str | None
    reason: str
    by: str
    at: datetime

    def as_dict(self, called: Mapping[str, str]) -> Row:
        """For commands and the API."""
        one = self.passing
        return {
            "succession": one.act,
            "kind": one.kind,
            "label": KINDS[one.kind],
            "from": {"id": one.out_of, "name": called.get(one.out_of, "")},
            "into": {"id": one.into, "name": called.get(one.into, "")},
            "equipment": one.machine,
            "on": self.on.as_dict() if self.on else None,
            "day": self.text,
            "document": self.document,
            "evidence": self.evidence,
            "reason": self.reason,
            "change": one.change,
            "by": self.by,
            "at": self.at.astimezone(clock.CHINA).isoformat(),
        }


def acts(session: Session, county: str, known: int, actor: Actor) -> list[Stood]:
    """The successions that stand, in the order of their recording."""
    same = same_as(session, county, known)
    found = []
    for row, by, at in session.execute(queries.successions(county, known, actor)):
        precision, text = row.moved_on_precision, row.moved_on_text
        on = DateInterval(row.moved_on_from, row.moved_on_to, precision, text) if precision else None
        machine = same.of(row.equipment_id) if row.equipment_id else None
        both = same.of(row.enterprise_id), same.of(row.into_id)
        passing = Passing(row.act_id, row.kind, *both, machine, row.moved_on_from, row.moved_on_to, row.recorded_by)
        found.append(Stood(passing, on, text, row.document, row.evidence, row.reason, by, at))
    return found


def listed(session: Session, county: str, as_of: AsOf, actor: Actor) -> list[Row]:
    """The acts as rows; the first one of a split has the machines of which nobody said yet whose they are."""
    stood = acts(session, county, as_of.known, actor)
    called = names(session, county, {firm for one in stood for firm in (one.passing.out_of, one.passing.into)}, as_of)
    asked = _asked(session, county, as_of, [one.passing for one in stood], actor)
    return [one.as_dict(called) | {"asks": asked.pop(one.passing.act, [])} for one in stood]


def left_open(session: Session, county: str, as_of: AsOf, actor: Actor) -> list[Row]:
    """The machines of split firms of which nobody said yet whose they are, each with the firms that it may be of."""
    rows = listed(session, county, as_of, actor)
    parts: defaultdict[str, list[Row]] = defaultdict(list)
    for one in rows:
        if one["equipment"] is None:
            parts[one["succession"]].append(one["into"])
    return [
        {"succession": one["succession"], "enterprise": one["from"], "into": parts[one["succession"]], **machine}
        for one in rows
        for machine in one["asks"]
    ]


def _asked(session: Session, county: str, as_of: AsOf, some: Iterable[Passing], actor: Actor) -> dict[str, list[Row]]:
    """By split: the machines that may be the one firm's or the other's."""
    passings = list(some)
    found: dict[str, list[Row]] = {}
    for one in passings:
        if one.kind == SPLIT and one.machine is None and one.act not in found and one.by(as_of.day) != BEFORE:
            told = {other.machine for other in passings if other.act == one.act}
            whole = snapshot(session, county, as_of, actor, firms=[one.out_of])
            machines = [
                machine
                for firm in whole.enterprises
                for machine in firm.equipment
                if machine.id not in told and machine.present is not False and one.into in machine.owners
            ]
            found[one.act] = [{"equipment": machine.id, "called": in_words(machine.facts)} for machine in machines]
    return found


def of_firm(session: Session, county: str, firm: str, as_of: AsOf, actor: Actor) -> Row:
    """A firm as of a day: who came before and after it, and whose its machines are."""
    same = same_as(session, county, as_of.known)
    owners = owners_on(session, county, as_of, same)
    stood = acts(session, county, as_of.known, actor)
    firms = snapshot(session, county, as_of, actor, firms=[firm, *owners.onward(firm)]).enterprises
    own = next((one for one in firms if one.id == firm), None)
    called = names(session, county, owners.firms | {firm}, as_of)
    rows = session.execute(held("equipment", county, same.voices([firm]), as_of.known, actor))
    enrolled = {row.id for row in rows}
    gone = [machine for one in firms if one.id != firm for machine in one.equipment if machine.id in enrolled]
    kept = [] if own is None else sorted((*own.equipment, *own.perhaps), key=lambda one: bool(one.owners))
    seen = {machine.id for machine in kept}
    return {
        "county": county,
        "as_of": as_of.day.isoformat(),
        "known": as_of.known,
        "enterprise": {"id": firm, "name": called.get(firm, ""), "status": own.facts.get("status") if own else None},
        "successors": [_link(one, called, as_of) for one in stood if one.passing.out_of == firm],
        "predecessors": [_link(one, called, as_of) for one in stood if one.passing.into == firm != one.passing.out_of],
        "machines": [_machine(one, firm, stood, called) for one in kept]
        + [_passed(one, firms, called) for one in gone if one.id not in seen],
    }


def names(session: Session, county: str, firms: Iterable[str], as_of: AsOf) -> dict[str, str]:
    """What firms are called."""
    rows = session.execute(queries.named(county, sorted(firms), as_of, REGISTER))
    return {firm: name or short or "" for firm, name, short in rows}


def words(one: Stood, called: Mapping[str, str], as_of: AsOf) -> str:
    """An act in a sentence, as of a day."""
    passing, verb = one.passing, {MERGED: "整合入", SPLIT: "分立出", TRANSFERRED: "转让给"}[one.passing.kind]
    state = passing.by(as_of.day)
    told = "日期不明" if one.on is None else one.text
    when = {DONE: f"{told}起", BEFORE: f"{told}才"}.get(state, f"（{told}，截至这一天说不清）")
    what = "一台设备" if passing.machine else ""
    return f"{called.get(passing.out_of, '')}{what}{when}{verb}{called.get(passing.into, '')}"


def whose(machine: Equipment, called: Mapping[str, str], why: Iterable[str]) -> str:
    """The sentence for a machine of which it cannot be told whose it is."""
    told = "，也可能是".join(called.get(firm, firm) for firm in machine.owners)
    because = "、".join(dict.fromkeys(why))
    return f"{OWNER_UNKNOWN}：可能是{told}的" + (f"（{because}）" if because else "")


def _link(one: Stood, called: Mapping[str, str], as_of: AsOf) -> Row:
    state = one.passing.by(as_of.day)
    return one.as_dict(called) | {"answer": state, "words": words(one, called, as_of)}


def _machine(machine: Equipment, firm: str, stood: Iterable[Stood], called: Mapping[str, str]) -> Row:
    why = (
        f"{KINDS[one.passing.kind]}日期不明" if one.on is None else f"{KINDS[one.passing.kind]}日期：{one.text}"
        for one in stood
        if {one.passing.out_of, one.passing.into} <= set(machine.owners) and one.passing.machine in (None, machine.id)
    )
    owners = machine.owners or (firm,)
    return _facts(machine) | {
        "owners": [{"id": one, "name": called.get(one, "")} for one in owners],
        "settled": not machine.owners,
        "words": whose(machine, called, why) if machine.owners else None,
    }


def _passed(machine: Equipment, firms: Iterable[Enterprise], called: Mapping[str, str]) -> Row:
    owner = next(one.id for one in firms if machine in one.equipment)
    told = {"id": owner, "name": called.get(owner, "")}
    return _facts(machine) | {"owners": [told], "settled": True, "words": f"已归{told['name']}"}


def _facts(machine: Equipment) -> Row:
    facts = {name: machine.facts.get(name) for name in ("code", "kind", "shell", "state", "quantity")}
    return {"equipment": machine.id, "called": in_words(machine.facts), **facts, "present": machine.present}
