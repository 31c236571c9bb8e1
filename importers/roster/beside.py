"""What a column means by the columns beside it: kinds of permits and actions, numbered furnaces, doubled fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from importers.roster.header_words import header_words
from importers.roster.meanings import Meaning, counted_words
from importers.roster.papers import permit_kind_in
from importers.roster.reads import Reads
from importers.roster.regions import Region
from importers.roster.spellings import spellings
from importers.values import nothing_kind
from importers.values.text import compact

#: What tells one machine from another; without any of these a table has no machines.
IDENTITY = {
    f"equipment.{name}"
    for name in (
        "name",
        "kind",
        "capacity_t",
        "code",
        "model",
        "quantity",
        "serial_no",
        "power_kw",
        "shell",
        "frequency",
    )
}
_DISCHARGE = re.compile(r"[0-9A-Z]{18}[0-9]{3}[A-Z]")
_PAPER_OF_ACTION = {"document_no": "number", "authority": "issuer", "taken_on": "valid_from"}
_RECTIFICATION = {"enterprise.measures", "enterprise.deadline", "enterprise.progress", "enterprise.problem"}


def settle_beside(columns: Sequence[Reads], region: Region) -> list[Reads]:
    """Each column with what those beside it decide."""
    columns = [_by_shape(one, region) for one in columns]
    found = [_lent_kind(columns, at) for at in range(len(columns))]
    for at in range(len(found)):
        found[at] = _acceptance(found, at)
    found = _grouped(found)
    found = _machines_only_where_named(found)
    found = _remarks(found, region)
    return _undoubled(found)


def _unknown(column: Reads) -> Reads:
    return replace(column, meaning=None, by=None)


def _meant(column: Reads, meaning: Meaning) -> Reads:
    return replace(column, meaning=meaning)


def _lent_kind(columns: Sequence[Reads], at: int) -> Reads:
    """A permit's or action's column whose words name no kind takes that of the column before it."""
    column = columns[at]
    meaning = column.meaning
    if meaning is None or column.section not in ("permit", "action") or column.name == "kind":
        return column
    if any(one.path == f"{column.section}.kind" for one in columns) and _leans(column):
        return _meant(column, replace(meaning, kind=None))
    if meaning.kind:
        return column
    said = permit_kind_in("".join(words.bare for words in column.head.words)) if column.section == "permit" else None
    if said:
        return _meant(column, replace(meaning, kind=said))
    before = next((one for one in reversed(columns[:at]) if one.section in ("permit", "action") and _kind(one)), None)
    if before and before.section == column.section:
        return _meant(column, replace(meaning, kind=_kind(before)))
    kinds = {_kind(one) for one in columns if one.section == column.section and _kind(one)}
    if column.section == "permit" and len(kinds) == 1:
        return _meant(column, replace(meaning, kind=kinds.pop()))
    if column.section == "action" and before and columns[at - 1] is before:
        return _meant(column, Meaning("value", f"permit.{_PAPER_OF_ACTION[column.name]}", kind=_kind(before)))
    if (
        column.section == "action"
        and column.name == "authority"
        and header_words(column.head.path[-1]).bare == "实施单位"
    ):
        return _meant(column, Meaning("value", "enterprise.responsible_unit", rank=90))
    return _unknown(column)


def _leans(column: Reads) -> bool:
    """Whether its words name a permit or action by custom alone: a column that tells each row's kind says more."""
    papers = spellings().permits if column.section == "permit" else spellings().actions
    return not column.kind or header_words(column.head.path[-1]).bare in papers.own_kind


def _by_shape(column: Reads, region: Region) -> Reads:
    """许可证编号 whose values all are numbers of 排污许可: 18 characters of a credit code, three digits, a letter."""
    if column.meaning is None or column.path != "permit.number" or column.meaning.kind:
        return column
    places = [line.places[column.key] for line in region.stating if column.key in line.places]
    texts = [text for place in places if nothing_kind(text := compact(region.view.text(*place))) != "empty"]
    if texts and all(_DISCHARGE.fullmatch(text) for text in texts):
        return _meant(column, replace(column.meaning, kind="pollutant_discharge"))
    return column


def _kind(column: Reads) -> str | None:
    return column.meaning.kind if column.meaning else None


def _acceptance(columns: Sequence[Reads], at: int) -> Reads:
    """验收 beside 环评 is its acceptance; in a table of rectification it is that of the plan."""
    column = columns[at]
    if column.meaning is None or column.style != "acceptance":
        return column
    about = column.meaning.kind
    before = next((one for one in reversed(columns[:at]) if one.section in ("permit", "action", "plan")), None)
    beside_eia = before is not None and (_kind(before) or "").startswith("eia") and columns.index(before) >= at - 2
    of_plan = any(one.section == "plan" or one.path in _RECTIFICATION for one in columns)
    if not beside_eia and of_plan and about != "number":
        return _meant(column, Meaning("value", "plan.acceptance" if about == "standing" else "plan.accepted_on"))
    if beside_eia or any((_kind(one) or "").startswith("eia") for one in columns):
        name = {"standing": "standing", "time": "valid_from", "number": "number"}[about or "standing"]
        return _meant(
            column, Meaning("paper" if name == "standing" else "value", f"permit.{name}", kind="eia_acceptance")
        )
    return _unknown(column)


