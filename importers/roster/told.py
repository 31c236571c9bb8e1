"""What a person told about columns and rows, of this file (`--told MAP.json`) or of an earlier one of its layout."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.proposal import RosterIssue as Issue
from app.domain.vocabulary import ENUMS, SECTIONS
from app.errors import BadInput
from importers.reading import Sheet
from importers.roster.header_words import dimensions, plain
from importers.roster.meanings import KEPT, ROW_NUMBER, Meaning
from importers.roster.spellings import spellings

ROW_WORDS = ("header", "data", "ignore")
_KEYS = {
    "": {"columns", "rows"},
    "columns": {"sheet", "header", "column", "field", "unit"},
    "rows": {"sheet", "row", "as"},
}
_KINDS = {"permit": ENUMS["permit_kind"], "action": ENUMS["action_kind"]}


@dataclass(frozen=True, slots=True)
class ToldColumn:
    """A column by its sheet (None: any) and its header or letter; `meaning` as a lexicon would give it.

    `field`: as it was told. `by`: told of this file, or learned of an earlier one.
    """

    sheet: str | None
    header: str | None
    column: str | None
    meaning: Meaning
    unit: str | None
    field: str | None = None
    by: str = "told"

    def names(self, header: str, letter: str) -> bool:
        """Whether it names the column of this letter, or under this joined header."""
        return self.column == letter or (self.header is not None and plain(self.header) == plain(header))

    def ends(self, header: str) -> bool:
        """Whether it names the last words of this header; words that any group may hold (容量) name none alone."""
        own = plain(self.header or "") if self.by == "told" else ""
        return bool(own) and own not in spellings().generic and plain(header).endswith(f"/{own}")


@dataclass(frozen=True, slots=True)
class Told:
    """Columns and rows as a person explained them; `written`: the map as it was told."""

    columns: tuple[ToldColumn, ...] = ()
    rows: Mapping[tuple[str | None, int], str] | None = None
    written: Mapping[str, Any] | None = field(default=None, compare=False)

    def column(self, sheet: str, header: str, letter: str) -> ToldColumn | None:
        """What was told of this column, by its letter or its joined header; failing these, by its last words.

        What was told of this file goes before what was learned of another.
        """
        here = [one for one in self.columns if one.sheet in (None, sheet)]
        named = (one for one in here if one.by == "told" and one.names(header, letter))
        ending = (one for one in here if one.ends(header))
        learned = (one for one in here if one.by != "told" and one.names(header, letter))
        return next(named, None) or next(ending, None) or next(learned, None)

    def speaks_of(self, sheet: str) -> bool:
        """Whether anything was told of this sheet."""
        named = {one.sheet for one in self.columns} | {name for name, _ in self.rows or ()}
        return not named.isdisjoint((None, sheet))

    def row(self, sheet: str, number: int) -> str | None:
        """header, data or ignore, where it was told."""
        rows = self.rows or {}
        return rows.get((sheet, number)) or rows.get((None, number))

    def rows_as(self, sheet: str, word: str) -> tuple[int, ...]:
        """The rows of a sheet that were told to be so."""
        return tuple(
            sorted(row for (name, row), said in (self.rows or {}).items() if name in (None, sheet) and said == word)
        )


def laid_over(told: Told | None, learned: Told | None) -> Told | None:
    """What was told of a file, and where that is silent what was learned."""
    if told is None or learned is None:
        return told or learned
    rows = {(sheet, row): word for (sheet, row), word in (learned.rows or {}).items() if not told.row(sheet or "", row)}
    return Told((*told.columns, *learned.columns), {**rows, **(told.rows or {})}, told.written)


def told_from(said: object, by: str = "told") -> Told:
    """Check a map and take it over.

    Raises:
        BadInput: when it has not the form of contract/reading.md or names an unknown field.
    """
    if not isinstance(said, Mapping):
        raise _bad("最外层应当是一个对象")
    _known_keys(said, "", "最外层")
    columns = tuple(_column(one, by) for one in _entries(said, "columns"))
    rows: dict[tuple[str | None, int], str] = {}
    for one in _entries(said, "rows"):
        number, word = one.get("row"), one.get("as")
        if not isinstance(number, int) or word not in ROW_WORDS:
            raise _bad("rows 的每一项要有 row（行号）和 as（header、data 或 ignore）")
        rows[one.get("sheet"), number] = word
    return Told(columns, rows, said)


def load_told(path: Path) -> Told:
    """Read a map from its file.

    Raises:
        BadInput: when the file cannot be read or is no such map.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise _bad(f"读不出 {path.name}") from error
    return told_from(said)


