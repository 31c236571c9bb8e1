"""The predicate language: comparisons joined by all, any and not, answering yes, no, or cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.domain.dates import DateInterval
from app.domain.statement import Value, same_value

#: Facts by path: a machine's field bare (`shell`), one of its firm dotted (`enterprise.status`). Absent: not stated.
Facts = Mapping[str, Value]

#: What a comparison names on its right: a value, a day, or the values of `in`, `not_in`, `model_in`, `series_in`.
Operand = Value | date | tuple[Value, ...]


class Predicate(Protocol):
    """Anything that answers over facts."""

    def holds(self, facts: Facts) -> bool | None:
        """True, False, or None where the facts do not decide. A further fact never turns True into False or back."""

    def lacks(self, facts: Facts) -> tuple[str, ...]:
        """The facts, absent or too vague, that would settle it whatever they say; empty where it is settled."""

    def comparisons(self) -> tuple[Comparison, ...]:
        """Every comparison in it, in the order written."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact against one value. An absent fact cannot be told, nor days that lie on both sides of the one named."""

    field: str
    op: str
    value: Operand

    def holds(self, facts: Facts) -> bool | None:
        """Compare the fact, if it is there."""
        fact = facts.get(self.field)
        return None if fact is None else OPERATORS[self.op](fact, self.value)

    def lacks(self, facts: Facts) -> tuple[str, ...]:
        """The field itself."""
        return (self.field,) if self.holds(facts) is None else ()

    def comparisons(self) -> tuple[Comparison, ...]:
        """Itself."""
        return (self,)


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is; False as soon as one part is."""

    parts: tuple[Predicate, ...]

    def holds(self, facts: Facts) -> bool | None:
        """Kleene's and."""
        answers = [part.holds(facts) for part in self.parts]
        if False in answers:
            return False
        return None if None in answers else True

    def lacks(self, facts: Facts) -> tuple[str, ...]:
        """What its undetermined parts lack, when none of them has settled it."""
        return _lacking(self, facts)

    def comparisons(self) -> tuple[Comparison, ...]:
        """Those of its parts."""
        return _joined(self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True as soon as one part is; False when none can be."""

    parts: tuple[Predicate, ...]

    def holds(self, facts: Facts) -> bool | None:
        """Kleene's or."""
        answers = [part.holds(facts) for part in self.parts]
        if True in answers:
            return True
        return None if None in answers else False

    def lacks(self, facts: Facts) -> tuple[str, ...]:
        """What its undetermined parts lack, when none of them has settled it."""
        return _lacking(self, facts)

    def comparisons(self) -> tuple[Comparison, ...]:
        """Those of its parts."""
        return _joined(self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The other answer; what cannot be told stays so."""

    part: Predicate

    def holds(self, facts: Facts) -> bool | None:
        """Kleene's not."""
        answer = self.part.holds(facts)
        return None if answer is None else not answer

    def lacks(self, facts: Facts) -> tuple[str, ...]:
        """What its part lacks."""
        return self.part.lacks(facts)

    def comparisons(self) -> tuple[Comparison, ...]:
        """Those of its part."""
        return self.part.comparisons()


def _lacking(joined: AllOf | AnyOf, facts: Facts) -> tuple[str, ...]:
    if joined.holds(facts) is not None:
        return ()
    return _once(name for part in joined.parts for name in part.lacks(facts))


def _joined(parts: tuple[Predicate, ...]) -> tuple[Comparison, ...]:
    return tuple(comparison for part in parts for comparison in part.comparisons())


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _among(fact: Value, values: Operand) -> bool:
    return isinstance(values, tuple) and any(same_value(fact, value) for value in values)


def _same(fact: Value, value: Operand) -> bool:
    return not isinstance(value, tuple | date) and same_value(fact, value)


def _order(fact: Value, value: Operand) -> int | None:
    """-1, 0 or 1 for numbers; equal where they differ by rounding alone (250 kg read as 0.25 t)."""
    if not isinstance(fact, (int, float)) or not isinstance(value, (int, float)):
        return None
    return 0 if same_value(fact, value) else 1 if fact > value else -1


def _at_least(fact: Value, value: Operand) -> bool | None:
    return _from_day(fact, value) if isinstance(value, date) else _order(fact, value) in (0, 1)


def _more(fact: Value, value: Operand) -> bool | None:
    return _after_day(fact, value) if isinstance(value, date) else _order(fact, value) == 1


def _less(fact: Value, value: Operand) -> bool | None:
    return _not(_from_day(fact, value)) if isinstance(value, date) else _order(fact, value) == -1


def _at_most(fact: Value, value: Operand) -> bool | None:
    return _not(_after_day(fact, value)) if isinstance(value, date) else _order(fact, value) in (-1, 0)


def _from_day(fact: Value, day: date) -> bool | None:
    """Whether some day of an interval is that day or a later one; None where the interval holds both kinds."""
    if not isinstance(fact, DateInterval):
        return None
    if fact.since is not None and fact.since >= day:
        return True
    return False if fact.until is not None and fact.until < day else None


def _after_day(fact: Value, day: date) -> bool | None:
    """Whether some day of an interval is later than that day; None where the interval holds both kinds."""
    if not isinstance(fact, DateInterval):
        return None
    if fact.since is not None and fact.since > day:
        return True
    return False if fact.until is not None and fact.until <= day else None


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


#: What is left out of a model's text before it is compared.
MODEL_BLANKS = (" ", "\t", "\u00a0", "\u3000")

#: What may stand after a series' name: YB132M-4, F型, 8-18-12, BA系列, JD(长轴).
SERIES_ENDS = "0123456789-/(（.型系"

_CAPITALS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def plain_model(text: str) -> str:
    """A model as it is compared: without blanks, the letters a to z as capitals; nothing else is altered."""
    for blank in MODEL_BLANKS:
        text = text.replace(blank, "")
    return text.translate(_CAPITALS)


def _of_models(fact: Value, models: Operand) -> bool:
    return isinstance(fact, str) and isinstance(models, tuple) and plain_model(fact) in _plain(models)


def _of_series(fact: Value, series: Operand) -> bool:
    """Whether a model is the series' own name, or that name and then something that no longer name begins with."""
    if not isinstance(fact, str) or not isinstance(series, tuple):
        return False
    model = plain_model(fact)
    return any(model == one or (model.startswith(one) and model[len(one)] in SERIES_ENDS) for one in _plain(series))


def _plain(models: tuple[Value, ...]) -> tuple[str, ...]:
    return tuple(plain_model(one) for one in models if isinstance(one, str))


OPERATORS: dict[str, Callable[[Value, Operand], bool | None]] = {
    "eq": _same,
    "ne": lambda fact, value: not _same(fact, value),
    "gt": _more,
    "gte": _at_least,
    "lt": _less,
    "lte": _at_most,
    "in": _among,
    "not_in": lambda fact, value: not _among(fact, value),
    "model_in": _of_models,
    "series_in": _of_series,
}

#: Those that numbers and days have, and nothing else.
ORDERINGS = frozenset({"gt", "gte", "lt", "lte"})

#: Those that have several values on their right.
SETS = frozenset({"in", "not_in", "model_in", "series_in"})

#: Those that compare a model's text.
MODELS = frozenset({"model_in", "series_in"})
