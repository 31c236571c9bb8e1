"""Named places that are no division, and whether a firm stands in one: by the words with which rosters name places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from app.domain.dates import FOREVER

KINDS = {"village": "村", "park": "园区", "road_sides": "道路两侧", "within_road": "环路以内"}

#: What may stand before a village's name in an address: the end of a wider place, or no letter at all.
_BEFORE = r"(?:^|[省市县区镇乡街道办处村旁、，,。；;：:()（）\s])"
#: A road that is called after a village is not the village.
_AFTER = r"(?![路街道巷桥大乡镇])"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a firm stands, as told; None where nobody said."""

    township: str | None = None
    township_code: str | None = None
    village: str | None = None
    park: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a place lies in an area: True, False, None. `hint`: something told points there without settling it."""

    within: bool | None
    because: str
    hint: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A named place of a county on the days [since, until), by the words that mean it in each column of a roster.

    `outside` in an address denies it, `near` leaves it open.
    """

    id: str
    name: str
    kind: str
    county: str
    village: tuple[str, ...] = ()
    park: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    since: date = date.min
    until: date = FOREVER

    def in_force(self, day: date) -> bool:
        """Whether there is such a place that day."""
        return self.since <= day < self.until

    def of(self, place: Place) -> Fit:
        """Whether the place lies in it, and by which words."""
        village, park, address = _plain(place.village), _plain(place.park), _plain(place.address)
        if self.village:
            return self._of_village(village, address)
        for word in self.park:
            if word in park:
                return Fit(True, f"所在园区写明“{place.park}”", field="park")
        for word in self.outside:
            if word in address:
                return Fit(False, f"地址写明“{word}”", field="address")
        for word in self.address:
            if word in address:
                return Fit(True, f"地址写有“{word}”", field="address")
        for words, column, field in _columns(park, address, village):
            for word in self.near:
                if word in words:
                    return Fit(None, f"{column}写有“{word}”，看不出是不是{self.name}", hint=True, field=field)
        if self.kind == "park" and park:
            return Fit(False, f"所在园区写的是“{place.park}”", field="park")
        return Fit(None, f"没有写是不是在{self.name}")

    def _of_village(self, village: str, address: str) -> Fit:
        for word in self.village:
            if village == word.removesuffix("村") or _names(village, word):
                return Fit(True, f"村写明“{village}”", field="village")
            if _names(address, word):
                return Fit(True, f"地址写明“{word}”", field="address")
        if village:
            return Fit(False, f"村写的是“{village}”", field="village")
        for word in self.village:
            if word in address:
                why = f"地址里有“{word}”，前后还连着别的字，看不出是不是{self.name}"
                return Fit(None, why, hint=True, field="address")
        return Fit(None, f"没有写是不是在{self.name}")


def _columns(park: str, address: str, village: str) -> tuple[tuple[str, str, str], ...]:
    return (park, "所在园区", "park"), (address, "地址", "address"), (village, "村", "village")


def _plain(text: str | None) -> str:
    """As words are compared: full-width and half-width alike, no blanks, 村民委员会 as 村."""
    plain = "".join(unicodedata.normalize("NFKC", text or "").split())
    return re.sub(r"村(?:民)?委(?:员)?会?", "村", plain)


def _names(words: str, village: str) -> bool:
    """Whether the words name this village and none of which its name is the end or the beginning."""
    return re.search(f"{_BEFORE}{re.escape(village)}{_AFTER}", words) is not None
