"""What a header's words can mean by the lexicon: candidates, the likeliest first, among which the values decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.domain.statement import Value
from app.domain.vocabulary import field as vocabulary_field
from importers.roster.header_words import HeaderWords, dimensions, unit_in
from importers.roster.listed_papers import listed_standing
from importers.roster.machine_heads import (
    TYPE,
    Above,
    joined,
    may_count,
    other_machine,
    said_above,
    said_of_machines,
    said_of_size,
)
from importers.roster.papers import paper_meaning
from importers.roster.spellings import spellings


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column states.

    `style` tells how its cells are read: value, row_number, words (machines in words), count (machines of the header's
    words), mark (yes states `says`), paper (a permit's standing or number), papers (permits by name), act (a mark or a
    date of an action), term (from and to in one cell), unit (of the size beside it), position (longitude and
    latitude), kept (no fact here).
    `kind`: of the permit or action; "" where the words leave it open. `says`: what the header's words state of
    the machine.
    `block`: the numbered furnace, or the group of one type, that the column belongs to. `part`: 其中 stands before it.
    """

    style: str
    path: str | None = None
    kind: str | None = None
    says: Mapping[str, Value] = field(default_factory=dict, hash=False)
    block: str | None = None
    part: bool = False
    weak: bool = False
    rank: int = 0

    @property
    def section(self) -> str | None:
        """The part of the record that it speaks of."""
        return self.path.split(".")[0] if self.path else None

    @property
    def by_type(self) -> bool:
        """Whether the header's words tell a type of machine."""
        return bool(TYPE & self.says.keys())


#: What a group head may be called beside its subject: 冶炼设备情况 over 类别.
_GROUP_TAIL = re.compile(r"(?<=..)(情况|信息|概况|明细|一览)$")
#: Words that name machines where their remark lists furnaces: 类别（高炉/转炉/电炉等）.
_KINDS_OF = {"类别", "类型", "种类", "名称"}
#: What a size is by its unit.
_SIZED_BY = {"mass": "equipment.capacity_t", "apparent_power": "equipment.transformer_kva"}
#: What a unit alone measures of the machine that it stands under.
_MEASURED_BY = {"mass": "容量", "count": "数量", "power": "功率"}
#: What is told of these days is the latest: 本周进展情况.
_NOW = re.compile("^(?:本[周月旬期次]|截[至止]目前|目前|当前|最新)的?(?=..)")
KEPT = Meaning("kept")
#: Well known and no fact here: kept without a question.
ASIDE = Meaning("aside")
ROW_NUMBER = Meaning("row_number")


@lru_cache(maxsize=16384)
def meanings(path: tuple[HeaderWords, ...], unit: str | None = None) -> tuple[Meaning, ...]:
    """The candidates of one column, by the words from its group heads down to its own."""
    if not path:
        return ()
    path, unit = _without_unit(path, unit)
    block, inner = _numbered(path)
    if block and not inner:
        return (Meaning("words", "equipment.name", block=block),)
    above = said_above(inner)
    inner, unit = above.path, unit or above.path[-1].unit
    if counted := tuple(_counted_in_group(above, unit)):
        return counted
    found: list[Meaning] = []
    for one in _candidates(inner, grouped=bool(block or above.says)):
        found += _fitting_unit(one, unit)
    if block and not found and inner[-1].bare in _KINDS_OF | {"型式"}:
        found = [Meaning("value", "equipment.name" if inner[-1].bare == "名称" else "equipment.kind", rank=100)]
    if block or above.says:
        block = block or above.words
        found = [
            replace(one, block=block, says={**above.says, **one.says}) for one in found if one.section == "equipment"
        ]
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
    for expression in lexicon.numbered_field:
        split = expression.fullmatch(leaf.bare)
        if split and any(_equipment_word(split["word"], path[:-1])):
            word = HeaderWords(leaf.full, split["word"], split["word"], leaf.unit, leaf.remarks)
            return split["n"], (*path[:-1], word)
    return None, path


def _equipment_word(word: str, above: tuple[HeaderWords, ...]) -> Iterator[bool]:
    if word in _KINDS_OF | {"型式"}:
        yield True
    for one in _exact((*above, HeaderWords(word, word, word, None))):
        yield one.section == "equipment"


def _counted_in_group(above: Above, unit: str | None) -> Iterator[Meaning]:
    """A type or a state under a type or a state counts its machines: 铝壳炉 over 在用, 感应电炉 over 铝壳炉."""
    leaf = above.path[-1]
    said = said_of_machines(leaf) or (said_of_size(leaf) if TYPE & above.says.keys() else None)
    if said is None or not (said.typed or said.state or said.says) or not may_count(unit):
        return
    if not above.says and not (above.part or said.part):
        return
    says = joined(above.says, said.says)
    count = Meaning("count", "equipment.quantity", says=says, part=above.part or said.part)
    if says and _allowed(count, above.path):
        yield count
        yield Meaning("words", "equipment.name", says=says, weak=True)


