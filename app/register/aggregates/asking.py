"""Aggregates of counties for any day and any knowledge, and over quarters: one statement a county."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.register.aggregates.beside import add_apart, add_doubtful, add_ending
from app.register.aggregates.counts import DISPUTED, NOT_STATED, Acts, Aggregates, Figures, Permits, Place
from app.register.aggregates.lines_sql import WORDS
from app.register.aggregates.standing_sql import IN_DISPUTE, SORTED_BY
from app.register.aggregates.statement import told
from app.register.asking import known_asked
from app.register.scope import Actor
from app.register.successions.judging import touched
from app.register.verdicts.verdict_asking import Clauses, clauses_of
from app.register.verdicts.verdict_queries import Pin

Words = Sequence[str | None]
Numbers = Sequence[int]


def aggregates(session: Session, counties: Iterable[str | Pin], as_of: date, actor: Actor) -> Aggregates:
    """Every family of counts of the counties, by township, at the end of a day; nothing that is stored is read.

    A county is a code, as it is known now, or a pin: the code with the change up to which it is known.
    """
    pins = tuple((one, known_asked(session, one, None)) if isinstance(one, str) else one for one in counties)
    found = Aggregates(as_of, pins)
    apart = touched(session, pins) if pins else {}
    for clauses, some in clauses_of(session, pins, (), as_of, actor).items():
        if not clauses:
            found.unasked += [county for county, _ in some]
        for pin in some:
            _add(session, found, clauses, pin, actor, apart.get(pin[0], frozenset()))
    found.unasked.sort()
    return found


def over_quarters(
    session: Session, pins: Sequence[Pin], quarters: Sequence[Quarter], actor: Actor
) -> dict[Quarter, Aggregates]:
    """The counties at the end of each quarter, each county as known at one change."""
    return {quarter: aggregates(session, pins, quarter.last, actor) for quarter in quarters}


def _add(session: Session, found: Aggregates, clauses: Clauses, pin: Pin, actor: Actor, apart: frozenset[str]) -> None:
    """Add one county: what the database counts, and what only Python can tell."""
    doubtful: dict[str, Place] = {}
    several: dict[str, Place] = {}
    apart_by_part = {"firms": (0, doubtful), "ending": (1, several)}
    heads: dict[tuple[str | None, str | None], tuple[Place, Figures]] = {}
    for part, township, code, *line in told(session, clauses, pin, found.day, actor, apart=bool(apart)):
        head = heads.get((township, code))
        if head is None:
            place = Place(pin[0], _said(township), code)
            head = heads[(township, code)] = (place, found.townships[place])
        if part in apart_by_part:
            word, firms = apart_by_part[part]
            if line[word] is not None:
                firms[line[word]] = head[0]
        _PARTS[part](head[1], line[:WORDS], line[WORDS:])
    if doubtful:
        add_doubtful(session, found, clauses, pin, actor, doubtful)
    if several:
        add_ending(session, found, pin, actor, several)
    if apart:
        add_apart(session, found, clauses, pin, actor, apart)


def _said(word: str | None) -> str:
    if word is None:
        return NOT_STATED
    return DISPUTED if word == IN_DISPUTE else word


def _enterprises(own: Figures, words: Words, numbers: Numbers) -> None:
    count = int(numbers[0])
    own.enterprises += count
    for name, word in zip(SORTED_BY, words, strict=True):
        own.sorted_by[name][_said(word)] += count


def _kinds(own: Figures, words: Words, numbers: Numbers) -> None:
    firms, bodies = tuple(map(int, numbers[:4])), tuple(map(int, numbers[4:]))
    kind, held = own.kinds[_said(words[0])], own.held
    for one, count in ((kind, firms), (held, (0, 0, 0, 0))):
        one.all.add(count[0], sum(bodies[:3]))
        one.there.add(count[1], bodies[0])
        one.gone.add(count[2], bodies[1])
        one.cannot_tell.add(count[3], bodies[2])
        one.unsaid += bodies[3]


def _firms(own: Figures, words: Words, numbers: Numbers) -> None:
    firms, there, gone, unclear, holding, perhaps, holds, cannot_tell = map(int, numbers)
    held = own.held
    for head, count in ((held.all, firms), (held.there, there), (held.gone, gone), (held.cannot_tell, unclear)):
        head.add(count, 0)
    if words[0] is None:
        own.obsolete.holds.add(holding, holds)
        own.obsolete.cannot_tell.add(perhaps, cannot_tell)


def _plans(own: Figures, words: Words, numbers: Numbers) -> None:
    own.plans[_said(words[0])] += int(numbers[0])


def _plan_firms(own: Figures, words: Words, numbers: Numbers) -> None:
    own.plan_firms[_said(words[0])] += int(numbers[0])


def _permits(own: Figures, words: Words, numbers: Numbers) -> None:
    kind, standing, term = words
    own.permits[Permits(_said(kind), _said(standing), _said(term))] += int(numbers[0])


def _ending(own: Figures, words: Words, numbers: Numbers) -> None:
    if words[1] is None:
        own.ending[_said(words[0])] += int(numbers[0])


def _acts(own: Figures, words: Words, numbers: Numbers) -> None:
    acts, firms, come, to_come = map(int, numbers[:4])
    own.acts[_said(words[0])].add(Acts(acts, firms, come, to_come))


def _in_force(own: Figures, words: Words, numbers: Numbers) -> None:
    own.in_force[_said(words[0])].update({"yes": int(numbers[0]), "cannot_tell": int(numbers[1])})


_PARTS: dict[str, Callable[[Figures, Words, Numbers], None]] = {
    "enterprises": _enterprises,
    "kinds": _kinds,
    "firms": _firms,
    "plans": _plans,
    "plan_firms": _plan_firms,
    "permits": _permits,
    "ending": _ending,
    "acts": _acts,
    "in_force": _in_force,
}
