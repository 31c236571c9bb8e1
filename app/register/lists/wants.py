"""What a filter wants of a fact: a word, a number or day from–to, yes or no. Each answers yes, no, or cannot tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.dates import DateInterval
from app.domain.names import plain_name
from app.domain.statement import Value, same_value

Answer = bool | None


def every(answers: Iterable[Answer]) -> Answer:
    """No where one is no; else cannot tell where one cannot be told."""
    found = True
    unknown = False
    for answer in answers:
        if answer is False:
            return False
        unknown = unknown or answer is None
    return None if unknown else found


def some(answers: Iterable[Answer]) -> Answer:
    """Yes where one is yes; else cannot tell where one cannot be told."""
    unknown = False
    for answer in answers:
        if answer:
            return True
        unknown = unknown or answer is None
    return None if unknown else False


def opposite(answer: Answer) -> Answer:
    """What cannot be told stays so."""
    return None if answer is None else not answer


@dataclass(frozen=True, slots=True)
class Word:
    """This text or code, whatever its width and blanks."""

    text: str

    def of(self, value: Value | None) -> Answer:
        """Whether a value is so; one not stated cannot be told."""
        return None if value is None else same_value(self.text, value if isinstance(value, str) else _written(value))


@dataclass(frozen=True, slots=True)
class Containing:
    """Something in which these words stand."""

    text: str

    def of(self, value: Value | None) -> Answer:
        """Whether a value is so; one not stated cannot be told."""
        return None if value is None else plain_name(self.text) in plain_name(_written(value))


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes or no."""

    yes: bool

    @property
    def text(self) -> str:
        """As addresses have it."""
        return "true" if self.yes else "false"

    def of(self, value: Value | None) -> Answer:
        """Whether a value is so; one not stated cannot be told."""
        return None if value is None else value is self.yes


@dataclass(frozen=True, slots=True)
class Untold:
    """That it cannot be told."""

    text: str = "unknown"

    def of(self, value: Value | None) -> Answer:
        """Whether nothing is told."""
        return value is None


@dataclass(frozen=True, slots=True)
class Span:
    """A number from–to, both included unless `strict`; an end that is None is open."""

    least: float | None
    most: float | None
    text: str
    strict: bool = False

    def of(self, value: Value | None) -> Answer:
        """Whether a value is so, within rounding; one not stated cannot be told."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        at_end = any(end is not None and same_value(value, end) for end in (self.least, self.most))
        if at_end:
            return not self.strict
        return (self.least is None or value > self.least) and (self.most is None or value < self.most)


@dataclass(frozen=True, slots=True)
class Days:
    """A day from–to, both included; an end that is None is open. `words`: or a day that is written just so."""

    since: date | None
    until: date | None
    text: str
    words: str | None = None

    def of(self, value: Value | None) -> Answer:
        """Yes or no where all or none of the days that it may be are so, else it cannot be told."""
        if not isinstance(value, DateInterval):
            return None
        if self.words is not None and same_value(self.words, value.text):
            return True
        if self.since is None and self.until is None:
            return False
        if _before(value.until, self.since) or _before(self.until, value.since):
            return False
        begun = self.since is None or (value.since is not None and value.since >= self.since)
        ended = self.until is None or (value.until is not None and value.until <= self.until)
        return True if begun and ended else None


Want = Word | Containing | Truth | Untold | Span | Days


def _before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def _written(value: Value) -> str:
    return value.text if isinstance(value, DateInterval) else str(value)
