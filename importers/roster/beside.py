"""What a column means by the columns beside it: kinds of permits and actions, acceptances, doubled fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from importers.roster.header_words import header_words
from importers.roster.machine_columns import IDENTITY, numbered_code, settle_machines
from importers.roster.meanings import ASIDE, Meaning
from importers.roster.papers import permit_kind_in
from importers.roster.reads import Reads, meant, texts_below, unknown
from importers.roster.regions import Region
from importers.roster.spellings import spellings

__all__ = ["IDENTITY", "numbered_code", "settle_beside"]

_DISCHARGE = re.compile(r"[0-9A-Z]{18}[0-9]{3}[A-Z]")
_PAPER_OF_ACTION = {"document_no": "number", "authority": "issuer", "taken_on": "valid_from"}
_OF_PLAN = re.compile("一企一策|方案|整改|整治")
_RECTIFICATION = {"enterprise.measures", "enterprise.deadline", "enterprise.progress", "enterprise.problem"}


def settle_beside(columns: Sequence[Reads], region: Region) -> list[Reads]:
    """Each column with what those beside it decide."""
    columns = [_higher_place(_by_shape(one, region), region) for one in columns]
    found = [_lent_kind(columns, at) for at in range(len(columns))]
    for at in range(len(found)):
        found[at] = _acceptance(found, at)
    found = settle_machines(_levels(found), region)
    return _undoubled(found)


def _lent_kind(columns: Sequence[Reads], at: int) -> Reads:
    """A permit's or action's column whose words name no kind takes that of the column before it."""
    column = columns[at]
    meaning = column.meaning
    tells_kind = column.name == "kind" or column.style == "papers"
    if meaning is None or column.section not in ("permit", "action") or tells_kind:
        return column
    if any(one.path == f"{column.section}.kind" for one in columns) and _leans(column):
        return meant(column, replace(meaning, kind=None))
    if meaning.kind:
        return column
    said = permit_kind_in("".join(words.bare for words in column.head.words)) if column.section == "permit" else None
    if said:
        return meant(column, replace(meaning, kind=said))
    before = next((one for one in reversed(columns[:at]) if one.section in ("permit", "action") and _kind(one)), None)
    if before and before.section == column.section:
        return meant(column, replace(meaning, kind=_kind(before)))
    after = columns[at + 1] if at + 1 < len(columns) else None
    if column.section == "action" and column.name == "document_no" and before is None and after and _acts(after):
        return meant(column, replace(meaning, kind=_kind(after)))
    kinds = {_kind(one) for one in columns if one.section == column.section and _kind(one)}
    if column.section == "permit" and len(kinds) == 1:
        return meant(column, replace(meaning, kind=kinds.pop()))
    served = column.head.path and column.head.words[-1].bare.startswith("送达")
    if column.section == "action" and before and columns[at - 1] is before and not served:
        return meant(column, Meaning("value", f"permit.{_PAPER_OF_ACTION[column.name]}", kind=_kind(before)))
    if (
        column.section == "action"
        and column.name == "authority"
        and header_words(column.head.path[-1]).bare == "实施单位"
    ):
        return meant(column, Meaning("value", "enterprise.responsible_unit", rank=90))
    return unknown(column)


def _acts(column: Reads) -> bool:
    """Whether it tells the day of an action of a known kind: the number right before it is of the paper that asked."""
    return column.path == "action.taken_on" and bool(_kind(column))


def _leans(column: Reads) -> bool:
    """Whether its words name a permit or action by custom alone: a column that tells each row's kind says more."""
    papers = spellings().permits if column.section == "permit" else spellings().actions
    return not column.kind or header_words(column.head.path[-1]).bare in papers.own_kind


def _by_shape(column: Reads, region: Region) -> Reads:
    """许可证编号 whose values all are numbers of 排污许可: 18 characters of a credit code, three digits, a letter."""
    if column.meaning is None or column.path != "permit.number" or column.meaning.kind:
        return column
    texts = texts_below(column, region)
    if texts and all(_DISCHARGE.fullmatch(text) for text in texts):
        return meant(column, replace(column.meaning, kind="pollutant_discharge"))
    return column


def _higher_place(column: Reads, region: Region) -> Reads:
    """设区市 over names of cities and 省 over names of provinces say nothing of a county; over counties they do."""
    if column.path != "enterprise.county" or column.explained or ASIDE not in column.head.meanings:
        return column
    higher = [text.endswith(("市", "省", "州", "自治区")) for text in texts_below(column, region)]
    return meant(column, ASIDE) if sum(higher) * 2 > len(higher) else column


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
    above = "".join(words.bare for words in column.head.words[:-1])
    of_plan = bool(_OF_PLAN.search(above)) or any(
        one.section == "plan" or one.path in _RECTIFICATION for one in columns
    )
    if before and _OF_PLAN.search(above) and before.head.places[:-1] != column.head.places[:-1]:
        beside_eia = False
    if not beside_eia and of_plan and about != "number":
        return meant(column, Meaning("value", "plan.acceptance" if about == "standing" else "plan.accepted_on"))
    if beside_eia or any((_kind(one) or "").startswith("eia") for one in columns):
        name = {"standing": "standing", "time": "valid_from", "number": "number"}[about or "standing"]
        return meant(
            column, Meaning("paper" if name == "standing" else "value", f"permit.{name}", kind="eia_acceptance")
        )
    return unknown(column)


def _levels(columns: Sequence[Reads]) -> list[Reads]:
    """Acceptances on several levels (镇街自验, 区县复验): which one counts is not told, so each is asked about once."""
    level = {one.key: _level(one) for one in columns if not one.section or one.section == "plan"}
    found: list[Reads] = []
    asked: set[str] = set()
    for one in columns:
        said = level.get(one.key)
        if said and not one.explained and len({name for name in level.values() if name}) > 1:
            one = replace(one, meaning=ASIDE, by="lexicon") if said in asked else unknown(one)
            asked.add(said)
        found.append(one)
    return found


def _level(column: Reads) -> str | None:
    """The level that an acceptance's column speaks of: 镇街自验 of 镇街自验/时间."""
    found = spellings().acceptance_level.match("".join(words.bare for words in column.head.words))
    return found["level"] if found else None


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
    return [one if one.key in kept or not _single(one) else unknown(one) for one in columns]


def _single(column: Reads) -> bool:
    """Whether a record can hold only one such column."""
    return column.section is not None and column.style in ("value", "paper", "term", "position", "mark")


def _order(column: Reads) -> tuple[bool, bool, int, int]:
    meaning = column.meaning
    return (not column.explained, column.style != "value", meaning.rank if meaning else 0, column.key)