def unmatched(told: Told, sheets: Sequence[Sheet], heights: Mapping[str, int]) -> list[Issue]:
    """A warning for each entry that names no column or row of the file. `heights`: the rows of each of its sheets."""
    columns = [
        (sheet.name, one.header, one.column) for sheet in sheets for table in sheet.tables for one in table.columns
    ]
    idle = [
        (said.sheet, said.header or f"{said.column}列")
        for said in told.columns
        if said.by == "told"
        and not any(
            said.sheet in (None, sheet) and (said.names(header, letter) or said.ends(header))
            for sheet, header, letter in columns
        )
    ]
    idle += [
        (sheet, f"第{row}行")
        for sheet, row in told.rows or {}
        if not any(sheet in (None, name) and 1 <= row <= height for name, height in heights.items())
    ]
    return [_no_match(sheet, what) for sheet, what in idle]


def _no_match(sheet: str | None, what: str) -> Issue:
    where = f"工作表“{sheet}”的" if sheet else ""
    message = f"列对应表（--told）里{where}“{what}”在这个文件里没有对应的内容，没有用上"
    fix = "请核对工作表名、表头（上下级用“/”连接）、列号或行号"
    return Issue("told.no_match", "warning", sheet, None, None, what, message, fix)


def _entries(said: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = said.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise _bad(f"{name} 应当是一个列表")
    for one in found:
        _known_keys(one, name, f"{name} 的一项")
    return found


def _known_keys(said: Mapping[str, Any], name: str, where: str) -> None:
    unknown = [str(key) for key in said if key not in _KEYS[name]]
    if unknown:
        raise _bad(f"{where}有不认识的名称“{'”“'.join(unknown)}”，只能有 {'、'.join(sorted(_KEYS[name]))}")


def _column(one: Mapping[str, Any], by: str) -> ToldColumn:
    header, letter = one.get("header"), one.get("column")
    if not header and not letter:
        raise _bad("columns 的每一项要有 header（表头）或 column（列号）")
    letter = str(letter).upper() if letter else None
    field = one.get("field")
    meaning = told_meaning(field)
    header = str(header) if header else None
    return ToldColumn(one.get("sheet"), header, letter, meaning, _unit(one, meaning), field, by)


def _unit(one: Mapping[str, Any], meaning: Meaning) -> str | None:
    """The unit that was told, if the field can have it."""
    unit = one.get("unit")
    if unit is None:
        return None
    due = spellings().dimensions.get(meaning.path or "")
    if not isinstance(unit, str) or due is None or due not in dimensions(unit):
        raise _bad(f"“{one.get('field')}”不能用单位“{unit}”")
    return unit


def told_meaning(path: str | None) -> Meaning:
    """The meaning of a told field: a path of the vocabulary, with a kind for permits and actions; null keeps it."""
    if path is None:
        return KEPT
    if path == "row.number":
        return ROW_NUMBER
    section, _, rest = str(path).partition(".")
    kind, _, name = rest.rpartition(".")
    if section not in SECTIONS or name not in SECTIONS[section] or (kind and kind not in _KINDS.get(section, {})):
        raise _bad(f"没有“{path}”这个栏目")
    style = "words" if path in {"equipment.name", "equipment.kind"} else "value"
    return Meaning(style, f"{section}.{name}", kind=kind if section in _KINDS else None)


def _bad(what: str) -> BadInput:
    return BadInput(
        f"列对应表（--told）写法不对：{what}", fix="请按 columns、rows 两个列表填写，字段名见词汇表", code="told.bad"
    )
