"""A subject's timelines out of its statements, field by field and woven into lines for a table. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from app.domain.statement import Statement, Value
from app.register.facts.former_names import without_former
from app.register.facts.presence import presence
from app.register.facts.settle import PRESENT, Stretch, settle

Timelines = dict[str, tuple[Stretch, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """What holds from a day until another: facts by field, and the fields in which sources contradict each other."""

    since: date
    until: date
    facts: Mapping[str, Value]
    disputed: frozenset[str]


def timelines(
    section: str, statements: Iterable[Statement], dismantled: Iterable[Statement] = (), prefer: str | None = None
) -> Timelines:
    """The timeline of every field that was ever stated of one subject; of a machine, `present` as well.

    Where sources stand against each other about whether a machine is there, its state is disputed too. A firm that was
    renamed is not called by its former name again because a roster still writes it.
    """
    spoken: defaultdict[str, list[Statement]] = defaultdict(list)
    for said in statements:
        spoken[said.field].append(said)
    if section == "enterprise" and "former_name" in spoken:
        spoken["name"] = without_former(spoken["name"], spoken["former_name"])
    told = {field: settle(words, prefer) for field, words in spoken.items()}
    if section == "equipment":
        there = presence([said for words in spoken.values() for said in words], dismantled, prefer)
        told[PRESENT] = tuple(replace(one, disputed=False) for one in there)
        told["state"] = _doubted(told.get("state", ()), there)
    return {field: stretches for field, stretches in told.items() if stretches}


def weave(told: Timelines, fields: Iterable[str]) -> tuple[Line, ...]:
    """The lines of one table: one for each stretch in which none of its fields changes; empty ones are left out."""
    chosen = {field: told[field] for field in fields if field in told}
    spans = {(one.since, one.until) for stretches in chosen.values() for one in stretches}
    if len(spans) <= 1:
        return _line_of(spans, {field: stretches[0] for field, stretches in chosen.items() if stretches})
    days = sorted({day for span in spans for day in span})
    cursors = dict.fromkeys(chosen, 0)
    lines: list[Line] = []
    for since, until in pairwise(days):
        facts: dict[str, Value] = {}
        disputed = set()
        for field, stretches in chosen.items():
            while cursors[field] < len(stretches) and stretches[cursors[field]].until <= since:
                cursors[field] += 1
            one = stretches[cursors[field]] if cursors[field] < len(stretches) else None
            if one is None or one.since > since:
                continue
            if one.disputed:
                disputed.add(field)
            elif one.value is not None:
                facts[field] = one.value
        if not facts and not disputed:
            continue
        line = Line(since, until, facts, frozenset(disputed))
        last = lines[-1] if lines else None
        if last and last.until == since and last.facts == facts and last.disputed == line.disputed:
            lines[-1] = replace(last, until=until)
        else:
            lines.append(line)
    return tuple(lines)


def _line_of(spans: Iterable[tuple[date, date]], told: Mapping[str, Stretch]) -> tuple[Line, ...]:
    """The line of fields that all have one stretch, with the same days: most of what a first roster brings."""
    disputed = frozenset(field for field, one in told.items() if one.disputed)
    facts = {field: one.value for field, one in told.items() if not one.disputed and one.value is not None}
    return tuple(Line(since, until, facts, disputed) for since, until in spans if facts or disputed)


def at(stretches: Iterable[Stretch], day: date) -> Stretch | None:
    """The stretch that a day falls in."""
    return next((one for one in stretches if one.since <= day < one.until), None)


def _doubted(states: tuple[Stretch, ...], there: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """The states, with none of a value where it is disputed whether the machine is there."""
    if not any(one.disputed for one in there):
        return states
    days = sorted({day for one in (*states, *there) for day in (one.since, one.until)})
    woven: list[Stretch] = []
    for since, until in pairwise(days):
        state, doubt = at(states, since), at(there, since)
        if doubt and doubt.disputed:
            woven.append(Stretch(since, until, None, disputed=True))
        elif state:
            woven.append(Stretch(since, until, state.value, state.disputed))
    return tuple(woven)
