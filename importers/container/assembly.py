"""The child's lines put together as a WorkbookGrid."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.errors import Unreadable
from importers.container.content import Issue
from importers.container.crossing import Arriving
from importers.container.limited import ChildFailed
from importers.grid import Cells, Merge, SheetGrid, WorkbookGrid


def assemble(lines: Iterator[Any], file: str, sha256: str, engine: str) -> WorkbookGrid:
    """Build the sheets line by line; a refusal in the lines is raised, an end without `done` is a failure."""
    try:
        with _nothing_collected():
            return _assembled(lines, file, sha256, engine)
    except (LookupError, TypeError, ValueError, AttributeError) as nonsense:
        raise ChildFailed("lines that do not fit together") from nonsense


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """What is built here stays, and holds no cycle: looking for garbage in it again and again would double the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _assembled(lines: Iterator[Any], file: str, sha256: str, engine: str) -> WorkbookGrid:
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
    arriving = Arriving()
    for line in lines:
        if not line.keys().isdisjoint(("end", "refused", "failed")):
            return _closed(told, Cells(arriving.rows), line)
        arriving.take(line)
    raise ChildFailed("no answer")


def _closed(told: dict[str, Any], cells: Cells, line: dict[str, Any]) -> tuple[SheetGrid, list[Issue]]:
    if "refused" in line:
        refused = line["refused"]
        raise Unreadable(refused["message"], fix=refused["fix"], code=refused["code"])
    if "end" not in line:
        raise ChildFailed(str(line.get("failed")), exhausted=line.get("failed") == "memory")
    rest = line["end"]
    grid = SheetGrid(
        name=told["name"],
        cells=cells,
        merges=tuple(map(Merge._make, rest["merges"])),
        hidden=told["hidden"],
        hidden_rows=frozenset(rest["hidden_rows"]),
        hidden_columns=frozenset(rest["hidden_columns"]),
    )
    return grid, [(sheet, cell, code, text) for sheet, cell, code, text in rest["issues"]]
