"""A list from its first row to its last: given out row by row as it is read, of one day and knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from app.errors import LuzhangError
from app.register.lists.asked import Asked, ask_for
from app.register.lists.columns import Row
from app.register.lists.counting import Counting
from app.register.lists.found import LISTED, Found, Tally, added, check_clauses
from app.register.lists.laying import rows_laid
from app.register.lists.over_counties import FoundOver, asked_over
from app.register.lists.portions import Share, head_of, rows_of, share_of, told_by_firms
from app.register.lists.rows import Candidate, Line
from app.register.scope import Actor
from app.store.engine import reading


@dataclass(slots=True)
class Export:
    """A list to be given out. `rows`: of each county, how many fit and of how many it cannot be told; of a list whose
    rows take reading to be counted, it is empty until all have been read.

    `shares`: each county's, found when the first row is asked for if nothing is to be told of them beforehand.
    """

    head: Found | FoundOver
    engine: Engine
    actor: Actor
    shares: tuple[Share, ...] = ()
    rows: tuple[tuple[int, int], ...] = ()
    first: list[Row] = field(default_factory=list)
    _given: int = 0
    _kept: int = 0
    _watch: Callable[[int], None] | None = None
    _countings: tuple[Counting, ...] = ()

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
    def told(self) -> int | None:
        """How many rows there are; None while nobody knows."""
        return sum(self.totals) if self.rows else None

    @property
    def total(self) -> int:
        """How many rows there are, or, while nobody knows, how many have been given out."""
        return self._given if self.told is None else self.told

    @property
    def maybe(self) -> int:
        """Of how many rows it cannot be told, as far as it is known."""
        return sum(maybe for _, maybe in self.rows)

    @property
    def owner_unknown(self) -> Tally | None:
        """What rests on machines of which it cannot be told whose they are, if there are any."""
        return added([share.counts for share in self.shares]).get("owner_unknown")

    @property
    def counts(self) -> dict[str, Tally]:
        """Rows, firms and machines of what has been read; of the whole list once it has been given out."""
        return added([one.counts for one in self._countings])

    def lines(self) -> Iterator[Line]:
        """All rows in their order, once; the last only after all have been read and are as many as they should be.

        Raises:
            LuzhangError: when they are not as many as were counted; so nobody takes a part for the whole.
        """
        for line in _holding_back(self._lines()):
            self._given += 1
            if self._given <= self._kept:
                self.first.append(line.row)
            if self._watch is not None:
                self._watch(self._given)
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

    def begin(self) -> None:
        """Find out which firms may have rows, and how many rows there are if the firms alone tell."""
        parts = self.head.parts if isinstance(self.head, FoundOver) else (self.head,)
        with reading(self.engine) as session:
            self.shares = tuple(share_of(session, one, self.actor) for one in parts)
        told = tuple(one.rows for one in self.shares if one.rows is not None)
        self.rows = told if len(told) == len(self.shares) else ()

    def _lines(self) -> Iterator[Line]:
        if not self.shares:
            self.begin()
        self._countings = tuple(Counting(share.counts) for share in self.shares)
        for place, one, sure in self._in_order() if self.asked.sort else self._as_enrolled():
            yield self._line(place, one, sure)
        self._agree(tuple((one.counts["fits"].rows, one.counts["maybe"].rows) for one in self._countings))

    def _as_enrolled(self) -> Iterator[tuple[int, Candidate, bool]]:
        """The rows county after county, each with the place of its county."""
        for place, (share, counting) in enumerate(zip(self.shares, self._countings, strict=True)):
            for answers in rows_of(self.engine, share, self.actor, counting):
                yield from ((place, one, sure) for one, sure in answers)

    def _in_order(self) -> Iterator[tuple[int, Candidate, bool]]:
        for some in rows_laid(self.engine, self.shares, self.actor, self._countings):
            yield from some

    def _agree(self, counted: tuple[tuple[int, int], ...]) -> None:
        """Take the numbers of rows that were read, or hold them against those told beforehand."""
        if self.rows and self.rows != counted:
            raise LuzhangError("清单没有写全：读出的行数与先数出的不符", fix="请再导出一次；若仍然如此，请联系管理员")
        self.rows = counted

    def _line(self, place: int, one: Candidate, sure: bool) -> Line:
        if isinstance(self.head, FoundOver):
            return Line(self.head.row(one, place, sure), one.position)
        return Line(self.head.row(one, sure), one.position)


def _holding_back(lines: Iterator[Line]) -> Iterator[Line]:
    """The same, each when the next one is there, the last when nothing more comes."""
    held: Line | None = None
    for line in lines:
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def export(engine: Engine, noun: str, pairs: Iterable[tuple[str, str]], actor: Actor, *, whole: bool = False) -> Export:
    """Begin to give a list out: what is wrong with the ask is told now, and how many rows there are if firms tell it.

    `whole`: as `ask_for`.

    Raises:
        NotFound: when there is no such list, county, township or clause.
        BadInput: when a filter is none, with what is possible.
    """
    told = list(pairs)
    with reading(engine) as session:
        over = (
            asked_over(session, noun, told, actor, whole=whole) if any(key == "division" for key, _ in told) else None
        )
        asks = [one.asked for one in over.parts] if over else [ask_for(session, noun, told, actor, whole=whole)]
        for one in asks:
            check_clauses(session, one, actor)
        heads = tuple(head_of(session, one, actor) for one in asks)
    begun = Export(FoundOver(over.division, heads, over.names) if over else heads[0], engine, actor)
    if all(map(told_by_firms, asks)):
        begun.begin()
    return begun
