"""Whose a machine is on a day, out of the successions that stand. Pure: acts in, possible owners out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.dates import FOREVER

MERGED, SPLIT, TRANSFERRED = "merged", "split", "transferred"

#: How far an act is on a day.
BEFORE, PERHAPS, DONE = "before", "perhaps", "done"


@dataclass(frozen=True, slots=True)
class Passing:
    """What was `out_of` a firm's is `into` another's: all (`machine` None), or one machine; of one act."""

    act: str
    kind: str
    out_of: str
    into: str
    machine: str | None
    since: date | None
    until: date | None
    change: int

    def by(self, day: date) -> str:
        """Whether it had come about at the end of the day; before its first day it had not."""
        if self.since is not None and day < self.since:
            return BEFORE
        return DONE if self.until is not None and self.until <= day else PERHAPS

    def order(self) -> tuple[object, ...]:
        """Acts are laid in the order of their days; one without a last day comes after all that have one."""
        return (self.until or FOREVER, self.since or date.min, self.change, self.machine is not None, self.into)


@dataclass(frozen=True, slots=True)
class Owners:
    """The successions that stand, laid over whom machines were enrolled for, as of a day."""

    day: date
    passings: tuple[Passing, ...] = ()
    _told: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def firms(self) -> frozenset[str]:
        """Every firm that a succession names."""
        return frozenset(firm for one in self.passings for firm in (one.out_of, one.into))

    def of(self, machine: str, enrolled: str) -> tuple[str, ...]:
        """The firms that a machine may belong to at the end of the day; one where it is known whose it is."""
        if not self.passings:
            return (enrolled,)
        if (machine, enrolled) not in self._told:
            self._told[(machine, enrolled)] = _owners(self.passings, machine, enrolled, self.day)
        return self._told[(machine, enrolled)]

    def onward(self, firm: str) -> list[str]:
        """Whoever may have come after a firm."""
        found = [firm]
        for one in found:
            found += dict.fromkeys(then.into for then in self.passings if then.out_of == one and then.into not in found)
        return found[1:]

    def merged_by(self, day: date) -> frozenset[str]:
        """The firms that another one had, or may have, taken over whole by the end of a day."""
        return frozenset(
            one.out_of
            for one in self.passings
            if one.kind == MERGED and one.out_of != one.into and one.by(day) != BEFORE
        )

    def held_by(self, firms: Iterable[str]) -> set[str]:
        """The firms, and those for which their machines may have been enrolled."""
        found = set(firms)
        while more := {one.out_of for one in self.passings if one.into in found} - found:
            found |= more
        return found


def _owners(passings: Sequence[Passing], machine: str, enrolled: str, day: date) -> tuple[str, ...]:
    named = {one.act for one in passings if one.kind == SPLIT and one.machine == machine}
    possible = [enrolled]
    opened: set[str] = set()
    for one in passings:
        state = one.by(day)
        if state == BEFORE or not _bears(one, machine, named):
            continue
        surely = state == DONE and (one.machine is not None or one.kind == MERGED)
        if surely and one.machine is not None:
            possible, opened = [one.into], set()
        elif surely and one.out_of in possible:
            # A firm that itself only may have it may have it no more, but whoever took that firm over may.
            possible = list(dict.fromkeys(one.into if firm == one.out_of else firm for firm in possible))
        elif one.machine is not None or one.out_of in possible:
            possible = list(dict.fromkeys((*possible, one.into)))
            opened.add(one.into)
    return tuple(_onward(passings, machine, possible, opened, day))


def _bears(one: Passing, machine: str, named: Collection[str]) -> bool:
    """Whether it is about the machine. Where both are one firm by now, nothing passed as a whole."""
    if one.machine is not None:
        return one.machine == machine
    return one.out_of != one.into and one.act not in named


def _onward(passings: Sequence[Passing], machine: str, possible: list[str], opened: set[str], day: date) -> list[str]:
    """Whoever may have it by an act without a certain day may have passed it on by an act laid earlier."""
    while more := [
        one.into
        for one in passings
        if one.machine is None and one.out_of in opened and one.into not in possible and one.by(day) != BEFORE
    ]:
        possible = list(dict.fromkeys((*possible, *more)))
        opened |= set(more)
    return possible
