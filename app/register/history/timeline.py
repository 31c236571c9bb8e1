"""The history of one firm: every fact of it and of what it holds, on both axes of time, and what people decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.masking import masked_field
from app.domain.statement import same_value
from app.domain.vocabulary import SECTIONS
from app.errors import BadInput
from app.register.facts.identity import Same, same_as
from app.register.facts.project import parts_of
from app.register.facts.settle import PRESENT
from app.register.history import queries
from app.register.history.acts import Act, acts_of
from app.register.history.came_over import Came, came_over
from app.register.history.decided import Decided, decided_of
from app.register.history.moments import day_or_none
from app.register.history.passed import passed_of
from app.register.history.things import (
    WORDS,
    Thing,
    as_json,
    called_in,
    fields_of,
    firm_ever_called,
    in_words,
    rows_of,
    zh,
)
from app.register.history.tracks import Entry, entries, last_day
from app.register.scope import Actor
from app.store.facts import from_json
from app.store.models import OPEN

_OF_PRESENCE = ("state", "removed_on", "taken_on")

#: A value of something's field; of a machine that came over, on the days on which it is the firm's.
Line = tuple[Thing, str, Entry, Came | None]


@dataclass(frozen=True, slots=True)
class Source:
    """A cell that states the value, with its day, its change, and the change that withdrew it, if one did."""

    source: str
    file: str
    cell: str
    raw: str
    day: date
    change: int
    withdrawn_by: int | None

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        own = {"source": self.source, "file": self.file, "cell": self.cell, "raw": self.raw}
        return {**own, "day": self.day.isoformat(), "change": self.change, "withdrawn_by": self.withdrawn_by}


@dataclass(frozen=True, slots=True)
class Told:
    """One fact from a day until a day, known from a change until a change.

    `came`: that it is of a machine which came over; the days are then those on which it is, or may be, the firm's.
    """

    thing: Thing
    field: str
    entry: Entry
    recorded: Act
    ended: Act | None
    superseded: Act | None
    sources: tuple[Source, ...]
    came: Came | None = None

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API. `until`: the last day; null where it still holds."""
        section, (value, disputed) = self.thing.section, self.entry.state
        since, until = _days(self.entry, self.came)
        return {
            "section": section,
            "subject": self.thing.id,
            "called": self.thing.called,
            "field": self.field,
            "label": zh(section, self.field),
            "value": as_json(self.field, value),
            "text": in_words(section, self.field, value, disputed),
            "disputed": disputed,
            "from": since.isoformat(),
            "until": day_or_none(last_day(until)),
            "sources": [one.as_dict() for one in self.sources],
            "known_since": self.recorded.as_dict(),
            "until_known_since": self.ended.as_dict() if self.ended else None,
            "superseded": self.superseded.as_dict() if self.superseded else None,
            "came": self.came.as_dict() if self.came else None,
        }


@dataclass(frozen=True, slots=True)
class History:
    """All of a firm's facts in order of days, and what was decided of it in order of changes."""

    county: str
    firm: str
    name: str
    records: tuple[str, ...]
    day: date | None
    known: int
    facts: tuple[Told, ...]
    decided: tuple[Decided, ...]

    def as_dict(self) -> dict[str, Any]:
        """The object that `luzhang history --json` prints."""
        return {
            "county": self.county,
            "enterprise": {"id": self.firm, "name": self.name, "records": list(self.records)},
            "as_of": day_or_none(self.day),
            "known": self.known,
            "facts": [one.as_dict() for one in self.facts],
            "decided": [one.as_dict() for one in self.decided],
        }


def history(
    session: Session,
    county: str,
    firm: str,
    *,
    as_of: date | None = None,
    known: int,
    section: str | None = None,
    actor: Actor,
) -> History:
    """The history of a firm (id, code or any name), as known at a change; `as_of`: of days up to this one.

    Raises:
        NotFound: when there is no such firm.
        BadInput: when there is no such section.
    """
    section = _section(section)
    same = same_as(session, county, known)
    standing = same.of(firm_ever_called(session, county, firm, actor))
    parts = parts_of(session, county, [standing], known)
    things: dict[str, Thing] = {}
    facts: list[Line] = []
    name = "（名称有争议）"
    for of in SECTIONS:
        own = [part for part in parts if part.section == of]
        rows = rows_of(session, of, county, [part.id for part in own], known, actor)
        for part in own:
            thing = Thing(of, part.id, called_in(of, rows.get(part.id, ()), part.kind))
            things[part.id] = thing
            name = thing.called if part.id == standing else name
            if section in (None, of):
                facts += _facts(thing, rows.get(part.id, ()), known, as_of)
    others = _come_over(session, county, standing, same, as_of, known, actor) if section in (None, "equipment") else []
    decided = _decided(session, county, same, standing, things, as_of, known, actor) if section is None else []
    facts += others
    acts = acts_of(session, county, [*_numbers(facts), *(n for one in decided for n in one.numbers)], actor)
    sources = _Sources(session, county, same, [*things, *{thing.id for thing, *_ in others}], known, actor)
    told = tuple(_told(one, acts, sources) for one in sorted(facts, key=_order))
    records = tuple(same.group(standing))
    return History(
        county, standing, name, records, as_of, known, told, tuple(one.with_acts(acts, known) for one in decided)
    )


