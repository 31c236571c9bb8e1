"""The smallest set of facts that settles a verdict whatever they say, and the smallest that can settle it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from math import prod
from typing import cast

from app.domain.statement import Value
from app.rules.conditions import field_of
from app.rules.possible import possible
from app.rules.predicate import Facts, Predicate
from app.rules.verdict import Claims

#: What is asked rather, where as few questions do: yes or no, then a choice, a number, a day, words.
_TROUBLE = {"bool": 0, "enum": 1, "int": 2, "decimal": 2, "date": 3}
_WORDS = 4

#: How many comparisons are answered before the search gives up, about a second. A usual clause needs some hundred.
_MOST_COMPARED = 300_000


@dataclass(frozen=True, slots=True)
class Settling:
    """`always`: these settle the verdict whatever they say. `possibly`: these may, if they say what is telling.

    No smaller set does. Of several as small it is the one with the least trouble: yes or no before a choice of words,
    then numbers, days, texts; then in the order of the predicate. `exact` False: the search was given up, so that
    `always` settles it, but a smaller set might.
    """

    always: tuple[str, ...]
    possibly: tuple[str, ...]
    exact: bool = True


def settling(predicate: Predicate, facts: Facts, claims: Claims | None = None) -> Settling | None:
    """What settles the verdict over these facts and claims; None where it is settled."""
    fields = _fields(predicate)
    contested = {name: values for name, values in (claims or {}).items() if name in fields and values}
    stated = {name: facts[name] for name in fields if name in facts and name not in contested}
    known = cast(Hashable, predicate), tuple(stated.items()), tuple(contested.items())
    return _settling(*known)


@lru_cache(maxsize=4096)
def _settling(
    predicate: Predicate, stated: tuple[tuple[str, Value], ...], contested: tuple[tuple[str, tuple[Value, ...]], ...]
) -> Settling | None:
    """Machines of which as much is known are many."""
    search = _Search(predicate, dict(stated), dict(contested))
    return search.found() if search.told({}) is None else None


def _fields(predicate: Predicate) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.field for one in predicate.comparisons()))


class _GivenUp(Exception):
    """Too much would have to be tried."""


class _Search:
    """One verdict's search: over sets of facts from the smallest on, over all that may be answered of each."""

    def __init__(self, predicate: Predicate, stated: Facts, contested: Mapping[str, tuple[Value, ...]]) -> None:
        self.predicate = predicate
        self.stated = stated
        self.contested = contested
        self.compared = 0
        self.answers: dict[str, Sequence[Value]] = {}
        comparisons = predicate.comparisons()
        self.weight = len(comparisons)
        for name in _fields(predicate):
            own = [one for one in comparisons if one.field == name]
            if name not in stated or any(one.holds(stated) is None for one in own):
                self.answers[name] = possible(own, stated.get(name), contested.get(name, ()))
        self.open = tuple(self.answers)

    def told(self, answers: Facts) -> bool | None:
        """The verdict once these are answered: over every value claimed of what is still contested."""
        left = {name: values for name, values in self.contested.items() if name not in answers}
        self.compared += self.weight * prod(map(len, left.values()))
        found = {
            self.predicate.holds({**self.stated, **dict(zip(left, case, strict=True)), **answers})
            for case in product(*left.values())
        }
        return found.pop() if len(found) == 1 else None

    def found(self) -> Settling:
        """What the search comes to."""
        try:
            always, possibly = self._smallest(self._always), self._smallest(self._possibly)
            return Settling(self._in_order(always), self._in_order(possibly))
        except _GivenUp:
            return Settling(self.open, self.open, exact=False)

    def _smallest(self, settles: Callable[[tuple[str, ...]], bool]) -> tuple[str, ...]:
        by_trouble = sorted(self.open, key=lambda name: (_trouble(name), self.open.index(name)))
        needed = self._needed(settles)
        others = [name for name in by_trouble if name not in needed]
        for more in range(len(others) + 1):
            for some in combinations(others, more):
                if settles((*needed, *some)):
                    return (*needed, *some)
        return self.open

    def _needed(self, settles: Callable[[tuple[str, ...]], bool]) -> tuple[str, ...]:
        """Facts without which all the others together do not settle it: they are in every set that does.

        Not where sources contradict each other: a value that none of them claims may open what they agreed on.
        """
        if self.contested:
            return ()
        return tuple(name for name in self.open if not settles(tuple(one for one in self.open if one != name)))

    def _always(self, names: tuple[str, ...]) -> bool:
        """Whether it is settled whatever these say."""
        return self._settled(sorted(names, key=lambda name: name not in self.contested), {}, all)

    def _possibly(self, names: tuple[str, ...]) -> bool:
        """Whether it is settled by something that these may say."""
        return self._settled(sorted(names, key=lambda name: name not in self.contested), {}, any)

    def _settled(self, names: Sequence[str], answers: dict[str, Value], over: Callable[..., bool]) -> bool:
        """Contested facts come first: what is told before all of these are answered may yet be opened again."""
        if self.compared > _MOST_COMPARED:
            raise _GivenUp
        if not names or names[0] not in self.contested:
            if self.told(answers) is not None:
                return True
            if not names:
                return False
        first, *rest = names
        return over(self._settled(rest, {**answers, first: value}, over) for value in self.answers[first])

    def _in_order(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in self.open if name in names)


def _trouble(path: str) -> int:
    field = field_of(path)
    return _TROUBLE.get(field.type.partition(":")[0], _WORDS) if field else _WORDS
