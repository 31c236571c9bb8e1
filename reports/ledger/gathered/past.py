"""The county at the ends of the quarters before: its firms, and who held obsolete equipment, as known at one change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.domain.register import AsOf
from app.register.facts.views import snapshot
from app.register.scope import Actor
from app.register.verdicts.holding import CANNOT_TELL, HOLDS
from app.register.verdicts.verdict_asking import clauses_of
from app.register.verdicts.who_holds import Held, who_holds

#: So many quarters stand in 季度走势, the ledger's own the last.
QUARTERS = 5


@dataclass(frozen=True, slots=True)
class Under:
    """What stands under an answer: the firms whose strongest it is, the machines, and how many bodies these are."""

    firms: tuple[str, ...]
    machines: tuple[str, ...]
    bodies: int


@dataclass(frozen=True, slots=True)
class Past:
    """The county at the end of a quarter: its firms, and what stands under each answer; None where no clause asked."""

    quarter: Quarter
    firms: tuple[str, ...]
    held: Mapping[str, Under] | None


def past(session: Session, county: str, quarter: Quarter, known: int, actor: Actor) -> tuple[Past, ...]:
    """The ends of the quarters before, the oldest first, by the same knowledge."""
    found = []
    for _ in range(QUARTERS - 1):
        quarter = quarter.before
        found.append(_at_the_end_of(session, county, quarter, known, actor))
    return tuple(reversed(found))


def _at_the_end_of(session: Session, county: str, quarter: Quarter, known: int, actor: Actor) -> Past:
    """Read without what the firms hold: machines are judged by the database, and only who they are is kept."""
    moment, pins = AsOf(quarter.last, known), [(county, known)]
    firms = tuple(firm.id for firm in snapshot(session, county, moment, actor, sections=()).enterprises)
    if not any(clauses_of(session, pins, (), quarter.last, actor)):
        return Past(quarter, firms, None)
    return Past(quarter, firms, _answers(firms, who_holds(session, pins, as_of=quarter.last, actor=actor)))


def _answers(firms: Iterable[str], held: Iterable[Held]) -> dict[str, Under]:
    """A firm counts once, under its strongest answer, and by what is surely its own; a machine counts once."""
    strongest: dict[str, bool] = {}
    bodies: dict[bool, dict[str, int]] = {True: {}, False: {}}
    for one in held:
        bodies[one.holds][one.machine] = one.bodies
        if one.owner_known:
            strongest[one.firm] = strongest.get(one.firm, False) or one.holds
    return {
        answer: Under(
            tuple(id for id in firms if strongest.get(id) is holds), tuple(bodies[holds]), sum(bodies[holds].values())
        )
        for answer, holds in ((HOLDS, True), (CANNOT_TELL, False))
    }
