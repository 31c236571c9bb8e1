"""Numbers in words and digits: 两, 三十, 1.2万, 1,500."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

import cn2an

_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟]+")
_ARABIC = re.compile(r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)")
#: Two digits side by side are an about: 两三台, 七八人. Behind 点 they are decimals.
_ABOUT = re.compile(r"[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]{2}")
_LONGEST = 20
#: 1亿2000万, 1亿2千万, 3万5千: the higher unit, what follows it in the lower one.
_COMPOUND = re.compile(r"(?P<high>\d+)(?P<of>[亿万])(?P<low>\d+(?:\.\d+)?)(?P<unit>[十百千]?万|千(?![瓦克]))(?![\d万])")
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@lru_cache(maxsize=4096)
def chinese(text: str) -> Decimal | None:
    """A number written in Chinese numerals: 两 → 2, 二百三十 → 230; None where it is none."""
    if text == "半":
        return Decimal("0.5")
    if len(text) > _LONGEST or not _CHINESE.fullmatch(text) or _ABOUT.search(text.split("点", maxsplit=1)[0]):
        return None
    try:
        return Decimal(str(cn2an.cn2an(text.replace("〇", "零"), "smart")))
    except (ValueError, KeyError):  # 一亿二 is not in the library's table of units
        return None


def whole(text: str) -> int | None:
    """A count: 2, ２, 两, 十二; None where it is none."""
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 9 else None
    found = chinese(text)
    return int(found) if found is not None and found == int(found) else None


def leading(text: str) -> tuple[Decimal, str] | None:
    """The number in digits that a text begins with, and what follows it; None where it begins otherwise.

    A number of two parts is given in 万: `1亿2000万元` → 12000 before `万元`.
    """
    if compound := _COMPOUND.match(text):
        of, unit = _TIMES[compound["of"]], compound["unit"]
        low = Decimal(compound["low"]) * _TIMES.get(unit[:-1], 1) * _TIMES[unit[-1]]
        number = (int(compound["high"]) * of + low) / (10**4)
        return (number, "万" + text[compound.end() :]) if low < of else None
    found = _ARABIC.match(text)
    return (Decimal(found["digits"].replace(",", "")), text[found.end() :]) if found else None


def in_words(text: str) -> list[tuple[Decimal, str]]:
    """Every way to split a leading Chinese numeral from what follows, the longest numeral first.

    三千瓦 is 三千·瓦 and 三·千瓦; the unit decides.
    """
    found = re.match(rf"半|{_CHINESE.pattern}", text)
    if not found:
        return []
    splits = ((chinese(text[:end]), text[end:]) for end in range(min(found.end(), _LONGEST), 0, -1))
    return [(number, rest) for number, rest in splits if number is not None]


def multiplied(number: Decimal, rest: str) -> tuple[Decimal, str]:
    """1.2 before `万人` → 12000 before `人`."""
    while rest and rest[0] in _TIMES:
        number, rest = number * _TIMES[rest[0]], rest[1:]
    return number, rest


def of_stored(value: int | float) -> Decimal | None:
    """A number as a sheet stores it, in the fifteen digits that it shows; None for infinities and NaN."""
    found = Decimal(f"{value:.15g}" if isinstance(value, float) else value)
    return found if found.is_finite() else None
