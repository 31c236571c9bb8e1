"""Movements as people read them: each with its reason, the changes that made it so, and its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.statement import Statement
from app.register.clauses.county_clauses import deciding_changes
from app.register.history.acts import Act, acts_of
from app.register.history.difference import Altered, Difference, Firm
from app.register.history.things import in_words, rows_of
from app.register.history.tracks import Kept
from app.register.movements.because import Reasons, Successions, Why
from app.register.movements.cells import Cells, asked_of, places_of
from app.register.movements.families import BODIES, BY_KEY, FIRMS, NOT_STATED, ORDER, STATES
from app.register.movements.flow import CAME, CHANGED, FEWER, HAPPENED, LEARNED, MORE, WENT, Flowed
from app.register.movements.seen import Seen
from app.register.movements.values import Movement
from app.register.scope import Actor
from app.register.successions.shown import Stood
from app.register.verdicts.holding import Place
from app.rules.clause import Clause
from app.store.models import OPEN

_STEPS = {LEARNED: 0, HAPPENED: 1}
#: What a family tells of already.
_TOLD = {("enterprise", "status"), ("enterprise", "township"), ("equipment", "present"), ("plan", "stage")}
#: What every quarter has its own number of: no change of the firm.
RUNNING = ("output_t_per_year", "output_value_wan", "tax_wan", "electricity_kwh")


@dataclass(frozen=True, slots=True)
class Step:
    """One of the two steps: both ends, what differs, the clauses of both, what flowed, the successions of both ends.

    `recorded`: by action the change in which a person recorded it.
    """

    name: str
    before: Seen
    after: Seen
    difference: Difference
    clauses: Mapping[str, Clause]
    flowed: tuple[Flowed, ...]
    stood: tuple[Sequence[Stood], Sequence[Stood]]
    recorded: Mapping[str, int]

    @property
    def sides(self) -> tuple[Seen, Seen]:
        """Both ends, the later one first."""
        return self.after, self.before

    def name_of(self, firm: str) -> str:
        """What a firm is called."""
        return self.after.names.get(firm) or self.before.names.get(firm) or firm

    def called(self, machine: str) -> str:
        """What a machine is called."""
        return self.after.called.get(machine) or self.before.called.get(machine) or ""


class Telling:
    """The movements and alterations of the steps of a county."""

    def __init__(
        self, session: Session, county: str, steps: Sequence[Step], order: Mapping[str, int], actor: Actor
    ) -> None:
        self.session, self.county, self.steps, self.order, self.actor = session, county, steps, order, actor
        self.last = max(step.after.moment.known for step in steps)
        knowns = {side.moment.known for step in steps for side in step.sides}
        self.cells = Cells(session, county, _subjects(steps), knowns, actor)
        self.acts: dict[int, Act] = {}
        self.stands = {
            id: member.place
            for step in steps
            for side in (step.before, step.after)
            for id, member in side.of("enterprises", FIRMS).items()
        }
        self.of_machines: defaultdict[tuple[str, str, str], list[Place]] = defaultdict(list)

    def rows(self) -> tuple[Movement, ...]:
        """Every movement and alteration, firm by firm; what was learned before what happened."""
        return tuple(sorted((*self._moved(), *self._altered()), key=self._place))

    def _moved(self) -> list[Movement]:
        whys = [(step, one, why) for step in self.steps for one, why in self._reasons(step).items()]
        whys = self._with_writers(whys)
        numbers = {number for _, _, why in whys for number in why.numbers}
        self.acts |= acts_of(self.session, self.county, numbers, self.actor)
        # Machines first: a firm that counts by its machines has their cells.
        whys.sort(key=lambda one: one[1].unit != BODIES)
        return [self._movement(*one) for one in whys]

    def _altered(self) -> list[Movement]:
        """What is another of firms that stayed, and no family tells of."""
        return [
            self._alteration(step, firm, one)
            for step in self.steps
            for firm in step.difference.firms
            for one in firm.altered
            if not _told_of(one)
        ]

    def _reasons(self, step: Step) -> dict[Flowed, Why]:
        names = {**step.before.names, **step.after.names}
        ends = (step.before.moment, step.stood[0]), (step.after.moment, step.stood[1])
        both = (step.before, step.after)
        told, adopted = self._told(step), self._adopted(step)
        return Reasons(step.difference, Successions(*ends, names), both, told, adopted).of(step.flowed)

    def _adopted(self, step: Step) -> dict[str, list[int]]:
        """By clause the changes of the step by which the county adopted or dropped it."""
        low, high = step.before.moment.known, step.after.moment.known
        if low == high:
            return {}
        decided = deciding_changes(self.session, self.county, high, self.actor)
        return {clause: [number for number in of if number > low] for clause, of in decided.items()}

    def _told(self, step: Step) -> dict[str, list[Act]]:
        """By action of a firm that is cut, stopped or closed otherwise: the changes that recorded or ended it."""
        firms = {one.firm for one in step.flowed if BY_KEY[one.family].group in STATES}
        ids = {id for firm in firms for side in step.sides for id in side.held.get(("action", firm), ())}
        numbers = self.cells.changes(ids)
        for id, rows in rows_of(self.session, "action", self.county, ids, self.last, self.actor).items():
            numbers[id] |= _numbers(rows)
        for id in ids & step.recorded.keys():
            numbers[id].add(step.recorded[id])
        high = step.after.moment.known
        told = {id: sorted(number for number in of if number <= high) for id, of in numbers.items()}
        self.acts |= acts_of(self.session, self.county, {one for of in told.values() for one in of}, self.actor)
        return {id: [self.acts[number] for number in of if number in self.acts] for id, of in told.items()}

    def _places(self, step: Step, one: Flowed) -> tuple[Place, ...]:
        kind = BY_KEY[one.family]
        counts_by_machines = kind.bodies and one.how not in (CAME, WENT)
        keys = [(step.name, word, one.firm) for word in (kind.key, kind.group)]
        if counts_by_machines and one.unit == FIRMS:
            for key in keys:
                if key in self.of_machines:
                    return tuple(dict.fromkeys(self.of_machines[key]))
        found = places_of(self._statements(step, one))
        if counts_by_machines and one.unit == BODIES:
            for key in keys:
                self.of_machines[key].extend(found)
        return found

    def _statements(self, step: Step, one: Flowed) -> list[Statement]:
        for asked in asked_of(one, step.sides, step.clauses):
            if found := self.cells.behind(asked, step.before.moment, step.after.moment):
                return found
        return []

    def _movement(self, step: Step, one: Flowed, why: Why) -> Movement:
        machine = one.unit == BODIES
        other = one.other
        elsewhere = ""
        if other is not None and (other.place, other.firm) != (one.place, one.firm):
            elsewhere = f"{other.place} {step.name_of(other.firm)}" if other.firm != one.firm else other.place
        acts = tuple(self.acts[number] for number in sorted(why.numbers) if number in self.acts)
        return Movement(
            step.name,
            one.family,
            one.unit,
            one.how,
            one.place,
            one.firm,
            step.name_of(one.firm),
            ("equipment" if machine else "enterprise", one.id),
            step.called(one.id) if machine else "",
            one.amount,
            one.before,
            one.after,
            elsewhere,
            why.because,
            why.said,
            acts,
            self._places(step, one),
        )

    def _alteration(self, step: Step, firm: Firm, one: Altered) -> Movement:
        member = step.after.of("enterprises", FIRMS).get(firm.id)
        words = [in_words(one.section, one.field, *state) or NOT_STATED for state in (one.before, one.after)]
        called = "" if one.section == "enterprise" else one.called
        said = self.cells.behind([(one.subject, (one.field,))], step.before.moment, step.after.moment)
        where, acts = member.place if member else "", (one.act,) if one.act else ()
        what, record = f"{one.section}.{one.field}", (one.section, one.subject)
        who = (step.name, what, "", CHANGED, where, firm.id, firm.name, record, called, 0)
        return Movement(*who, words[0], words[1], "", one.because, (), acts, places_of(said))

    def _place(self, one: Movement) -> tuple[object, ...]:
        """Firm by firm, where each stands in the end; of a firm machine by machine."""
        where = self.order.get(self.stands.get(one.firm, one.place), len(self.order))
        family = ORDER.get(one.family, len(ORDER))
        own = (one.record[0] != "enterprise", one.called, one.id)
        return (where, one.name, one.firm, own, family, _STEPS[one.step], one.family, one.how in (CAME, MORE, FEWER))

    def _with_writers(self, whys: Iterable[tuple[Step, Flowed, Why]]) -> list[tuple[Step, Flowed, Why]]:
        """Of those of which nobody told why, at least the changes that wrote what is held of them."""
        told = list(whys)
        bare = [(one, why) for _, one, why in told if not why]
        firms = {one.firm for one, _ in bare}
        machines = {one.id for one, _ in bare if one.unit == BODIES}
        wrote: dict[str, list[int]] = {}
        for section, ids in (("enterprise", firms), ("equipment", machines)):
            rows = rows_of(self.session, section, self.county, ids, self.last, self.actor)
            for id, of in rows.items():
                wrote[id] = sorted(_numbers(of))
        return [(step, one, why or Why(numbers=_between(step, wrote, one))) for step, one, why in told]


def _numbers(rows: Iterable[Kept]) -> set[int]:
    """The changes that recorded or ended rows."""
    return {number for row in rows for number in (row.recorded_by, row.superseded_by) if number != OPEN}


def _between(step: Step, wrote: Mapping[str, Sequence[int]], one: Flowed) -> tuple[int, ...]:
    numbers = {number for id in (one.id, one.firm) for number in wrote.get(id, ())}
    low, high = step.before.moment.known, step.after.moment.known
    later = {number for number in numbers if low < number <= high}
    return tuple(sorted(later or {number for number in numbers if number <= high}))


def _told_of(one: Altered) -> bool:
    if one.field == "quantity":
        return (one.before[0] or 1) != (one.after[0] or 1)
    return (one.section, one.field) in _TOLD or one.field in RUNNING or one.section == "action"


def _subjects(steps: Iterable[Step]) -> Iterator[str]:
    """Everything of which a cell may be looked for."""
    for step in steps:
        for one in step.flowed:
            yield one.firm
            yield one.id
            for side in step.sides:
                for section in ("plan", "action"):
                    yield from side.held.get((section, one.firm), ())
        for firm in step.difference.firms:
            yield from (one.subject for one in firm.altered if not _told_of(one))
