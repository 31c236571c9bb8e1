"""Firms' names as they are compared: the full name made plain, and the core without place and legal form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_BRACKETS = str.maketrans("〔【［｛〈《〕】］｝〉》", "(((((())))))")
_FORMS = re.compile(
    r"(?:集团|(?:(?:有限责任|股份有限|有限|集团)?公司|总公司|总厂|工厂|厂)"
    r"(?:\((?:普通合伙|有限合伙|个体工商户|个人独资)\))?)$"
)


def plain_name(name: str) -> str:
    """A full name as two spellings of it are compared: NFKC, no blanks, one kind of brackets, capital letters."""
    return "".join(unicodedata.normalize("NFKC", name.translate(_BRACKETS)).split()).upper()


def core_name(name: str, places: Iterable[str] = ()) -> str:
    """What tells a firm apart: its plain name without the names of its province, city and county, and its legal form.

    `places` are full names from the widest to the narrowest (湖南省, 永州市, 蓝山县); their short forms go as well.
    """
    core = plain_name(name)
    for place in places:
        core = _place(place).sub("", core) or core
    while True:
        bare = _FORMS.sub("", core)
        if bare == core or not bare:
            return core
        core = bare


@lru_cache(maxsize=256)
def _place(place: str) -> re.Pattern[str]:
    """A place's name where a firm's name begins, or in brackets within it."""
    short = place[:-1] if len(place) > 2 and place[-1] in "省市县区" else place
    either = rf"{re.escape(short)}{'' if short == place else f'{place[-1]}?'}"
    return re.compile(rf"^{either}|\({either}\)")
