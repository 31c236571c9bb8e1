"""One machine group in words: `1.5吨钢壳中频炉3台（2用1备）`, taken apart into its facts and what is not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.domain.statement import Value
from app.domain.vocabulary import ENUMS
from importers.values import numerals
from importers.values.days import NotADay, parse_days
from importers.values.furnaces import Phrase, furnace_words, take_apart
from importers.values.pieces import BODIES, COUNT, QUANTITY
from importers.values.ratings import take_ratings

_NOT_RATED_BY_MASS = {"other", "boiler", "motor", "pump", "compressor", "fan", "lift", "transformer", "pressure_vessel"}
#: Something that no word of the lexicon names: tons may be what it weighs or lifts.
_A_NOUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_TWIN = re.compile(r"\(?为?一拖(?P<n>[一二两三四])\)?")
_DUTY = re.compile(r"(?P<a>[一二两三四1-4])(?P<what>用|备)(?P<b>[一二两三四1-4])(?P<other>备|用)")
_CODE = re.compile(
    r"(?<![\d.])\d{1,2}(?:#炉|号炉)(?=:)|(?<![\d.])\d{1,2}#(?![\d-]*#)|(?<![\d.])\d{1,2}号(?=\D|\d+(?:\.\d+)?(?:t|吨|k|公)|$)"
    r"|no\.?\d{1,2}(?![\d.])"
)
#: A count that is no single number: 2-3台, 约2台, 十余台.
_VAGUE = re.compile(
    rf"(?:约|大约|近|不足|不到|超过|超|至少|最多|不少于)(?:有)?{COUNT}{BODIES}|{COUNT}(?:[-~—–－至到、或]|--){COUNT}{BODIES}|{COUNT}?(?:多|余|来|几){BODIES}"
    rf"|{COUNT}{BODIES}(?:左右|以上|以下|多|余|不等|上下|\?)|[一二两三四五六七八九]{{2}}{BODIES}"
)
#: 各0.5吨 speaks of each body's rating; 各1台 is read elsewhere.
_EACH_RATED = re.compile(r"各(?:为|自)?(?=(?:\d+(?:\.\d+)?|[半一二两三四五])(?:t|吨|k|公斤|千))")
_PART = re.compile(
    rf"(?P<a>{COUNT}){BODIES}(?P<state>[^\d一二两三四五六七八九十]+)|(?P<of>[^\d]+?)(?P<b>{COUNT}){BODIES}"
)
_WITH_TRANSFORMER = re.compile(
    rf"(?<=.)配(?:套|备|有)?(?P<n>{COUNT}{BODIES})?(?:变压器)?(?P<kva>\d+(?:\.\d+)?k\.?va)(?:的)?(?:变压器)?(?P<m>{COUNT}{BODIES})?"
)
_REMOVED = re.compile(
    r"(?P<over>已经?)(?:全部)?拆除(?:到位|完毕)?[(,:]*于?(?P<behind>\d{4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?|\d{4}[./-]\d{1,2}(?:[./-]\d{1,2})?)(?![\d前底末])\)?"
    r"|(?P<lead>已?于?|已经)(?P<day>\d{4}年[\d月日号上中下旬底末年初前半第季度一二三四]*|\d{4}[./-]\d{1,2}(?:[./-]\d{1,2})?)"
    r"(?P<done>已)?(?:全部)?拆除(?:到位|完毕)?"
)


@dataclass
class Group:
    """One machine group in the making. `twin`: bodies to a power supply; `split`: bodies by state."""

    facts: dict[str, Value] = field(default_factory=dict)
    headed: bool = False
    residue: list[str] = field(default_factory=list)
    split: tuple[tuple[str, int], ...] = ()
    twin: int = 0
    counts_sets: bool = False


def read_group(piece: str) -> Group | None:
    """One piece as a group; None where nothing of it was understood, or where it speaks of a part of a group."""
    group, rest = Group(), _EACH_RATED.sub("", piece.casefold())
    if aside := re.search(r"\([^()]*(?:其中|各)[^()]*\)", rest):
        group.residue.append(_as_written(aside[0].strip("()"), piece))
        rest = _without(rest, aside)
    if re.search("其中|各", rest):
        return None
    for take in (
        _take_removal,
        _take_transformer,
        _take_parts,
        _take_twin,
        _take_duty,
        _take_code,
        _take_vague,
        _take_quantity,
    ):
        rest = take(rest, group)
    ratings = take_ratings(rest)
    phrase = take_apart(ratings.rest)
    if phrase.several or (not phrase.headed and "capacity_t" in ratings.facts and _A_NOUN.search(phrase.leftover)):
        return None
    group.headed = phrase.headed
    group.facts = {**group.facts, **ratings.facts, **phrase.facts, **_kept_state(group)}
    group.residue += [_as_written(text, piece) for text in (*ratings.doubtful, phrase.leftover) if text]
    if "code" in group.facts:
        group.facts["code"] = _as_written(str(group.facts["code"]), piece)
    if phrase.headed and phrase.name not in {"", "炉"}:
        group.facts["name"] = _as_written(phrase.name, piece)
    for rating in ("capacity_t", "melt_rate_t_per_h"):
        if rating in ratings.facts and _lifts_or_steams(phrase):
            del group.facts[rating]
            group.facts["name"] = _as_written(ratings.written[rating] + phrase.name, piece)
    return group if group.facts or group.split or group.twin else None


def _lifts_or_steams(phrase: Phrase) -> bool:
    """Whether tons are no capacity of a furnace body: a 10吨行车 lifts them, a 4吨锅炉 makes them an hour."""
    kind = phrase.facts.get("kind")
    return kind in _NOT_RATED_BY_MASS and (kind == "boiler" or not re.search("炉|窑", phrase.name))


def _kept_state(group: Group) -> dict[str, Value]:
    """The state that a day of removal has settled already."""
    return {"state": group.facts["state"]} if "state" in group.facts else {}


def _as_written(text: str, piece: str) -> str:
    """A part of the compared text as the piece writes it."""
    at = piece.casefold().find(text)
    return piece[at : at + len(text)] if at >= 0 else text


def _take_removal(rest: str, group: Group) -> str:
    """已于2024年3月拆除: removed, and when. A day of removal without 已 may lie ahead: it states nothing."""
    found = _REMOVED.search(rest)
    if not found:
        return rest
    inside = rest[rest.rfind("(", 0, found.start()) + 1 : found.start()]
    if "(" in rest[: found.start()] and ")" not in inside and QUANTITY.search(inside):
        group.residue.append(inside + found[0].removesuffix(")"))
        return rest[: rest.rfind("(", 0, found.start())] + rest[found.end() :].removeprefix(")")
    try:
        day = parse_days(found["day"] or found["behind"])
    except NotADay:
        day = None
    if day and "已" in (found["lead"] or "") + (found["done"] or "") + (found["over"] or ""):
        group.facts.update({"state": "removed", "removed_on": day})
    else:
        group.residue.append(found[0])
    return _without(rest, found)


def _take_transformer(rest: str, group: Group) -> str:
    """中频炉配1250kVA变压器: the rating belongs to the furnace; with a count of its own it stays in the residue."""
    found = _WITH_TRANSFORMER.search(rest)
    if not found:
        return rest
    if found["n"] or found["m"]:
        group.residue.append(found[0])
    else:
        group.facts.update(take_ratings(found["kva"]).facts)
    return _without(rest, found)


def _take_parts(rest: str, group: Group) -> str:
    """2台（1台在用，1台闲置）: two groups where the parts make up the whole; else the bracket stays as residue."""
    bracket = next((found for found in re.finditer(r"\(([^()]*)\)", rest) if QUANTITY.search(found[1])), None)
    outside = QUANTITY.search(_without(rest, bracket)) if bracket else None
    if not bracket or not outside:
        return rest
    parts: list[tuple[str, int]] = []
    for part in re.split(r"[,、;]", bracket[1]):
        found = _PART.fullmatch(part)
        state = furnace_words(found["state"] or found["of"]).get("state") if found else None
        count = numerals.whole(found["a"] or found["b"]) if found else None
        parts.append((str(state or ""), count or 0))
    whole = numerals.whole(outside["after"] or outside["before"] or outside["bodies"])
    if all(state and count for state, count in parts) and sum(count for _, count in parts) == whole:
        group.split = tuple(parts)
    else:
        group.residue.append(bracket[1])
    return _without(rest, bracket)


def _take_twin(rest: str, group: Group) -> str:
    """一拖二: one power supply and two bodies. The power is not multiplied."""
    found = _TWIN.search(rest)
    if not found:
        return rest
    group.twin = numerals.whole(found["n"]) or 0
    return _without(rest, found)


def _take_duty(rest: str, group: Group) -> str:
    """一用一备: two groups, one in use and one standing by."""
    found = _DUTY.search(rest)
    if not found or found["what"] == found["other"] or group.split:
        return rest
    states = {"用": "in_use", "备": "standby"}
    counts = (numerals.whole(found["a"]) or 0, numerals.whole(found["b"]) or 0)
    group.split = ((states[found["what"]], counts[0]), (states[found["other"]], counts[1]))
    return _without(rest, found)


def _take_code(rest: str, group: Group) -> str:
    """1#中频炉: the furnace's own number, where it is the only one."""
    found = list(_CODE.finditer(rest))
    if len(found) != 1:
        return rest
    group.facts["code"] = found[0][0]
    return _without(rest, found[0])


