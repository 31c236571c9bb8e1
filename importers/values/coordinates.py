"""Longitude and latitude: degrees, or degrees with minutes and seconds, both in one cell or each in its own."""

from __future__ import annotations

import re
from decimal import Decimal

from app.domain.vocabulary import Field
from importers.grid import Cell
from importers.values.numbers import Scale, scale_of
from importers.values.text import compact
from importers.values.understood import Understood, asked

_PATHS = ("enterprise.longitude", "enterprise.latitude")
_MINUTE, _SECOND = r"['’‘′`分]", r"(?:[\"”“″秒]|''|′′)"
#: The mark after the minutes is often mistyped as that of seconds: 116°45"53.134".
_SEXAGESIMAL = re.compile(
    rf"(?P<d>\d{{1,3}})[°º度](?:(?P<m>\d{{1,2}}(?:\.\d+)?)(?:{_SECOND}|{_MINUTE})(?:(?P<s>\d{{1,2}}(?:\.\d+)?)(?:{_SECOND}|{_MINUTE})?)?)?"
)
_DECIMAL = re.compile(r"(?P<d>\d{1,3}(?:\.\d+)?)[°º度]?")
_SIDES = re.compile(r"东经|北纬|经度|纬度|[ENen]|[:=]")


def read_coordinate(field: Field, cell: Cell) -> Understood:
    """Read one coordinate; a cell with both states the other one too."""
    raw = cell.text.strip()
    plain = str(cell.value) if _is_number(cell.value) else _SIDES.sub("", compact(raw))
    degrees = [_degrees(part) for part in re.split(r"[,;、/]", plain) if part]
    found = {path: value for value in degrees if value is not None for path in _PATHS if _within(value, path)}
    if None in degrees or not degrees or len(degrees) > 2:
        return asked("value.not_understood", raw, field.zh, example="112.194500")
    if field.path not in found or len(found) != len(degrees):
        return asked("value.implausible", raw, field.zh)
    also = {path: value for path, value in found.items() if path != field.path}
    return Understood(found[field.path], None, also)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _degrees(part: str) -> float | None:
    """Decimal degrees, or None where it is no angle."""
    if whole := _DECIMAL.fullmatch(part):
        return float(whole["d"])
    found = _SEXAGESIMAL.fullmatch(part)
    if not found:
        return None
    minutes, seconds = Decimal(found["m"] or 0), Decimal(found["s"] or 0)
    if minutes >= 60 or seconds >= 60 or (found["s"] and minutes != int(minutes)):
        return None
    return round(float(Decimal(found["d"]) + minutes / 60 + seconds / 3600), 8)


def _within(value: float, path: str) -> bool:
    scale: Scale = scale_of(path)
    return scale.least <= Decimal(value) <= scale.most
