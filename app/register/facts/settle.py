"""What a field's value is, day by day, out of what sources said of it. Pure: statements in, a timeline out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from app.domain.dates import FOREVER
from app.domain.statement import WORDING, Statement, Value, same_value

_day = attrgetter("day")

#: The name under which it is kept whether a machine is there.
PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One value from a day until another (half-open), or none; `disputed`: sources stand against each other."""

    since: date
    until: date
    value: Value | None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The value that holds from a day on, until the next mark."""

    day: date
    value: Value | None
    disputed: bool = False


def settle(statements: Iterable[Statement], prefer: str | None = None) -> tuple[Stretch, ...]:
    """The timeline of one field of one subject.

    A statement holds until the next statement's day. On one day each source's last recorded word counts: one value is
    the value; several stand against each other, so there is none until the next statement's day. `prefer` names a
    source, or a file by its base name, whose word is then the value. Nothing is said before the first statement.
    """
    ordered = sorted(statements, key=_day)
    if len(ordered) == 1:
        return (Stretch(ordered[0].day, FOREVER, ordered[0].value),)
    marks = []
    for day, spoken in groupby(ordered, key=_day):
        words = deciding(last_words(list(spoken)))
        chosen = agreed(words) or preferred(words, prefer)
        marks.append(Mark(day, chosen.value if chosen else None, chosen is None))
    return timeline(marks)


def timeline(marks: Iterable[Mark]) -> tuple[Stretch, ...]:
    """Marks in order of days, as stretches; what goes on saying the same is one stretch."""
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.disputed != kept[-1].disputed or not same_value(mark.value, kept[-1].value):
            kept.append(mark)
    ends = [*(mark.day for mark in kept[1:]), FOREVER]
    return tuple(Stretch(mark.day, end, mark.value, mark.disputed) for mark, end in zip(kept, ends, strict=False))


def standing(statements: Iterable[Statement], day: date) -> tuple[Statement, ...]:
    """The statements that decide a field at the end of a day: of the last day spoken of, each source's last word.

    Where a person decided between them, that one, and what was said since.
    """
    before = [said for said in statements if said.day <= day]
    if len(before) < 2:
        return tuple(before)
    latest = max(said.day for said in before)
    return deciding(last_words([said for said in before if said.day == latest]))


def last_words(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Of one day's statements, what each source recorded last: a source that speaks again corrects itself."""
    if len(statements) == 1:
        return tuple(statements)
    words: dict[str, Statement] = {}
    for said in sorted(statements, key=lambda said: said.change):
        words.pop(said.source, None)
        words[said.source] = said
    return tuple(words.values())


def deciding(words: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Of each source's last words, those that count: where a person decided for one, it and what was recorded since."""
    chosen = max((word for word in words if decides(word)), key=lambda word: word.decided, default=None)
    if chosen is None:
        return words
    return (chosen, *(word for word in words if word.change > chosen.decided))


def decides(word: Statement) -> bool:
    """Whether a person decided that this is the value of its field."""
    return bool(word.decided) and not word.there


def agreed(words: Sequence[Statement]) -> Statement | None:
    """The first of the words where all say the same, or where it is only a matter of wording."""
    if not words:
        return None
    first = words[0]
    wording = (first.section, first.field) in WORDING
    return first if wording or all(same_value(first.value, word.value) for word in words[1:]) else None


def claimed(statements: Sequence[Statement], day: date) -> tuple[Value, ...]:
    """The different values claimed of a field at the end of a day; of the first later one where none is said yet."""
    if len(statements) == 1:
        return (statements[0].value,)
    words = standing(statements, day) or standing(statements, min((said.day for said in statements), default=day))
    values: list[Value] = []
    for word in words:
        if not any(same_value(word.value, value) for value in values):
            values.append(word.value)
    return tuple(values)


def preferred(words: Iterable[Statement], prefer: str | None) -> Statement | None:
    """The last word of the source, or from the file, that is preferred."""
    named = [word for word in words if speaks_for(word, prefer)]
    return named[-1] if named else None


def speaks_for(said: Statement, prefer: str | None) -> bool:
    """Whether a statement is that source's, or stands in that file."""
    return prefer is not None and prefer in (said.source, said.evidence.file)
