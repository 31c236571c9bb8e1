"""Which machines of a listing are which known machines, where it can only be one way; ties are left open."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

#: A pair of places: of a known kind of machine, of a listed kind of machine.
Pair = tuple[int, int]


@dataclass(slots=True)
class Pairing:
    """Bodies still free on either side, and those paired so far. `open`: what fits several ways."""

    known: list[int]
    listed: list[int]
    paired: dict[Pair, int] = field(default_factory=dict)
    open: set[Pair] = field(default_factory=set)

    def settle(self, edges: Iterable[Pair]) -> None:
        """Pair, along these edges, as many bodies as can be, wherever all ways of doing so agree."""
        useful = sorted({(k, n) for k, n in edges if self.known[k] and self.listed[n]})
        self.open = set()
        for part in _parts(useful):
            self._settle_part(part)

    def take(self, pair: Pair, bodies: int) -> None:
        """Pair so many bodies."""
        if bodies:
            self.paired[pair] = self.paired.get(pair, 0) + bodies
            self.known[pair[0]] -= bodies
            self.listed[pair[1]] -= bodies

    def _settle_part(self, edges: Sequence[Pair]) -> None:
        if len(edges) == 1:
            known, listed = edges[0]
            self.take(edges[0], min(self.known[known], self.listed[listed]))
            return
        flow = _Flow(self.known, self.listed, edges)
        flow.fill()
        sure = {pair: flow.bodies[pair] for pair in edges if not flow.varies(pair)}
        self.open |= set(edges) - sure.keys()
        for pair, bodies in sure.items():
            self.take(pair, bodies)


def _parts(edges: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Edges grouped by what hangs together."""
    of_known: dict[int, list[Pair]] = {}
    of_listed: dict[int, list[Pair]] = {}
    for pair in edges:
        of_known.setdefault(pair[0], []).append(pair)
        of_listed.setdefault(pair[1], []).append(pair)
    seen: set[Pair] = set()
    for first in edges:
        if first in seen:
            continue
        seen.add(first)
        part, queue = [], deque([first])
        while queue:
            pair = queue.popleft()
            part.append(pair)
            for near in (*of_known[pair[0]], *of_listed[pair[1]]):
                if near not in seen:
                    seen.add(near)
                    queue.append(near)
        yield sorted(part)


#: A place in the flow: the source, a known or listed kind, or the sink.
Node = tuple[str, int]
_SOURCE: Node = ("source", 0)
_SINK: Node = ("sink", 0)


class _Flow:
    """A greatest flow of bodies from known to listed machines, and whether an edge's share of it is the only one."""

    def __init__(self, known: Sequence[int], listed: Sequence[int], edges: Sequence[Pair]) -> None:
        self.bodies = dict.fromkeys(edges, 0)
        self._rest: dict[tuple[Node, Node], int] = {}
        self._near: dict[Node, list[Node]] = {}
        for k in {k for k, _ in edges}:
            self._join(_SOURCE, ("known", k), known[k])
        for n in {n for _, n in edges}:
            self._join(("listed", n), _SINK, listed[n])
        for k, n in edges:
            self._join(("known", k), ("listed", n), min(known[k], listed[n]))

    def _join(self, one: Node, other: Node, room: int) -> None:
        self._rest[one, other] = room
        self._rest[other, one] = 0
        self._near.setdefault(one, []).append(other)
        self._near.setdefault(other, []).append(one)

    def fill(self) -> None:
        """Push until no more goes."""
        while path := self._path(_SOURCE, _SINK):
            room = min(self._rest[step] for step in path)
            for one, other in path:
                self._rest[one, other] -= room
                self._rest[other, one] += room
        self.bodies = {(k, n): self._rest[("listed", n), ("known", k)] for k, n in self.bodies}

    def varies(self, pair: Pair) -> bool:
        """Whether another greatest flow gives this edge another share: a way round it is open."""
        known: Node = ("known", pair[0])
        listed: Node = ("listed", pair[1])
        more = self._rest[known, listed] > 0 and self._path(listed, known, shut=(listed, known))
        return bool(more or (self.bodies[pair] and self._path(known, listed, shut=(known, listed))))

    def _path(self, start: Node, end: Node, shut: tuple[Node, Node] | None = None) -> list[tuple[Node, Node]]:
        came: dict[Node, Node] = {start: start}
        queue = deque([start])
        while queue and end not in came:
            node = queue.popleft()
            for near in self._near[node]:
                if near not in came and self._rest[node, near] > 0 and (node, near) != shut:
                    came[near] = node
                    queue.append(near)
        if end not in came:
            return []
        path = []
        while end != start:
            path.append((came[end], end))
            end = came[end]
        return path[::-1]
