"""A furnace's words: 铝壳中频感应电炉 states kind, frequency and shell, and no more than the words say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from app.domain.statement import Value
from importers.values.text import word
from importers.values.words import section

_MARKS = '()[]{}:.,;、/\\+-_" '

#: Several kinds of furnace go by these words: the kind stays open.
GENERIC = "generic"


#: The noun at the end tells a Chinese machine's kind; these are no furnaces, so an unknown word before them is name.
_NO_FURNACES = {"motor", "pump", "compressor", "fan", "other", "lift", "transformer"}
_PREFIX = re.compile(r"[^\W\d_未无拟待已不非原无炉窑]{1,10}")
#: A machine outside the lexicon that is certainly no furnace: 碎铁机, 冷却输送线.
_OTHER = re.compile(
    r"[^\W\d_未无拟待已不非原炉窑]{1,12}(?:机|机组|生产线|流水线|输送线|床|装置|系统|器|仪|锤|吊|秤|塔|罐|柜|台车|转运车|小车)"
)


#: No machine stands there, or not yet, or no longer: 没有中频炉, 拟建中频炉, 原有铝壳炉.
_DENIED = re.compile(
    r"(?:现|目前|已|企业|厂区|厂内)*(?:无(?!芯|磁|铁芯|轭)|没有|未见|未发现|不存在|不涉及|未使用|不使用|未采用|不采用|未配备|未安装|未建"
    r"|拟|计划|规划|准备|将|待建|待购|待安装|预计|原有|原|曾|淘汰|更换|取消|报废(?!的))"
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one word of the lexicon stands for: a fact (name, value), a head that names a machine, or neither."""

    role: str
    name: str = ""
    value: Value = ""


@dataclass
class Phrase:
    """A phrase taken apart: the facts of its words, the name that they make, and what was not understood.

    `headed`: it names a machine. `generic`: one that may be of several kinds. `several`: more than one.
    """

    facts: dict[str, Value] = field(default_factory=dict)
    name: str = ""
    headed: bool = False
    leftover: str = ""
    generic: bool = False
    several: bool = False


@cache
def lexicon() -> dict[str, Meaning]:
    """Every word of machines in its compared form. A later role never takes a word from an earlier one."""
    found: dict[str, Meaning] = {}
    for spelling, meaning in _entries():
        found.setdefault(word(spelling), meaning)
    return found


def _entries() -> Iterator[tuple[str, Meaning]]:
    furnace, enums = section("furnace"), section("enums")
    for role in ("shadows", "mixed_frequency"):
        yield from ((spelling, Meaning(role)) for spelling in furnace[role])
    for name, enum in (("shell", "shell"), ("frequency", "frequency"), ("core", "core"), ("state", "equipment_state")):
        for value, spellings in enums[enum].items():
            yield from ((spelling, Meaning("fact", name, value)) for spelling in spellings)
    for value, spellings in furnace["yoke"].items():
        yield from ((spelling, Meaning("fact", "yoke", value == "true")) for spelling in spellings)
    for value, spellings in furnace["fired"].items():
        yield from ((spelling, Meaning("fuel", "fuel", value)) for spelling in spellings)
    for kind, spellings in furnace["electric_heads"].items():
        yield from ((spelling, Meaning("electric_head", "kind", kind)) for spelling in spellings)
    for kind, spellings in furnace["heads"].items():
        yield from ((spelling, Meaning("head", "kind", kind)) for spelling in spellings)
    for role in ("induction", "gas", "neutral", "filler"):
        yield from ((spelling, Meaning(role)) for spelling in furnace[role])


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(lexicon(), key=len, reverse=True))))


def words_of(plain: str) -> Iterator[tuple[str, Meaning | None]]:
    """The words of a compared text in order, longest first; what is no word of the lexicon with None."""
    at = 0
    for found in _pattern().finditer(plain):
        if found.start() > at:
            yield plain[at : found.start()], None
        yield found[0], lexicon()[found[0]]
        at = found.end()
    if at < len(plain):
        yield plain[at:], None


