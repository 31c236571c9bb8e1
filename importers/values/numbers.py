"""A number with its unit under a field that has one: exact conversion, and a question wherever it is not one number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from app.domain.statement import Value
from app.domain.vocabulary import Field
from importers.grid import Cell
from importers.values import numerals
from importers.values.furnaces import phrase
from importers.values.text import compact, set_apart
from importers.values.understood import Understood, asked, doubt
from importers.values.words import nothing_kind, section

_EACH = re.compile(r"(?:/|每)(?:每)?(?:台|炉|座|只|炉次|次|套)$|^(?:每台|单台)")
_BRACKETED = re.compile(r"^[(\[]([^()\[\]]*)[)\]]$")
_LABEL = re.compile(r"^(?:计量)?单位[:：]?")
_DOTS = re.compile(r"[·•⋅・.]")
#: Units that look like words or hold a digit.
_ODD_UNITS = {"m2", "m3", "km2", "平方米", "立方米"}
_SCALED = re.compile(r"^[十百千]?[万亿]|^[百千](?=元)")
#: A year, a month or a day in the brackets behind a number: when it was so.
_WHEN = re.compile(r"(?:19|20)\d{2}(?:年度?|(?:年\d{1,2}月|[./-]\d{1,2})?)")
#: Two units that say one quantity differ by their rounding alone.
_ROUNDED = Decimal("0.005")
_NOTE = re.compile(r"(?P<number>[^()]+)\((?P<note>[^()]*[^()\da-z%/.][^()]*|(?:19|20)\d{2}|\d[\d.]*[a-z]+)\)")
_TWIN = re.compile(r"一拖(?P<n>[二两三四])")
_DUTY = re.compile(r"(?P<a>[一二两三四1-4])(?P<what>[用开备])(?P<b>[一二两三四1-4])(?P<other>[用开备])")
_SPAN = re.compile(r"\d[^\d]{0,4}(?:-|—|–|~|至|到|－)\d")
_TIMES_N = re.compile(r"^(?P<one>.*?)[×x*✕](?P<n>\d{1,3})(?:台|套|座|只|个)?$", re.IGNORECASE)
_N_TIMES = re.compile(r"^(?P<n>\d{1,3})(?:台|套|座|只|个)?[×x*✕](?P<one>\d.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scale:
    """What a field's numbers may be: units with their exact factors, and the bounds of belief."""

    units: Mapping[str, Decimal]
    alone: bool
    zero: bool
    least: Decimal
    most: Decimal
    melt_rate: Mapping[str, Decimal]
    labels: re.Pattern[str]


@cache
def unit_table(name: str) -> dict[str, Decimal]:
    """The spellings of a unit and its relatives, each with its exact factor."""
    return {unit_key(spelling): Decimal(factor) for factor, row in section("units")[name].items() for spelling in row}


@cache
def scale_of(path: str) -> Scale:
    """The scale of a field's numbers."""
    said: dict[str, Any] = section("numbers")[path]
    return Scale(
        units=unit_table(said["units"]),
        alone=said.get("alone", False),
        zero=said.get("zero", True),
        least=Decimal(said.get("least", 0)),
        most=Decimal(said["most"]),
        melt_rate=unit_table("melt_rate") if "elsewhere" in said else {},
        labels=_labels(said.get("labels", [])),
    )


def _labels(words: list[str]) -> re.Pattern[str]:
    """The words that repeat what the column is before its number: 容量0.5吨, 占地：20亩."""
    spelled = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"^(?:{spelled})[:为]?(?=[\d.一二两三四五六七八九十百半])" if words else r"(?!)")


@lru_cache(maxsize=4096)
def unit_key(text: str) -> str:
    """A unit in the form in which units are compared: `（吨/台）` → `吨`, `kW·h` → `kwh`."""
    plain = _LABEL.sub("", compact(text).casefold())
    bracketed = _BRACKETED.match(plain)
    plain = _DOTS.sub("", bracketed[1] if bracketed else plain)
    return _EACH.sub("", plain) or plain


def read_number(field: Field, cell: Cell, unit: str | None) -> Understood:
    """Read one number under its field. The unit in the cell beats that of the header."""
    scale = scale_of(field.path)
    raw = cell.text.strip()
    if nothing_kind(raw) == "zero":
        return _settled(field, raw, Decimal(0), scale)
    stored = cell.value
    if isinstance(stored, (int, float)) and not isinstance(stored, bool):
        number = numerals.of_stored(stored)
        if number is None:
            return asked("value.not_understood", raw, field.zh)
        return _with_unit(field, raw, number, _unit_shown(raw), unit, scale)
    return _read_text(field, raw, unit, scale)


