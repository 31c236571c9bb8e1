"""Longitude and latitude: degrees, or degrees with minutes and seconds, both in one cell or each in its own."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from app.domain.vocabulary import Field
from importers.grid import Cell
from importers.values.numbers import Scale, scale_of
from importers.values.understood import Understood, asked

_PATHS = ("enterprise.longitude", "enterprise.latitude")
#: Marks of degrees and minutes that NFKC would turn into letters and blanks.
_LOOKALIKES = str.maketrans({"º": "°", "˚": "°", "´": "′"})
_MINUTE, _SECOND = r"['’‘′`分]", r"(?:[\"”“″秒]|''|′′|’’)"
_EITHER = rf"(?:{_SECOND}|{_MINUTE})"
_SIDES = {"E": 0, "东": 0, "东经": 0, "经": 0, "经度": 0, "N": 1, "北": 1, "北纬": 1, "纬": 1, "纬度": 1}
_ANGLE = re.compile(
    r"(?P<before>(?:东经|北纬|西经|南纬|经度|纬度|[ENWSenws])[:=]?\s*)*"
    r"(?<![\d.])(?:"
    # The mark after the minutes is often mistyped as that of seconds: 116°45"53.134".
    rf"(?P<d>\d{{1,3}})\s?[°度]\s?(?:(?P<m>\d{{1,2}}(?:\.\d+)?)\s?{_EITHER}\s?(?:(?P<s>\d{{1,2}}(?:\.\d+)?)\s?{_EITHER}?)?)"
    r"|(?P<d2>\d{2,3})(?P<mark>[-: ])(?P<m2>\d{1,2})(?P=mark)(?P<s2>\d{1,2}(?:\.\d+)?)"
    r"|(?P<whole>\d{1,3}(?:\.\d+)?)\s?[°度]?"
    r")(?![\d.])\s?(?P<after>[ENWSenws东北西南](?![\d经纬]))?"
)
_BETWEEN = re.compile(r"[\s,;、/()]*")
_LONGEST = 120


def read_coordinate(field: Field, cell: Cell) -> Understood:
    """Read one coordinate; a cell with both states the other one too."""
    raw = cell.text.strip()
    plain = str(cell.value) if _is_number(cell.value) else unicodedata.normalize("NFKC", raw.translate(_LOOKALIKES))
    found = list(_ANGLE.finditer(plain)) if len(plain) <= _LONGEST else []
    degrees = [_degrees(one) for one in found]
    if None in degrees or not 0 < len(degrees) <= 2 or not _BETWEEN.fullmatch(_ANGLE.sub("", plain)):
        return asked("value.not_understood", raw, field.zh, example="112.194500")
    paths = [_path(one, value or 0.0) for one, value in zip(found, degrees, strict=True)]
    if field.path not in paths or None in paths or len(set(paths)) != len(paths):
        return asked("value.implausible", raw, field.zh)
    stated = {str(path): float(value or 0.0) for path, value in zip(paths, degrees, strict=True)}
    return Understood(stated.pop(field.path), None, stated)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _degrees(found: re.Match[str]) -> float | None:
    """Decimal degrees, or None where it is no angle."""
    if found["whole"]:
        return float(found["whole"])
    degrees, minutes, seconds = (Decimal(found[one] or found[f"{one}2"] or 0) for one in "dms")
    if minutes >= 60 or seconds >= 60 or (seconds and minutes != int(minutes)):
        return None
    return round(float(degrees + minutes / 60 + seconds / 3600), 8)


def _path(found: re.Match[str], value: float) -> str | None:
    """The coordinate that a number is: what stands beside it says so, and its size agrees."""
    said = re.findall("[东西]经|[南北]纬|经度|纬度|[A-Z]", (found["before"] or "").upper())
    said += [found["after"].upper()] if found["after"] else []
    fits = [path for path in _PATHS if _within(value, path)]
    named = {_PATHS[_SIDES[one]] if one in _SIDES else None for one in said}
    return fits[0] if fits and named <= set(fits) else None


def _within(value: float, path: str) -> bool:
    scale: Scale = scale_of(path)
    return scale.least <= Decimal(value) <= scale.most
