"""What a person told about a file's columns and rows (`--told MAP.json`); it goes before the lexicon."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.vocabulary import ENUMS, SECTIONS
from app.errors import BadInput
from importers.roster.header_words import plain
from importers.roster.meanings import KEPT, ROW_NUMBER, Meaning

ROW_WORDS = ("header", "data", "ignore")
_KINDS = {"permit": ENUMS["permit_kind"], "action": ENUMS["action_kind"]}


@dataclass(frozen=True, slots=True)
class ToldColumn:
    """A column by its sheet (None: any) and its header or letter; `meaning` as a lexicon would give it."""

    sheet: str | None
    header: str | None
    column: str | None
    meaning: Meaning
    unit: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """Columns and rows as a person explained them."""

    columns: tuple[ToldColumn, ...] = ()
    rows: Mapping[tuple[str | None, int], str] | None = None

    def column(self, sheet: str, header: str, letter: str) -> ToldColumn | None:
        """What was told of this column, by its letter or by its joined header."""
        for one in self.columns:
            if one.sheet not in (None, sheet):
                continue
            if one.column == letter or (one.header is not None and plain(one.header) == plain(header)):
                return one
        return None

    def row(self, sheet: str, number: int) -> str | None:
        """header, data or ignore, where it was told."""
        rows = self.rows or {}
        return rows.get((sheet, number)) or rows.get((None, number))

    def rows_as(self, sheet: str, word: str) -> tuple[int, ...]:
        """The rows of a sheet that were told to be so."""
        return tuple(
            sorted(row for (name, row), said in (self.rows or {}).items() if name in (None, sheet) and said == word)
        )


def told_from(said: object) -> Told:
    """Check a map and take it over.

    Raises:
        BadInput: when it has not the form of contract/reading.md or names an unknown field.
    """
    if not isinstance(said, Mapping):
        raise _bad("最外层应当是一个对象")
    columns = tuple(_column(one) for one in _entries(said, "columns"))
    rows: dict[tuple[str | None, int], str] = {}
    for one in _entries(said, "rows"):
        number, word = one.get("row"), one.get("as")
        if not isinstance(number, int) or word not in ROW_WORDS:
            raise _bad("rows 的每一项要有 row（行号）和 as（header、data 或 ignore）")
        rows[one.get("sheet"), number] = word
    return Told(columns, rows)


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


def _entries(said: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = said.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise _bad(f"{name} 应当是一个列表")
    return found


def _column(one: Mapping[str, Any]) -> ToldColumn:
    header, letter = one.get("header"), one.get("column")
    if not header and not letter:
        raise _bad("columns 的每一项要有 header（表头）或 column（列号）")
    letter = str(letter).upper() if letter else None
    return ToldColumn(
        one.get("sheet"), str(header) if header else None, letter, told_meaning(one.get("field")), one.get("unit")
    )


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
