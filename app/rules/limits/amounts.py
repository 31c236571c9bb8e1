"""Numbers of limits as decimals: read without a binary remainder, compared whole, rounded only to be shown."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from operator import eq, ge, gt, le, lt, ne

#: How the papers write them: 应小于 excludes the limit, 不高于 and ≤ include it.
COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {"<": lt, "<=": le, ">=": ge, ">": gt}
SIGNS = {"<": "小于 ", "<=": "不高于 ", ">=": "不低于 ", ">": "大于 "}

ORDERINGS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "lt": lt,
    "lte": le,
    "gt": gt,
    "gte": ge,
    "eq": eq,
    "ne": ne,
}


def amount(value: object) -> Decimal | None:
    """The decimal that a number was written as; None where it is none, or no finite one."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    try:
        if not isfinite(value):
            return None
    except OverflowError:  # a whole number longer than any measurement
        return None
    # A ninth place is a remainder of arithmetic (250 kg as tonnes), not a measurement.
    return Decimal(str(round(value, 9)))


def shown(value: Decimal) -> str:
    """As people write it: no empty places, no exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Decimal, places: int = 1) -> str:
    """Rounded half up for showing (四舍五入); what is compared is not rounded."""
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
