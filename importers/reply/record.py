"""What a reply remembers of itself, on a sheet that nobody sees: which file, and each mark with the text as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.errors import Unreadable
from importers.grid import SheetGrid, WorkbookGrid
from importers.reply.marks import ReplyAbout, place_of
from importers.reply.wording import Line, corner

SHEET = "luzhang_reply"
MAGIC = "炉账核对回执"
VERSION = "1"
_KEYS = ("sha256", "file", "county", "batch", "questions")
#: At which change the register's own questions were asked; a reply without such questions does not say it.
_KNOWN = "known"
_HEADS = ("number", "kind", "code", "sheet", "cell", "field", "text", "choices")
_KINDS = ("mark", "asked", "open")

_MOST_LINES, _MOST_SHEETS = 100_000, 200
_LONGEST = {"file": 255, "questions": 31, "code": 80, "sheet": 255, "field": 80, "text": 32_767, "choices": 400}
_SHAPES = {
    "sha256": re.compile(r"[0-9a-f]{64}"),
    "county": re.compile(r"(?:[0-9]{6})?"),
    "batch": re.compile(r"[0-9A-Za-z-]{0,64}"),
    "code": re.compile(r"[a-z0-9_.]{1,80}"),
    "field": re.compile(r"[a-z0-9_.]{0,80}"),
    "number": re.compile(r"[1-9][0-9]{0,6}"),
    "known": re.compile(r"[0-9]{1,9}"),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """One line of what was asked. `text`: what its cell said, or of a question what was asked.

    `settled`: one of `choices` answers it, or words that no list has where it is `open`.
    """

    number: int
    settled: bool
    code: str
    sheet: str | None
    cell: str | None
    field: str | None
    text: str
    choices: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the sheet says. `sheets`: the names in the original, and as they are in the reply."""

    sha256: str
    file: str
    county: str
    batch: str | None
    questions: str
    sheets: tuple[tuple[str, str], ...]
    askings: tuple[Asking, ...]
    known: int | None = None


def rows_of(
    about: ReplyAbout, questions: str, sheets: Iterable[tuple[str, str]], lines: Sequence[tuple[Line, str, str, str]]
) -> list[tuple[str, ...]]:
    """The rows of the sheet. `lines`: each with its code, its field and the text of its cell."""
    told = (about.sha256, about.file[:255], about.county, about.batch or "", questions)
    rows: list[tuple[str, ...]] = [(MAGIC, VERSION), *zip(_KEYS, told, strict=True)]
    rows += [(_KNOWN, str(about.known))] if about.known is not None else []
    rows += [("sheet", *pair) for pair in sheets]
    rows.append(_HEADS)
    for line, code, field, text in lines:
        kind = _KINDS[line.settled + line.open]
        place = (line.sheet, line.cell) if line.cell else ("", "")
        rows.append((str(line.number), kind, code, *place, field, text[:32_767], "|".join(line.choices)))
    return rows


def text_at(grids: dict[str, SheetGrid], sheet: str, cell: str) -> str:
    """What the cell of a mark says."""
    place, grid = place_of(cell), grids.get(sheet)
    if place is None or grid is None:
        return ""
    found = grid.cell(*corner(grid, place))
    return found.text if found else ""


def is_record(grid: SheetGrid) -> bool:
    """Whether a sheet is what a reply remembers."""
    first = grid.cell(1, 1)
    return first is not None and first.text == MAGIC


def remembered(book: WorkbookGrid) -> Remembered | None:
    """What the workbook remembers of being a reply; None where it is none.

    Raises:
        Unreadable: when it says that it is one, and what it remembers does not fit together.
    """
    found = [grid for grid in book.sheets if is_record(grid)]
    if not found:
        return None
    try:
        if len(found) > 1:
            raise ValueError("several")
        return _read(found[0])
    except (ValueError, KeyError) as broken:
        raise Unreadable(
            "这是一份核对回执，但其中的隐藏记录被改动过，无法对应到原件",
            fix="请在我们发回的文件上填写后原样发回；或删去“待核实”表和隐藏表，作为新的名册报送",
            code="reply.damaged",
        ) from broken


def _read(grid: SheetGrid) -> Remembered:
    rows = [tuple(_texts(grid, row)) for row in grid.rows]
    if rows[0][:2] != (MAGIC, VERSION):
        raise ValueError("version")
    keys = len(_KEYS) + (_KNOWN in [row[0] for row in rows[1 : 2 + len(_KEYS)]])
    told = {row[0]: _checked(row[0], row[1]) for row in rows[1 : 1 + keys]}
    if set(told) - {_KNOWN} != set(_KEYS) or len(told) != keys:
        raise ValueError("keys")
    rest = rows[1 + keys :]
    heads = next(at for at, row in enumerate([*rest, _HEADS]) if row == _HEADS)
    sheets = tuple((_checked("sheet", row[1]), _checked("sheet", row[2])) for row in rest[:heads])
    askings = tuple(_asking(row) for row in rest[heads + 1 :])
    if len(sheets) > _MOST_SHEETS or len(askings) > _MOST_LINES or heads == len(rest):
        raise ValueError("too many")
    names = {name for name, _ in sheets}
    if any(row[0] != "sheet" for row in rest[:heads]) or any(one.sheet not in (None, *names) for one in askings):
        raise ValueError("sheets")
    if len({one.number for one in askings}) != len(askings) or len(names) != len(sheets):
        raise ValueError("twice")
    batch, known = told.pop("batch") or None, told.pop(_KNOWN, None)
    return Remembered(**told, batch=batch, sheets=sheets, askings=askings, known=int(known) if known else None)


def _texts(grid: SheetGrid, row: int) -> list[str]:
    return [cell.text if (cell := grid.cell(row, column)) else "" for column in range(1, len(_HEADS) + 1)]


def _checked(key: str, text: str) -> str:
    shape = _SHAPES.get(key)
    if (shape is not None and not shape.fullmatch(text)) or len(text) > _LONGEST.get(key, 100):
        raise ValueError(key)
    return text


def _asking(row: tuple[str, ...]) -> Asking:
    told = dict(zip(_HEADS, (_checked(key, text) for key, text in zip(_HEADS, row, strict=True)), strict=True))
    if told["kind"] not in _KINDS or (told["cell"] and place_of(told["cell"]) is None):
        raise ValueError("line")
    return Asking(
        number=int(told["number"]),
        settled=told["kind"] != _KINDS[0],
        code=told["code"],
        sheet=told["sheet"] or None,
        cell=told["cell"] or None,
        field=told["field"] or None,
        text=told["text"],
        choices=tuple(told["choices"].split("|")) if told["choices"] else (),
        open=told["kind"] == _KINDS[2],
    )
