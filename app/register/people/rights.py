"""What a person may, as the actor of one request: the union of the divisions whose roles allow the function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.actor import THIS_MACHINE, Actor
from app.errors import NoRight
from app.register.people.roles import ALL, allows, is_everyones, is_own_alone, level_of

#: What a city's chain is called: the city's ledgers stand there (docs/model/ledger.md).
CITY_CHAIN = "00"


@dataclass(frozen=True, slots=True)
class Right:
    """A role in a division: township (9 digits), county (6), city (4), or `all`."""

    role: str
    division: str


def actor_for(
    name: str,
    rights: Iterable[Right],
    function: str,
    *,
    counties_of: Callable[[str], Iterable[str]],
    account: str | None = None,
    origin: str = THIS_MACHINE,
) -> Actor:
    """Who asks, limited to what is theirs for this function. `counties_of` tells the counties of a city.

    Raises:
        NoRight: when no right of theirs allows it.
    """
    held = list(rights)
    if not is_everyones(function):
        held = [one for one in held if allows(one.role, function, one.division)]
        if not held:
            raise NoRight
    levels = {level_of(one.division) for one in held}
    if ALL in levels:
        return Actor(name, account=account, origin=origin)
    if levels == {"township"}:
        townships = frozenset(one.division for one in held)
        return Actor(name, frozenset(code[:6] for code in townships), townships, account, origin)
    # An account's rights are all of townships or all of counties; were they mixed, the townships would be left out.
    counties = {code for one in held for code in counties_in(one.division, counties_of)}
    writes = _written(held, counties_of)
    return Actor(name, frozenset(counties), None, account, origin, writes)


def _written(held: Iterable[Right], counties_of: Callable[[str], Iterable[str]]) -> frozenset[str] | None:
    """The counties that may be written, where they are fewer than those that are seen."""
    rights = list(held)
    if not any(is_own_alone(one.role, one.division) for one in rights):
        return None
    whole = (one for one in rights if not is_own_alone(one.role, one.division))
    own = {one.division + CITY_CHAIN for one in rights if is_own_alone(one.role, one.division)}
    return frozenset(own.union(*(counties_in(one.division, counties_of) for one in whole)))


def counties_in(division: str, counties_of: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """The counties of a county's or city's code, a city's own chain among them; none of any other."""
    level = level_of(division)
    if level == "county":
        return frozenset([division])
    return frozenset([*counties_of(division), division + CITY_CHAIN]) if level == "city" else frozenset()
