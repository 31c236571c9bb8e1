"""How two names resemble each other, in reasons for and against that a person can follow, each with its weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Literal, NamedTuple

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


class Reason(NamedTuple):
    """A reason for (`weight` above 0) or against two being one firm; put into words only where it is shown."""

    saying: str
    weight: float
    of: tuple[object, ...] = ()

    @property
    def words(self) -> str:
        """The reason as a person reads it."""
        return self.saying.format(*self.of)


class Resemblance(NamedTuple):
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
    return Resemblance(sum([one.weight for one in reasons]), reasons, nearness, stated.branch != known.branch)


def _brand(stated: NameParts, known: NameParts, rarity: Rarity) -> tuple[Reason, Nearness]:
    mine, yours = stated.brand, known.brand
    if mine == yours:
        return Reason("字号相同“{}”", rarity("brand", mine), (mine,)), "brand"
    if body := _shared_brand(stated, known):
        return Reason("字号相同“{}”", rarity("brand", body), (body,)), "brand"
    both = (mine, yours)
    if shared := sounds(mine) & sounds(yours):
        return Reason("字号只是读音相同“{}/{}”", rarity("sound", min(shared)) + _SOUND, both), "near"
    if one_slip(mine, yours) and min(len(mine), len(yours)) > 1:
        return Reason("字号只差一字“{}/{}”", rarity("near", mine) + ONE_CHARACTER, both), "near"
    short, long = (mine, yours) if len(mine) <= len(yours) else (yours, mine)
    if len(short) > 1 and long.startswith(short):
        return Reason("一个字号是另一个的开头“{}/{}”", rarity("brand", short) + _BEGINNING, both), "near"
    return Reason("字号不同“{}/{}”", _OTHER_BRAND, both), "other"


def _shared_brand(stated: NameParts, known: NameParts) -> str:
    """The brand of one where the other, its trade misspelt, begins with it and goes on nearly the same."""
    short, long = (stated, known) if len(stated.brand) <= len(known.brand) else (known, stated)
    if len(short.brand) < 2 or not short.trade or not long.brand.startswith(short.brand):
        return ""
    more = long.brand[len(short.brand) :]
    misspelt = set(more) <= set(short.trade + short.form) and _alike(more + long.trade, short.trade)
    return short.brand if misspelt else ""


def _trade(stated: NameParts, known: NameParts, rarity: Rarity) -> tuple[Reason, ...]:
    mine, yours = stated.trade, known.trade
    if not mine or not yours:
        return ()
    if mine == yours:
        return (Reason("行业用语相同“{}”", min(SAME_TRADE, max(_NEAR_TRADE, rarity("trade", mine))), (mine,)),)
    if _near_trades(mine, yours):
        return (Reason("行业用语相近“{}/{}”", _NEAR_TRADE, (mine, yours)),)
    return (Reason("行业用语不同“{}/{}”", _OTHER_TRADE, (mine, yours)),)


@lru_cache(maxsize=65536)
def _near_trades(mine: str, yours: str) -> bool:
    """Whether one trade holds the other, is written much as it is, or is of its craft."""
    return mine in yours or yours in mine or _alike(mine, yours) or bool(set(_CRAFTS) & set(mine) & set(yours))


def _alike(mine: str, yours: str) -> bool:
    """Whether two trades are written with much the same characters: 属金制品 is 金属制品."""
    shared = sum((Counter(mine) & Counter(yours)).values())
    return 2 * shared > _NEAR * (len(mine) + len(yours))


def _places(stated: NameParts, known: NameParts) -> Iterator[Reason]:
    """Counties that differ; and a brand that is only the place's name, which proves little."""
    if stated.places and known.places:
        mine, yours = _counties(stated.places), _counties(known.places)
        if mine and yours and not mine & yours:
            yield Reason("名称里的县不同“{}/{}”", _OTHER_COUNTY, (min(mine), min(yours)))
    if stated.brand == known.brand and stated.trade != known.trade and stated.named_after_place:
        yield Reason("字号“{}”只是地名", _OF_ONE_PLACE, (stated.brand,))


@lru_cache(maxsize=4096)
def _counties(places: tuple[str, ...]) -> frozenset[str]:
    return frozenset(place for place in places if place.endswith("县"))


def _branch(stated: NameParts, known: NameParts) -> tuple[Reason, ...]:
    mine, yours = stated.branch, known.branch
    if mine == yours:
        return (Reason("同为“{}”", 1.0, (mine,)),) if mine else ()
    if mine and yours:
        return (Reason("分支不同“{}/{}”", _OTHER_BRANCH, (mine, yours)),)
    return (Reason("一个是分支“{}”", _ONE_A_BRANCH, (mine or yours,)),)
