"""One phrase that speaks of several machines, written out: 各1台, 其中…, 2台（0.5t、1t各1台）, 1#、2#炉各0.5吨."""

from __future__ import annotations

import re
from collections.abc import Callable

from importers.values import numerals
from importers.values.furnaces import Phrase, take_apart
from importers.values.pieces import BODIES, COUNT, QUANTITY
from importers.values.ratings import take_ratings

_EACH = re.compile(rf"(?P<what>.*?)各(?:有)?(?P<n>{COUNT})(?P<unit>{BODIES})(?P<rest>.*)")
_CODES = re.compile(r"\d{1,2}(?:#|号)")
_CODED = re.compile(
    r"(?P<codes>(?:\d{1,2}(?:#|号)[、,和及/]?)+)(?P<words>[^\d各]*?)各(?:为|自)?(?P<rest>(?!\d+台)\d.*)"
)
_RATED_CODE = re.compile(r"\d{1,2}#[:]?\d+(?:\.\d+)?(?:t|T|吨|kg|KG|公斤)(?P<words>\D*炉)?")
#: A furnace by its number and its size alone: 1#0.5t, 2号炉1吨.
_SIZED_CODE = re.compile(
    r"(?P<code>\d{1,2}(?:#|号))炉?[:]?(?P<rest>\d+(?:\.\d+)?(?:t|吨|kg|公斤)(?:\([^()]*\))?)", re.IGNORECASE
)
_BARE_CODE = re.compile(r"(?:\d{1,2}(?:#|号)炉?)+")
_TOGETHER = re.compile("[和及与/、]")
#: A whole with its parts behind it: 中频炉3台:0.5吨2台, 中频炉3台 with 其中0.5吨2台 after it.
_OPENED = re.compile(rf"(?P<whole>\D*?{COUNT}{BODIES}\D*?)(?:\((?P<inside>[^()]+)\)|:(?P<first>.+))?")
_COUNTED = re.compile(rf"(?P<before>.*?)(?P<n>{COUNT}){BODIES}(?P<after>.*)")
_MOST = 30


def written_out(cut: list[str]) -> list[str]:
    """The pieces with every machine group in a piece of its own."""
    steps: tuple[Callable[[list[str]], list[str]], ...] = (_by_stroke, _by_code, _by_size, _by_parts, _by_each)
    for step in steps:
        cut = step(cut)
    return cut


def _said(piece: str) -> Phrase:
    """The words of a piece without its ratings and its count."""
    return take_apart(take_ratings(QUANTITY.sub("", piece.casefold())).rest)


def _by_stroke(cut: list[str]) -> list[str]:
    """`3台1T中频炉/1台0.5T铝壳炉` → a piece for each machine that is counted."""
    found: list[str] = []
    for piece in cut:
        halves = piece.split("/")
        apart = len(halves) > 1 and all(QUANTITY.search(one) and _said(one).headed for one in halves)
        found += halves if apart else [piece]
    return found


def _by_code(cut: list[str]) -> list[str]:
    """`1#`, `2#炉各0.5吨` → a piece for each furnace of its own number."""
    found: list[str] = []
    for piece in cut:
        coded = _CODED.fullmatch(piece)
        if not coded:
            found = _named_alike(found, piece)
            continue
        codes = _CODES.findall(coded["codes"])
        while found and _BARE_CODE.fullmatch(found[-1]):
            codes = _CODES.findall(found.pop()) + codes
        found += [f"{code}{coded['words']}{coded['rest']}" for code in codes]
    return found


def _named_alike(before: list[str], piece: str) -> list[str]:
    """`1#0.5吨`, `2#1吨铝壳炉` → both are named by the words behind the last."""
    last = _RATED_CODE.fullmatch(piece)
    at = len(before)
    while last and last["words"] and at and (one := _RATED_CODE.fullmatch(before[at - 1])) and not one["words"]:
        at -= 1
    words = last["words"] if last else ""
    return [*before[:at], *(f"{one}{words}" for one in before[at:]), piece]


def _by_size(cut: list[str]) -> list[str]:
    """`1#0.5t`, `2#1t` and nothing else are furnaces, each by its number; beside others they may be parts of these."""
    coded = [_SIZED_CODE.fullmatch(piece) for piece in cut]
    if len(coded) < 2 or len({one["code"] for one in coded if one}) < len(coded):
        return cut
    return [f"{one['code']}炉{one['rest']}" for one in coded if one]


