"""Whose verdict a file of clauses would change, reckoned by the verdicts' own code; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf, Enterprise
from app.register.clauses.adoption import adopted, in_question, obstacle
from app.register.clauses.county_clauses import catalogue_of, read_own
from app.register.facts.grounds import grounds
from app.register.facts.views import snapshot
from app.register.scope import Actor
from app.register.verdicts.holding import Line, Row
from app.register.verdicts.judging import candidates, holders
from app.rules.catalogue_loader import Catalogue
from app.rules.clause import CATEGORIES, Clause
from app.rules.questions import subject

NO = "does_not_hold"


@dataclass(frozen=True, slots=True)
class Side:
    """A machine's verdict before or after: the answer, and the clause that decides it (none where none speaks)."""

    answer: str
    clause: str | None = None
    overdue: bool = False
    question: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `before` and `after`."""
        return {"answer": self.answer, "clause": self.clause, "overdue": self.overdue, "question": self.question}


@dataclass(frozen=True, slots=True)
class Turned:
    """A machine whose verdict would be another, or the same by another clause."""

    enterprise: Enterprise
    line: Line
    before: Side
    after: Side

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `changes`."""
        facts = self.enterprise.facts
        named = {"name": self.enterprise.name, "uscc": facts.get("uscc"), "township": facts.get("township")}
        known = self.line.machine.facts
        machine = {"id": self.line.machine.id, "called": subject(known), "code": known.get("code"), **self.line.stated}
        return {
            "enterprise": named,
            "equipment": machine,
            "before": self.before.as_dict(),
            "after": self.after.as_dict(),
            "sources": [place.as_dict() for place in self.line.sources],
        }


@dataclass(frozen=True, slots=True)
class Trial:
    """What would change in a county on a day. `silent`: clauses of the file that would answer nothing, and why."""

    county: str
    day: date
    change: int
    clauses: tuple[str, ...]
    replaced: tuple[str, ...]
    turned: tuple[Turned, ...]
    silent: tuple[tuple[str, str], ...]

    @property
    def status(self) -> int:
        """1 where a verdict would change, or a clause would answer nothing; else 0."""
        return 1 if self.turned or self.silent else 0

    def as_dict(self) -> dict[str, Any]:
        """For `clauses try --json` and the API."""
        answers = [one for one in self.turned if one.before.answer != one.after.answer]
        return {
            "county": self.county,
            "as_of": self.day.isoformat(),
            "known": self.change,
            "clauses": list(self.clauses),
            "replaced": list(self.replaced),
            "totals": {
                "enterprises": len({one.enterprise.id for one in answers}),
                "furnaces": sum(one.line.machine.bodies for one in answers),
            },
            "changes": [one.as_dict() for one in self.turned],
            "silent": [{"clause": clause, "why": why} for clause, why in self.silent],
        }


def trial(session: Session, county: str, name: str, text: str, *, day: date, known: int, actor: Actor) -> Trial:
    """Compare the verdicts of a day as they are with those after the file was added and its clauses were adopted.

    Raises:
        CatalogueFault, BadInput: when the file could not be added.
    """
    new = read_own(name, text, county).clauses
    now, own = catalogue_of(session, county, known, actor), adopted(session, county, known, actor)
    fit = {one.id: one for one in new.values() if obstacle(one, county) is None}
    later = Catalogue({**now.clauses, **fit}, now.editions, now.sources)
    before, after = in_question(now, (), day, county, own), in_question(later, (), day, county, own | set(fit))
    judged = _judged(session, county, AsOf(day, known), (before, after), actor)
    return Trial(
        county,
        day,
        known,
        tuple(new),
        tuple(one for one in new if one in now.clauses),
        tuple(_turned(*judged)),
        tuple((one.id, why) for one in new.values() if (why := _silence(one, county, day))),
    )


def _judged(
    session: Session, county: str, as_of: AsOf, clauses: Sequence[tuple[Clause, ...]], actor: Actor
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The answers of both sets of clauses, over the same machines and the same statements."""
    before, after = clauses
    both = tuple({id(one): one for one in (*before, *after)}.values())
    register = candidates(snapshot(session, county, as_of, actor), both)
    said = grounds(session, register, actor)
    return (holders(register, said, before) if before else ()), (holders(register, said, after) if after else ())


def _turned(before: Sequence[Row], after: Sequence[Row]) -> list[Turned]:
    """The machines of which both say something else, in the order in which the firms are listed."""
    old, new = _by_machine(before), _by_machine(after)
    found = []
    for machine in dict.fromkeys((*new, *old)):
        sides = _side(old, machine), _side(new, machine)
        if replace(sides[0], question=None) != replace(sides[1], question=None):
            row, line = new.get(machine) or old[machine]
            found.append(Turned(row.enterprise, line, *sides))
    order = {row.enterprise.id: place for place, row in enumerate((*after, *before))}
    return sorted(found, key=lambda one: order[one.enterprise.id])


def _by_machine(rows: Sequence[Row]) -> dict[str, tuple[Row, Line]]:
    return {line.machine.id: (row, line) for row in rows for line in row.lines}


def _side(lines: Mapping[str, tuple[Row, Line]], machine: str) -> Side:
    if machine not in lines:
        return Side(NO)
    line = lines[machine][1]
    return Side(line.decides.word, line.decides.clause.id, line.overdue, line.decides.question)


def _silence(clause: Clause, county: str, day: date) -> str | None:
    """Why a clause of the file would change nothing of the question; None where it takes part in it."""
    refused = obstacle(clause, county)
    if refused:
        return refused
    if not clause.removes:
        word = CATEGORIES.get(clause.category or "", "")
        return f"它是{word}，不在“仍有淘汰类设备”之列；采用后可用 luzhang obsolete --clause {clause.id} 单独问"
    if not clause.in_force(day, county):
        return f"{day.isoformat()} 不在它的有效期内"
    return None
