"""A cell under a field of days: the interval, or the reason why it states none."""

from __future__ import annotations

import re
from functools import cache

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.domain.vocabulary import Field
from importers.grid import Cell
from importers.values.asides import dated
from importers.values.days import NotADay, parse_days, parse_range, parse_stored, plain_days
from importers.values.text import word
from importers.values.understood import Understood, asked, doubt
from importers.values.words import enum, marks, section

#: Words that stand under a day and state another field instead: 已拆除 under 拆除时间.
_INSTEAD = {
    "equipment.removed_on": ("equipment.state", "equipment_state", {"removed"}),
    "plan.accepted_on": ("plan.acceptance", "acceptance", {"passed", "failed", "pending"}),
    "plan.made_on": ("plan.stage", "plan_stage", {"none", "made"}),
    "permit.valid_from": ("permit.standing", "permit_standing", {"held", "expired", "revoked"}),
    "action.taken_on": ("action.kind", "action_kind", None),
}
#: These say that the day is still to come or will never come, so none is asked for.
_NO_DAY_YET = {"failed", "pending", "none"}
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
        told = _told(field, raw)
        return Understood(_begun(field, _said(parse_days(told, year=year), raw), told, year))
    except NotADay as problem:
        return _instead(field, raw) or _noted(field, raw) or asked(problem.code, raw, field.zh)


@cache
def _verbs(path: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand behind a field's day, and before it with 于: 2015年8月投产, 成立于2015年8月."""
    words = "|".join(sorted(section("day_words").get(path, []), key=len, reverse=True)) or "(?!)"
    return (
        re.compile(rf"(?<=[\d日号月旬底末前内年度])(?:全部|整体)?(?:{words}){{1,3}}$"),
        re.compile(rf"^(?:{words})(?:于|时间[:：])(?=\d)"),
    )


def _told(field: Field, raw: str) -> str:
    """The day without the words that only repeat what the field is."""
    behind, before = _verbs(field.path)
    return before.sub("", behind.sub("", raw.rstrip("。")))


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
    return _said(parse_days(began, year=year), day.text or raw)


def _said(day: DateInterval, raw: str) -> DateInterval:
    return DateInterval(day.since, day.until, day.precision, raw)


def _noted(field: Field, raw: str) -> Understood | None:
    """2024年3月（已拆除）: the day, and what its note says; a day with any other note is asked about as a whole."""
    said = dated(word(raw))
    note = _instead(field, said.rest) if said else None
    if not said or not note:
        return None
    certain = said.done or field.path != "equipment.removed_on" or "完毕" in said.rest
    return Understood(_said(said.day, raw), None, note.also if certain else {})


def _instead(field: Field, raw: str) -> Understood | None:
    """What a word under a day states of another field; the day itself is asked for."""
    if field.path not in _INSTEAD:
        return None
    path, name, values = _INSTEAD[field.path]
    said = word(raw)
    value = enum(name).get(said) or (enum(name).get(said.removeprefix("已")) if values is None else None)
    if value is None or (values is not None and value not in values) or said in marks():
        return None
    issue = None if value in _NO_DAY_YET else doubt("value.no_day", raw, field.zh)
    return Understood(None, issue, {path: value})
