"""Conditions of a limit or of one of its steps: all must hold; an absent fact cannot be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.measures import METALS
from app.domain.statement import Value
from app.domain.vocabulary import ENUMS, SECTIONS
from app.rules.limits.amounts import ORDERINGS, amount, shown

Facts = Mapping[str, Value]

OPS = (*ORDERINGS, "in", "not_in", "mentions")
_WORDS = {"lt": "<", "lte": "≤", "gt": ">", "gte": "≥", "eq": "", "ne": "≠"}
_UNITS = {"capacity_t": "吨", "power_kw": "千瓦", "temperature_c": "摄氏度", "blast_temperature_c": "摄氏度"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact against a value, or among several."""

    field: str
    op: str
    value: Value | tuple[Value, ...]

    def holds(self, facts: Facts) -> bool | None:
        """True, False, or None where the fact is absent, or a text does not mention what is asked for."""
        fact = facts.get(self.field)
        if fact is None:
            return None
        if isinstance(self.value, tuple):
            return (fact in self.value) is (self.op == "in")
        if self.op == "mentions":
            # What a text leaves out it does not deny.
            return True if str(self.value) in str(fact) else None
        mine, theirs = amount(fact), amount(self.value)
        if mine is None or theirs is None:
            return (fact == self.value) is (self.op == "eq")
        return ORDERINGS[self.op](mine, theirs)

    @property
    def words(self) -> str:
        """As a person reads it: ≤1吨, 感应电炉."""
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        said = "、".join(_said(self.field, value) for value in values)
        if self.op == "not_in":
            return f"不是{said}"
        return f"{_WORDS.get(self.op, '')}{said}{_UNITS.get(self.field, '')}"


@dataclass(frozen=True, slots=True)
class Conditions:
    """All of them; none holds of everything."""

    parts: tuple[Condition, ...] = ()

    def holds(self, facts: Facts) -> bool | None:
        """Kleene's and."""
        answers = [part.holds(facts) for part in self.parts]
        if False in answers:
            return False
        return None if None in answers else True

    def lacks(self, facts: Facts) -> tuple[str, ...]:
        """The facts that would settle it; none where it is settled."""
        if self.holds(facts) is not None:
            return ()
        return tuple(dict.fromkeys(part.field for part in self.parts if part.holds(facts) is None))

    @property
    def fields(self) -> tuple[str, ...]:
        """The facts that it asks for."""
        return tuple(dict.fromkeys(part.field for part in self.parts))

    @property
    def words(self) -> str:
        """As a person reads them."""
        return "、".join(part.words for part in self.parts)


def _said(field: str, value: Value) -> str:
    number = amount(value)
    if number is not None:
        return shown(number)
    if field == "metal":
        return METALS.get(str(value), str(value))
    section, _, name = field.rpartition(".")
    known = SECTIONS.get(section or "equipment", {}).get(name)
    words = known.enum if known and known.enum else ENUMS["fuel"] if field == "fuel" else {}
    return (words or {}).get(str(value), str(value))