def _by_parts(cut: list[str]) -> list[str]:
    """`中频炉2台(0.5t、1t各1台)` → `中频炉0.5t1台`, `中频炉1t1台`, where the parts make up the whole."""
    found: list[str] = []
    at = 0
    while at < len(cut):
        taken, parts = _whole_and_parts(cut, at)
        found += parts or [cut[at]]
        at += taken if parts else 1
    return found


def _whole_and_parts(cut: list[str], at: int) -> tuple[int, list[str]]:
    """How many pieces a whole takes with its parts, and the parts written out; none where they do not fit."""
    opened = _OPENED.fullmatch(cut[at])
    counted = QUANTITY.search(opened["whole"]) if opened else None
    if not opened or not counted or take_ratings(opened["whole"].casefold()).facts:
        return 1, []
    bodies = numerals.whole(counted["bodies"] or counted["after"] or counted["before"] or "") or 0
    words = opened["whole"].replace(counted[0], "", 1)
    if not _said(words).headed or _said(words).leftover or not 1 < bodies <= _MOST:
        return 1, []
    if opened["inside"]:
        return 1, _fitting(words, bodies, re.split(r"[、,;和及]", opened["inside"]))
    parts = [opened["first"]] if opened["first"] else []
    for end in range(at + 1, min(len(cut), at + 1 + _MOST)):
        part = re.sub("^其中(?:有|:)*", "", cut[end])
        if not _is_part(part):
            break
        parts += _TOGETHER.split(part) if "各" in part else [part]
        if fitting := _fitting(words, bodies, parts):
            return end + 1 - at, fitting
    return 1, []


def _is_part(part: str) -> bool:
    said = _said(re.sub("各(?:有)?", "", part))
    return not said.headed and not said.leftover and bool(take_ratings(part.casefold()).facts or said.facts)


def _fitting(words: str, bodies: int, parts: list[str]) -> list[str]:
    """The parts as machines of their own, where each tells itself apart and their counts make up the whole."""
    told: list[tuple[str, int | None]] = []
    for part in parts:
        plain = re.sub("^其中(?:有|:)*", "", part)
        counted = _COUNTED.fullmatch(plain)
        text = counted["before"].removesuffix("有") + counted["after"] if counted else plain
        count = numerals.whole(counted["n"]) if counted else None
        if counted and counted["before"].endswith("各"):
            text = text.replace("各", "", 1)
            told = [(one, count if known is None else known) for one, known in told]
        told.append((text, count))
    if all(count is None for _, count in told) and len(told) == bodies:
        told = [(text, 1) for text, _ in told]
    apart = all(_is_part(text) and "state" not in _said(text).facts for text, _ in told)
    if (
        len(told) < 2
        or not apart
        or sum(count or 0 for _, count in told) != bodies
        or any(not count for _, count in told)
    ):
        return []
    return [f"{words}{text}{count}台" for text, count in told]


def _by_each(cut: list[str]) -> list[str]:
    """`0.5吨`, `1吨中频炉各1台` → `0.5吨中频炉1台`, `1吨中频炉1台`; `铝壳炉`, `钢壳炉各1台` → one of each."""
    found: list[str] = []
    for piece in cut:
        each = _EACH.fullmatch(piece)
        if not each:
            found.append(piece)
            continue
        shared = [one for one in _TOGETHER.split(each["what"]) if one]
        before = len(found)
        while before and not QUANTITY.search(found[before - 1]) and _is_bare(found[before - 1]):
            before -= 1
        told = _each_told([*found[before:], *shared], f"{each['n']}{each['unit']}{each['rest']}")
        found = [*found[:before], *told] if told else [*found, piece]
    return found


def _is_bare(piece: str) -> bool:
    """Whether a piece is a rating, or a machine without a count, and nothing else."""
    said = _said(piece)
    return not said.leftover and (said.headed or bool(take_ratings(piece.casefold()).facts and not said.facts))


def _each_told(bare: list[str], count: str) -> list[str]:
    """Every machine with the count that each has; ratings share the words of the one that names the machine."""
    if len(bare) < 2 or not all(_is_bare(one) and not QUANTITY.search(one) for one in bare):
        return []
    headed = [one for one in bare if _said(one).headed]
    rated = [one for one in bare if not _said(one).headed]
    if len(headed) == len(bare):
        return [f"{one}{count}" for one in bare]
    ratings = take_ratings(headed[0].casefold()) if len(headed) == 1 else None
    if not ratings or not ratings.facts or headed[0] not in (bare[0], bare[-1]):
        return []
    kept = "".join(ratings.written.values())
    return [f"{kept if one is headed[0] else one}{ratings.rest}{count}" for one in bare] if rated else []