def _candidates(path: tuple[HeaderWords, ...], *, grouped: bool) -> Iterator[Meaning]:
    """By exact words, by the words of permits and actions, by counts, by expressions: the surer first."""
    lexicon = spellings()
    leaf = path[-1]
    joined = "".join(words.bare for words in path)
    spelled = any(leaf.bare in one.words for one in lexicon.fields.values())
    if not spelled and (lexicon.aside.fullmatch(leaf.bare) or lexicon.aside.fullmatch(joined)):
        yield from (Meaning("value", "enterprise.county", weak=True), ASIDE)
        return
    if not spelled and (lexicon.kept.fullmatch(leaf.bare) or lexicon.kept.fullmatch(joined)):
        yield KEPT
        return
    steps = (_row_number(path), _exact(path), _composed(path), _counted(path), _alike(path), _machines(path))
    for step in steps if not grouped else (_exact(path), _alike(path)):
        found = [one for one in step if _allowed(one, path)]
        yield from found
        if found:
            return
    if standing := listed_standing(leaf.bare):
        yield Meaning("papers", "permit.standing", says={"standing": standing})
    if (now := _NOW.sub("", leaf.bare)) != leaf.bare:
        yield from _told_now((*path[:-1], HeaderWords(leaf.full, now, now, leaf.unit, leaf.remarks)))
    if leaf.bare in _KINDS_OF and any("炉" in remark for remark in leaf.remarks):
        yield Meaning("value", "equipment.kind", rank=100)
    elif leaf.bare in lexicon.weak_names and len(path) <= 2:
        yield Meaning("value", "enterprise.name", weak=True, rank=50)


def _told_now(path: tuple[HeaderWords, ...]) -> Iterator[Meaning]:
    """本周进展 is 进展: only what is told in words, for a week's number is no year's."""
    for one in _exact(path):
        if one.section == "enterprise" and one.style == "value" and vocabulary_field(one.path or "").type == "text":
            yield one


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
            found += _mark(text, path[-1])
        if text in lexicon.machines.words:
            found += _told_or_counted(path[-1], lexicon.machines.words[text])
        if text in lexicon.size_unit and (
            not general or (len(path) > 1 and lexicon.groups["equipment"].search(path[-2].bare))
        ):
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


def _mark(text: str, leaf: HeaderWords) -> list[Meaning]:
    """A yes or no about the header's words; 铝壳 may count furnaces of that shell instead, and 铝壳（台） does."""
    mark = spellings().marks[text]
    name, value = next(iter(mark.says.items()))
    said = Meaning("mark", f"{mark.section}.{name}", says={name: value})
    if leaf.unit and "count" in dimensions(leaf.unit):
        return [_of_shell(value)] if name == "shell" else []
    return [said, _of_shell(value)] if name == "shell" and len(text) == 2 else [said]


def _of_shell(value: Value) -> Meaning:
    return Meaning("count", "equipment.quantity", says={"kind": "induction_furnace", "shell": value})


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
    """Nothing under 治理设施 or 变压器 speaks of a furnace body, nothing under 拟新上 of one that is there."""
    if one.section != "equipment":
        return True
    groups = spellings().groups
    if any(groups["planned"].search(words.bare) for words in path[:-1]):
        return False
    if one.path in {"equipment.abatement", "equipment.transformer_kva"} or one.says.get("kind") == "other":
        return True
    return not any(groups["auxiliary"].search(words.bare) for words in path[:-1])


def _composed(path: tuple[HeaderWords, ...]) -> Iterator[Meaning]:
    """By the words of permits and actions, the header's own before those joined with what stands above."""
    found = paper_meaning(tuple(words.bare for words in path))
    of_machines = any(spellings().groups["equipment"].search(words.bare) for words in path[:-1])
    if found is not None and not (found.section == "action" and of_machines):
        says = {found.name: found.says} if found.says else {}
        yield Meaning(found.style, f"{found.section}.{found.name}", kind=found.kind, says=says)


def _counted(path: tuple[HeaderWords, ...]) -> Iterator[Meaning]:
    """A machine's own words at the head of a column: it counts them, or tells of them in words."""
    leaf = path[-1]
    said = said_of_machines(leaf)
    if said is None or not said.named or not said.says:
        if other := other_machine(path):
            yield Meaning("count", "equipment.quantity", says=other)
        return
    words = Meaning("words", "equipment.name", says=said.says, weak=said.typed)
    count = Meaning("count", "equipment.quantity", says=said.says)
    yield from (words, count) if not said.typed else (count, words) if may_count(leaf.unit) else (words,)


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


def _fitting_unit(one: Meaning, unit: str | None) -> Iterator[Meaning]:
    """The meanings that agree with the unit: 吨/小时 is no capacity; a unit that fits nothing leaves nothing."""
    measured = dimensions(unit) if unit else frozenset()
    due = spellings().dimensions.get(one.path or "")
    if one.path == "equipment.model":
        yield from (replace(one, path=path) for dimension, path in _SIZED_BY.items() if dimension in measured)
    if unit is None or due is None or due in measured:
        yield one
    elif "apparent_power" in measured and one.path == "equipment.capacity_t":
        yield replace(one, path="equipment.transformer_kva")
    elif "mass_per_hour" in measured and one.path in {"equipment.capacity_t", "enterprise.capacity_t_per_year"}:
        yield replace(one, path="equipment.melt_rate_t_per_h")


def _without_unit(path: tuple[HeaderWords, ...], unit: str | None) -> tuple[tuple[HeaderWords, ...], str | None]:
    """The path without a last head that is only a unit: 额定容量 over 吨; under a machine 吨 is its size."""
    if len(path) < 2 or not (said := unit_in(path[-1].full)):
        return path, unit
    above = said_of_machines(path[-2])
    if spellings().numbered.fullmatch(path[-2].bare) or (above and above.named):
        word = next((word for dimension, word in _MEASURED_BY.items() if dimension in dimensions(said)), None)
        return ((*path[:-1], HeaderWords(path[-1].full, word, word, said)) if word else path), said
    return path[:-1], said
