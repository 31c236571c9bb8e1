"""The county's firms by each thing that a record may share with them, so that nobody is compared with everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import log2

from app.domain.particulars import Particulars
from app.register.likeness.code_slips import traces
from app.register.likeness.described import Called, Description, of_firm
from app.register.likeness.resemblance import ONE_CHARACTER, SAME_TRADE, sounds

#: A brand is looked up by its beginning of so many characters.
_BEGINNINGS = (2, 3, 4)
#: What speaks for a brand that is only near: a branch of one name; the township, and a trade that is near.
_SAME_BRANCH, _SAME_TOWNSHIP = 1.0, 3.0
#: Firms of less weight are not looked up: alone they are not even possible, and hundreds of them do not tell.
_FLOOR = -8.0


class FirmIndex:
    """Firms by brand, by its sound, by a brand one character away, by code, telephone, person and former name."""

    def __init__(self, firms: Iterable[Particulars], places: tuple[str, ...]) -> None:
        self._firms: dict[str, Description] = {}
        self._by: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        self._rarities: dict[tuple[str, str], float] = {}
        for firm in firms:
            described = of_firm(firm, places)
            self._firms[firm.id] = described
            for key in (*_keys(described), *_nears(described), *_counted(described), *_beside(described)):
                self._by[key][firm.id] = None
        #: The weight of a firm before anything is known: one of so many.
        self.prior = -log2(max(1, len(self._firms)))

    def firm(self, key: str) -> Description:
        """What is known of a firm."""
        return self._firms[key]

    def near(self, record: Description) -> list[str]:
        """The firms that share anything with the record that could make them one.

        A brand one character away is not enough: there are dozens. The trade or the township must be the same as well;
        where there are hundreds, so many that one of these would not make it possible, both must.
        """
        found: dict[str, None] = {}
        for key in (*_keys(record), *_bodies(record.names)):
            found |= self._by.get(key, {})
        alone = max((self._near_alone(called) for called in record.names), default=_FLOOR)
        enough = {"near trade": alone + SAME_TRADE >= _FLOOR, "near township": alone + _SAME_TOWNSHIP >= _FLOOR}
        for beside in _beside(record):
            if enough.get(beside[0], True):
                found |= self._by.get(beside, {})
        return list(found)

    def _near_alone(self, called: Called) -> float:
        """What a firm weighs at most whose brand is near a record's, before anything bears it out."""
        branch = _SAME_BRANCH if called.parts.branch else 0.0
        return self.prior + self.rarity("near", called.parts.brand) + ONE_CHARACTER + branch

    def rarity(self, kind: str, key: str) -> float:
        """How many halvings of the county it takes to be left with the firms that share this."""
        found = self._rarities.get((kind, key))
        if found is None:
            holders = sum(len(self._by.get(one, ())) for one in _asked(kind, key))
            found = self._rarities[kind, key] = log2(max(1, len(self._firms)) / max(1, holders))
        return found

    def holders(self, kind: str, key: str) -> int:
        """How many firms share this."""
        return len(self._by.get((kind, key), ()))


def _keys(firm: Description) -> Iterator[tuple[str, str]]:
    for called in firm.names:
        brand = called.parts.brand
        yield "brand", brand
        yield from (("sound", one) for one in sounds(brand))
        yield from (("beginning", brand[:length]) for length in _BEGINNINGS if length < len(brand))
        yield "body", brand
    yield from (("code", trace) for code in firm.codes for trace in traces(code))
    yield from (("organisation", code) for code in firm.organisations)
    yield from (("person", person) for person in firm.persons)
    yield from (("phone", phone) for phone in firm.phones)


def _nears(firm: Description) -> Iterator[tuple[str, str]]:
    yield from (("near", gap) for called in firm.names for gap in _gaps(called.parts.brand))


def _counted(firm: Description) -> Iterator[tuple[str, str]]:
    """What tells how rare a trade is; nobody is found by it."""
    yield from (("trade", called.parts.trade) for called in firm.names if called.parts.trade)


def _beside(firm: Description) -> Iterator[tuple[str, ...]]:
    """A brand that is only near, with what bears it out; of a large county each has few firms."""
    trades = dict.fromkeys(called.parts.trade for called in firm.names if called.parts.trade)
    for gap in dict.fromkeys(gap for called in firm.names for gap in _gaps(called.parts.brand)):
        yield from (("near trade", gap, trade) for trade in trades)
        for place in firm.townships:
            yield "near township", gap, place
            yield from (("near both", gap, trade, place) for trade in trades)


def _bodies(names: Iterable[Called]) -> Iterator[tuple[str, str]]:
    """Where the record's name could begin with a known brand, or a known one with its brand."""
    for called in names:
        body = called.parts.brand + called.parts.trade
        yield from (("body", body[:length]) for length in _BEGINNINGS if length <= len(body))
        yield "beginning", called.parts.brand


def _gaps(brand: str) -> Iterator[str]:
    """The brand with each character in turn left open: brands one character apart share one."""
    if len(brand) > 1:
        yield from (f"{brand[:at]}?{brand[at + 1 :]}" for at in range(len(brand)))


def _asked(kind: str, key: str) -> Iterator[tuple[str, str]]:
    yield from ((kind, gap) for gap in _gaps(key)) if kind == "near" else ((kind, key),)
