"""What changed in a county since the last quarter's ledger, firm by firm and machine by machine, and why."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.domain.register import AsOf
from app.register import ledgers
from app.register.history.differences import differences
from app.register.history.turned import Verdicts, sides
from app.register.movements.flow import HAPPENED, LEARNED, Between
from app.register.movements.seen import Seen, in_order, seen
from app.register.movements.told import Step, Telling
from app.register.movements.values import Line, Movement, Movements, Opening, lines
from app.register.places import townships_of
from app.register.scope import Actor
from app.register.steps.gathered import gathered
from app.register.successions.shown import acts


def opening(session: Session, county: str, quarter: Quarter, known: int, actor: Actor) -> Opening:
    """Where a quarter's movements begin, as known at a change: the latest ledger of the quarter before, as issued."""
    former = quarter.before
    issued = [one for one in ledgers.issues(session, county, former, actor) if one.known <= known]
    if not issued:
        return Opening(former, AsOf(former.last, known), None)
    return Opening(former, AsOf(former.last, issued[-1].known), issued[-1].revision)


def movements(session: Session, county: str, quarter: Quarter, known: int, actor: Actor) -> Movements:
    """From the opening to the quarter's last day as known at a change.

    Two steps lie between (ADR 26): what was learned later of the opening's day, then what happened in the quarter.
    """
    begins, closing = opening(session, county, quarter, known, actor), AsOf(quarter.last, known)
    found = between(session, county, begins.moment, closing, actor)
    return Movements(county, quarter, begins, closing, *found)


def between(
    session: Session, county: str, one: AsOf, other: AsOf, actor: Actor
) -> tuple[tuple[Line, ...], tuple[Movement, ...]]:
    """The lines, and each movement and alteration, from a moment to a later one."""
    walked = _Path(session, county, one, other, actor)
    steps = list(walked.steps())
    ends = steps[0].before, steps[-1].after
    sides_ = {id(side): side for step in steps for side in (step.before, step.after)}.values()
    standing = {member.place for side in sides_ for of in side.members.values() for member in of.values()}
    places = in_order(standing, walked.townships)
    telling = Telling(session, county, steps, {place: number for number, place in enumerate(places)}, actor)
    flowed = (flow for step in steps for flow in step.flowed)
    return tuple(lines(*ends, flowed, places)), telling.rows()


class _Path:
    """From one moment to another: knowledge first, then days."""

    def __init__(self, session: Session, county: str, one: AsOf, other: AsOf, actor: Actor) -> None:
        self.session, self.county, self.actor = session, county, actor
        self.moments = (one, AsOf(one.day, other.known), other)
        known = sorted({one.known, other.known})
        self.townships = townships_of(session, county, learned=False)
        self.of = {number: gathered(session, county, number, actor) for number in known}
        self.stood = {number: acts(session, county, number, actor) for number in known}

    def steps(self) -> Iterator[Step]:
        """The two steps; the first is left out where nothing can have been learned."""
        first, then, last = self.moments
        before: Seen | None = None
        for name, one, other in ((LEARNED, first, then), (HAPPENED, then, last)):
            if name == LEARNED and one == other:
                continue
            judged = sides(self.session, self.county, one, other, None, self.actor)
            was = before or self._seen(one, judged.before)
            before = self._seen(other, judged.after)
            told = differences(self.session, self.county, one, other, judged=judged, actor=self.actor)
            flowed = tuple(Between(name, was, before).flowed())
            stood = self.stood[one.known], self.stood[other.known]
            clauses = {clause.id: clause for side in judged.clauses for clause in side}
            yield Step(name, was, before, told, clauses, flowed, stood, self._recorded(other.known))

    def _seen(self, moment: AsOf, verdicts: Verdicts) -> Seen:
        of = self.of[moment.known]
        return seen(self.session, self.county, moment, verdicts, of, self.townships, self.actor)

    def _recorded(self, known: int) -> dict[str, int]:
        """By action the change in which a person recorded it as a step."""
        return {id: one.row.recorded_by for id, one in self.of[known].recorded.items()}
