"""The child's lines put together as a WorkbookGrid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.errors import Unreadable
from importers.container.content import Issue, unpack
from importers.container.limited import ChildFailed
from importers.grid import Cell, Merge, SheetGrid, WorkbookGrid


def assemble(lines: Iterator[Any], file: str, sha256: str, engine: str) -> WorkbookGrid:
    """Build the sheets line by line; a refusal in the lines is raised, an end without `done` is a failure."""
    book: dict[str, Any] = {}
    sheets: list[SheetGrid] = []
    issues: list[Issue] = []
    done = False
    for line in lines:
        if "refused" in line:
            refused = line["refused"]
            raise Unreadable(refused["message"], fix=refused["fix"], code=refused["code"])
        if "failed" in line:
            raise ChildFailed(line["failed"], exhausted=line["failed"] == "memory")
        if "book" in line:
            book = line["book"]
        elif "sheet" in line:
            grid, found = _sheet(line["sheet"], lines)
            sheets.append(grid)
            issues.extend(found)
        elif "done" in line:
            done = True
    if not done or not sheets:
        raise ChildFailed("no answer")
    return WorkbookGrid(
        file=file,
        sha256=sha256,
        format=book["format"],
        sheets=tuple(sheets),
        date1904=book["date1904"],
        engine=engine,
        engine_issues=tuple(issues),
    )


def _sheet(told: dict[str, Any], lines: Iterator[Any]) -> tuple[SheetGrid, list[Issue]]:
    cells: dict[tuple[int, int], Cell] = {}
    known: dict[str | tuple[str, str] | None, Cell] = {}
    for line in lines:
        if isinstance(line, dict):
            return _closed(told, cells, line)
        row, packed_cells = line
        for packed in packed_cells:
            # Texts and days repeat in rosters: one cell serves them all.
            key = packed[1] if len(packed) == 2 else (packed[1], "d") if packed[2:] == ["d", packed[1]] else None
            cell = known.get(key)
            if cell is None:
                cell = unpack(packed)[1]
                if key is not None:
                    known[key] = cell
            cells[row, packed[0]] = cell
    raise ChildFailed("no answer")


def _closed(
    told: dict[str, Any], cells: dict[tuple[int, int], Cell], line: dict[str, Any]
) -> tuple[SheetGrid, list[Issue]]:
    if "refused" in line:
        refused = line["refused"]
        raise Unreadable(refused["message"], fix=refused["fix"], code=refused["code"])
    if "end" not in line:
        raise ChildFailed(str(line.get("failed")), exhausted=line.get("failed") == "memory")
    rest = line["end"]
    grid = SheetGrid(
        name=told["name"],
        cells=cells,
        merges=tuple(Merge(*ends) for ends in rest["merges"]),
        hidden=told["hidden"],
        hidden_rows=frozenset(rest["hidden_rows"]),
        hidden_columns=frozenset(rest["hidden_columns"]),
    )
    return grid, [(sheet, cell, code, text) for sheet, cell, code, text in rest["issues"]]
