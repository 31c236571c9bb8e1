"""The ratings in a machine's words: capacity, melt rate, power, apparent power; never from a range or an about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from app.domain.statement import Value
from importers.values import numerals
from importers.values.numbers import scale_of, unit_key
from importers.values.words import section

#: Melt rate first: 吨/小时 is never a capacity.
RATINGS = {
    "melt_rate_t_per_h": "equipment.melt_rate_t_per_h",
    "capacity_t": "equipment.capacity_t",
    "power_kw": "equipment.power_kw",
    "transformer_kva": "equipment.transformer_kva",
}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"


@cache
def _pattern() -> re.Pattern[str]:
    """A number with a unit that a machine is rated in, with whatever makes it inexact."""
    units = {unit for path in RATINGS.values() for unit in scale_of(path).units} | {"kv.a", "kv·a"}
    spelled = _either(units)
    before, after = (_either(set(section("inexact")[at])) for at in ("before", "after"))
    total = _either(set(section("inexact")["total"]))
    return re.compile(
        rf"(?P<before>(?:{before})|(?:{total})(?:量|为|:|约)*)?(?P<low>(?<![\d.]){_NUMBER}(?:(?:{spelled})?(?:-|~|—|–|至|到|或)|/))?"
        rf"(?:(?:(?<![a-z\d.#|-])(?<!\d[,、])|(?<=[\u4e00-\u9fff]-)|(?<=\d[t])|(?<=\dkw)|(?<=\dkg)|(?<=\dkva))(?P<number>{_NUMBER})|(?P<words>半|[一二两三四五六七八九十百]{{1,4}}))"
        rf"(?P<unit>{spelled})(?:(?<![a-z])|(?![a-z²³]))(?!/(?:年|天|日|月|班|炉次|[ady]))(?:/[台座炉套]|每台)?(?P<half>半(?!密|自|连|封|固|门|开))?(?P<after>{after})?"
    )


def _either(spellings: set[str]) -> str:
    return "|".join(map(re.escape, sorted(spellings, key=len, reverse=True)))


@dataclass
class Ratings:
    """A text without its ratings, the ratings, how they are written, and the numbers that are no single one."""

    rest: str = ""
    facts: dict[str, Value] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    doubtful: list[str] = field(default_factory=list)


def take_ratings(plain: str) -> Ratings:
    """Take the ratings out of a compared text."""
    taken = Ratings()
    kept: list[str] = []
    at = 0
    for found in _pattern().finditer(plain):
        inexact = found["low"] or found["before"] or found["after"]
        if inexact or not _note(found, taken):
            taken.doubtful.append(found[0])
        kept.append(plain[at : found.start()])
        at = found.end()
    taken.rest = "".join([*kept, plain[at:]])
    return taken


def _note(found: re.Match[str], taken: Ratings) -> bool:
    """Note one rating as a fact; False where it is a second one that differs from the first, or not believable."""
    unit = unit_key(found["unit"])
    name = next(name for name, path in RATINGS.items() if unit in scale_of(path).units)
    scale = scale_of(RATINGS[name])
    number = Decimal(found["number"].replace(",", "")) if found["number"] else numerals.chinese(found["words"])
    if number is None:
        return False
    number = (number + (Decimal("0.5") if found["half"] else 0)) * scale.units[unit]
    if name in taken.written:
        same = taken.facts.get(name) == float(number) and unit_key(taken.written[name].lstrip("0123456789.,")) != unit
        if not same and name in taken.facts:
            del taken.facts[name]
            taken.doubtful.append(taken.written[name])
        return same
    if not 0 < number <= scale.most:
        return False
    taken.facts[name] = float(number)
    taken.written[name] = found[0]
    return True
