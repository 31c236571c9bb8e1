"""Alarms: equipment of a kind once removed is back at its firm; one machine is stated by two firms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.register import AsOf, Enterprise, Equipment
from app.register.facts.identity import Same, same_as
from app.register.facts.owners import owners_on
from app.register.facts.views import snapshot
from app.register.history import queries
from app.register.history.members import certain_owner
from app.register.history.moments import day_or_none, moment_dict
from app.register.history.removals import Removal, family, removals, there_since
from app.register.history.things import rows_of
from app.register.history.tracks import Kept
from app.register.history.turned import verdicts
from app.register.places import township_in
from app.register.queries import in_parts
from app.register.scope import Actor
from app.register.successions.whose import Owners
from app.register.verdicts.judged import judged
from app.register.verdicts.verdict_asking import clauses_of, pinned
from app.register.verdicts.verdict_queries import Pin
from app.rules.clause import Law
from app.rules.questions import subject as in_words
from app.store import changes
from app.store.bare import bare_text, teach

RELAPSE, SAME_NUMBER, HANDED_ON = "relapse", "same_number", "handed_on"
KINDS = {RELAPSE: "反弹", SAME_NUMBER: "同一台设备两家填报", HANDED_ON: "淘汰设备转给他人"}


@dataclass(frozen=True, slots=True)
class Side:
    """A machine at a firm of a county, as of the moment."""

    county: str
    firm: Enterprise
    machine: Equipment
    since: date | None

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        facts = self.machine.facts
        named = {"id": self.firm.id, "name": self.firm.name, "township": self.firm.facts.get("township")}
        return {
            "county": self.county,
            "enterprise": named,
            "equipment": self.machine.id,
            "called": in_words(facts),
            "maker": facts.get("maker"),
            "serial_no": facts.get("serial_no"),
            "present": self.machine.present,
            "there_since": day_or_none(self.since),
        }


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something to look into. `before`: what was removed, or stated first; `certain` False: `why` it cannot be told.

    `law`: what forbade handing the machine on.
    """

    kind: str
    before: Side
    after: Side
    removal: Removal | None
    clauses: tuple[str, ...]
    certain: bool
    why: str
    law: Law | None = None

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        last, gone = (self.removal.last, self.removal.gone) if self.removal else (None, None)
        return {
            "kind": self.kind,
            "label": KINDS[self.kind],
            "answer": "certain" if self.certain else "cannot_tell",
            "why": self.why,
            "clauses": list(self.clauses),
            "before": self.before.as_dict(),
            "last_there": day_or_none(last),
            "gone_since": day_or_none(gone),
            "after": self.after.as_dict(),
            "law": self.law.as_dict() if self.law else None,
        }


@dataclass(frozen=True, slots=True)
class Alarms:
    """All alarms of a county as of a day, as known at a change."""

    county: str
    moment: AsOf
    found: tuple[Alarm, ...]

    def as_dict(self) -> dict[str, Any]:
        """The object that `luzhang alarms --json` prints."""
        totals = {kind: sum(one.kind == kind for one in self.found) for kind in KINDS}
        return {
            "county": self.county,
            **moment_dict(self.moment),
            "totals": totals,
            "alarms": [one.as_dict() for one in self.found],
        }


def alarms(session: Session, county: str, moment: AsOf, *, township: str | None = None, actor: Actor) -> Alarms:
    """The alarms of a county, or of the firms of one township of it; of other counties only what the actor may see.

    Raises:
        UnknownTownship: when the county has none such.
    """
    name = township_in(session, county, township, moment.day)[1] if township is not None else None
    found = [*_relapses(session, county, moment, actor), *_numbers(session, county, moment, actor)]
    if name is not None:
        sides = [(one, {side.firm.facts.get("township") for side in (one.before, one.after)}) for one in found]
        found = [one for one, places in sides if name in places]
    return Alarms(county, moment, tuple(sorted(found, key=_order)))


def _order(one: Alarm) -> tuple[Any, ...]:
    return (
        list(KINDS).index(one.kind),
        not one.certain,
        one.after.firm.name,
        one.after.machine.id,
        one.before.machine.id,
    )


