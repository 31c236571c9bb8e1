"""What a header's words can mean by the lexicon: candidates, the likeliest first, among which the values decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.domain.statement import Value
from importers.roster.header_words import HeaderWords, dimensions
from importers.roster.papers import paper_meaning
from importers.roster.spellings import spellings
from importers.values import read_machines


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column states.

    `style` tells how its cells are read: value, row_number, words (machines in words), count (machines of the header's
    words), mark (yes states `says`), paper (a permit's standing or number), act (a mark or a date of an action), term
    (from and to in one cell), unit (of the size beside it), position (longitude and latitude), kept (no fact here).
    `kind`: of the permit or action; "" where the words leave it open. `says`: what the header's words state of
    the machine.
    `block`: the numbered furnace, or the group of one type, that the column belongs to.
    """

    style: str
    path: str | None = None
    kind: str | None = None
    says: Mapping[str, Value] = field(default_factory=dict, hash=False)
    block: str | None = None
    weak: bool = False
    rank: int = 0

    @property
    def section(self) -> str | None:
        """The part of the record that it speaks of."""
        return self.path.split(".")[0] if self.path else None


#: What a group head may be called beside its subject: 冶炼设备情况 over 类别.
_GROUP_TAIL = re.compile(r"(?<=..)(情况|信息|概况|明细|一览)$")
#: Words that name machines where their remark lists furnaces: 类别（高炉/转炉/电炉等）.
#: Machines that clean, measure or carry: counted for other reasons than what a firm works with.
_BESIDE_WORK = re.compile("除尘|脱硫|脱硝|治理|净化|废气|废水|环保|监控|监测|在线|计量|检测|拟|计划|生产线$")
_KINDS_OF = {"类别", "类型", "种类", "名称"}
KEPT = Meaning("kept")
ROW_NUMBER = Meaning("row_number")


@lru_cache(maxsize=16384)
def meanings(path: tuple[HeaderWords, ...], unit: str | None = None) -> tuple[Meaning, ...]:
    """The candidates of one column, by the words from its group heads down to its own."""
    if not path:
        return ()
    block, inner = _numbered(path)
    says, group, inner = _type_group(inner)
    if block and not inner:
        return (Meaning("words", "equipment.name", block=block),)
    if says and (shelled := _shelled(says, inner[-1])):
        return (shelled,)
    found: list[Meaning] = []
    for one in _candidates(inner, grouped=bool(block or says)):
        fitting = _fitting_unit(one, unit or inner[-1].unit)
        if fitting is not None:
            found.append(fitting)
    if block and not found and inner[-1].bare in _KINDS_OF | {"型式"}:
        found = [Meaning("value", "equipment.name" if inner[-1].bare == "名称" else "equipment.kind", rank=100)]
    if block or says:
        block = block or group
        found = [replace(one, block=block, says={**says, **one.says}) for one in found if one.section == "equipment"]
    return tuple(dict.fromkeys(found))


def _numbered(path: tuple[HeaderWords, ...]) -> tuple[str | None, tuple[HeaderWords, ...]]:
    """The numbered furnace that stands over the column, and the path without it."""
    lexicon = spellings()
    for at, words in enumerate(path):
        if lexicon.numbered.fullmatch(words.bare):
            return words.bare, path[:at] + path[at + 1 :]
    leaf = path[-1]
    if leaf.bare in lexicon.generic or any(leaf.bare in one.words for one in lexicon.fields.values()):
        return None, path
    split = lexicon.numbered_field.fullmatch(leaf.bare)
    number = split and (split["a"] or split["b"])
    if split and number and any(_equipment_word(split["word"], path[:-1])):
        word = HeaderWords(leaf.full, split["word"], split["word"], leaf.unit, leaf.remarks)
        return number, (*path[:-1], word)
    return None, path


def _equipment_word(word: str, above: tuple[HeaderWords, ...]) -> Iterator[bool]:
    for one in _exact((*above, HeaderWords(word, word, word, None))):
        yield one.section == "equipment"


def _type_group(path: tuple[HeaderWords, ...]) -> tuple[Mapping[str, Value], str | None, tuple[HeaderWords, ...]]:
    """What a group head such as 铝壳炉 says of the machines under it, its words, and the path without it."""
    for at, words in enumerate(path[:-1]):
        said = _machine_of(words.named)
        if said:
            return said, words.named, path[:at] + path[at + 1 :]
    return {}, None, path


def _shelled(says: Mapping[str, Value], leaf: HeaderWords) -> Meaning | None:
    """铝壳 and 钢壳 under 中频炉 count its machines by shell."""
    tail = re.search(f"{spellings().count_tail.pattern}$", leaf.named)
    word = leaf.named[: tail.start()] if tail else leaf.named
    shell = _machine_of(f"{word}炉") if word in {"铝壳", "钢壳"} else {}
    return Meaning("count", "equipment.quantity", says={**says, **shell}) if shell else None


