"""The order in which rows are shown: by one column or several, up or down; else as enrolled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from app.domain.dates import DateInterval
from app.domain.masking import masked_field
from app.domain.register import Equipment
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS
from app.errors import BadInput
from app.register.lists.columns import OWNER, TOPICS, columns
from app.register.lists.rows import Candidate

#: A column, and whether from its greatest value down.
By = tuple[str, bool]

#: What a row is laid by: a value a column, None where nothing is known.
Keys = tuple[Any, ...]

_Row = TypeVar("_Row")
_LONGEST = 100
_THERE = {True: 0, None: 1, False: 2}


def order_told(noun: str, text: str) -> tuple[By, ...]:
    """The columns in `township,-capacity_t`, by name or Chinese heading; a minus sign before one turns it around.

    Raises:
        NotFound: when there is no such list.
        BadInput: when it shows no such column, with those that it does.
    """
    shown = columns(noun)
    names = {zh: name for name, zh in shown.items()} | {name: name for name in shown}
    found: dict[str, bool] = {}
    for word in filter(None, (one.strip() for one in re.split("[,，]", text))):
        name = word.lstrip("-－+").strip()
        if name not in names:
            told = "、".join(f"{zh}（{name}）" for name, zh in shown.items())
            raise BadInput(
                f"不能按“{word[:50]}”排列",
                fix=f"可以按：{told}；从大到小的前面加 -，如 -{next(iter(shown))}",
                code="sort.unknown",
            )
        found.setdefault(names[name], word[0] in "-－")
    return tuple(found.items())


def order_text(by: Iterable[By]) -> str:
    """As addresses have it."""
    return ",".join(f"-{name}" if down else name for name, down in by)


def in_order(rows: Iterable[tuple[Candidate, _Row]], by: Sequence[By]) -> list[tuple[Candidate, _Row]]:
    """The rows in that order; what has no value, or a disputed one, comes last either way; equal ones as enrolled."""
    found = list(rows)
    return [found[place] for place in places_by([keys_of(one, by) for one, _ in found], by)] if by else found


def keys_of(row: Candidate, by: Sequence[By]) -> Keys:
    """What a row is laid by, column by column; None where nothing is known."""
    return tuple(_key(row, name) for name, _ in by)


def places_by(keys: Sequence[Keys], by: Sequence[By]) -> list[int]:
    """The places of rows in their order, by what each is laid by."""
    found = list(range(len(keys)))
    for column in reversed(range(len(by))):
        having = [place for place in found if keys[place][column] is not None]
        having.sort(key=lambda place, of=column: keys[place][of], reverse=by[column][1])  # type: ignore[misc]
        found = having + [place for place in found if keys[place][column] is None]
    return found


def _key(row: Candidate, name: str) -> Any:
    """What a row is laid by; None where nothing is known."""
    subject = row.subject
    if name == "present" and isinstance(subject, Equipment):
        return place_of_presence(subject.present)
    section, fact = told_by(row.section, name)
    if section != row.section and row.firm is not None:
        subject = row.firm
    if fact in subject.disputed or (value := subject.facts.get(fact)) is None:
        return None
    return key_of(section, fact, value)


def told_by(section: str, name: str) -> tuple[str, str]:
    """The section and the fact that a column of a list of a section shows: some are those of the row's firm."""
    if section not in ("enterprise", "figure") and name in OWNER:
        return "enterprise", "name" if name == "enterprise" else name
    return section, name


def place_of_presence(present: bool | None) -> int:
    """What a machine is laid by where the order is by whether it is there."""
    return _THERE[present]


def key_of(section: str, name: str, value: Value) -> Any:
    """What a value is laid by; None where it names no day."""
    if isinstance(value, DateInterval):
        days = [day for day in (value.until, value.since) if day is not None]
        return (days[0], days[-1]) if days else None
    if not isinstance(value, str):
        return value
    words = _words(section, name)
    if words is not None:
        return words.get(value, len(words))
    return _reading(masked_field(name, value))


@lru_cache(maxsize=256)
def _words(section: str, name: str) -> dict[str, int] | None:
    """The places of coded words in their own order."""
    if (section, name) == ("figure", "topic"):
        codes: Iterable[str] = TOPICS
    else:
        field = SECTIONS.get(section, {}).get(name)
        if field is None or field.enum is None:
            return None
        codes = field.enum
    return {code: place for place, code in enumerate(codes)}


@lru_cache(maxsize=65_536)
def _reading(text: str) -> tuple[tuple[int, int, str], ...]:
    """A text by the reading of its characters, and by its numbers as numbers: 2号 before 10号."""
    from pypinyin import lazy_pinyin  # its dictionary takes a while to load; only this needs it

    parts = re.findall("[0-9]+|[^0-9]+", text)
    return tuple(
        (0, int(one), one) if one.isdigit() and len(one) <= _LONGEST else (1, 0, " ".join(lazy_pinyin(one)))
        for one in parts
    )
