"""What becomes of each field that an import had spoken of when it is taken back, in words for people. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from app.domain.dates import FOREVER
from app.domain.masking import masked_label
from app.domain.statement import Statement, same_value
from app.register.facts.settle import PRESENT, Stretch
from app.register.facts.timelines import at
from app.register.lists import THERE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one field of a firm, or of what it holds: values as people read them, and for which days.

    `before` is what the import had made of it (of a field that is kept: what the import said), `after` what it is now.
    `why` it did not go back, if it did not. `since`, `until`: the first and the last such day, None where open.
    """

    enterprise: str
    section: str
    field: str
    before: str | None
    after: str | None
    why: str | None = None
    since: date | None = None
    until: date | None = None

    def as_dict(self) -> dict[str, Any]:
        """For `undo --json`."""
        words = {name: getattr(self, name) for name in ("enterprise", "section", "field", "before", "after", "why")}
        days = {"from": self.since, "to": self.until}
        return words | {name: day.isoformat() if day else None for name, day in days.items()}


def reversed_days(
    firm: str, section: str, field: str, before: Sequence[Stretch], after: Sequence[Stretch]
) -> Iterator[Outcome]:
    """Each run of days on which a field is another one now: with the import, and without it."""
    days = sorted({day for one in (*before, *after) for day in (one.since, one.until)})
    runs: list[tuple[date, date, Stretch | None, Stretch | None]] = []
    for since, until in pairwise(days):
        was, now = at(before, since), at(after, since)
        if _same(was, now):
            continue
        if runs and runs[-1][1] == since and _same(runs[-1][2], was) and _same(runs[-1][3], now):
            since = runs.pop()[0]
        runs.append((since, until, was, now))
    for since, until, was, now in runs:
        last = None if until == FOREVER else until - timedelta(days=1)
        shown = (_shown(section, field, was), _shown(section, field, now))
        yield Outcome(firm, section, field, *shown, since=since, until=last)


def overruled(
    firm: str, section: str, said: Statement, left: Sequence[Statement], after: Sequence[Stretch]
) -> Outcome | None:
    """What the import said and somebody corrected since, so that it held no more; None where it still stands."""
    now = at(after, said.day)
    if now is not None and not now.disputed and same_value(now.value, said.value):
        return None
    since = [one for one in left if one.day == said.day and one.change > said.change]
    if not since:
        return None
    last = max(since, key=lambda one: one.change)
    why = f"{last.source}（{last.evidence.file}）后来对 {last.day} 的情况另有说明"
    shown = (masked_label(section, said.field, said.value), _shown(section, said.field, now))
    return Outcome(firm, section, said.field, *shown, why=why, since=said.day)


def _same(one: Stretch | None, other: Stretch | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.disputed == other.disputed and same_value(one.value, other.value)


def _shown(section: str, field: str, stretch: Stretch | None) -> str | None:
    """What holds in a stretch, as people read it; None where nothing was said."""
    if stretch is None:
        return None
    if field == PRESENT:
        return THERE[stretch.value if isinstance(stretch.value, bool) else None]
    return "有争议" if stretch.disputed or stretch.value is None else masked_label(section, field, stretch.value)
