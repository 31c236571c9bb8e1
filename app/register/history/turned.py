"""Verdicts at two moments: which machines are judged otherwise, because of their facts, of the clauses, or of both."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.register.history.members import Flow
from app.register.scope import Actor
from app.register.successions.judging import judged_apart, places, touched
from app.register.verdicts.doubtful import answered
from app.register.verdicts.holding import CANNOT_TELL, HOLDS
from app.register.verdicts.verdict_asking import Clauses, ask, clauses_of
from app.register.verdicts.verdict_queries import held


class Verdict(NamedTuple):
    """What is said of a machine that must go or may have to, by the clause that decides.

    `firm`: whose it is on the day; of one of which that cannot be told (`owner_known` False), the first that it may be.
    """

    firm: str
    bodies: int
    holds: bool
    clause: str
    owner_known: bool = True

    @property
    def word(self) -> str:
        """`holds` or `cannot_tell`."""
        return HOLDS if self.holds else CANNOT_TELL

    def said(self) -> tuple[bool, str]:
        """What makes it the same as another."""
        return self.holds, self.clause


Verdicts = Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Sides:
    """The verdicts of both moments, and those of the first one's facts under the other one's clauses."""

    clauses: tuple[Clauses, Clauses]
    before: Verdicts
    between: Verdicts
    after: Verdicts

    def turned(self) -> list[tuple[str, bool, bool]]:
        """The machines judged otherwise: whether the clauses made it so, whether the facts did."""
        found = []
        for machine in sorted({*self.before, *self.after}):
            was, then, now = (_said(side, machine) for side in (self.before, self.between, self.after))
            if was != now:
                found.append((machine, was != then, then != now))
        return found

    def of_clauses(self) -> dict[str, list[str]]:
        """Which clauses decide at the one moment and not at the other, and which have another text there."""
        one, other = ({clause.id: clause for clause in side} for side in self.clauses)
        return {
            "began": sorted(other.keys() - one.keys()),
            "ended": sorted(one.keys() - other.keys()),
            "revised": sorted(id for id in one.keys() & other.keys() if one[id] != other[id]),
        }

    def flows(self) -> dict[str, dict[str, dict[str, int]]]:
        """Firms and furnace bodies under each answer, going over; a firm counts under its strongest.

        A machine of which it cannot be told whose it is makes no firm count.
        """
        return {
            word: {
                "enterprises": Flow.of(_firms(self.before, word), _firms(self.after, word)).as_dict(),
                "furnaces": Flow.of(_bodies(self.before, word), _bodies(self.after, word)).as_dict(),
            }
            for word in (HOLDS, CANNOT_TELL)
        }


def sides(session: Session, county: str, one: AsOf, other: AsOf, township: str | None, actor: Actor) -> Sides:
    """Both moments, each by the clauses that the county decided by on that day as known then."""
    clauses = _clauses(session, county, one, actor), _clauses(session, county, other, actor)
    before = verdicts(session, county, one, clauses[0], township, actor)
    same = clauses[0] == clauses[1]
    between = before if same else verdicts(session, county, one, clauses[1], township, actor)
    return Sides(clauses, before, between, verdicts(session, county, other, clauses[1], township, actor))


def _clauses(session: Session, county: str, moment: AsOf, actor: Actor) -> Clauses:
    return next(iter(clauses_of(session, [(county, moment.known)], (), moment.day, actor)))


def verdicts(
    session: Session, county: str, moment: AsOf, clauses: Clauses, township: str | None, actor: Actor
) -> dict[str, Verdict]:
    """The machines that must go or may have to under clauses, whether or not these are in force then."""
    if not clauses:
        return {}
    pins = [(county, moment.known)]
    found: dict[str, Verdict] = {}
    doubtful = set()
    apart = touched(session, pins).get(county, frozenset())
    for row in ask(session, held, clauses, pins, moment.day, actor, township=township):
        if row.firm in apart:
            continue
        found[row.machine] = Verdict(row.firm, row.bodies, bool(row.holds), clauses[(row.holds or row.may) - 1].id)
        if row.disputed:
            doubtful.add(row.firm)
    for one in answered(session, clauses, pins, moment.day, actor, doubtful) if doubtful else ():
        place = one.deciding
        if one.machine in found and place is None:
            del found[one.machine]
        elif one.machine in found and place is not None:
            found[one.machine] = Verdict(one.firm, one.bodies, one.answers[place] is True, clauses[place].id)
    return found | (dict(_apart(session, county, moment, apart, clauses, township, actor)) if apart else {})


def _apart(
    session: Session,
    county: str,
    moment: AsOf,
    firms: Collection[str],
    clauses: Clauses,
    township: str | None,
    actor: Actor,
) -> Iterator[tuple[str, Verdict]]:
    """The machines of the firms that a succession names, each once."""
    whole, rows = judged_apart(session, county, moment, firms, clauses, actor)
    owner = {machine.id: firm.id for firm in whole.enterprises for machine in firm.equipment}
    codes = places(session, county, [firm.id for firm in whole.enterprises], moment) if township else {}
    for line in (line for row in rows for line in row.lines):
        machine, decides = line.machine, line.decides
        firm = owner[machine.id]
        if township is None or codes.get(firm) == township:
            yield machine.id, Verdict(firm, machine.bodies, decides.holds, decides.clause.id, not machine.owners)


def verdict_dict(side: Verdicts, machine: str) -> dict[str, Any]:
    """A machine's verdict for commands and the API."""
    one = side.get(machine)
    return {"answer": one.word if one else "does_not_hold", "clause": one.clause if one else None}


def _said(side: Verdicts, machine: str) -> tuple[bool, str] | None:
    return side[machine].said() if machine in side else None


def _bodies(side: Verdicts, word: str) -> dict[str, int]:
    return {machine: one.bodies for machine, one in side.items() if one.word == word}


def _firms(side: Verdicts, word: str) -> dict[str, int]:
    owned = [one for one in side.values() if one.owner_known]
    holding = {one.firm for one in owned if one.holds}
    firms = holding if word == HOLDS else {one.firm for one in owned} - holding
    return dict.fromkeys(firms, 1)