def _section(told: str | None) -> str | None:
    """A section told by its name or in Chinese."""
    words = {"enterprise": "企业", **WORDS}
    found = {zh: name for name, zh in words.items()}.get(told or "", told)
    if found is not None and found not in SECTIONS:
        possible = "、".join(f"{words[name]}（{name}）" for name in SECTIONS)
        raise BadInput(f"没有“{told}”这一类", fix=f"可以是：{possible}", code="section.unknown")
    return found


def _decided(
    session: Session,
    county: str,
    same: Same,
    firm: str,
    things: Mapping[str, Thing],
    day: date | None,
    known: int,
    actor: Actor,
) -> list[Decided]:
    """What people decided, and who came before and after the firm; in order of changes."""
    records = same.group(firm)
    found = decided_of(session, county, records, things, known, actor)
    found += passed_of(session, county, same, records, day, known, actor)
    return sorted(found, key=lambda one: (one.recorded_by, one.id))


def _come_over(
    session: Session, county: str, firm: str, same: Same, day: date | None, known: int, actor: Actor
) -> list[Line]:
    """The facts of the machines that came over to the firm, on the days on which they are, or may be, its own."""
    came = came_over(session, county, firm, same, known, actor)
    rows = rows_of(session, "equipment", county, [one.machine for one in came], known, actor) if came else {}
    found: list[Line] = []
    for one in came:
        own = rows.get(one.machine, ())
        thing = Thing("equipment", one.machine, called_in("equipment", own))
        found += _facts(thing, own, known, day, one)
    return found


def _facts(thing: Thing, rows: Sequence[Any], known: int, day: date | None, came: Came | None = None) -> Iterator[Line]:
    for field in fields_of(thing.section):
        for entry in entries(rows, field, known):
            since, until = _days(entry, came)
            if since < until and (day is None or since <= day):
                yield thing, field, entry, came


def _days(entry: Entry, came: Came | None) -> tuple[date, date]:
    """The days on which a value holds; of a machine that came over, those of them on which it may be the firm's."""
    if came is None:
        return entry.since, entry.until
    return max(entry.since, came.since), min(entry.until, came.until)


def _order(one: Line) -> tuple[Any, ...]:
    thing, field, entry, came = one
    place = (list(SECTIONS).index(thing.section), thing.id, fields_of(thing.section).index(field))
    return (_days(entry, came)[0], *place, entry.recorded_by)


def _numbers(facts: Sequence[Line]) -> Iterator[int]:
    for _, _, entry, _ in facts:
        yield from (entry.recorded_by, entry.until_by)
        if entry.superseded_by is not None:
            yield entry.superseded_by


class _Sources:
    """What was ever said of a firm and of what it holds, by subject."""

    def __init__(
        self, session: Session, county: str, same: Same, subjects: Sequence[str], known: int, actor: Actor
    ) -> None:
        self.same, self.known = same, known
        self.said: defaultdict[str, list[Any]] = defaultdict(list)
        for row in session.scalars(queries.said(county, subjects, known, actor)):
            self.said[row.subject_id].append(row)

    def of(self, thing: Thing, field: str, entry: Entry) -> tuple[Source, ...]:
        """The cells that state a value on the days on which it holds, said before it was superseded."""
        before = entry.superseded_by or self.known + 1
        found = []
        for row in (row for id in self.same.group(thing.id) for row in self.said[id]):
            if row.recorded_by < before and self._states(row, field, entry):
                cell = f"{row.sheet}!{row.cell}" if row.cell else row.sheet
                back = None if row.superseded_by == OPEN or row.superseded_by > self.known else row.superseded_by
                found.append(
                    Source(row.source, row.file, cell, masked_field(row.field, row.raw), row.day, row.recorded_by, back)
                )
        return tuple(dict.fromkeys(found))

    def _states(self, row: Any, field: str, entry: Entry) -> bool:
        value, disputed = entry.state
        if field == PRESENT:
            if value is True:
                return bool(row.day == entry.since)
            return row.field in _OF_PRESENCE and row.day >= entry.since
        if row.field != field or not entry.since <= row.day < entry.until:
            return False
        return row.day == entry.since if disputed else same_value(from_json(row.value), value)


def _told(one: Line, acts: Mapping[int, Act], sources: _Sources) -> Told:
    thing, field, entry, came = one
    goes_on = last_day(entry.until) is None or _days(entry, came)[1] != entry.until
    ended = None if goes_on else acts[entry.until_by]
    superseded = acts[entry.superseded_by] if entry.superseded_by else None
    told = acts[entry.recorded_by], ended, superseded, sources.of(thing, field, entry)
    return Told(thing, field, entry, *told, came)