def _unit_shown(raw: str) -> str:
    """The unit that a number's format shows: 0.5 shown as `0.5 t`."""
    found = numerals.leading(compact(raw).casefold())
    return unit_key(found[1]) if found and found[1][:1] not in {"e", "."} else ""


def _read_text(field: Field, raw: str, unit: str | None, scale: Scale) -> Understood:
    plain = compact(raw).casefold().strip("。;,、").replace("¥", "")
    if inexact(plain):
        return asked("value.not_exact", raw, field.zh)
    if plain[:1] in {"-", "−"}:
        return asked("value.implausible", raw, field.zh)
    if set_apart(raw):
        return _unread(field, raw)
    plain = scale.labels.sub("", plain.removeprefix("+"))
    noted = _NOTE.fullmatch(plain)
    if noted and unit_key(noted["note"]) not in scale.units:
        return _noted(field, raw, noted["number"], noted["note"], unit, scale)
    if field.path == "equipment.quantity" and (counted := _by_duty(field, raw, plain)):
        return counted
    for bodies in (_TIMES_N.match(plain), _N_TIMES.match(plain)):
        if bodies and field.path == "equipment.capacity_t":
            said = _read_text(field, bodies["one"], unit, scale)
            return Understood(said.value, said.issue, {**said.also, "equipment.quantity": int(bodies["n"])})
    return _twice(field, raw, plain, unit, scale) or _read_plain(field, raw, plain, unit, scale)


def _read_plain(field: Field, raw: str, plain: str, unit: str | None, scale: Scale) -> Understood:
    """A number with its unit and nothing else."""
    for number, rest in _splits(plain, scale):
        return _with_unit(field, raw, number, unit_key(rest), _unscaled(plain, rest, unit), scale)
    return _unread(field, raw)


def _unscaled(plain: str, rest: str, unit: str | None) -> str | None:
    """The header's unit without its 万 where the cell writes that itself: 30万 under 万千瓦时 is 30万千瓦时."""
    scaled = not rest and re.search("[万亿]", plain)
    return _SCALED.sub("", unit_key(unit)) if scaled and unit else unit


def _twice(field: Field, raw: str, plain: str, unit: str | None, scale: Scale) -> Understood | None:
    """`500kg/0.5吨`: one quantity in two units."""
    halves = plain.split("/")
    if len(halves) != 2 or not all(re.fullmatch(r"\d+(?:\.\d+)?\D+", half) for half in halves):
        return None
    return _restated(field, halves[0], halves[1], unit, scale)


def _restated(field: Field, first: str, second: str, unit: str | None, scale: Scale) -> Understood | None:
    """The quantity that two texts state alike, but for rounding: as the one in the field's own unit says it."""
    units = [unit_key(found[1]) if (found := numerals.leading(one)) else "" for one in (first, second)]
    if any(one not in scale.units for one in units) or units[0] == units[1]:
        return None
    values = [_read_plain(field, one, one, unit, scale).value for one in (first, second)]
    one, other = (Decimal(str(value or 0)) for value in values)
    if not one or abs(one - other) > _ROUNDED * one:
        return None
    return Understood(values[1] if scale.units[units[1]] == 1 else values[0])


def _noted(field: Field, raw: str, number: str, note: str, unit: str | None, scale: Scale) -> Understood:
    """`0.5吨（闲置）`: the number, and what its note says of the machine; with a note not understood, a question."""
    said = _read_text(field, number, unit, scale)
    if said.value is None:
        return said if said.issue and said.issue[0] == "value.not_exact" else _unread(field, raw)
    if same := _restated(field, number, note, unit, scale):
        return same
    if _WHEN.fullmatch(note) or note in _harmless():
        return said
    if note.startswith("其中") and field.type == "int":
        issue = doubt("value.not_understood", raw, field.zh, example=_example(field))
        return Understood(said.value, issue if field.section == "equipment" else None)
    if field.section != "equipment":
        return _unread(field, raw)
    if field.path == "equipment.quantity" and (counted := _by_duty(field, raw, note, said.value, number)):
        return counted
    words = phrase(note)
    if words.leftover or not words.facts:
        issue = doubt("value.not_understood", raw, field.zh, example=_example(field))
        counts = field.path == "equipment.quantity" and not re.search(r"\d|一拖|[用备]", note)
        return Understood(said.value if counts else None, issue)
    return Understood(said.value, said.issue, {**said.also, **{f"equipment.{k}": v for k, v in words.facts.items()}})


