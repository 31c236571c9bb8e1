"""Which known machine each machine of a listing is, within their firm: pure, and never a guess where several fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.statement import Value
from app.register.machines.alike import Alike, Machine, adds, bodies, known_alike, leaves, listed_alike, nearness, plain
from app.register.machines.pairing import Pair, Pairing

__all__ = ["Divided", "Machine", "Matched", "Spoken", "bodies", "by_entry", "match", "plain"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A machine of the listing (its place there) speaks of a subject; `subject` None: of a new machine.

    `quantity` is what it says of the bodies there, None nothing. `bare`: it says nothing else of that subject.
    `out_of`: the group to which the bodies of a new machine belonged so far.
    """

    subject: str | None
    listed: int
    quantity: int | None
    bare: bool = False
    out_of: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Divided:
    """Counted groups that entries of the listing divide: nothing is said of either until a person answers."""

    groups: tuple[str, ...]
    entries: tuple[int, ...]


@dataclass(slots=True)
class Matched:
    """What a listing says of which machine; what is held, with those that it might be; bodies that it leaves out."""

    spoken: list[Spoken] = field(default_factory=list)
    divided: list[Divided] = field(default_factory=list)
    held: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    left_out: list[tuple[str, int]] = field(default_factory=list)


def match(known: Sequence[Machine], listed: Sequence[Mapping[str, Value]]) -> Matched:
    """Match a listing with the machines of its firm.

    The very same facts first, then equal codes, then who states nothing new, then who contradicts nothing, then those
    that agree in what tells machines apart. Bodies are counted, so a group may come as rows and rows as a group.
    """
    ours = known_alike(known)
    theirs = listed_alike(listed)
    pairing = Pairing([one.bodies for one in ours], [one.bodies for one in theirs])
    ranks = {
        (k, n): rank for k, one in enumerate(ours) for n, other in enumerate(theirs) if (rank := nearness(one, other))
    }
    for limit in range(1, 8):
        pairing.settle(pair for pair, rank in ranks.items() if rank <= limit)
    return _Telling(known, listed, ours, theirs, pairing).told()


@dataclass(slots=True)
class Part:
    """So many bodies of one machine that are spoken of by one entry of the listing."""

    known: int
    listed: int
    kind: int
    bodies: int


def _by_kind(parts: Sequence[Part]) -> dict[int, list[Part]]:
    """Parts by the kind of entry that speaks of them."""
    found: dict[int, list[Part]] = {}
    for part in parts:
        found.setdefault(part.kind, []).append(part)
    return found


