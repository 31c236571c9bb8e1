"""The county's firms by each thing that a record may share with them, so that nobody is compared with everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import log2

from app.domain.particulars import Particulars
from app.register.likeness.code_slips import traces
from app.register.likeness.described import Called, Description, of_firm
from app.register.likeness.resemblance import sounds

#: A brand is looked up by its beginning of so many characters.
_BEGINNINGS = (2, 3, 4)


class FirmIndex:
    """Firms by brand, by its sound, by a brand one character away, by code, telephone, person and former name."""

    def __init__(self, firms: Iterable[Particulars], places: tuple[str, ...]) -> None:
        self._firms: dict[str, Description] = {}
        self._by: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for firm in firms:
            described = of_firm(firm, places)
            self._firms[firm.id] = described
            for key in (*_keys(described), *_nears(described), *_beside(described)):
                self._by[key][firm.id] = None

    def firm(self, key: str) -> Description:
        """What is known of a firm."""
        return self._firms[key]

    def near(self, record: Description) -> list[str]:
        """The firms that share anything with the record that could make them one.

        A brand one character away is not enough: there are dozens. The trade or the township must be the same as well.
        """
        found: dict[str, None] = {}
        for key in (*_keys(record), *_bodies(record.names)):
            found |= self._by.get(key, {})
        beside = [self._by[key] for key in _beside(record) if key in self._by]
        for gap in (gap for called in record.names for gap in _gaps(called.parts.brand)):
            for firm in self._by.get(("near", gap), ()):
                if firm not in found and any(firm in firms for firms in beside):
                    found[firm] = None
        return list(found)

    def rarity(self, kind: str, key: str) -> float:
        """How many halvings of the county it takes to be left with the firms that share this."""
        holders = sum(len(self._by.get(one, ())) for one in _asked(kind, key))
        return log2(max(1, len(self._firms)) / max(1, holders))

    def holders(self, kind: str, key: str) -> int:
        """How many firms share this."""
        return len(self._by.get((kind, key), ()))

    @property
    def prior(self) -> float:
        """The weight of a firm before anything is known: one of so many."""
        return -log2(max(1, len(self._firms)))


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


def _beside(firm: Description) -> Iterator[tuple[str, str]]:
    """What bears out a brand that is only near; nobody is found by it alone."""
    yield from (("trade", called.parts.trade) for called in firm.names if called.parts.trade)
    yield from (("township", place) for place in firm.townships)


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
