"""How two names resemble each other, in reasons for and against that a person can follow, each with its weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Literal

from app.domain.firm_name import NameParts
from app.register.likeness.code_slips import one_slip

#: Weights count in halvings: +1 doubles the odds that two are one firm, -1 halves them.
_SOUND = -1.5
ONE_CHARACTER = -4.0
_BEGINNING = -3.5
_OTHER_BRAND = -6.0
SAME_TRADE = 4.0
_NEAR_TRADE = 0.5
_OTHER_TRADE = -3.5
_OF_ONE_PLACE = -4.0
_OTHER_COUNTY = -4.0
_ONE_A_BRANCH = -5.0
_OTHER_BRANCH = -7.0
#: Two trades are near when they share more than this of their characters, or the craft.
_NEAR = 0.5
_CRAFTS = "铸锻"
#: Of a name that can be read in many ways, so many are compared.
_MOST_READINGS = 16


Nearness = Literal["brand", "near", "other"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for (`weight` above 0) or against two being one firm."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What two names have in common: their brand, one near it, or none. `branched`: they are of different branches."""

    weight: float
    reasons: tuple[Reason, ...]
    nearness: Nearness
    branched: bool


#: How many halvings a brand that so many firms have is worth: told by whoever counts them.
Rarity = Callable[[str, str], float]


@lru_cache(maxsize=65536)
def sounds(words: str) -> frozenset[str]:
    """How words may be pronounced, without tones: 晟 has two ways. It never makes two names one."""
    from pypinyin import Style, pinyin  # its dictionary takes a quarter of a second and 50 MB; only names need it

    readings = pinyin(words, style=Style.NORMAL, heteronym=True)
    return frozenset(" ".join(one) for one in islice(product(*readings), _MOST_READINGS))


def resemblance(stated: NameParts, known: NameParts, rarity: Rarity) -> Resemblance:
    """Compare two names part by part."""
    brand, nearness = _brand(stated, known, rarity)
    trade = _trade(stated, known, rarity) if nearness != "other" else ()
    reasons = (brand, *trade, *_places(stated, known), *_branch(stated, known))
    return Resemblance(sum(one.weight for one in reasons), reasons, nearness, stated.branch != known.branch)


def _brand(stated: NameParts, known: NameParts, rarity: Rarity) -> tuple[Reason, Nearness]:
    mine, yours = stated.brand, known.brand
    both = f"“{mine}/{yours}”"
    if mine == yours:
        return Reason(f"字号相同“{mine}”", rarity("brand", mine)), "brand"
    if body := _shared_brand(stated, known):
        return Reason(f"字号相同“{body}”", rarity("brand", body)), "brand"
    if shared := sounds(mine) & sounds(yours):
        return Reason(f"字号只是读音相同{both}", rarity("sound", min(shared)) + _SOUND), "near"
    if one_slip(mine, yours) and min(len(mine), len(yours)) > 1:
        return Reason(f"字号只差一字{both}", rarity("near", mine) + ONE_CHARACTER), "near"
    short, long = sorted((mine, yours), key=len)
    if len(short) > 1 and long.startswith(short):
        return Reason(f"一个字号是另一个的开头{both}", rarity("brand", short) + _BEGINNING), "near"
    return Reason(f"字号不同{both}", _OTHER_BRAND), "other"


def _shared_brand(stated: NameParts, known: NameParts) -> str:
    """The brand of one where the other, its trade misspelt, begins with it and goes on nearly the same."""
    short, long = sorted((stated, known), key=lambda one: len(one.brand))
    more = long.brand[len(short.brand) :]
    if len(short.brand) < 2 or not short.trade or not long.brand.startswith(short.brand):
        return ""
    misspelt = set(more) <= set(short.trade + short.form) and _alike(more + long.trade, short.trade)
    return short.brand if misspelt else ""


def _trade(stated: NameParts, known: NameParts, rarity: Rarity) -> tuple[Reason, ...]:
    mine, yours = stated.trade, known.trade
    if not mine or not yours:
        return ()
    if mine == yours:
        return (Reason(f"行业用语相同“{mine}”", min(SAME_TRADE, max(_NEAR_TRADE, rarity("trade", mine)))),)
    if mine in yours or yours in mine or _alike(mine, yours) or set(_CRAFTS) & set(mine) & set(yours):
        return (Reason(f"行业用语相近“{mine}/{yours}”", _NEAR_TRADE),)
    return (Reason(f"行业用语不同“{mine}/{yours}”", _OTHER_TRADE),)


def _alike(mine: str, yours: str) -> bool:
    """Whether two trades are written with much the same characters: 属金制品 is 金属制品."""
    shared = sum((Counter(mine) & Counter(yours)).values())
    return 2 * shared > _NEAR * (len(mine) + len(yours))


def _places(stated: NameParts, known: NameParts) -> Iterator[Reason]:
    """Counties that differ; and a brand that is only the place's name, which proves little."""
    mine, yours = ({place for place in one.places if place.endswith("县")} for one in (stated, known))
    if mine and yours and not mine & yours:
        yield Reason(f"名称里的县不同“{min(mine)}/{min(yours)}”", _OTHER_COUNTY)
    if stated.brand == known.brand and stated.trade != known.trade and stated.named_after_place:
        yield Reason(f"字号“{stated.brand}”只是地名", _OF_ONE_PLACE)


def _branch(stated: NameParts, known: NameParts) -> tuple[Reason, ...]:
    mine, yours = stated.branch, known.branch
    if mine == yours:
        return (Reason(f"同为“{mine}”", 1.0),) if mine else ()
    if mine and yours:
        return (Reason(f"分支不同“{mine}/{yours}”", _OTHER_BRANCH),)
    return (Reason(f"一个是分支“{mine or yours}”", _ONE_A_BRANCH),)
