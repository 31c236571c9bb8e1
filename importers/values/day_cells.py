"""A cell under a field of days: the interval, or the reason why it states none."""

from __future__ import annotations

import re

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.domain.vocabulary import Field
from importers.grid import Cell
from importers.values.days import NotADay, parse_days, parse_range, parse_stored, plain_days
from importers.values.text import word
from importers.values.understood import Understood, asked, doubt
from importers.values.words import enum

#: Words that stand under a day and state another field instead: 已拆除 under 拆除时间.
_INSTEAD = {
    "equipment.removed_on": ("equipment.state", "equipment_state", {"removed"}),
    "plan.accepted_on": ("plan.acceptance", "acceptance", {"passed", "failed", "pending"}),
    "plan.made_on": ("plan.stage", "plan_stage", {"none", "made"}),
}
_TERM = ("permit.valid_from", "permit.valid_to")


def read_day_cell(field: Field, cell: Cell, *, year: int | None, date1904: bool) -> Understood:
    """Read one cell under a field of days."""
    raw = cell.text.strip()
    try:
        stored = parse_stored(cell.value, raw, date1904=date1904)
        if stored:
            return Understood(stored)
        if field.path in _TERM and (term := parse_range(raw, year=year)):
            return _term(field, raw, *term)
        return Understood(_begun(field, parse_days(raw, year=year), raw, year))
    except NotADay as problem:
        return _instead(field, raw) or _noted(field, raw, year) or asked(problem.code, raw, field.zh)


def _term(field: Field, raw: str, first: DateInterval, last: DateInterval) -> Understood:
    """2024-09-10至2029-09-09 under either end of a permit's term states both."""
    ends = dict(zip(_TERM, (_said(first, raw), _said(last, raw)), strict=True))
    also: dict[str, Value] = {path: day for path, day in ends.items() if path != field.path}
    return Understood(ends[field.path], None, also)


def _begun(field: Field, day: DateInterval, raw: str, year: int | None) -> DateInterval:
    """2024年3月1日起 and 2024年3月至今 under an event's day: when it began."""
    if day.until is not None or field.path == "enterprise.deadline":
        return day
    began = re.sub(r"(起|开始|以来)?(至今|至目前)?$", "", plain_days(raw)).removeprefix("自").removeprefix("从")
    return _said(parse_days(began, year=year), raw)


def _said(day: DateInterval, raw: str) -> DateInterval:
    return DateInterval(day.since, day.until, day.precision, raw)


def _noted(field: Field, raw: str, year: int | None) -> Understood | None:
    """2024年3月（已拆除）: the day, and what its note says; a day with any other note is asked about as a whole."""
    found = re.fullmatch(r"(?P<day>[^()（）]+)[(（](?P<note>[^()（）]+)[)）]", raw)
    found = found or re.fullmatch(r"(?P<day>\d[\d年月日号./-]*)(?P<note>[^\d年月日号./-]\D+)", raw)
    note = _instead(field, found["note"]) if found else None
    if not found or not note:
        return None
    try:
        return Understood(_said(parse_days(found["day"], year=year), raw), None, note.also)
    except NotADay:
        return None


def _instead(field: Field, raw: str) -> Understood | None:
    """What a word under a day states of another field; the day itself is asked for."""
    if field.path not in _INSTEAD:
        return None
    path, name, values = _INSTEAD[field.path]
    value = enum(name).get(word(raw))
    if value not in values:
        return None
    issue = doubt("value.no_day", raw, field.zh) if value in {"removed", "passed", "made"} else None
    return Understood(None, issue, {path: value})