def _relapses(session: Session, county: str, moment: AsOf, actor: Actor) -> Iterator[Alarm]:
    """A firm of which a listed machine is gone, and which later holds one that the same clause names."""
    clauses = next(iter(clauses_of(session, [(county, moment.known)], (), moment.day, actor)))
    same = same_as(session, county, moment.known)
    owners = owners_on(session, county, moment, same)
    rows = session.execute(queries.removed(county, moment, actor))
    gone = {row[0]: firm for row in rows if (firm := certain_owner(owners, same, row[0], row[1]))}
    held_now = verdicts(session, county, moment, clauses, None, actor)
    holding = {one.firm for one in held_now.values() if one.holds and one.owner_known}
    holding |= owners.firms if any(one.holds and not one.owner_known for one in held_now.values()) else set()
    firms = holding & set(gone.values())
    if not firms:
        return
    removed: defaultdict[str, list[Removal]] = defaultdict(list)
    of_firms = {id: firm for id, firm in gone.items() if firm in firms}
    for one in removals(session, county, moment, of_firms, actor).values():
        removed[one.firm].append(one)
    seen = _seen(session, county, moment, firms, actor)
    enrolled = _enrolled(session, county, same, seen, actor) if owners.passings else {}
    for row in judged(session, county, moment, firms, clauses, actor):
        for line in row.lines:
            held = {family(answer.clause): answer.clause.id for answer in line.answers if answer.holds}
            for one in removed[row.enterprise.id]:
                common = tuple(sorted(held[name] for name in one.families() & held.keys()))
                if common and one.machine in seen:
                    now = seen[line.machine.id]
                    if line.machine.owners:
                        now = replace(now, firm=row.enterprise)
                    told = _told_of_owners(owners, one, now, enrolled)
                    if told is not None:
                        yield Alarm(RELAPSE, seen[one.machine], now, one, common, *told)


def _enrolled(session: Session, county: str, same: Same, machines: Iterable[str], actor: Actor) -> dict[str, str]:
    """The firms for which machines were enrolled."""
    found: dict[str, str] = {}
    for some in in_parts(sorted(machines)):
        rows = session.execute(queries.held_by("equipment", county, some, actor))
        found |= {row.id: same.of(row.enterprise_id) for row in rows}
    return found


def _told_of_owners(
    owners: Owners, removal: Removal, now: Side, enrolled: Mapping[str, str]
) -> tuple[bool, str] | None:
    """What `_order_of_days` tells, where the firm that removed the one is the firm to which the other one came.

    What stood at another firm and came over with it, or was handed over, is no relapse; None then.
    """
    told = _order_of_days(removal, now)
    if told is None or not owners.passings or now.since is None:
        return told
    before = Owners(removal.gone, owners.passings).of(removal.machine, enrolled[removal.machine])
    after = Owners(now.since, owners.passings).of(now.machine.id, enrolled[now.machine.id])
    if not set(before) & set(after):
        return None
    certain = len(before) == len(after) == 1 and not now.machine.owners
    return told if certain else (False, "归属不明，说不清拆除的和现有的是不是同一家的")


def _order_of_days(removal: Removal, now: Side) -> tuple[bool, str] | None:
    """Whether a machine came after the removal of another one, and how that is known; None where it did not."""
    if now.since is None or (now.machine.id != removal.machine and removal.last and now.since <= removal.last):
        return None
    since = now.machine.facts.get("commissioned_on")
    before = isinstance(since, DateInterval) and since.until is not None and since.until < removal.gone
    if before and now.machine.id != removal.machine:
        return False, "按投运时间，它在拆除以前就有，可能是当时漏报"
    if now.since < removal.gone:
        return False, "拆除的日子只知道一个范围，说不清是先拆除还是先有这一台"
    return True, f"{removal.gone.isoformat()} 起已拆除，{now.since.isoformat()} 起又有"


def _numbers(session: Session, county: str, moment: AsOf, actor: Actor) -> Iterator[Alarm]:
    """Machines of one maker and one 出厂编号, each stated and of one value, at two firms."""
    own = _numbered(session, county, moment, None, actor)
    places: defaultdict[tuple[str, str], list[tuple[Pin, str, str]]] = defaultdict(list)
    for other, known in _pins(session, county, moment, actor):
        there = AsOf(moment.day, known)
        serials = sorted({serial for _, serial in own})
        found = own if other == county else _numbered(session, other, there, serials, actor)
        for key, machines in found.items():
            if key in own:
                places[key] += [((other, known), firm, machine) for firm, machine in machines]
    twice = {key: some for key, some in places.items() if len({(pin, firm) for pin, firm, _ in some}) > 1}
    sides = _sides(session, moment.day, (one for some in twice.values() for one in some), actor)
    gone = _gone(session, moment.day, twice.values(), sides, actor)
    for _, some in sorted(twice.items()):
        for place, (pin, firm, machine) in enumerate(some):
            for of, theirs, another in some[place + 1 :]:
                here = county in (pin[0], of[0]) and (pin, firm) != (of, theirs)
                if here and machine in sides and another in sides:
                    yield _pair(sides[machine], sides[another], gone)


