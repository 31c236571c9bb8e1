"""Units of a roster's columns: how heads spell them, and a value in a column's own unit to the last digit."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from app.domain.vocabulary import Field

#: By the spelling under which a reading reports a unit: its factor to the field's own, and how people write it.
UNITS: dict[str, tuple[str, tuple[str, ...]]] = {
    "t": ("1", ("吨", "t")),
    "kg": ("0.001", ("公斤", "千克", "kg")),
    "t/a": ("1", ("吨/年", "t/a", "吨/a", "t/年")),
    "万t/a": ("10000", ("万吨/年", "万t/a", "万吨/a", "万t/年")),
    "万t": ("10000", ("万吨", "万t")),
    "t/h": ("1", ("吨/小时", "吨/时", "t/h", "吨/h", "t/小时")),
    "kg/h": ("0.001", ("公斤/小时", "千克/小时", "kg/h")),
    "kW": ("1", ("千瓦", "kw")),
    "MW": ("1000", ("兆瓦", "mw")),
    "kVA": ("1", ("千伏安", "kva", "kv·a")),
    "MVA": ("1000", ("兆伏安", "mva")),
    "kWh": ("1", ("千瓦时", "度", "kwh", "kw·h")),
    "万kWh": ("10000", ("万千瓦时", "万度", "万kwh")),
    "亿kWh": ("100000000", ("亿千瓦时", "亿kwh")),
    "万元": ("1", ("万元",)),
    "亿元": ("10000", ("亿元",)),
    "元": ("0.0001", ("元",)),
    "千元": ("0.1", ("千元",)),
    "百万元": ("100", ("百万元",)),
    "亩": ("1", ("亩",)),
    "m2": ("0.0015", ("平方米", "m2", "㎡", "平米")),
    "公顷": ("15", ("公顷",)),
    "台": ("1", ("台", "套", "座", "个", "台套", "台/套")),
    "人": ("1", ("人", "名")),
    "°": ("1", ("度", "°")),
}
#: The unit in which the vocabulary keeps a field, as a reading reports it.
OWN = {
    "t": "t",
    "t/a": "t/a",
    "t/h": "t/h",
    "kW": "kW",
    "kVA": "kVA",
    "kWh": "kWh",
    "10,000 yuan": "万元",
    "mu": "亩",
    "furnace bodies": "台",
    "degree": "°",
}
#: A number under these needs no unit: there is no other.
ALONE = {"equipment.quantity", "enterprise.employees", "enterprise.longitude", "enterprise.latitude"}
#: The part of a coordinate that its column of minutes holds where it has none of seconds.
MINUTES_IN_FULL = "分秒"
#: Of a number with more digits than these a workbook keeps no more.
_DIGITS = 15


def unit_to_add(known: Field, header: str, unit: str | None) -> str | None:
    """What a head must say so that its numbers have a unit; None where it says it, or where none is needed."""
    due = unit or OWN.get(known.unit or "")
    if known.path in ALONE or due is None or known.type not in ("decimal", "int"):
        return None
    spellings = UNITS[due][1] if due in UNITS else (due,)
    return None if _spelled(header, spellings) else spellings[0]


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return any(plain in map(str.casefold, words) for _, words in UNITS.values())


def _spelled(header: str, spellings: tuple[str, ...]) -> bool:
    plain = "".join(unicodedata.normalize("NFKC", header).split()).casefold()
    said = "|".join(re.escape(unicodedata.normalize("NFKC", one).casefold()) for one in spellings)
    return bool(re.search(rf"[(\[:,，:：/](?:{said})(?:/台)?(?:[)\],，;]|$)|[\u4e00-\u9fff](?:{said})$", plain))


def in_unit(known: Field, value: float, unit: str | None) -> int | float | None:
    """A value in a column's own unit, where a workbook keeps it exactly; None where it does not."""
    due = unit or OWN.get(known.unit or "")
    if known.path not in ALONE and due is not None and due not in UNITS:
        return None
    factor = Decimal(UNITS[due][0]) if due in UNITS and known.path not in ALONE else Decimal(1)
    number = Decimal(repr(value)) / factor
    stored = float(number)
    exact = float(Decimal(repr(stored)) * factor) == value and len(number.normalize().as_tuple().digits) <= _DIGITS
    if not exact:
        return None
    return int(stored) if stored.is_integer() and abs(stored) < 10**_DIGITS else stored


def with_unit(known: Field, value: float) -> str:
    """A value in words, with the field's own unit: 13.5亩."""
    own = OWN.get(known.unit or "")
    word = UNITS[own][1][0] if own and known.path not in ALONE else ""
    return f"{Decimal(repr(value)).normalize():f}{word}"


def angle(value: float, part: str) -> int | float:
    """The degrees, the minutes (whole, or in full) or the seconds of a coordinate, to a hundred-thousandth second."""
    seconds = round(Decimal(repr(value)) * 3600, 5)
    minutes = seconds % 3600 / 60
    found = {"度": seconds // 3600, "分": minutes // 1, "秒": seconds % 60, MINUTES_IN_FULL: round(minutes, 7)}[part]
    return int(found) if found == int(found) else float(found)


def sized(known: Field, value: float, unit: str | None) -> tuple[int | float, str] | None:
    """A size and the unit that stands beside it; None where a workbook does not keep the number exactly."""
    due = unit or OWN.get(known.unit or "")
    number = in_unit(known, value, unit)
    return None if number is None or due not in UNITS else (number, UNITS[due][1][0])
