"""Who holds what must go over several counties, each as known at a change of its own: which, and a page of the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.errors import BadInput
from app.register.asking import counties_asked, county_asked, known_asked
from app.register.places import township_in
from app.register.scope import Actor
from app.register.verdicts.holding import CANNOT_TELL, HOLDS, OWNER_UNKNOWN
from app.register.verdicts.verdict_asking import clauses_of
from app.register.verdicts.verdict_queries import Pin
from app.register.verdicts.who_holds import Held, who_holds


class Place(NamedTuple):
    """Where a page begins: at which of the counties, after how many of its rows."""

    county: int
    row: int


#: Where the first page begins.
FIRST = Place(0, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the machines, in order of county and enrolment; `unasked`: counties where no clause was in force."""

    day: date
    pins: tuple[Pin, ...]
    items: tuple[Held, ...]
    next: Place | None
    unasked: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For the API, which says where the next page is in words of its own."""
        return {
            "as_of": self.day.isoformat(),
            "counties": [{"county": county, "known": known} for county, known in self.pins],
            "items": [_item(one) for one in self.items],
            "no_clause": list(self.unasked),
        }


def _item(one: Held) -> dict[str, Any]:
    said = {
        "county": one.county,
        "enterprise": {"id": one.firm, "name": one.name, "uscc": one.uscc},
        "township": one.township,
        "township_code": one.township_code,
        "machine": one.machine,
        "code": one.code,
        "bodies": one.bodies,
        "answer": HOLDS if one.holds else CANNOT_TELL,
        "clause": one.clause,
    }
    return said if one.owner_known else {**said, "owner": OWNER_UNKNOWN}


def pins_asked(
    session: Session, counties: Sequence[str], division: str | None, known: Sequence[str], actor: Actor
) -> tuple[Pin, ...]:
    """The counties named, or those of a division, or the only one; each at the change told for it, else at its last.

    `known`: a change or an instant; of several counties each with its county before it (`431127:57`).

    Raises:
        UnknownCounty: as `county_asked`; or when the register holds none of the division.
        BadInput: when counties and a division are told together, or what is known does not fit the counties.
    """
    if division is not None:
        pins = counties_asked(session, counties[0] if counties else None, division, None, actor)
    else:
        codes = sorted({county_asked(session, code, actor) for code in counties or (None,)})
        pins = tuple((code, known_asked(session, code, None)) for code in codes)
    told = _told(known, [county for county, _ in pins])
    return tuple((code, known_asked(session, code, told[code]) if code in told else last) for code, last in pins)


def _told(known: Sequence[str], counties: Sequence[str]) -> dict[str, str]:
    """What is told of each county."""
    found: dict[str, str] = {}
    for words in known:
        named = re.fullmatch(r"(\d{6}):(.+)", words, re.ASCII)
        if named is None and len(counties) > 1:
            raise BadInput(
                f"问几个县时，“{words}”没有写明是哪个县的",
                fix="请在变更编号或时刻前写县的代码和冒号，例如 431127:57；没写到的县按其最新的变更",
                code="known.county",
            )
        county, when = named.groups() if named else (counties[0], words)
        if county not in counties or county in found:
            why = "写了两次" if county in found else "不在所问的县之中"
            raise BadInput(f"known 里的 {county} {why}", fix="请每个所问的县至多写一次", code="known.county")
        found[county] = when
    return found


def page(
    session: Session,
    pins: Sequence[Pin],
    *,
    as_of: date,
    actor: Actor,
    clauses: Sequence[str] = (),
    township: str | None = None,
    start: Place = FIRST,
    limit: int,
) -> Page:
    """At most `limit` machines from a place on; only the counties that they are of are asked.

    Raises:
        UnknownClause, UnknownTownship: when something named is not there.
        BadInput: when a township is named of several counties.
    """
    code = None
    if township is not None:
        if len(pins) != 1:
            raise BadInput("指明乡镇时只能问一个县", fix="请只写一个 county，不要写 division")
        code = township_in(session, pins[0][0], township, as_of)[0]
    going_by = clauses_of(session, pins, clauses, as_of, actor)
    unasked = tuple(sorted(county for asked, some in going_by.items() if not asked for county, _ in some))
    found: list[Held] = []
    for at, pin in enumerate(pins[start.county :], start.county):
        skipped = start.row if at == start.county else 0
        own = who_holds(session, [pin], as_of=as_of, actor=actor, clauses=clauses, township=code)[skipped:]
        room = limit - len(found)
        if len(own) > room:
            then = Place(at, skipped + room)
            return Page(as_of, tuple(pins), (*found, *own[:room]), then, unasked)
        found += own
    return Page(as_of, tuple(pins), tuple(found), None, unasked)