def _by_duty(field: Field, raw: str, words: str, counted: Value | None = None, written: str = "") -> Understood | None:
    """一拖二 and 一用一备 as a count of bodies, alone or behind one: 2台（一用一备）; None without either."""
    if twin := _TWIN.fullmatch(words):
        bodies = numerals.whole(twin["n"]) or 0
        if counted in {None, 1}:
            return Understood(bodies)
        whole = isinstance(counted, int) and counted % bodies == 0 and not re.search("套|组", written)
        return Understood(counted) if whole else _unread(field, raw)
    duty = _DUTY.fullmatch(words)
    if not duty or (duty["what"] == "备") == (duty["other"] == "备"):
        return None
    bodies = (numerals.whole(duty["a"]) or 0) + (numerals.whole(duty["b"]) or 0)
    issue = doubt("value.states_apart", raw, field.zh)
    return Understood(bodies, issue) if counted in {None, bodies} else _unread(field, raw)


@cache
def _harmless() -> frozenset[str]:
    return frozenset(section("notes")["number"])


def _unread(field: Field, raw: str) -> Understood:
    return asked("value.not_understood", raw, field.zh, example=_example(field))


def _splits(plain: str, scale: Scale) -> list[tuple[Decimal, str]]:
    """The ways to read a number with its unit, the likeliest first: one whose unit is the field's own."""
    ways = [found] if (found := numerals.leading(plain)) else numerals.in_words(plain)
    half = [(number + Decimal("0.5"), rest[:-1]) for number, rest in ways if rest.endswith("半") and rest != "半"]
    ways = half + ways + [numerals.multiplied(*way) for way in ways]
    fitting = [way for way in ways if unit_key(way[1]) in scale.units or not way[1]]
    return fitting or ways[:1]


def inexact(plain: str) -> bool:
    """Whether a number stands there that is no single one: 约1吨, 1-2吨, 50余人."""
    return bool(_inexact_words().search(plain) or _SPAN.search(plain))


@cache
def _inexact_words() -> re.Pattern[str]:
    words = section("inexact")
    before, after, inside = ("|".join(map(re.escape, words[at])) for at in ("before", "after", "inside"))
    number = r"[\d一二两三四五六七八九十百千万]"
    return re.compile(rf"^(?:{before}){number}|{number}\D{{0,5}}(?:{after})$|{number}(?:{inside})\D")


def _with_unit(field: Field, raw: str, number: Decimal, here: str, header: str | None, scale: Scale) -> Understood:
    """Convert by the unit in the cell, else by that of the header, else by the only one possible."""
    spelled = here or (unit_key(header) if header else "")
    factor = _factor(spelled, scale) if spelled else Decimal(1) if scale.alone or number == 0 else None
    if factor is not None:
        return _settled(field, raw, number * factor, scale)
    if not spelled:
        return asked("value.unit_unknown", raw, field.zh, example=_example(field))
    rate = scale.melt_rate.get(spelled)
    if rate is not None and 0 < number * rate <= scale.most:
        also: dict[str, Value] = {"equipment.melt_rate_t_per_h": float(number * rate)}
        return Understood(None, doubt("value.melt_rate", raw if here else f"{raw}{header}", field.zh), also)
    if here and (len(here) > 6 or re.search(r"[\d()]", here)) and here not in _ODD_UNITS:
        return _unread(field, raw)
    return asked("value.unit_mismatch", raw, field.zh, unit=spelled, example=_example(field))


def _factor(spelled: str, scale: Scale) -> Decimal | None:
    """A unit's factor; `t(吨)` names one unit twice."""
    if spelled in scale.units:
        return scale.units[spelled]
    both = re.fullmatch(r"([^()]+)\(([^()]+)\)", spelled)
    factors = {scale.units.get(unit_key(part)) for part in both.groups()} if both else set()
    return factors.pop() if len(factors) == 1 else None


def _settled(field: Field, raw: str, number: Decimal, scale: Scale) -> Understood:
    """The value in the field's own unit, once it is believable."""
    if number == 0:
        zero = 0 if field.type == "int" else 0.0
        return Understood(zero) if scale.zero else asked("value.implausible", raw, field.zh)
    if not scale.least <= number <= scale.most:
        return asked("value.implausible", raw, field.zh)
    if field.type != "int":
        return Understood(float(number))
    return Understood(int(number)) if number == int(number) else asked("value.not_whole", raw, field.zh)


def _example(field: Field) -> str:
    return {
        "equipment.capacity_t": "0.5吨",
        "equipment.melt_rate_t_per_h": "3吨/小时",
        "equipment.quantity": "2台",
        "equipment.power_kw": "250千瓦",
        "equipment.transformer_kva": "1250千伏安",
        "enterprise.capacity_t_per_year": "20000吨/年或2万吨/年",
        "enterprise.output_t_per_year": "20000吨或2万吨",
        "enterprise.output_value_wan": "3000万元",
        "enterprise.tax_wan": "100万元",
        "enterprise.electricity_kwh": "120万千瓦时",
        "enterprise.land_mu": "20亩",
        "enterprise.employees": "28人",
        "enterprise.longitude": "112.194500",
        "enterprise.latitude": "25.375200",
    }[field.path]
