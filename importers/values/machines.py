"""Machines told in words in one cell: `2台4吨中频炉、1台0.5吨铝壳炉（闲置）`; what is not understood is residue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from app.domain.statement import Value
from importers.values import numerals
from importers.values.furnaces import take_apart
from importers.values.machine_group import Group, bodies, read_group
from importers.values.machine_parts import written_out
from importers.values.pieces import BODIES, COUNT, QUANTITY, pieces
from importers.values.ratings import RATINGS, take_ratings
from importers.values.text import word
from importers.values.words import nothing_kind, section

_NO = re.compile(r"(?:现|目前|企业|厂区|厂内)*(?:无(?!芯|磁|铁芯|轭)|没有|未见|未发现|不存在)(?P<what>[^\d]+)")
#: A longer text is a report pasted into a cell: it is asked about as a whole.
_LONGEST = 2000
#: A number that lost its unit: what follows may be the rest of it, 0.5 and 2吨 of 0.52吨.
_ENDS_IN_NUMBER = re.compile(r"[\d.]$")
_TOTAL = re.compile(rf"(?:共|共计|合计|总计|总共|计)(?P<n>{COUNT}){BODIES}")
#: No such machine: 铝壳炉0台, 零台铝壳炉, 铝壳炉（无）.
_NONE_COUNTED = re.compile(
    rf"(?:0|零|〇){BODIES}(?P<a>[^\d].*)|(?P<b>.*?[^\d.])[:(]?(?:(?:0|零|〇){BODIES}?|无|没有)\)?|(?P<c>[^\d]+):(?:0|无)"
)


def read_machines(text: str) -> tuple[tuple[Mapping[str, Value], ...], str]:
    """The machine groups that a text states, and the rest that was not understood ("" when all was)."""
    if nothing_kind(text) in {"empty", "zero"} or word(text) in _none_words():
        return (), ""
    cut = pieces(text) if len(text) <= _LONGEST else None
    if cut is None:
        return (), text.strip()
    groups: list[Group] = []
    residue: list[str] = []
    for piece in written_out(_introduced(written_out(cut))):
        _take_in(piece, groups, residue)
    machines = [facts for group in groups for facts in bodies(group, residue)]
    return tuple(machines), "；".join(residue)


@cache
def _none_words() -> frozenset[str]:
    return frozenset(word(spelling) for spelling in section("furnace")["none"])


def _says_none(piece: str) -> bool:
    """Whether a piece says that there is no such machine: 无铝壳炉, 没有中频炉."""
    found = _NO.fullmatch(piece)
    counted = _NONE_COUNTED.fullmatch(piece)
    what = found["what"] if found else next(filter(None, counted.groups()), "") if counted else ""
    named = [take_apart(take_ratings(one.casefold()).rest) for one in re.split("[和及与、]", what) if one]
    return bool(named) and all(phrase.headed and not phrase.leftover for phrase in named)


def _introduced(cut: list[str]) -> list[str]:
    """`中频炉:1吨2台`, `0.5吨1台` → the words before the colon for each piece that names no machine itself."""
    found, words = [], ""
    for piece in cut:
        introduced = re.fullmatch(r"(?P<words>[^\d:]+):(?P<rest>.+)", piece)
        phrase = take_apart(introduced["words"].casefold()) if introduced else None
        if introduced and phrase and phrase.generic and take_apart(introduced["rest"].casefold()).headed:
            words = ""
            found.append(introduced["rest"])
            continue
        if introduced and phrase and phrase.headed and not phrase.leftover:
            words = introduced["words"]
            found.append(words + introduced["rest"])
            continue
        named = take_apart(QUANTITY.sub("", take_ratings(piece.casefold()).rest))
        words = "" if named.headed or named.leftover else words
        found.append(words + piece if words and QUANTITY.search(piece) else piece)
    return found


def _take_in(piece: str, groups: list[Group], residue: list[str]) -> None:
    """Make a group of a piece, or let it tell more of the groups before it."""
    total = _TOTAL.fullmatch(piece)
    if total and groups and numerals.whole(total["n"]) == _sum(groups):
        return
    if _says_none(piece):
        return
    if _NONE_COUNTED.fullmatch(piece) and not re.search("状态|情况", piece):
        residue.append(piece)
        return
    group = read_group(piece)
    if group is None:
        residue.append(piece)
    elif _supplies(group, groups):
        groups[-1].facts["transformer_kva"] = group.facts["transformer_kva"]
    elif group.headed or ("quantity" in group.facts and _rated(group) and all(map(_rated, groups[-1:]))):
        groups.append(group)
        _share_state(piece, groups)
    elif not _tell_more(piece, group, groups):
        _withdraw(group, groups)
        residue.append(piece)


def _supplies(group: Group, groups: list[Group]) -> bool:
    """`1吨中频炉1台，变压器1000kVA`: without its own count a transformer is that of the only furnace there."""
    alone = group.facts.keys() - {"name"} == {"kind", "transformer_kva"} and group.facts["kind"] == "transformer"
    if not alone or len(groups) != 1 or group.residue or groups[0].split or groups[0].twin:
        return False
    first = groups[0].facts
    return first.get("quantity", 1) == 1 and "transformer_kva" not in first and first.get("kind") != "transformer"


def _withdraw(more: Group, groups: list[Group]) -> None:
    """`中频炉3台，0.5吨、1吨`: a second rating shows that the first is not of all the bodies before it."""
    last = groups[-1] if groups else None
    if last is None or more.headed or "code" in more.facts or last.facts.get("quantity") == 1:
        return
    for name in RATINGS.keys() & more.facts.keys() & last.facts.keys():
        del last.facts[name]


def _share_state(piece: str, groups: list[Group]) -> None:
    """`…1台、…1台（均闲置）`: after a single body 均 can only speak of all groups."""
    last = groups[-1].facts
    if "state" in last and last.get("quantity") == 1 and re.search("均|都|全部", piece):
        for group in groups[:-1]:
            group.facts.setdefault("state", last["state"])


def _tell_more(piece: str, more: Group, groups: list[Group]) -> bool:
    """Add an attribute that stands alone; False where it is not certain which group it belongs to."""
    everyone = bool(re.search("均|都|全部|以上", piece))
    told = groups if everyone else groups[-1:]
    others = [] if everyone else groups[:-1]
    known = more.facts.keys()
    if "code" in more.facts and any(group.facts.get("quantity", 1) != 1 for group in told):
        return False
    broken = any(_ENDS_IN_NUMBER.search(text) for group in told for text in group.residue[-1:])
    if not told or more.residue or broken or any(known & group.facts.keys() for group in told):
        return False
    if any(not known <= group.facts.keys() for group in others) or (more.split and (told[0].split or others)):
        return False
    for group in told:
        group.facts.update(more.facts)
        group.split, group.twin = group.split or more.split, group.twin or more.twin
    return True


def _rated(group: Group) -> bool:
    return bool(RATINGS.keys() & group.facts.keys())


def _sum(groups: list[Group]) -> int:
    return sum(count for group in groups if isinstance(count := group.facts.get("quantity"), int))