def _numbered(
    session: Session, county: str, moment: AsOf, serials: list[str] | None, actor: Actor
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """By maker and number as they are compared: the firms and their machines."""
    teach(session.connection())
    same = same_as(session, county, moment.known)
    owners = owners_on(session, county, moment, same)
    found: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for some in [None] if serials is None else in_parts(serials):
        for machine, record, maker, serial in session.execute(queries.numbered(county, moment, some, actor)):
            key = (bare_text(maker), bare_text(serial))
            firm = certain_owner(owners, same, machine, record)
            if all(key) and firm is not None:
                found[key].append((firm, machine))
    return found


def _pins(session: Session, county: str, moment: AsOf, actor: Actor) -> Iterator[Pin]:
    """The counties that the actor may see, each as known when the asked one was."""
    now = moment.known >= changes.head(session, county)
    for other, head in pinned(session, "", actor):
        if other == county:
            yield county, moment.known
        elif now:
            yield other, head
        elif moment.known:
            yield other, changes.number_at(session, other, changes.at_of(session, county, moment.known))


def _sides(session: Session, day: date, some: Iterable[tuple[Pin, str, str]], actor: Actor) -> dict[str, Side]:
    firms: defaultdict[Pin, set[str]] = defaultdict(set)
    for pin, firm, _ in some:
        firms[pin].add(firm)
    found: dict[str, Side] = {}
    for (county, known), of in firms.items():
        found |= _seen(session, county, AsOf(day, known), of, actor)
    return found


def _seen(session: Session, county: str, moment: AsOf, firms: set[str], actor: Actor) -> dict[str, Side]:
    """The machines of firms as of the moment, by id."""
    known = snapshot(session, county, moment, actor, firms=firms).enterprises
    rows: Mapping[str, list[Kept]] = rows_of(
        session, "equipment", county, [one.id for firm in known for one in firm.equipment], moment.known, actor
    )
    return {
        one.id: Side(county, firm, one, there_since(rows.get(one.id, ()), moment))
        for firm in known
        for one in firm.equipment
    }


def _gone(
    session: Session,
    day: date,
    groups: Iterable[list[tuple[Pin, str, str]]],
    sides: Mapping[str, Side],
    actor: Actor,
) -> dict[str, Removal]:
    """Those of the machines that are gone now, with the clauses that said that they must go."""
    wanted: defaultdict[Pin, dict[str, str]] = defaultdict(dict)
    for some in groups:
        for pin, firm, machine in some:
            if machine in sides and sides[machine].machine.present is False:
                wanted[pin][machine] = firm
    found: dict[str, Removal] = {}
    for (county, known), machines in wanted.items():
        found |= removals(session, county, AsOf(day, known), machines, actor)
    return found


def _against(removal: Removal, day: date) -> tuple[str, Law | None]:
    """What it is that a removed listed machine is at another firm, and the law that on the day forbade that.

    Before the laws of all the clauses that name one, it is two statements of one machine.
    """
    laws = [law for clause in removal.clauses if (law := clause.transfer_law) is not None]
    law = next((law for law in laws if law.since <= day), None)
    return (HANDED_ON if law or not laws else SAME_NUMBER), law


def _pair(one: Side, other: Side, gone: Mapping[str, Removal]) -> Alarm:
    """Two statements of one machine: handed on where the one is gone and was listed, and the other one has it."""
    for before, after in ((one, other), (other, one)):
        removal = gone.get(before.machine.id)
        if removal and removal.clauses and after.machine.present is not False:
            clauses = tuple(clause.id for clause in removal.clauses)
            told = _order_of_days(removal, after) or (False, "两家都填报过它在，说不清先后")
            kind, law = _against(removal, after.since or removal.gone)
            return Alarm(kind, before, after, removal, clauses, *told, law)
    serial = one.machine.facts.get("serial_no")
    return Alarm(SAME_NUMBER, one, other, None, (), True, f"制造厂和出厂编号（{serial}）都相同")
