"""A list asked of all counties of a city or province that the actor may see: the answers of each, as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.register.lists.asked import Asked, ask_for, query_of
from app.register.lists.columns import Row
from app.register.lists.found import Found, Tally, added, found
from app.register.lists.order import in_order
from app.register.lists.rows import Candidate
from app.register.places import county_of
from app.register.scope import Actor
from app.register.verdicts.over_counties import pins_asked


@dataclass(frozen=True, slots=True)
class FoundOver:
    """What several counties answer to one ask, in order of counties unless another order was asked for."""

    division: str
    parts: tuple[Found, ...]
    names: tuple[str, ...]

    @property
    def asked(self) -> Asked:
        """What was asked of the first; of the others it is the same but for the county and its knowledge."""
        return self.parts[0].asked

    @property
    def counts(self) -> dict[str, Tally]:
        """The counts of all together."""
        return added([part.counts for part in self.parts])

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, each with its county."""
        return tuple(self.page(0, self.total))

    @property
    def total(self) -> int:
        """How many rows are listed."""
        return sum(len(part.chosen) for part in self.parts)

    @property
    def address(self) -> str:
        """Where the same is asked again."""
        told = [pair for pair in self.asked.told if pair[0] == "as_of"]
        return query_of(self.asked.noun, [("division", self.division), *told, *self.asked.filters])

    @property
    def pinned(self) -> str:
        """Where the very same answer is found again."""
        moment = [("as_of", self.asked.moment.day.isoformat()), *(("known", word) for word in self.known)]
        return query_of(self.asked.noun, [("division", self.division), *moment, *self.asked.filters])

    @property
    def known(self) -> tuple[str, ...]:
        """As which change each county is known: 431127:57."""
        return tuple(f"{part.asked.county}:{part.asked.moment.known}" for part in self.parts)

    @property
    def known_words(self) -> str:
        """The same as people read it."""
        return "、".join(f"{part.asked.county} 第 {part.asked.moment.known} 号" for part in self.parts) + "变更"

    def page(self, first: int, limit: int) -> list[Row]:
        """Some of the rows."""
        every = [(one, (place, sure)) for place, part in enumerate(self.parts) for one, sure in part.chosen]
        shown = in_order(every, self.asked.sort)[first : first + limit]
        return [self.row(one, *told) for one, told in shown]

    def as_dict(self) -> dict[str, Any]:
        """What a count says; `counties` instead of one county and what is known of it."""
        return {
            "noun": self.asked.noun,
            "division": self.division,
            "counties": [
                {"county": part.asked.county, "known": part.asked.moment.known, "total": len(part.chosen)}
                for part in self.parts
            ],
            "as_of": self.asked.moment.day.isoformat(),
            "total": self.total,
            "counts": {name: tally.as_dict() for name, tally in self.counts.items()},
            "address": self.address,
            "pinned": self.pinned,
        }

    def row(self, one: Candidate, place: int, sure: bool) -> Row:
        """One of the rows, of the county at that place."""
        row = self.parts[place].row(one, sure)
        labels = {**row["labels"], "county": self.names[place]}
        return {**row, "county": self.parts[place].asked.county, "labels": labels}


def found_over(
    session: Session,
    noun: str,
    pairs: Iterable[tuple[str, str]],
    actor: Actor,
    at: tuple[Sequence[str], date] | None = None,
    *,
    whole: bool = False,
) -> FoundOver:
    """Answer what is asked of the counties of a `division`, each as known at its last change or at `known`, 431127:57.

    `at`: the knowledge and the day of the first page, whatever has been told or recorded since. `whole`: as `ask_for`.

    Raises:
        UnknownCounty: when the register holds none of the division.
        NotFound: when there is no such list, or a county has no township so called.
        BadInput: when a county is told as well, or a filter is none.
    """
    asked = asked_over(session, noun, pairs, actor, at, whole=whole)
    return replace(asked, parts=tuple(found(session, one.asked, actor) for one in asked.parts))


def asked_over(
    session: Session,
    noun: str,
    pairs: Iterable[tuple[str, str]],
    actor: Actor,
    at: tuple[Sequence[str], date] | None = None,
    *,
    whole: bool = False,
) -> FoundOver:
    """As `found_over`, as far as what is asked; nothing is answered yet.

    Raises:
        UnknownCounty: when the register holds none of the division.
        NotFound: when there is no such list, or a county has no township so called.
        BadInput: when a county is told as well, or a filter is none.
    """
    told = list(pairs)
    division = next(value for key, value in reversed(told) if key == "division")
    counties = [value for key, value in told if key == "county"]
    known_words = at[0] if at else [value for key, value in told if key == "known"]
    pins = pins_asked(session, counties, division, known_words, actor)
    rest = [(key, value) for key, value in told if key not in ("division", "county", "known")]
    each = [
        ask_for(session, noun, [*rest, ("county", county), ("known", str(known))], actor, whole=whole)
        for county, known in pins
    ]
    each = [one.at(AsOf(at[1], one.moment.known)) for one in each] if at else each
    return FoundOver(
        division, tuple(Found(one, ()) for one in each), tuple(county_of(session, county)[1] for county, _ in pins)
    )