def _candidates(path: tuple[HeaderWords, ...], *, grouped: bool) -> Iterator[Meaning]:
    """By exact words, by the words of permits and actions, by counts, by expressions: the surer first."""
    lexicon = spellings()
    leaf = path[-1]
    joined = "".join(words.bare for words in path)
    spelled = any(leaf.bare in one.words for one in lexicon.fields.values())
    if not spelled and (lexicon.kept.fullmatch(leaf.bare) or lexicon.kept.fullmatch(joined)):
        yield KEPT
        return
    steps = (_row_number(path), _exact(path), _composed(path), _counted(path), _alike(path), _machines(path))
    for step in steps if not grouped else (_exact(path), _alike(path)):
        found = [one for one in step if _allowed(one, path)]
        yield from found
        if found:
            return
    if leaf.bare in _KINDS_OF and any("炉" in remark for remark in leaf.remarks):
        yield Meaning("value", "equipment.kind", rank=100)
    elif leaf.bare in lexicon.weak_names and len(path) <= 2:
        yield Meaning("value", "enterprise.name", weak=True, rank=50)


def _row_number(path: tuple[HeaderWords, ...]) -> Iterator[Meaning]:
    leaf = path[-1]
    if len(path) == 1 and spellings().row_number.fullmatch(leaf.full):
        yield ROW_NUMBER
        if leaf.bare in {"编号", "编码", "号"}:
            yield Meaning("value", "equipment.code", weak=True)


def _texts(path: tuple[HeaderWords, ...]) -> list[str]:
    """The texts to look up: the header's own, and joined with what stands above; a general word comes last."""
    leaf = path[-1]
    own = list(dict.fromkeys((leaf.named, leaf.bare)))
    above = [
        joined
        for at in range(len(path) - 2, -1, -1)
        for over in dict.fromkeys((path[at].bare, _GROUP_TAIL.sub("", path[at].bare)))
        for joined in (over + leaf.bare, over + "".join(words.bare for words in path[at + 1 :]), f"{over}/{leaf.bare}")
    ]
    above = list(dict.fromkeys(above))
    return [*above, *own] if leaf.bare in spellings().generic else [*own, *above]


def _exact(path: tuple[HeaderWords, ...]) -> Iterator[Meaning]:
    """By a word that the lexicon lists."""
    lexicon = spellings()
    for text in _texts(path):
        general = text in lexicon.generic
        found = [
            Meaning("value", field_path, rank=rank)
            for field_path, spelling in lexicon.fields.items()
            if (rank := spelling.rank(text)) is not None and not (general and not _speaks_of(field_path, path))
        ]
        if text in lexicon.either:
            found += [Meaning("value", field_path, weak=True, rank=60) for field_path in lexicon.either[text]]
        if text in lexicon.marks:
            found.append(_mark(text, path[-1]))
        if text in lexicon.machines.words:
            found += _told_or_counted(path[-1], lexicon.machines.words[text])
        if text in lexicon.size_unit and len(path) > 1 and lexicon.groups["equipment"].search(path[-2].bare):
            found.append(Meaning("unit"))
        if text in lexicon.acceptance:
            found.append(Meaning("acceptance", "permit.standing", kind=lexicon.acceptance[text]))
        if text in lexicon.position:
            found.append(Meaning("position", "enterprise.longitude"))
        if found:
            yield from _by_remarks(found, path[-1])
            return


def _told_or_counted(leaf: HeaderWords, rank: int) -> list[Meaning]:
    """Machines in words; 电炉（台） with a unit of counts says how many there are, of whatever kind."""
    words = Meaning("words", "equipment.name", rank=rank)
    if leaf.unit and "count" in dimensions(leaf.unit):
        return [Meaning("value", "equipment.quantity", rank=90), replace(words, weak=True)]
    return [words]


def _mark(text: str, leaf: HeaderWords) -> Meaning:
    """A yes or no about the header's words; 铝壳（台） counts furnaces of that shell instead."""
    mark = spellings().marks[text]
    name, value = next(iter(mark.says.items()))
    if name == "shell" and leaf.unit and "count" in dimensions(leaf.unit):
        return Meaning("count", "equipment.quantity", says={"kind": "induction_furnace", name: value})
    return Meaning("mark", f"{mark.section}.{name}", says={name: value})


def _by_remarks(found: list[Meaning], leaf: HeaderWords) -> Iterator[Meaning]:
    """A name whose remark asks for numbers holds machines in words: 熔炼设备（台数、吨位、类型）."""
    asks = any(re.search("数量|台数|吨位|容量|型号", remark) for remark in leaf.remarks)
    for one in found:
        yield replace(one, style="words") if asks and one.path == "equipment.name" else one