def _take_vague(rest: str, group: Group) -> str:
    """A count that is no single number goes to the residue."""
    found = _VAGUE.search(rest)
    if not found:
        return rest
    group.residue.append(found[0])
    return _without(rest, found)


def _take_quantity(rest: str, group: Group) -> str:
    """The count of bodies, written once; a second count is left to the residue."""
    found = QUANTITY.search(rest)
    count = numerals.whole(found["after"] or found["before"] or found["bodies"]) if found else None
    if not found or not count:
        return rest
    group.facts["quantity"] = count
    group.counts_sets = found["unit"] in {"套", "组"}
    return _without(rest, found)


def _without(rest: str, found: re.Match[str]) -> str:
    return rest[: found.start()] + rest[found.end() :]


def bodies(group: Group, residue: list[str]) -> list[dict[str, Value]]:
    """The group as it counts: twins make two bodies, 一用一备 makes two groups of one."""
    facts = dict(group.facts)
    residue += [text for text in group.residue if text]
    count = facts.get("quantity")
    if group.twin and facts.get("kind") in _NOT_RATED_BY_MASS:
        residue.append(f"一拖{'零一二三四'[group.twin]}")
    elif group.twin and count in {None, 1}:
        facts["quantity"] = group.twin
    elif group.twin and (not isinstance(count, int) or count % group.twin or group.counts_sets):
        del facts["quantity"]
        residue.append(f"一拖{'零一二三四'[group.twin]}")
    if not group.split:
        return [facts]
    if facts.get("quantity", counted := sum(count for _, count in group.split)) != counted or "state" in facts:
        residue.append("、".join(f"{count}台{ENUMS['equipment_state'][state]}" for state, count in group.split))
        return [facts]
    return [{**facts, "state": state, "quantity": count} for state, count in group.split]
