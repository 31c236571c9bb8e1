"""Machines as they are compared: those of one side that state the very same facts, and how near two such are. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.dates import DateInterval
from app.domain.statement import Value

#: What tells machines apart, as far as both sides state it.
TELLING = ("kind", "shell", "frequency", "core", "capacity_t", "model")

#: Facts as they are compared: each field's plain values, several where sources dispute it.
Plain = Mapping[str, frozenset[Hashable]]


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine or group of the register. A fact that sources dispute has several values. `gone`: removed before.

    `counted`: another source says how many bodies it has on the listing's day, or anybody on a later one. Then it is
    not divided without a person: else the same bodies would be counted in it and beside it.
    """

    key: str
    facts: Mapping[str, tuple[Value, ...]]
    gone: bool = False
    counted: bool = False

    @property
    def quantity(self) -> int | None:
        """Its bodies as stated, the most where that is disputed; None where nobody wrote it."""
        stated = [value for value in self.facts.get("quantity", ()) if isinstance(value, int)]
        return max(stated, default=None)

    @property
    def bodies(self) -> int:
        """Its bodies; one where nobody wrote their number."""
        return bodies(self.quantity)


@dataclass(slots=True)
class Alike:
    """Machines of one side that state the very same facts, apart from how many they are."""

    facts: Plain
    members: list[int] = field(default_factory=list)
    bodies: int = 0
    gone: bool = False


def plain(value: Value) -> Hashable:
    """A value as two wordings of it are compared."""
    if isinstance(value, DateInterval):
        return (value.since, value.until)
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return float(f"{value:.9g}")
    return "".join(unicodedata.normalize("NFKC", value).split())


def known_alike(known: Sequence[Machine]) -> list[Alike]:
    """The register's machines, by what they state."""
    found: dict[Hashable, Alike] = {}
    for place, machine in enumerate(known):
        facts = {name: frozenset(map(plain, values)) for name, values in machine.facts.items() if name != "quantity"}
        one = found.setdefault((machine.gone, frozenset(facts.items())), Alike(facts, gone=machine.gone))
        one.members.append(place)
        one.bodies += bodies(machine.quantity)
    return list(found.values())


def listed_alike(listed: Sequence[Mapping[str, Value]]) -> list[Alike]:
    """The listing's entries, by what they state."""
    found: dict[Hashable, Alike] = {}
    for place, stated in enumerate(listed):
        facts = {name: frozenset([plain(value)]) for name, value in stated.items() if name != "quantity"}
        one = found.setdefault(frozenset(facts.items()), Alike(facts))
        one.members.append(place)
        one.bodies += bodies(stated.get("quantity"))
    return list(found.values())


def bodies(quantity: Value | None) -> int:
    """The bodies that a quantity states; one where nobody wrote it."""
    return quantity if isinstance(quantity, int) and quantity > 0 else 1


def nearness(known: Alike, listed: Alike) -> int:
    """How near two are: 1 the very same, 2 equal codes and nothing new, 3 equal codes and telling facts, 4 equal codes,
    5 nothing new, 6 nothing against, 7 equal telling facts; 0 they cannot be the same.
    """
    shared = known.facts.keys() & listed.facts.keys()
    against = {name for name in shared if not listed.facts[name] <= known.facts[name]}
    coded = "code" in shared and "code" not in against
    if "code" in against or (known.gone and not coded and not leaves(listed.facts)):
        return 0
    if not against and known.facts.keys() == listed.facts.keys():
        return 1
    told_apart = bool(against & set(TELLING))
    new = adds(known, listed)
    if coded:
        return 4 if told_apart else 3 if new else 2
    if told_apart:
        return 0
    if against:
        return 7
    return 6 if new else 5


def adds(known: Alike, listed: Alike) -> bool:
    """Whether the listing states anything that is not known so."""
    return not all(values <= known.facts.get(name, frozenset()) for name, values in listed.facts.items())


def leaves(facts: Plain) -> bool:
    """Whether these facts state that the machine is removed."""
    return "removed_on" in facts or "removed" in facts.get("state", ())
