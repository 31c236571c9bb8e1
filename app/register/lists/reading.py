"""Filters as they are written turned into what is wanted: words and codes, numbers and days from–to, and not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from math import isfinite

from app.domain.names import plain_name
from app.domain.quarter import Quarter
from app.domain.vocabulary import ENUMS
from app.errors import BadInput, BadQuarter
from app.register.lists.columns import TOPICS
from app.register.lists.keys import Key
from app.register.lists.wants import Containing, Days, Span, Truth, Untold, Want, Word
from app.store.bare import bare_text

#: How a comparison is written by sign, and its name in addresses.
_SIGNS = {"=": "", "!=": "not", ">=": "gte", ">": "gt", "<=": "lte", "<": "lt"}
OPERATIONS = ("not", "has", "gte", "gt", "lte", "lt")
_FITTING = {"text": ("", "not", "has"), "number": ("", "not", "gte", "gt", "lte", "lt"), "word": ("", "not")}
_YES_NO = {"true": True, "是": True, "有": True, "在": True, "false": False, "否": False, "无": False, "已不在": False}
_DAY = re.compile(r"(\d{4})(?:年|[年./-](\d{1,2})(?:月|[月./-](\d{1,2})日?)?)", re.ASCII)
_UNKNOWN = ("unknown", "none", "不能确定", "不明")

#: Finds a township's name by any of its spellings or its code.
Townships = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Written:
    """One filter as it was written: what by, how compared, with what."""

    name: str
    operation: str
    value: str


def written(key: str, value: str) -> Written:
    """A query key and its value: `state`, `state.not` or `state!` (of `state!=removed`), `capacity_t>` and so on."""
    return said(f"{key}={value}" if value or not re.search("[<>]", key) else key)


def said(text: str) -> Written:
    """A filter in one word, as commands take it: `state!=removed`, `capacity_t>=0.25`, `kind=感应电炉`.

    Raises:
        BadInput: when it has no sign.
    """
    found = re.fullmatch(r"([^=<>!]+?)\s*(!=|>=|<=|=|>|<)(.*)", text, re.DOTALL)
    if found is None:
        raise BadInput(
            f"筛选“{text[:50]}”写法不对", fix="请写成 项=值、项!=值、项>=值 的样子，如 state=idle", code="filter.form"
        )
    name, operation, value = found[1].strip(), _SIGNS[found[2]], found[3].strip()
    stem, _, last = name.rpartition(".")
    if stem and last in OPERATIONS:
        if operation:
            raise BadInput(f"筛选“{text[:50]}”写了两种比较", fix="请只写一种，如 state.not=idle", code="filter.form")
        name, operation = stem, last
    return Written(name, operation, value)


def wanted(key: Key, operation: str, value: str, townships: Townships) -> Want:
    """What a filter wants of its fact.

    Raises:
        BadInput: when the value is none that it can have, with what is possible.
        UnknownTownship: when the county has no such township.
    """
    kind = _kind(key)
    if operation not in _FITTING[kind]:
        forms = "、".join(f"{key.name}.{one}" if one else key.name for one in _FITTING[kind])
        raise BadInput(f"{key.zh}（{key.name}）不能用 {operation} 比较", fix=f"可以写：{forms}", code="filter.form")
    if operation == "has":
        return Containing(plain_name(value))
    if key.type == "township":
        return Word(townships(value))
    if key.type == "topic":
        return Word(coded(key.zh, TOPICS, value))
    if key.type.startswith("enum:"):
        return Word(coded(key.zh, ENUMS[key.type[5:]], value))
    if key.type in ("bool", "present"):
        return _truth(key, value)
    if key.type == "date":
        return _days(key, operation, value)
    return _span(key, operation, value) if kind == "number" else Word(bare_text(value))


def coded(zh: str, words: Iterable[str] | dict[str, str], value: str) -> str:
    """The code of a value told by code or in Chinese.

    Raises:
        BadInput: when it is neither.
    """
    labels = words if isinstance(words, dict) else {word: word for word in words}
    by_label = {plain_name(label): code for code, label in labels.items()}
    found = value if value in labels else by_label.get(plain_name(value), value)
    if found in labels:
        return found
    near = get_close_matches(value, [*by_label, *labels], n=2, cutoff=0.5)
    hint = f"是不是 {'、'.join(near)}？" if near else ""
    told = "、".join(code if code == label else f"{label}（{code}）" for code, label in labels.items())
    raise BadInput(f"{zh}没有“{value[:50]}”这个值", fix=f"{hint}可以写：{told or '（还没有）'}", code="filter.value")


def _kind(key: Key) -> str:
    if key.type in ("int", "decimal", "date"):
        return "number"
    return "text" if key.type in ("text", "code") else "word"


def _truth(key: Key, value: str) -> Want:
    if key.type == "present" and value.lower() in _UNKNOWN:
        return Untold()
    if value.lower() in _YES_NO:
        return Truth(_YES_NO[value.lower()])
    possible = "在、已不在、不能确定" if key.type == "present" else "是、否"
    raise BadInput(f"{key.zh}没有“{value[:50]}”这个值", fix=f"可以写：{possible}", code="filter.value")


def _span(key: Key, operation: str, value: str) -> Want:
    if key.section == "figure" and value.lower() in _UNKNOWN:
        return Untold()
    if operation in ("", "not"):
        low, dots, high = value.partition("..")
        least = _number(key, low) if low or not dots else None
        most = (_number(key, high) if high else None) if dots else least
        if least is not None and most is not None and least > most:
            raise BadInput(f"{key.zh}“{value[:50]}”前大后小", fix="请把小的写在前面，如 0.25..3", code="filter.value")
        if least is None and most is None:
            raise BadInput(f"{key.zh}“..”两头都没有写", fix="请至少写一头，如 0.25..", code="filter.value")
        return Span(least, most, f"{_plain(least)}..{_plain(most)}" if dots and least != most else _plain(least))
    end = _number(key, value)
    low_end, high_end = (end, None) if operation.startswith("g") else (None, end)
    return Span(low_end, high_end, _plain(end), strict=operation in ("gt", "lt"))


def _number(key: Key, text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not isfinite(found):
        raise BadInput(
            f"{key.zh}“{text[:50]}”不是数字", fix="请写一个数，或从几到几，如 0.25..3（两头都算）", code="filter.value"
        )
    return found


def _plain(value: float | None) -> str:
    """A number as addresses have it: the shortest that says the same."""
    if value is None:
        return ""
    whole = int(value) if value == int(value) and abs(value) < 1e15 else value
    return str(whole)


def _days(key: Key, operation: str, value: str) -> Want:
    """Days asked: a day, month, quarter or year, from..to; other words are those that a paper wrote."""
    if operation in ("", "not"):
        low, dots, high = value.partition("..")
        first = _period(key, low) if low else None
        if not dots and (first is None or (key.section == "figure" and not value.isascii())):
            since, until = first or (None, None)
            return Days(since, until, value, words=value)
        last = (_period(key, high) if high else None) if dots else first
        since, until = first[0] if first else None, last[1] if last else None
        if (since is None and until is None) or (since and until and since > until):
            raise BadInput(
                f"{key.zh}“{value[:50]}”没有这样的起止", fix="请写成 2024-01-01..2024-03-31 的样子", code="filter.value"
            )
        text = f"{since or ''}..{until or ''}" if since != until else f"{since}"
        return Days(since, until, text)
    first_day, last_day = _period(key, value) or (None, None)
    one = timedelta(days=1)
    if first_day is None or last_day is None:
        raise _no_day(key, value)
    sides: dict[str, tuple[date | None, date | None, date]] = {
        "gte": (first_day, None, first_day),
        "gt": (_shifted(last_day, one), None, last_day),
        "lte": (None, last_day, last_day),
        "lt": (None, _shifted(first_day, -one), first_day),
    }
    since, until, told = sides[operation]
    return Days(since, until, told.isoformat())


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError as error:
        raise BadInput(f"“{day}”已到尽头", fix="请写早一些或晚一些的日子", code="filter.value") from error


def _period(key: Key, text: str) -> tuple[date, date] | None:
    """The first and last day of a day, month, quarter or year; None for words that are none of these."""
    day = _DAY.fullmatch(text)
    text = "-".join(one.zfill(2) for one in day.groups() if one) if day else text
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text), date.fromisoformat(text)
        if re.fullmatch(r"\d{4}(-\d{2})?", text, re.ASCII):
            first = date.fromisoformat(f"{text[:4]}-{text[5:7] or '01'}-01")
            after = (first.replace(day=28) + timedelta(days=4)).replace(day=1) if text[5:7] else _next_year(first)
            return first, after - timedelta(days=1)
        quarter = Quarter.parse(text)
    except BadQuarter as error:
        if re.search(r"[\u4e00-\u9fff…]", text):
            return None
        raise _no_day(key, text) from error
    except (ValueError, OverflowError) as error:
        raise _no_day(key, text) from error
    return quarter.first, quarter.last


def _next_year(first: date) -> date:
    return first.replace(year=first.year + 1)


def _no_day(key: Key, text: str) -> BadInput:
    return BadInput(
        f"{key.zh}“{text[:50]}”不是日期",
        fix="请写 2024-01-15、2024-01、2024Q1、2024，或从哪天到哪天，如 2024-01..2024-03",
        code="filter.value",
    )