def _speaks_of(field_path: str, path: tuple[HeaderWords, ...]) -> bool:
    """Whether a general word under these heads can mean that field: 数量 under 除尘设施 counts no furnaces."""
    if len(path) == 1:
        return True
    over_machines = any(spellings().groups["equipment"].search(words.bare) for words in path[:-1])
    if field_path.startswith("equipment."):
        return over_machines
    if field_path.startswith("enterprise.") and over_machines:
        return field_path in {"enterprise.capacity_t_per_year"}
    return bool(re.search("企业|基本|公司|单位|厂|整改|整治|问题|生产|经营|联系|概况|规模", path[-2].bare))


def _allowed(one: Meaning, path: tuple[HeaderWords, ...]) -> bool:
    """Nothing under 治理设施 or 变压器 speaks of a furnace body."""
    if one.section != "equipment" or one.path in {"equipment.abatement", "equipment.transformer_kva"}:
        return True
    return not any(spellings().groups["auxiliary"].search(words.bare) for words in path[:-1])


def _composed(path: tuple[HeaderWords, ...]) -> Iterator[Meaning]:
    """By the words of permits and actions, the header's own before those joined with what stands above."""
    found = paper_meaning(tuple(words.bare for words in path))
    of_machines = any(spellings().groups["equipment"].search(words.bare) for words in path[:-1])
    if found is not None and not (found[0] == "action" and of_machines):
        section, name, kind, style = found
        yield Meaning(style, f"{section}.{name}", kind=kind)


def _counted(path: tuple[HeaderWords, ...]) -> Iterator[Meaning]:
    """A machine's own words at the head of a column: it counts them, or tells of them in words."""
    leaf = path[-1]
    words = counted_words(leaf)
    said = _machine_of(words)
    if said.get("state") == "removed":
        return
    if not said:
        if other := _other_machine(words, leaf):
            yield Meaning("count", "equipment.quantity", says=other)
        return
    if not (leaf.unit and "count" not in dimensions(leaf.unit)):
        yield Meaning("count", "equipment.quantity", says=said)
    yield Meaning("words", "equipment.name", says=said, weak=True)


def counted_words(leaf: HeaderWords) -> str:
    """A header without the words that say that it counts: 铝壳炉数量 → 铝壳炉."""
    tail = re.search(f"(?P<tail>{spellings().count_tail.pattern})$", leaf.named)
    return leaf.named[: tail.start()] if tail else leaf.named


def _other_machine(words: str, leaf: HeaderWords) -> Mapping[str, Value]:
    """What 抛丸机（台） says of the machines that it counts: no furnace, and none that cleans or measures."""
    counts = "count" in dimensions(leaf.unit) if leaf.unit else words != leaf.named
    if not counts or _BESIDE_WORK.search(words) or re.search(r"\d|[/、和及或]", words):
        return {}
    machines, residue = read_machines(words)
    known = len(machines) == 1 and not residue and machines[0].keys() <= {"kind", "name"}
    return {"kind": machines[0]["kind"], "name": words} if known and "kind" in machines[0] else {}


@lru_cache(maxsize=4096)
def _machine_of(words: str) -> Mapping[str, Value]:
    """What a header's words say where all of them are one machine's: 铝壳炉, 无芯工频感应电炉; else nothing."""
    if len(words) < 3 or re.search(r"\d+台|[/、和及或]", words):
        return {}
    machines, residue = read_machines(words)
    if len(machines) != 1 or residue or not {"shell", "frequency", "kind"} & machines[0].keys():
        return {}
    said = {name: value for name, value in machines[0].items() if name not in {"name", "quantity"}}
    return {} if said.get("kind") in {None, "other", "transformer", "motor", "pump", "fan"} else said


def _alike(path: tuple[HeaderWords, ...]) -> Iterator[Meaning]:
    """By an expression of the lexicon."""
    lexicon = spellings()
    for text in _texts(path):
        found = [Meaning("value", at, rank=100) for at, spelling in lexicon.fields.items() if spelling.fits(text)]
        if found:
            yield found[0]
            return


def _machines(path: tuple[HeaderWords, ...]) -> Iterator[Meaning]:
    if any(spellings().machines.fits(text) for text in (path[-1].named, path[-1].bare)):
        yield Meaning("words", "equipment.name", rank=100)


def _fitting_unit(one: Meaning, unit: str | None) -> Meaning | None:
    """The meaning that agrees with the unit: 吨/小时 is no capacity; a unit that fits nothing leaves nothing."""
    due = spellings().dimensions.get(one.path or "")
    if unit is None or due is None or due in dimensions(unit):
        return one
    if "mass_per_hour" in dimensions(unit) and one.path in {"equipment.capacity_t", "enterprise.capacity_t_per_year"}:
        return replace(one, path="equipment.melt_rate_t_per_h")
    return None
