"""What a table ever said of a subject, on both axes of time: its state on a day as known at a change. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from app.domain.dates import FOREVER
from app.domain.statement import Value, same_value
from app.register.facts.settle import PRESENT
from app.store.facts import disputed_of, facts_of
from app.store.models import OPEN, EquipmentState, Stretch

#: A value, or none, and whether sources contradict each other about it.
State = tuple[Value | None, bool]

NOTHING: State = (None, False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of a temporal table: facts on the days [since, until), and the changes that recorded and ended it."""

    subject: str
    since: date
    until: date
    recorded_by: int
    superseded_by: int
    facts: dict[str, Value]
    disputed: frozenset[str]

    @classmethod
    def of(cls, row: Any, model: type[Stretch]) -> Kept:
        """Back from the database."""
        facts = facts_of(row, model)
        if model is EquipmentState and row.present is not None:
            facts[PRESENT] = row.present
        days, changes = (row.valid_from, row.valid_to), (row.recorded_by, row.superseded_by)
        return cls(getattr(row, model.subject), *days, *changes, facts, disputed_of(row))

    def known_at(self, known: int) -> bool:
        """Whether it was in force at a change."""
        return self.recorded_by <= known < self.superseded_by

    def state(self, field: str) -> State:
        """What it says of a field."""
        return (self.facts.get(field), field in self.disputed)


def same(one: State, other: State) -> bool:
    """Whether two states say the same."""
    return one[1] == other[1] and same_value(one[0], other[0])


@dataclass(frozen=True, slots=True)
class Track:
    """Rows, and how a state is read out of those of them that hold."""

    rows: Sequence[Kept]
    read: Callable[[Sequence[Kept]], State]

    def state(self, day: date, known: int) -> State:
        """On a day, as known at a change."""
        return self.read([row for row in self.rows if row.since <= day < row.until and row.known_at(known)])

    def altered(self, day: date, low: int, high: int) -> list[int]:
        """The changes after `low` up to `high` that made the day's state another one."""
        found, before = [], self.state(day, low)
        for number in _numbers((row for row in self.rows if row.since <= day < row.until), low, high):
            now = self.state(day, number)
            if not same(before, now):
                found.append(number)
            before = now
        return found

    def begins(self, day: date, known: int) -> date:
        """The first day of the run of days, up to this one, on which the state is the same."""
        now, first = self.state(day, known), day
        rows = [row for row in self.rows if row.known_at(known)]
        for edge in sorted({d for row in rows for d in (row.since, row.until) if d <= day}, reverse=True):
            if not same(self.state(edge, known), now):
                break
            first = edge
        return first


def field_track(rows: Sequence[Kept], field: str) -> Track:
    """The track of one field."""

    def read(holding: Sequence[Kept]) -> State:
        return next((state for row in holding if (state := row.state(field)) != NOTHING), NOTHING)

    return Track(rows, read)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value from a day on. `until`: its end as known since `until_by`; `superseded_by`: None where it holds."""

    since: date
    until: date
    state: State
    recorded_by: int
    until_by: int
    superseded_by: int | None = None


def entries(rows: Sequence[Kept], field: str, known: int) -> list[Entry]:
    """Each value that a field ever had from some day on, with the changes between which that was known."""
    open_: list[Entry] = []
    closed: list[Entry] = []
    for number in _numbers(rows, 0, known):
        runs = list(_runs(rows, field, number))
        kept: list[Entry] = []
        for since, until, state in runs:
            before = next((one for one in open_ if one.since == since and same(one.state, state)), None)
            if before is None:
                before = Entry(since, until, state, number, number)
            elif before.until != until:
                open_.remove(before)
                before = replace(before, until=until, until_by=number)
            else:
                open_.remove(before)
            kept.append(before)
        closed += [replace(one, superseded_by=number) for one in open_]
        open_ = kept
    return sorted([*closed, *open_], key=lambda one: (one.since, one.recorded_by))


def _runs(rows: Iterable[Kept], field: str, known: int) -> Iterator[tuple[date, date, State]]:
    """The days on which a field has one value, as known at a change.

    Once a machine was there, it is there, gone, or cannot be told: days on which that is not stated are a run as well.
    """
    last: tuple[date, date, State] | None = None
    for row in sorted((row for row in rows if row.known_at(known)), key=lambda row: row.since):
        state = row.state(field)
        if state == NOTHING:
            continue
        if last and last[1] == row.since and same(last[2], state):
            last = (last[0], row.until, last[2])
            continue
        if last:
            yield last
            if field == PRESENT and last[1] < row.since:
                yield last[1], row.since, NOTHING
        last = (row.since, row.until, state)
    if last:
        yield last
        if field == PRESENT and last[1] < FOREVER:
            yield last[1], FOREVER, NOTHING


def _numbers(rows: Iterable[Kept], low: int, high: int) -> list[int]:
    """The changes that recorded or ended a row, in order."""
    found = {number for row in rows for number in (row.recorded_by, row.superseded_by) if number != OPEN}
    return sorted(number for number in found if low < number <= high)


def last_day(until: date) -> date | None:
    """The last day before an end; None where it is open."""
    return None if until == FOREVER else until - timedelta(days=1)
