"""Where firms stand by names that are no division: villages, parks, the inside of a ring road, the sides of a road."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.register import Enterprise
from app.register.lists.reading import Townships, coded
from app.register.lists.wants import Answer
from app.rules.programmes.loader import Programmes, shipped_programmes
from app.rules.programmes.zones import Place, Zone


@dataclass(frozen=True, slots=True)
class Places:
    """What places are called in the county on the day asked about, and how programmes name and divide them."""

    county: str
    day: date
    township: Townships
    programmes: Callable[[], Programmes] = shipped_programmes


@dataclass(frozen=True, slots=True)
class ZoneWant:
    """That a firm stands in a zone, by the words with which its village, park and address are written."""

    zone: Zone

    @property
    def text(self) -> str:
        """As addresses have it."""
        return self.zone.id

    def of(self, firm: Enterprise) -> Answer:
        """The firm's answer; where nothing tells, it cannot be told."""
        told = {name: firm.facts.get(name) for name in ("township", "village", "park", "address")}
        return self.zone.of(Place(**{name: str(value) for name, value in told.items() if value is not None})).within


def zone_wanted(places: Places, value: str) -> ZoneWant:
    """The zone of an id or name that the county has on the day.

    Raises:
        BadInput: when it has none such.
    """
    zones = places.programmes().zones.values()
    own = {one.id: one for one in zones if one.county == places.county and one.in_force(places.day)}
    code = coded(f"{places.county} 的片区", {id: one.name for id, one in own.items()}, value)
    return ZoneWant(own[code])
