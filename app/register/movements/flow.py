"""What entered, left or passed over between two moments of a county, member by member. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.register.movements.families import BODIES, BY_KEY, FAMILIES, FIRMS, UNITS
from app.register.movements.seen import Member, Seen

#: In between two ledgers: first what was learned later of the former day, then what happened.
LEARNED, HAPPENED = "learned", "happened"

ENTERED, LEFT = "entered", "left"
#: The same machine (group) with more or fewer bodies than before.
MORE, FEWER = "more", "fewer"
#: One that stayed, of which a fact is another: it counts nothing.
CHANGED = "changed"
#: From another township, or of a machine from another firm, and to such.
CAME, WENT = "came", "went"


@dataclass(frozen=True, slots=True)
class Flowed:
    """One member of a family that is counted otherwise than before. `amount` is signed; `other`: whence or whither."""

    step: str
    family: str
    unit: str
    id: str
    how: str
    place: str
    firm: str
    amount: int
    before: str
    after: str
    other: Member | None = None


class Between:
    """Two moments, one after the other, on the axis of one step."""

    def __init__(self, step: str, before: Seen, after: Seen) -> None:
        self.step, self.before, self.after = step, before, after

    def flowed(self) -> Iterator[Flowed]:
        """Every member of every family that is another one; of what moved, both ends."""
        for family in FAMILIES:
            for unit in family.units:
                was, now = self.before.of(family.key, unit), self.after.of(family.key, unit)
                for id in sorted(was.keys() | now.keys()):
                    if was.get(id) != now.get(id):
                        yield from self._one(family.key, unit, id, was.get(id), now.get(id))

    def _one(self, family: str, unit: str, id: str, was: Member | None, now: Member | None) -> Iterator[Flowed]:
        if was is None and now is not None:
            yield self._flowed(family, unit, id, ENTERED, now, now.weight)
        elif was is not None and now is None:
            yield self._flowed(family, unit, id, LEFT, was, -was.weight)
        elif was is not None and now is not None:
            if was[:2] != now[:2]:
                yield self._flowed(family, unit, id, WENT, was, -was.weight, now)
                yield self._flowed(family, unit, id, CAME, now, was.weight, was)
            if was.weight != now.weight:
                how = MORE if now.weight > was.weight else FEWER
                yield self._flowed(family, unit, id, how, now, now.weight - was.weight, was)

    def _flowed(
        self, family: str, unit: str, id: str, how: str, at: Member, amount: int, other: Member | None = None
    ) -> Flowed:
        if how in (MORE, FEWER) and other is not None:
            words = f"{other.weight}{UNITS[unit]}", f"{at.weight}{UNITS[unit]}"
        elif other is not None:
            ends = (at, other) if how == WENT else (other, at)
            words = self._end(ends[0], ends[1], self.before), self._end(ends[1], ends[0], self.after)
        else:
            words = self._word(family, unit, id, self.before), self._word(family, unit, id, self.after)
        return Flowed(self.step, family, unit, id, how, at.place, at.firm, amount, *words, other)

    def _end(self, one: Member, other: Member, side: Seen) -> str:
        """Where something was, or is; whose, where that is what changed."""
        firm = side.names.get(one.firm, one.firm) if one.firm != other.firm else ""
        place = one.place if one.place != other.place or not firm else ""
        return " ".join(filter(None, (place, firm)))

    def _word(self, family: str, unit: str, id: str, side: Seen) -> str:
        group = BY_KEY[family].group
        if unit == FIRMS and BY_KEY[family].bodies:
            if family == "cannot_tell" and id in side.of("holds", FIRMS):
                return "计入“仍有”"
            bodies = self._of_firms(side).get((family, id), 0)
            return f"{bodies}台" if bodies else "没有"
        return side.word(group, id)

    def _of_firms(self, side: Seen) -> dict[tuple[str, str], int]:
        return self._bodies_before if side is self.before else self._bodies_after

    @cached_property
    def _bodies_before(self) -> dict[tuple[str, str], int]:
        return _bodies(self.before)

    @cached_property
    def _bodies_after(self) -> dict[tuple[str, str], int]:
        return _bodies(self.after)


def _bodies(side: Seen) -> dict[tuple[str, str], int]:
    """Bodies by family and firm, of those that are known to be its own."""
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    for (family, unit), members in side.members.items():
        if unit == BODIES:
            for member in members.values():
                found[family, member.firm] += member.weight if member.settled else 0
    return found
