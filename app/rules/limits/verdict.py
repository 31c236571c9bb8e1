"""What a limit says of a case: met, not met, or cannot be told; in numbers, in words, and with what is lacking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.rules.limits.amounts import COMPARISONS, SIGNS, amount, shown
from app.rules.limits.ranges import Facts

MEETS, FAILS, CANNOT_TELL, NOT_APPLICABLE = "meets", "fails", "cannot_tell", "not_applicable"

ANSWERS = {MEETS: "达到", FAILS: "未达到", CANNOT_TELL: "不能确定", NOT_APPLICABLE: "不适用"}


@dataclass(frozen=True, slots=True)
class Case:
    """What a limit is asked about: facts by name (a firm's under `enterprise.`), its permits, the day.

    `trying`: taken to apply, and to burn fuel where the limit has a reference oxygen, unless a fact says otherwise.
    """

    facts: Facts
    day: date
    permits: tuple[Facts, ...] = ()
    trying: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`because` is a sentence for people; `numbers` what was compared, as text; `result` a class where there is one."""

    answer: str
    because: str
    lacks: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    measure: str | None = None
    result: str | None = None


def untold(because: str, *lacks: str, measure: str | None = None, **numbers: str) -> Verdict:
    """It cannot be told, and this would settle it."""
    return Verdict(CANNOT_TELL, because, tuple(dict.fromkeys(lacks)), numbers, measure)


def compared(value: object, comparison: str, limit: object) -> bool:
    """Whether a value keeps a limit; neither is rounded."""
    mine, theirs = amount(value), amount(limit)
    return mine is not None and theirs is not None and COMPARISONS[comparison](mine, theirs)


def against(comparison: str, limit: object) -> str:
    """小于 630, 不高于 200."""
    number = amount(limit)
    return f"{SIGNS[comparison]}{shown(number) if number is not None else limit}"
