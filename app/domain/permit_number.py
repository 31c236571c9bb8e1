"""Numbers of discharge permits (HJ 608-2017): the unit's own code, the site, and one letter.

`91130200699229617X001P`: 18 characters of the unit, three digits of the site, one letter. The letter's table was never
read, so only the shape is held; a unit without a credit code has a code that begins with H9 and may end in a small one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.domain.credit_code import ALPHABET

_SHAPE = re.compile(rf"([{ALPHABET}]{{18}}|H9[0-9A-Z]{{15}}[0-9A-Za-z])(\d{{3}})([A-Z])")

#: What a number should look like, as a fix says it.
EXPECTED = "应为22位：前18位是单位的统一社会信用代码，再3位是场所的序号，末位是一个大写字母，如 91130200699229617X001P"


@dataclass(frozen=True, slots=True)
class PermitNumber:
    """Its parts. `site`: what all versions of one site's permit begin with."""

    unit: str
    place: str
    letter: str

    @property
    def site(self) -> str:
        """The unit with the site."""
        return self.unit + self.place

    @property
    def coded(self) -> bool:
        """Whether the unit is named by a credit code, not by a code made for those that have none."""
        return not self.unit.startswith("H9")


def written(number: str) -> str:
    """A number as it is compared: half-width, no blanks; capitals and small letters differ (H9…)."""
    return "".join(unicodedata.normalize("NFKC", number).split())


def parts(number: str) -> PermitNumber | None:
    """The parts of a number of that shape; None where it has another."""
    found = _SHAPE.fullmatch(written(number))
    return PermitNumber(*found.groups()) if found else None
