"""What stands behind a printed fact: the facts as known at the issue, and the statements that support them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.masking import masked_field
from app.domain.register import AsOf
from app.domain.statement import Statement, same_value
from app.domain.vocabulary import SECTIONS
from app.register import queries
from app.register.facts.identity import same_as
from app.register.facts.settle import standing
from app.register.facts.spoken import spoken
from app.register.history.acts import Act, acts_of
from app.register.history.moments import day_or_none
from app.register.history.things import as_json, in_words, rows_of, zh
from app.register.history.tracks import Entry, Kept, entries, last_day
from app.register.scope import Actor
from app.store.models import OPEN


def facts_behind(
    session: Session, county: str, section: str, subjects: Sequence[str], field: str, as_of: AsOf, actor: Actor
) -> list[dict[str, Any]]:
    """The fact of each subject that holds on the day, as known at the change: the same whenever it is asked."""
    if section not in SECTIONS or field not in SECTIONS[section]:
        return []
    return _behind(session, county, section, subjects, field, as_of, as_of, actor)


def removals_behind(
    session: Session, county: str, subjects: Sequence[str], as_of: AsOf, actor: Actor
) -> list[dict[str, Any]]:
    """What says of machines when they were taken down: a report of December tells of a removal in March."""
    ever = replace(as_of, day=queries.NOW.day)
    return _behind(session, county, "equipment", subjects, "removed_on", as_of, ever, actor)


def _behind(
    session: Session,
    county: str,
    section: str,
    subjects: Sequence[str],
    field: str,
    as_of: AsOf,
    said_by: AsOf,
    actor: Actor,
) -> list[dict[str, Any]]:
    """The facts of the day with what was said of them up to another."""
    same = same_as(session, county, as_of.known)
    own = list(dict.fromkeys(map(same.of, subjects)))
    rows = rows_of(session, section, county, own, as_of.known, actor)
    words: defaultdict[str, list[Statement]] = defaultdict(list)
    for _, said in spoken(session, county, own, said_by, actor):
        if said.field == field:
            words[said.subject].append(said)
    entered = ((id, _entry(rows.get(id, ()), field, as_of)) for id in own)
    found = [(id, entry, _supporting(words[id], entry, as_of.day)) for id, entry in entered]
    numbers = {number for _, entry, said in found for number in _numbers(entry, said)}
    acts = acts_of(session, county, numbers, actor)
    return [_told(section, id, field, entry, said, acts) for id, entry, said in found if entry or said]


def figures_behind(
    session: Session, county: str, wanted: Collection[str], as_of: AsOf, actor: Actor
) -> list[dict[str, Any]]:
    """Figures that papers state, with the cells in which they stand."""
    rows = [row for row in session.scalars(queries.figures(county, as_of, actor)) if row.id in wanted]
    acts = acts_of(session, county, {row.recorded_by for row in rows}, actor)
    return [
        {
            "id": row.id,
            "phrase": row.phrase,
            "number": row.number,
            "unit": row.unit,
            "when": row.when_text,
            "source": row.source,
            "file": row.file,
            "sheet": row.sheet,
            "cell": row.cell,
            "place": f"{row.sheet}!{row.cell}" if row.cell else row.sheet,
            "raw": row.raw,
            "recorded": _act(acts, row.recorded_by),
        }
        for row in rows
    ]


def _entry(rows: Sequence[Kept], field: str, as_of: AsOf) -> Entry | None:
    """The value of the day; what came after the knowledge is as if it had not been."""
    then = [row if row.superseded_by <= as_of.known else replace(row, superseded_by=OPEN) for row in rows]
    told = (one for one in entries(then, field, as_of.known) if one.superseded_by is None)
    return next((one for one in told if one.since <= as_of.day < one.until), None)


def _supporting(words: Sequence[Statement], entry: Entry | None, day: date) -> list[Statement]:
    """Whoever says the value on the days on which it holds, and in a dispute whoever stands against whom."""
    deciding = standing(words, day) or words
    if entry is None or entry.state[1]:
        return list(deciding)
    of = [one for one in words if entry.since <= one.day <= day and same_value(one.value, entry.state[0])]
    return sorted(of or deciding, key=lambda one: (one.day, one.change, one.id))


def _numbers(entry: Entry | None, said: Sequence[Statement]) -> Iterator[int]:
    if entry:
        yield entry.recorded_by
    for one in said:
        yield one.change
        yield from [one.decided] if one.decided else []


def _told(
    section: str, id: str, field: str, entry: Entry | None, said: Sequence[Statement], acts: dict[int, Act]
) -> dict[str, Any]:
    """A fact with its statements; one that is no row of its own (a permit's kind) is as its statements have it."""
    (value, disputed), since, until = (
        (entry.state, entry.since, last_day(entry.until)) if entry else ((said[0].value, False), said[0].day, None)
    )
    return {
        "section": section,
        "subject": id,
        "field": field,
        "label": zh(section, field),
        "value": as_json(field, value),
        "text": in_words(section, field, value, disputed),
        "disputed": disputed,
        "from": since.isoformat(),
        "until": day_or_none(until),
        "recorded": _act(acts, entry.recorded_by if entry else said[0].change),
        "statements": [_statement(one, acts) for one in said],
    }


def _statement(said: Statement, acts: dict[int, Act]) -> dict[str, Any]:
    return {
        "source": said.source,
        "file": said.evidence.file,
        "sheet": said.evidence.sheet,
        "cell": said.evidence.cell,
        "place": said.evidence.place,
        "raw": masked_field(said.field, said.evidence.raw),
        "value": as_json(said.field, said.value),
        "day": said.day.isoformat(),
        "recorded": _act(acts, said.change),
        "decided": _act(acts, said.decided) if said.decided else None,
    }


def _act(acts: dict[int, Act], number: int) -> dict[str, Any] | None:
    return acts[number].as_dict() if number in acts else None
