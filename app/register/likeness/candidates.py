"""Who a record might be: the county's firms ranked by what speaks for and against each, in words. Pure.

Nothing here makes two firms one: an equal valid credit code does that elsewhere, and for all else a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Literal

from app.domain.names import plain_name
from app.domain.particulars import Particulars
from app.register.likeness.described import Stated, of_record
from app.register.likeness.firm_index import FirmIndex
from app.register.likeness.weighing import Weighed, weigh

__all__ = ["Candidate", "Candidates", "Particulars", "Stated"]

Level = Literal["likely", "possible"]

#: The odds that a record is none of the firms, beside a firm's own of 1 when its brand alone is equal and only its.
_NOBODY = 0.25
_LIKELY = 0.7
_POSSIBLE = 0.05
_MOST = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm that the record may be: how likely, what speaks for it, what against it."""

    firm: str
    level: Level
    reasons: tuple[str, ...]
    against: tuple[str, ...]


class Candidates:
    """The firms of a county, ready to be asked who a record might be."""

    def __init__(
        self, firms: Iterable[Particulars], places: Iterable[str] = (), glossary: Mapping[str, str] | None = None
    ) -> None:
        """`places`: full names of the province, city, county (and townships); `glossary`: alias to full name."""
        self._places = tuple(places)
        self._glossary = {plain_name(alias): name for alias, name in (glossary or {}).items()}
        self._index = FirmIndex(firms, self._places)

    def of(self, stated: Stated, but: str = "") -> tuple[Candidate, ...]:
        """The firms that the record may be, the likeliest first; what is less than possible is left out.

        `but`: the firm whose record it is, which is no candidate.
        """
        record = of_record(stated, self._places, self._glossary)
        near = [key for key in self._index.near(record) if key != but]
        weighed = [(weigh(record, self._index.firm(key), self._index), key) for key in near]
        odds = [2.0**one.weight for one, _ in weighed]
        every = fsum(odds) + _NOBODY
        ranked = sorted(
            ((chance / every, one, key) for chance, (one, key) in zip(odds, weighed, strict=True)),
            key=lambda one: (-one[0], one[2]),
        )
        return tuple(
            Candidate(key, _level(share, one), reasons, one.against)
            for share, one, key in ranked[:_MOST]
            if share >= _POSSIBLE and (reasons := one.reasons)
        )


def _level(share: float, weighed: Weighed) -> Level:
    return "likely" if share >= _LIKELY and weighed.conclusive else "possible"
