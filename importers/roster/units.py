"""The one spelling of a unit under which a column is reported: 吨 and T are t, 万千瓦时 is 万kWh."""

from __future__ import annotations

from importers.roster.spellings import spellings
from importers.values.text import compact

_MASSES = ("t", "kg", "万t", "千t")
_ANGLES = {"度": "°", "分": "′", "秒": "″"}


def unit_name(unit: str | None, dimension: str | None = None) -> str | None:
    """The unit's own name; None where none is stated. `dimension`: what the column measures, where that is known."""
    if unit is None:
        return None
    plain = compact(unit).casefold()
    if dimension == "angle":
        return _ANGLES.get(plain, plain)
    name = spellings().unit_names.get(plain, plain)
    return f"{name}/a" if dimension == "mass_per_year" and name in _MASSES else name