class _Telling:
    """Turns pairs of like machines into what is said of each single one."""

    def __init__(
        self,
        known: Sequence[Machine],
        listed: Sequence[Mapping[str, Value]],
        ours: Sequence[Alike],
        theirs: Sequence[Alike],
        pairing: Pairing,
    ) -> None:
        self.known, self.listed, self.ours, self.theirs, self.pairing = known, listed, ours, theirs, pairing
        self.free = {place: bodies(machine.quantity) for place, machine in enumerate(known)}
        self.rest = {place: bodies(stated.get("quantity")) for place, stated in enumerate(listed)}
        self.parts: list[Part] = []
        self.result = Matched()

    def told(self) -> Matched:
        """All that the listing says."""
        left = dict(self.pairing.paired)
        for whole, alike in ((True, True), (True, False), (False, False)):
            for pair in left:
                left[pair] -= self._portion(pair, left[pair], whole=whole, alike=alike)
        maybe = self._hold()
        of_known: dict[int, list[Part]] = {}
        for part in self.parts:
            of_known.setdefault(part.known, []).append(part)
        kept = self._keep_whole(of_known)
        for k, one in enumerate(self.ours):
            for place in one.members:
                if place in kept:
                    continue
                if place in of_known:
                    self._say(k, place, of_known[place])
                elif k not in maybe and not one.gone:
                    self.result.left_out.append((self.known[place].key, self.free[place]))
        self._enrol()
        return self.result

    def _portion(self, pair: Pair, amount: int, *, whole: bool, alike: bool) -> int:
        """Lay up to so many bodies of like entries on like machines; how many were laid.

        `whole`: only whole entries on whole machines; `alike`: only where both state the same number, or none.
        """
        k, n = pair
        laid = 0
        for place in self.ours[k].members:
            for entry in self.theirs[n].members:
                free, rest = self.free[place], self.rest[entry]
                take = min(free, rest, amount - laid)
                same = self.known[place].quantity == self.listed[entry].get("quantity")
                if take and (free == rest == take or not whole) and (same or not alike):
                    self.parts.append(Part(place, entry, n, take))
                    self.free[place] -= take
                    self.rest[entry] -= take
                    laid += take
        return laid

    def _hold(self) -> set[int]:
        """Hold the entries that fit several ways. Returns the machines that they might be."""
        held = {n for _, n in self.pairing.open}
        for n in sorted(held):
            candidates = sorted(k for k, other in self.pairing.open if other == n)
            keys = tuple(self.known[place].key for k in candidates for place in self.ours[k].members)
            for entry in self.theirs[n].members:
                if self.rest[entry]:
                    self.result.held.append((entry, keys))
                    self.rest[entry] = 0
        return {k for k, _ in self.pairing.open}

    def _keep_whole(self, of_known: Mapping[int, list[Part]]) -> set[int]:
        """Hold the entries that divide a counted group, with all that hangs on them. Returns the machines concerned."""
        cut: dict[int, set[int]] = {}
        for k, one in enumerate(self.ours):
            for place in one.members:
                if self.known[place].counted and place in of_known:
                    entries = self._dividing(k, place, of_known[place])
                    if entries:
                        cut[place] = entries
        kept: set[int] = set()
        for place in cut:
            if place not in kept:
                groups, entries = self._hanging_together(of_known, cut, place)
                kept |= groups
                keys = tuple(self.known[one].key for one in sorted(groups))
                self.result.divided.append(Divided(keys, tuple(sorted(entries))))
                self.rest.update(dict.fromkeys(entries, 0))
        return kept

    def _dividing(self, k: int, place: int, parts: Sequence[Part]) -> set[int]:
        """The entries that divide a group: they tell its bodies apart, or name fewer and the rest as something else."""
        by_kind = _by_kind(parts)
        own = {part.listed for part in parts}
        if len(by_kind) > 1 and self._loud(k, by_kind):
            return own
        if self._parts_with(k, place, parts):
            return set() if self._unnumbered(k, parts) else own
        beside = {
            entry
            for entry, rest in self.rest.items()
            if rest and entry not in own and self.listed[entry].get("kind") in self.known[place].facts.get("kind", ())
        }
        fewer = any("quantity" in self.listed[entry] for entry in own)
        fits = beside and fewer and sum(self.rest[entry] for entry in beside) == self.free[place]
        return own | beside if fits else set()

    def _hanging_together(
        self, of_known: Mapping[int, list[Part]], cut: Mapping[int, set[int]], place: int
    ) -> tuple[set[int], set[int]]:
        """A group that is divided, with the entries on it, the machines that these speak of as well, and so on."""
        groups, entries = {place}, set(cut[place])
        while True:
            more = {one for one, parts in of_known.items() if any(part.listed in entries for part in parts)}
            more |= {one for one, own in cut.items() if own & entries}
            if more <= groups:
                return groups, entries
            groups |= more
            entries |= {part.listed for one in more for part in of_known[one]}
            entries |= {entry for one in more for entry in cut.get(one, ())}

    def _say(self, k: int, place: int, parts: Sequence[Part]) -> None:
        """What the entries that cover a machine say of it."""
        by_kind = _by_kind(parts)
        loud = self._loud(k, by_kind)
        if len(by_kind) > 1 and loud:
            self._split(k, place, by_kind, [n for n in by_kind if n not in loud])
            return
        if self._parts_with(k, place, parts):
            self._part_with(k, place, parts)
            return
        quantity = self._quantity(k, place, parts)
        for own in by_kind.values():
            self.result.spoken.append(Spoken(self.known[place].key, own[0].listed, quantity))
        self._leave_out(place, parts, quantity)

    def _loud(self, k: int, by_kind: Mapping[int, list[Part]]) -> set[int]:
        """The kinds of entries that say anything new of a machine."""
        return {n for n in by_kind if adds(self.ours[k], self.theirs[n])}

    def _parts_with(self, k: int, place: int, parts: Sequence[Part]) -> bool:
        """Whether entries of one kind say something new of some bodies of a group, and cannot mean the whole of it."""
        by_kind = _by_kind(parts)
        if len(by_kind) > 1 or not self._loud(k, by_kind) or not self.free[place]:
            return False
        return self._other_state(k, parts[0].kind) or not self._alone(k, parts)

    def _unnumbered(self, k: int, parts: Sequence[Part]) -> bool:
        """Whether it is one entry without a number, so that it cannot be told of how many bodies it speaks."""
        entries = [part.listed for part in parts]
        return len(entries) == 1 and "quantity" not in self.listed[entries[0]] and self._alone(k, parts)

    def _other_state(self, k: int, n: int) -> bool:
        ours, theirs = self.ours[k].facts, self.theirs[n].facts
        turned = "state" in ours and not theirs.get("state", frozenset()) <= ours["state"]
        return turned or (leaves(theirs) and not leaves(ours))

    def _split(self, k: int, place: int, by_kind: Mapping[int, list[Part]], quiet: Sequence[int]) -> None:
        """A group whose bodies are told apart: it keeps what says nothing new of it and what is not spoken of.

        Where that is nothing, it keeps the most. The others become machines of their own.
        """
        sizes = {n: sum(part.bodies for part in parts) for n, parts in by_kind.items()}
        kept = list(quiet)
        if not kept and not self.free[place]:
            kept = [max(sizes, key=lambda n: (sizes[n], -by_kind[n][0].listed))]
        moved = [n for n in by_kind if n not in kept]
        whole = bodies(self.known[place].quantity)
        rest = whole - sum(sizes[n] for n in moved)
        counted = self.listed[by_kind[kept[0]][0].listed].get("quantity") if len(kept) == 1 else None
        if isinstance(counted, int) and self._alone(k, by_kind[kept[0]]):
            rest = counted
        for n in kept or moved[:1]:
            self.result.spoken.append(Spoken(self.known[place].key, by_kind[n][0].listed, rest, bare=not kept))
        for n in moved:
            self.result.spoken.append(Spoken(None, by_kind[n][0].listed, sizes[n], out_of=self.known[place].key))
        if self.free[place] and rest != counted:
            self.result.left_out.append((self.known[place].key, self.free[place]))

    def _alone(self, k: int, parts: Sequence[Part]) -> bool:
        """Whether one entry speaks of one machine, and neither has its like: then it may speak of the whole group.

        A machine of which other entries say all that there is to say is no like any more.
        """
        speaks_of = {part.known for part in self.parts if part.listed == parts[0].listed}
        told_alike = {part.known for part in self.parts if part.kind == parts[0].kind}
        likes = [place for place in self.ours[k].members if place != parts[0].known]
        like = len(self.theirs[parts[0].kind].members) > 1 or any(
            self.free[place] or place in told_alike for place in likes
        )
        held = any(entry == parts[0].listed for entry, _ in self.result.held)
        return len(parts) == 1 and len(speaks_of) == 1 and not like and not held

    def _part_with(self, k: int, place: int, parts: Sequence[Part]) -> None:
        """Of some bodies of a group something else is true now: they become a machine of their own, the rest stays."""
        entries = [part.listed for part in parts]
        key = self.known[place].key
        if self._unnumbered(k, parts):
            self.result.held.append((entries[0], (key,)))
            return
        moved = sum(part.bodies for part in parts)
        self.result.spoken.append(Spoken(None, entries[0], moved, out_of=key))
        self.result.spoken.append(Spoken(key, entries[0], self.free[place], bare=True))
        self.result.left_out.append((key, self.free[place]))

    def _quantity(self, k: int, place: int, parts: Sequence[Part]) -> int | None:
        """What is said of the number of a machine's bodies: only where one entry speaks of one machine."""
        entry = parts[0].listed
        stated = self.listed[entry].get("quantity")
        if len(parts) > 1 or not isinstance(stated, int):
            return None
        if stated == bodies(self.known[place].quantity) == parts[0].bodies:
            return stated
        if not self._alone(k, parts):
            return None
        self.rest[entry] = 0
        return stated

    def _leave_out(self, place: int, parts: Sequence[Part], quantity: int | None) -> None:
        """Ask about bodies that rows leave out; one row without a number speaks of the whole group."""
        one_row = len(parts) == 1 and "quantity" not in self.listed[parts[0].listed]
        if self.free[place] and quantity is None and not one_row:
            self.result.left_out.append((self.known[place].key, self.free[place]))

    def _enrol(self) -> None:
        """What is left of the listing is new."""
        for entry, rest in self.rest.items():
            stated = self.listed[entry].get("quantity")
            if rest:
                whole = rest == bodies(stated)
                quantity = (stated if isinstance(stated, int) else None) if whole else rest
                self.result.spoken.append(Spoken(None, entry, quantity))


def by_entry(spoken: Sequence[Spoken]) -> Iterator[Spoken]:
    """In the listing's order, known machines before new ones."""
    yield from sorted(spoken, key=lambda one: (one.listed, one.subject is None, one.subject or ""))
