"""The only place that asks what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone

#: Legal days and quarters are those of China, which keeps one time and no summer time.
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")

_fixed: datetime | None = None


def now() -> datetime:
    """This instant, in UTC."""
    return _fixed or datetime.now(UTC)


def today() -> date:
    """The legal day in China."""
    return now().astimezone(CHINA).date()


@contextmanager
def fixed(at: datetime) -> Iterator[None]:
    """Hold the clock still: for tests, and for the example county, whose days are part of its story."""
    global _fixed
    before, _fixed = _fixed, at
    try:
        yield
    finally:
        _fixed = before
