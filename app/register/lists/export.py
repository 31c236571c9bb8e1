"""A list from its first row to its last: counted beforehand, then given out row by row, of one day and knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from app.errors import LuzhangError
from app.register.lists.asked import Asked, ask_for
from app.register.lists.columns import Row
from app.register.lists.found import LISTED, Found, Tally, added
from app.register.lists.order import Keys, keys_of, places_by
from app.register.lists.over_counties import FoundOver, asked_over
from app.register.lists.portions import Share, rows_of, share_of
from app.register.lists.rows import Candidate
from app.register.lists.spool import Line, Spool
from app.register.scope import Actor
from app.store.engine import reading


@dataclass(slots=True)
class Export:
    """A list to be given out. `rows`: of each county, how many fit and of how many it cannot be told.

    Where the number of rows takes reading them, or another order than that of enrolment is asked for, they are set down
    on disk before the first is given out; else they are given out as they are read.
    """

    head: Found | FoundOver
    engine: Engine
    actor: Actor
    shares: tuple[Share, ...]
    rows: tuple[tuple[int, int], ...] = ()
    spool: Spool | None = None
    places: list[int] | None = None
    first: list[Row] = field(default_factory=list)
    _kept: int = 0
    _watch: Callable[[int], None] | None = None
    _counts: list[dict[str, Tally]] = field(default_factory=list)

    @property
    def asked(self) -> Asked:
        """What was asked, of several counties of the first."""
        return self.head.asked

    @property
    def totals(self) -> tuple[int, ...]:
        """How many rows each county lists."""
        listed = LISTED[self.asked.maybe]
        return tuple(
            sum(many for so, many in zip((True, False), one, strict=True) if so in listed) for one in self.rows
        )

    @property
    def total(self) -> int:
        """How many rows there are."""
        return sum(self.totals)

    @property
    def maybe(self) -> int:
        """Of how many rows it cannot be told."""
        return sum(maybe for _, maybe in self.rows)

    @property
    def owner_unknown(self) -> Tally | None:
        """What rests on machines of which it cannot be told whose they are, if there are any."""
        return added([share.counts for share in self.shares]).get("owner_unknown")

    @property
    def counts(self) -> dict[str, Tally]:
        """Rows, firms and machines of what has been read; of the whole list once it has been given out."""
        return added(self._counts)

    def lines(self) -> Iterator[Line]:
        """All rows in their order, once; the last only after all have been read and are as many as they should be.

        Raises:
            LuzhangError: when they are not as many as were counted; so nobody takes a part for the whole.
        """
        for given, line in enumerate(_holding_back(self._lines()), 1):
            if given <= self._kept:
                self.first.append(line.row)
            if self._watch is not None:
                self._watch(given)
            yield line

    def watched(self, watch: Callable[[int], None], kept: int) -> None:
        """Tell somebody how many rows have been given out, and keep the first ones (`first`)."""
        self._watch, self._kept = watch, kept

    def as_dict(self) -> dict[str, Any]:
        """What a count says, once all is given out."""
        told = self.head.as_dict() | {
            "total": self.total,
            "counts": {name: tally.as_dict() for name, tally in self.counts.items()},
        }
        for county, total in zip(told.get("counties", ()), self.totals, strict=False):
            county["total"] = total
        return told

    def _lines(self) -> Iterator[Line]:
        if self.spool is None:
            yield from (self._line(place, one, sure) for place, one, sure in self._read())
            return
        try:
            yield from self.spool.lines(self.places)
        finally:
            self.spool.close()

    def _read(self) -> Iterator[tuple[int, Candidate, bool]]:
        """The rows as enrolled, county after county, each with the place of its county."""
        counted = []
        for place, share in enumerate(self.shares):
            counts: list[dict[str, Tally]] = []
            for answers in rows_of(self.engine, share, self.actor, counts):
                yield from ((place, one, sure) for one, sure in answers)
            self._counts.append(added(counts))
            counted.append((self._counts[-1]["fits"].rows, self._counts[-1]["maybe"].rows))
        self._agree(tuple(counted))

    def _agree(self, counted: tuple[tuple[int, int], ...]) -> None:
        """Take the numbers of rows that were read, or hold them against those told beforehand."""
        if self.rows and self.rows != counted:
            raise LuzhangError("清单没有写全：读出的行数与先数出的不符", fix="请再导出一次；若仍然如此，请联系管理员")
        self.rows = counted

    def _line(self, place: int, one: Candidate, sure: bool) -> Line:
        if isinstance(self.head, FoundOver):
            return Line(self.head.row(one, place, sure), one.position)
        return Line(self.head.row(one, sure), one.position)

    def set_down(self) -> None:
        """Read all rows, count them, and lay them in the order asked for."""
        spool, keys = Spool(), list[Keys]()
        for place, one, sure in self._read():
            spool.add(self._line(place, one, sure))
            if self.asked.sort:
                keys.append(keys_of(one, self.asked.sort))
        self.spool = spool
        self.places = places_by(keys, self.asked.sort) if self.asked.sort else None


def _holding_back(lines: Iterator[Line]) -> Iterator[Line]:
    """The same, each when the next one is there, the last when nothing more comes."""
    held: Line | None = None
    for line in lines:
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def export(engine: Engine, noun: str, pairs: Iterable[tuple[str, str]], actor: Actor) -> Export:
    """Begin to give a list out: what is wrong with the ask is told now, and how many rows there are.

    Raises:
        NotFound: when there is no such list, county, township or clause.
        BadInput: when a filter is none, with what is possible.
    """
    told = list(pairs)
    with reading(engine) as session:
        over = asked_over(session, noun, told, actor) if any(key == "division" for key, _ in told) else None
        asks = [one.asked for one in over.parts] if over else [ask_for(session, noun, told, actor)]
        shares = tuple(share_of(session, one, actor) for one in asks)
    heads = tuple(one.head for one in shares)
    head = FoundOver(over.division, heads, over.names) if over else heads[0]
    begun = Export(head, engine, actor, shares)
    told_before = tuple(one.rows for one in shares if one.rows is not None)
    if len(told_before) == len(shares):
        begun.rows = told_before
    else:
        begun.set_down()
    return begun
