"""Learned answers at the import: what was told of earlier files laid over a reading, and what this one teaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.domain.proposal import NEW, RosterIssue
from app.register.desk import desk_queries
from app.register.imports import learned
from app.register.imports.learned import Learned
from app.register.imports.waiting import Answers, Terms, held
from app.register.scope import REGISTER
from app.store.models import Change
from importers.grid import SheetGrid, WorkbookGrid
from importers.layout import column_keys, fingerprint, head_key, head_rows, row_key, rows_of_keys
from importers.reading import Reading, Sheet, Table
from importers.reply.returned import without_reply_sheets
from importers.roster import read_workbook
from importers.roster.told import Told, laid_over, told_from

#: A map of columns and rows, in the form in which one is told.
Map = Mapping[str, Any]


def read_on_terms(book: WorkbookGrid, terms: Terms) -> Reading:
    """Read a workbook with the map that a batch was read with, told and learned."""
    told = told_from(terms.told) if terms.told else None
    over = told_from(terms.learned, by="learned") if terms.learned else None
    return read_workbook(book, laid_over(told, over))


def read_with_learned(book: WorkbookGrid, told: Told | None, answers: Sequence[Learned]) -> tuple[Reading, Map | None]:
    """Read a workbook; once more with what was learned of its layouts, if anything was. The map is what was learned.

    An answer stays out where the table that it was given for is not there when it is laid over, or another is lost.
    """
    read = read_workbook(book, told)
    left = list(answers)
    while left and (said := _map(book, read, left)):
        again = read_workbook(book, laid_over(told, told_from(_bare(said), by="learned")))
        astray = _astray(read, again, said)
        if not astray:
            return again, _bare(_heard(again, said, told or Told())) or None
        left = [one for one in left if one.layout not in astray]
    return read, None


def _astray(read: Reading, again: Reading, said: Map) -> set[str]:
    """The layouts that did not come about where they were laid over, and those that cost a sheet its own tables."""
    before, after = set(_layouts(read)), set(_layouts(again))
    used = {(one["layout"], one["sheet"]) for part in said.values() for one in part}
    made = {sheet for layout, sheet in used & after - before}
    lost = {sheet for _, sheet in before - after} - made
    return {layout for layout, sheet in used if sheet in lost or (layout and (layout, sheet) not in after)}


def _heard(again: Reading, said: Map, told: Told) -> Map:
    """What of a map was used: what is not told otherwise of this very file."""
    otherwise = {
        (sheet.name, words)
        for sheet in again.sheets
        for table in sheet.tables
        for column in table.columns
        if column.by == "told"
        for words in (column.header, column.column)
    }
    columns = [one for one in said["columns"] if (one["sheet"], one.get("header") or one["column"]) not in otherwise]
    rows = [one for one in said["rows"] if not told.row(one["sheet"], one["row"])]
    return {"columns": columns, "rows": rows} if columns or rows else {}


def said_of_rows(said: Map | None) -> Iterator[RosterIssue]:
    """Of each row that is left out because it was told so of an earlier file, a word."""
    for one in (said or {}).get("rows", ()):
        if one["as"] == "ignore":
            message = f"第 {one['row']} 行按以前的说明不算名册的内容，没有读"
            fix = "如果这次要读，请用 luzhang decide back 撤回那条说明"
            yield RosterIssue("row.learned", "warning", one["sheet"], None, None, None, message, fix)


def taught(book: WorkbookGrid, told: Told, read: Reading) -> tuple[Learned, ...]:
    """What a map that was told of this file teaches of its layouts: each column and row of it that matched."""
    untold = set(_layouts(read_workbook(book)))
    grids = {grid.name: grid for grid in book.sheets}
    return tuple(one for sheet in read.sheets for one in _taught(sheet, grids[sheet.name], told, untold))


def teach_names(session: Session, change: Change, batch: str, read: Reading, answers: Answers) -> None:
    """Remember the names under which rows that wait stood, of which a person said whose they are.

    A name that another firm bears as well is not remembered: it is asked of each row.
    """
    waiting = {(row.sheet, row.row) for row in held(session, change.county, batch)}
    reasons = {
        (one.sheet, one.row, one.about): one.reason
        for one in session.scalars(desk_queries.row_answers(change.county, batch, REGISTER))
    }
    for record in read.records:
        name = record.enterprise.get("name")
        rows = record.sheet_rows or range(record.rows[0], record.rows[1] + 1)
        for row in rows:
            place = (record.sheet, row, "firm")
            firm = answers.get(place)
            if name and firm and firm != NEW and place[:2] in waiting:
                learned.hear_name(session, change, str(name.value), firm, f"待定行的答复：{reasons[place]}")


def _layouts(read: Reading) -> Iterator[tuple[str, str]]:
    """The layouts of a reading, each with its sheet."""
    return ((fingerprint(table), sheet.name) for sheet in read.sheets for table in sheet.tables)


def _bare(said: Map) -> Map:
    """The map as one is told, without whence each of it was learned."""
    return {name: [{key: word for key, word in one.items() if key != "layout"} for one in part]
            for name, part in said.items()}  # fmt: skip


def _map(book: WorkbookGrid, read: Reading, answers: Sequence[Learned]) -> dict[str, list[dict[str, Any]]]:
    """What was learned of the layouts of a workbook, as a map of its columns and rows; empty where nothing was."""
    sheets = {sheet.name: sheet for sheet in read.sheets}
    columns: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for grid in without_reply_sheets(book).sheets:
        tables = sheets[grid.name].tables
        here = dict.fromkeys(fingerprint(table) for table in tables)
        heads = {one.layout: found for one in answers if (found := _head_here(grid, one))}
        for one in answers:
            if one.layout in heads and one.layout not in here and one.answer.get("told"):
                rows += [_row(grid, row, one, "header") for row in heads[one.layout]]
        for layout in here | dict.fromkeys(heads):
            own = {one.key: one for one in answers if one.kind == "column" and one.layout == layout}
            columns += _columns(grid.name, tables, layout, own, heads.get(layout, ()))
        own = {one.key: one for one in answers
               if one.kind == "row" and one.answer["as"] != "header" and one.layout in ("", *here, *heads)}  # fmt: skip
        rows += [_row(grid, row, own[key], own[key].answer["as"]) for row, key in rows_of_keys(grid, list(own))]
    return {"columns": columns, "rows": rows} if columns or rows else {}


def _head_here(grid: SheetGrid, one: Learned) -> tuple[int, ...]:
    if one.kind != "row" or one.answer["as"] != "header":
        return ()
    return head_rows(grid, one.key, one.answer["offsets"])


def _row(grid: SheetGrid, row: int, one: Learned, word: str) -> dict[str, Any]:
    return {"sheet": grid.name, "row": row, "as": word, "layout": one.layout}


def _columns(
    sheet: str, tables: Sequence[Table], layout: str, own: Mapping[str, Learned], head: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """What was learned of a layout's columns, for a sheet on which it stands; nothing that names others beside it.

    `head`: the rows of a head that only what was learned makes one.
    """
    alike = [table for table in tables if fingerprint(table) == layout]
    others = [one for one in tables if one not in alike and (alike or not set(head) & set(one.header_rows))]
    named = {(column.header, column.column) for table in others for column in table.columns}
    found = {
        key: (column.header, column.column)
        for table in alike
        for column, key in zip(table.columns, column_keys(table), strict=True)
    }
    for key, one in own.items():
        header, letter = found.get(key) or (one.answer["header"], one.answer["column"])
        by_letter = "@" in key or header == f"{letter}列" or (not alike and "#" in key)
        place = {"column": letter} if by_letter else {"header": header}
        if (alike and key not in found) or any(letter == at if by_letter else header == said for said, at in named):
            continue
        unit = {"unit": one.answer["unit"]} if one.answer.get("unit") else {}
        yield {"sheet": sheet, **place, "field": one.answer["field"], **unit, "layout": layout}


def _taught(sheet: Sheet, grid: SheetGrid, told: Told, untold: set[tuple[str, str]]) -> Iterator[Learned]:
    rows = {row: word for word in ("data", "ignore") for row in told.rows_as(sheet.name, word) if grid.row(row).cells}
    for table in sheet.tables:
        layout = fingerprint(table)
        found = list(_taught_columns(sheet.name, table, layout, told))
        top, bottom = _ends(table)
        for row in [row for row in rows if top <= row <= bottom]:
            found.append(Learned("row", layout, row_key(grid.row(row)), {"as": rows.pop(row)}))
        said = any(told.row(sheet.name, row) == "header" for row in table.header_rows)
        if table.header_rows and (said or (found and (layout, sheet.name) not in untold)):
            offsets = [row - table.header_rows[0] for row in table.header_rows]
            key = head_key(grid.row(row) for row in table.header_rows)
            yield Learned("row", layout, key, {"as": "header", "offsets": offsets, "told": said})
        yield from found
    for row, word in rows.items():
        if word == "ignore":
            yield Learned("row", "", row_key(grid.row(row)), {"as": word})


def _taught_columns(sheet: str, table: Table, layout: str, told: Told) -> Iterator[Learned]:
    for column, key in zip(table.columns, column_keys(table), strict=True):
        said = told.column(sheet, column.header, column.column) if column.by == "told" else None
        if said is not None and said.by == "told":
            place = {"header": column.header, "column": column.column}
            yield Learned("column", layout, key, {"field": said.field, "unit": said.unit, **place})


def _ends(table: Table) -> tuple[int, int]:
    """The first and the last row of a table."""
    rows = [int(number) for number in re.findall(r"\d+", table.range)]
    return rows[0], rows[-1]