def _grouped(columns: Sequence[Reads]) -> list[Reads]:
    """Numbered furnaces keep their number; the same heads repeated side by side tell of one machine each."""
    found = _counts_with_fields([replace(one, group=one.meaning.block if one.meaning else None) for one in columns])
    if any(one.group and one.says for one in found):
        found = [_beside_types(one) for one in found]
    plain = [one for one in found if one.section == "equipment" and one.group is None and one.style == "value"]
    words = [(one.path, header_words(one.head.path[-1]).bare) for one in plain if one.head.path]
    again = {word for word in words if words.count(word) > 1 and word[0] in IDENTITY}
    if not again:
        return found
    first = next(at for at, word in enumerate(words) if word in again)
    last = max(at for at, word in enumerate(words) if word in again)
    number, seen = 0, set[tuple[str | None, str]]()
    groups: dict[int, str] = {}
    for one, word in zip(plain[first : last + 1], words[first : last + 1], strict=True):
        if word in seen:
            number, seen = number + 1, set()
        seen.add(word)
        groups[one.key] = f"第{number + 1}组"
    return [replace(one, group=groups.get(one.key, one.group)) for one in found]


def _counts_with_fields(columns: list[Reads]) -> list[Reads]:
    """铝壳炉台数 beside 铝壳炉容量: the count and the fields that begin with its words tell of the same machines."""
    found = list(columns)
    for at, one in enumerate(columns):
        if one.style != "count" or one.group or one.meaning is None:
            continue
        words = counted_words(one.head.words[-1])
        fields = [
            number
            for number, other in enumerate(columns)
            if other.section == "equipment" and other.style == "value" and not other.group
            and other.head.path and other.head.words[-1].bare.removeprefix(words) not in ("", other.head.words[-1].bare)
        ]  # fmt: skip
        if fields:
            found[at] = replace(_meant(one, replace(one.meaning, style="value")), group=words)
            for number in fields:
                found[number] = replace(found[number], group=words)
    return found


def _beside_types(column: Reads) -> Reads:
    """Beside groups of one type each, a group of furnaces whose type the words leave open is a group all the same."""
    meaning = column.meaning
    over = [words.named for words in column.head.words[:-1] if spellings().furnace_like.fullmatch(words.named)]
    if meaning is None or column.section != "equipment" or column.group or not over:
        return column
    return replace(column, meaning=replace(meaning, says={"name": over[-1]}), group=over[-1])


def _machines_only_where_named(columns: Sequence[Reads]) -> list[Reads]:
    """A table that names no machine has none: its 拆除时间 or 状态 has nothing to stand by."""

    def names_machine(column: Reads) -> bool:
        if column.section != "equipment":
            return False
        if column.path == "equipment.quantity" and not column.says:
            return bool(re.search("炉|窑|设备", column.head.header))
        return column.path in IDENTITY or column.style in ("words", "count")

    if any(names_machine(column) for column in columns):
        return list(columns)
    return [_of_firm(one) if one.section == "equipment" else one for one in columns]


def _of_firm(column: Reads) -> Reads:
    """拆除时间 in a table without machines is the day on which the firm's furnaces were dismantled."""
    if column.path == "equipment.removed_on" and column.style == "value":
        return _meant(column, Meaning("value", "action.taken_on", kind="dismantled"))
    return _unknown(column)


def _remarks(columns: Sequence[Reads], region: Region) -> list[Reads]:
    """备注 that says something of its own on a firm's further rows is the machines' remark."""
    if not any(one.section == "equipment" for one in columns):
        return list(columns)

    def of_rows(key: int) -> bool:
        for line in region.stating:
            place = line.places.get(key) if line.kind == "more" else None
            if place and nothing_kind(region.view.own_text(*place)) != "empty":
                return True
        return False

    return [
        _meant(one, replace(one.meaning, path="equipment.remark"))
        if one.path == "enterprise.remark" and one.meaning and one.by == "lexicon" and of_rows(one.key)
        else one
        for one in columns
    ]


def _undoubled(columns: Sequence[Reads]) -> list[Reads]:
    """Of two columns for one fact the surer keeps it; the other is asked about."""
    best: dict[tuple[object, ...], Reads] = {}
    for column in columns:
        if not _single(column):
            continue
        identity = (column.path, _kind(column), column.group)
        held = best.get(identity)
        if held is None or _order(column) < _order(held):
            best[identity] = column
    kept = {column.key for column in best.values()}
    return [one if one.key in kept or not _single(one) else _unknown(one) for one in columns]


def _single(column: Reads) -> bool:
    """Whether a record can hold only one such column."""
    return column.section is not None and column.style in ("value", "paper", "term", "position", "mark")


def _order(column: Reads) -> tuple[bool, bool, int, int]:
    meaning = column.meaning
    return (column.by != "told", column.style != "value", meaning.rank if meaning else 0, column.key)


def numbered_code(group: str) -> bool:
    """Whether a group's own name is a furnace's number: 一号炉, 1#."""
    return bool(re.search(r"[#号]", group) and spellings().numbered.fullmatch(group))
