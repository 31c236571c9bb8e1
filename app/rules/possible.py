"""What may be answered of a fact: one value for each way in which a predicate's comparisons of it can come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.domain.vocabulary import Field, takes
from app.rules.conditions import field_of
from app.rules.predicate import Comparison

#: A text that no clause names.
_OTHER_TEXT = "（别的）"


def possible(
    comparisons: Sequence[Comparison], known: Value | None = None, claimed: Iterable[Value] = ()
) -> list[Value]:
    """Values of the one fact that these comparisons ask for, no two of which they answer alike.

    Of a date, days: those of the interval that is `known`, where one is, else any. `claimed`: values that some source
    stated, which come first. A fact that the vocabulary lacks has the values that it is compared with, and another.
    """
    path = comparisons[0].field
    field = field_of(path)
    found: dict[tuple[bool | None, ...], Value] = {}
    for value in (*claimed, *_values(field, list(_operands(comparisons)), known)):
        found.setdefault(tuple(one.holds({path: value}) for one in comparisons), value)
    return [value for answers, value in found.items() if None not in answers]


def _operands(comparisons: Iterable[Comparison]) -> Iterator[Value | date]:
    for one in comparisons:
        yield from one.value if isinstance(one.value, tuple) else (one.value,)


def _values(field: Field | None, named: list[Value | date], known: Value | None) -> Iterable[Value]:
    """Candidates enough that every way to come out is among them."""
    if field is None:
        return [*(one for one in named if isinstance(one, (str, int, float))), _OTHER_TEXT]
    if field.enum is not None:
        return field.enum
    if field.type == "bool":
        return (True, False)
    if field.type == "date":
        return _days([one for one in named if isinstance(one, date)], known)
    if field.type in ("int", "decimal"):
        points = sorted({float(one) for one in named if isinstance(one, (int, float))})
        numbers = _whole(points) if field.type == "int" else _broken(points)
        return [one for one in numbers if takes(field, one)] or [0]
    return _texts([one for one in named if isinstance(one, str)])


def _whole(points: Sequence[float]) -> list[int]:
    """Whole numbers at, below, above and between the points."""
    return sorted({near + step for one in points for near in (floor(one), ceil(one)) for step in (-1, 0, 1)})


def _broken(points: Sequence[float]) -> list[float]:
    """The points, and a number below, above and between them."""
    if not points:
        return []
    between = [(one + other) / 2 for one, other in pairwise(points)]
    below = [points[0] / 2 if points[0] > 0 else points[0] - 1]
    return [*below, *points, *between, points[-1] + 1]


def _days(points: Iterable[date], known: Value | None) -> list[Value]:
    """Single days at, before and after the points, of the interval where one is known."""
    since, until = (known.since, known.until) if isinstance(known, DateInterval) else (None, None)
    days = {day for one in points for day in (_stepped(one, -1), one, _stepped(one, 1))}
    days |= {day for day in (since, until) if day is not None} or {date(2000, 1, 1)}
    fit = (day for day in sorted(days) if (since is None or since <= day) and (until is None or day <= until))
    return [DateInterval.of_day(day) for day in fit]


def _stepped(day: date, step: int) -> date:
    ends = {-1: date.min, 1: date.max}
    return day if day == ends[step] else day + timedelta(days=step)


def _texts(named: Iterable[str]) -> list[Value]:
    """The texts named, each as a series' name and something after it, and one that is none of them."""
    return [*(form for one in named for form in (one, f"{one}1", f"{one}型")), _OTHER_TEXT]