def take_apart(plain: str) -> Phrase:
    """Take a compared phrase apart. Words that contradict each other, or stand by unknown ones, state nothing."""
    tokens = list(words_of(plain))
    stated: dict[str, set[Value]] = {}
    heads, roles, outer = set[str](), set[str](), 0
    name, leftover, aside = "", [], 0
    for at, (text, meaning) in enumerate(tokens):
        if meaning is None or meaning.role == "shadows" or _beside_unknown(tokens, at, meaning):
            aside += text.count("(") - text.count(")")
            leftover.append(text.strip(_MARKS))
            continue
        roles.add(meaning.role)
        if meaning.role in {"fact", "fuel"}:
            stated.setdefault(meaning.name, set()).add(meaning.value)
        if meaning.role in {"head", "electric_head"}:
            heads.add(str(meaning.value))
            outer += 2 if _noun_follows(tokens, at) else not aside
        if not aside and meaning.role != "filler" and meaning.name not in {"state", "yoke"}:
            name += text
    if len(tokens) == 1 and not roles and _OTHER.fullmatch(plain):
        return Phrase({"kind": "other"}, plain, headed=True)
    if outer > 1 or (outer and _DENIED.match(plain)):
        return Phrase(leftover=plain, several=True)
    facts: dict[str, Value] = {key: next(iter(values)) for key, values in stated.items() if len(values) == 1}
    leftover += [_spelled(plain, key) for key, values in stated.items() if len(values) > 1]
    if heads and heads <= _NO_FURNACES and len(leftover) == 1 and _makes_one_name(tokens):
        name, leftover = leftover[0] + name, []
    return _named(facts, heads, roles | stated.keys(), name, "".join(leftover))


def _makes_one_name(tokens: list[tuple[str, Meaning | None]]) -> bool:
    """Whether an unknown word stands right before the machine that ends the phrase: 行星 + 水泵."""
    last = tokens[-1][1]
    if len(tokens) < 2 or last is None or last.role != "head":
        return False
    before, meaning = tokens[-2]
    return meaning is None and bool(_PREFIX.fullmatch(before))


def _beside_unknown(tokens: list[tuple[str, Meaning | None]], at: int, meaning: Meaning) -> bool:
    """Whether a state or a yoke touches words that are not understood: 预计拆除 is not 拆除, 1台备用 not 备用."""
    if meaning.name not in {"state", "yoke"}:
        return False
    before = tokens[at - 1] if at else ("", meaning)
    after = tokens[at + 1] if at + 1 < len(tokens) else ("", meaning)
    return (_unknown(before) and before[0][-1] not in _MARKS) or (_unknown(after) and after[0][0] not in _MARKS)


def _noun_follows(tokens: list[tuple[str, Meaning | None]], at: int) -> bool:
    """Whether the head only describes an unknown noun behind it: a 中频炉房 is no furnace."""
    text, meaning = tokens[at + 1] if at + 1 < len(tokens) else ("", None)
    return meaning is None and "\u4e00" <= text[:1] <= "\u9fff"


def _unknown(token: tuple[str, Meaning | None]) -> bool:
    return token[1] is None or token[1].role == "shadows"


def _named(facts: dict[str, Value], heads: set[str], roles: set[str], name: str, leftover: str) -> Phrase:
    """The phrase with its kind: that of its head, else what its other words make of a furnace without a kind."""
    induction = bool({"induction", "mixed_frequency", "frequency", "shell", "core", "yoke"} & roles)
    kinds = heads - {GENERIC}
    if "electric_head" in roles:
        facts.setdefault("fuel", "electricity")
    if len(kinds) > 1:
        leftover = name
    elif kinds:
        facts["kind"] = kinds.pop()
    elif GENERIC in heads and induction:
        facts["kind"] = "induction_furnace"
        facts.pop("fuel", None)
    elif GENERIC in heads and ("gas" in roles or facts.get("fuel") == "natural_gas"):
        facts["kind"] = "gas_melting_furnace"
    name = name.lstrip("型式")
    return Phrase(facts, name, bool(heads), leftover, generic=GENERIC in heads and "kind" not in facts)


def _spelled(plain: str, name: str) -> str:
    """The words of a phrase that state one fact, as written."""
    return "/".join(text for text, meaning in words_of(plain) if meaning and meaning.name == name)


@lru_cache(maxsize=16384)
def phrase(text: str) -> Phrase:
    """A phrase taken apart; callers do not change it."""
    return take_apart(word(text))


def furnace_words(text: str) -> Mapping[str, Value]:
    """Kind, frequency, core, shell, yoke, state and fuel as far as the words state them."""
    return dict(phrase(text).facts)
