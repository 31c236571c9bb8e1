"""The predicate language: comparisons joined by all, any and not, answering yes, no, or cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.domain.statement import Value, same_value

#: Facts by path: a machine's field bare (`shell`), one of its firm dotted (`enterprise.status`). Absent: not stated.
Facts = Mapping[str, Value]

#: What a comparison names on its right: a value, or the values of `in` and `not_in`.
Operand = Value | tuple[Value, ...]


class Predicate(Protocol):
    """Anything that answers over facts."""

    def holds(self, facts: Facts) -> bool | None:
        """True, False, or None where the facts do not decide. A further fact never turns True into False or back."""

    def lacks(self, facts: Facts) -> tuple[str, ...]:
        """The absent facts that would settle it whatever they say; empty where it is settled."""

    def comparisons(self) -> tuple[Comparison, ...]:
        """Every comparison in it, in the order written."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact against one value; an absent fact cannot be told."""

    field: str
    op: str
    value: Operand

    def holds(self, facts: Facts) -> bool | None:
        """Compare the fact, if it is there."""
        fact = facts.get(self.field)
        return None if fact is None else OPERATORS[self.op](fact, self.value)

    def lacks(self, facts: Facts) -> tuple[str, ...]:
        """The field itself."""
        return (self.field,) if facts.get(self.field) is None else ()

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
    return not isinstance(value, tuple) and same_value(fact, value)


def _order(fact: Value, value: Operand) -> int | None:
    """-1, 0 or 1 for numbers; equal where they differ by rounding alone (250 kg read as 0.25 t)."""
    if not isinstance(fact, (int, float)) or not isinstance(value, (int, float)):
        return None
    return 0 if same_value(fact, value) else 1 if fact > value else -1


OPERATORS: dict[str, Callable[[Value, Operand], bool]] = {
    "eq": _same,
    "ne": lambda fact, value: not _same(fact, value),
    "gt": lambda fact, value: _order(fact, value) == 1,
    "gte": lambda fact, value: _order(fact, value) in (0, 1),
    "lt": lambda fact, value: _order(fact, value) == -1,
    "lte": lambda fact, value: _order(fact, value) in (-1, 0),
    "in": _among,
    "not_in": lambda fact, value: not _among(fact, value),
}

#: Those that only numbers have.
ORDERINGS = frozenset({"gt", "gte", "lt", "lte"})
