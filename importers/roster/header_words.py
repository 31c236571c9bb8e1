"""The words of a header cell: mended, without blanks and remarks, with the unit that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from importers.roster.questions import in_roster_words, may_ask
from importers.roster.spellings import spellings
from importers.values.text import compact

_BRACKETED = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
_NUMBERING = re.compile(r"^[(]?\d{1,2}[)、.．](?=\D)|^[一二三四五六七八九十]{1,2}、|^[*※★]+|[*※★:：]+$")
_QUOTES = str.maketrans("", "", '“”"「」『』‘’')
_UNIT_LABEL = re.compile(r"^(?:计量)?单位[:：]?")
#: What a header that is only a unit measures: the size, the number or the power of what stands above it.
_OF_MACHINES = {"mass", "count", "power", "apparent_power"}
#: Chinese words with what they are in English behind them; letters of a unit or an abbreviation are none.
_WITH_LATIN = re.compile(
    r"(?P<chinese>.*[\u4e00-\u9fff][^A-Za-z]*)(?P<latin>(?:[A-Z][a-z]{2,}|[a-z]{4,})[A-Za-z.,'&/()\d-]*)"
)
#: A longer text is read as it stands.
_LONGEST = 60
_EACH = re.compile(r"(?:/|每)(?:台|炉|座|套)$")

_ANGLE = re.compile(r".*(?:(?P<side>[经纬])度|[东西南北](?P<pole>[经纬])).*?[(]?(?P<part>[度分秒])[)]?")
ANGLES = {"经": "enterprise.longitude", "纬": "enterprise.latitude"}


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """`full`: all that is written; `named`: without the unit; `bare`: without remarks too, as the lexicon spells it."""

    full: str
    named: str
    bare: str
    unit: str | None
    remarks: tuple[str, ...] = ()


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """NFKC, without blanks, quotes, numbering and asterisks, old forms mended: how headers are compared."""
    said = compact(text).translate(_QUOTES)
    if _to_mend().search(said):
        for old, new in spellings().mended.items():
            said = said.replace(old, new)
    return _NUMBERING.sub("", said) or said


@cache
def _to_mend() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, spellings().mended)))


@cache
def _dimension_of_unit() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for dimension, words in spellings().units.items():
        for word in words:
            found.setdefault(_unit_key(word), set()).add(dimension)
    return {word: frozenset(dimensions) for word, dimensions in found.items()}


def _unit_key(text: str) -> str:
    return compact(text).casefold()


def unit_in(text: str) -> str | None:
    """The text as a unit where it is one: `单位：吨` → `吨`, `KG` → `KG`; None otherwise."""
    said = _UNIT_LABEL.sub("", compact(text))
    return said if dimensions(said) else None


def dimensions(unit: str) -> frozenset[str]:
    """What a unit can measure: mass, money, count …; empty where it is no unit."""
    known = _dimension_of_unit()
    key = _unit_key(unit)
    return known.get(key) or known.get(_EACH.sub("", key)) or frozenset()


def units_listed(text: str) -> tuple[str, ...]:
    """The units of a line such as `万元、台`; none where one of its words is no unit."""
    words = [word for word in re.split(r"[、，,;；/\s]+", text.strip()) if word]
    whole = unit_in(text)
    if whole:
        return (whole,)
    return tuple(words) if words and all(dimensions(word) for word in words) else ()


def _unit_noted(text: str) -> tuple[str | None, str]:
    """The unit that a remark names and what else it says: `吨，保留2位小数`; of several units none."""
    if whole := unit_in(text):
        return whole, ""
    parts = [part for part in re.split(r"[，,；;、]", text) if part]
    units = [part for part in parts if unit_in(part)]
    return (unit_in(units[0]), text) if len(units) == 1 and parts[0] == units[0] else (None, text)


def _in_one_language(text: str) -> str:
    """A head in two languages by its Chinese words: 年产能(吨)Capacity(t/a) → 年产能(吨); a unit stays."""
    found = _WITH_LATIN.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None or dimensions(found["latin"]):
        return text
    chinese, bracket = found["chinese"].rstrip("/"), _BRACKETED.search(found["latin"])
    noted = bracket[0] if bracket and dimensions(bracket[1]) and not _BRACKETED.search(chinese) else ""
    return chinese + noted


@cache
def _listed() -> frozenset[str]:
    """The words that the lexicon lists for its fields."""
    lexicon = spellings()
    words = (word for field in lexicon.fields.values() for word in field.words)
    return frozenset((*words, *lexicon.either, *lexicon.marks, *lexicon.machines.words))


def _is_listed(text: str) -> bool:
    """Whether the lexicon knows a header as it is written, a question or not: 每炉几吨."""
    bare = _BRACKETED.sub("", text)
    return bare in _listed() or any(one.fits(bare) for one in spellings().fields.values())


@lru_cache(maxsize=16384)
def header_words(text: str) -> HeaderWords:
    """Take a header's text apart: `炉容量：kg` → 炉容量, kg; `企业（单位）名称` → 企业名称."""
    full = _in_one_language(plain(text))
    full = full if not may_ask(full) or _is_listed(full) else in_roster_words(full)
    unit: str | None = None
    remarks: list[str] = []

    def remark(found: re.Match[str]) -> str:
        nonlocal unit
        inner, rest = _unit_noted(found[1])
        remarks.extend([rest] if rest else [])
        if inner and unit is None:
            unit = inner
            return ""
        return found[0]

    named = _BRACKETED.sub(remark, full)
    if unit is None:
        named, unit = _unit_behind(named)
    if unit is None and dimensions(full) & _OF_MACHINES:
        unit = full
    bare = _BRACKETED.sub("", named).strip(":：、,，/") or full
    return HeaderWords(full, named or full, bare, unit, tuple(remarks))


def angle_part(path: Iterable[str]) -> tuple[str, str] | None:
    """The coordinate and the part of it that a column's words name: 经度 over 分."""
    found = _ANGLE.fullmatch("".join(compact(text) for text in path))
    return (ANGLES[found["side"] or found["pole"]], found["part"]) if found else None


@cache
def _endings() -> tuple[tuple[str, bool], ...]:
    """The units that a header may end in, the longest first, and whether a mark must divide them from the words."""
    words = sorted(_dimension_of_unit(), key=lambda word: (-len(word), word))
    return tuple((word, len(word) == 1 and word != "t") for word in words)


@cache
def _unit_words() -> tuple[str, ...]:
    return tuple(word for word, _ in _endings())


def _unit_behind(text: str) -> tuple[str, str | None]:
    """A unit without brackets at the end: `容量/吨`, `容量：KG`, `功率kW`, `产能万吨/年`."""
    folded = text.casefold()
    if not folded.endswith(_unit_words()):
        return text, None
    for word, divided in _endings():
        if not folded.endswith(word) or len(folded) != len(text):
            continue
        rest, unit = text[: -len(word)], text[-len(word) :]
        mark = re.search(r"[:：/,，—-](?:单位[:：]?)?$|(?<=.)单位[:：]$", rest)
        if mark and mark.start() and not (word in {"年", "月", "天"} or word[0] == "/"):
            return rest[: mark.start()], unit
        if not divided and re.search(r"[\u4e00-\u9fff)]$", rest):
            return rest, unit
    return text, None
