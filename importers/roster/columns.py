"""What each column of a table means: the lexicon's candidates, decided and checked by the values below."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from app.domain.proposal import RosterIssue as Issue
from importers.grid import Cell, address, column_letter
from importers.roster.angles import join_angles
from importers.roster.beside import settle_beside
from importers.roster.by_values import by_machines_named, by_values
from importers.roster.cells import RECOGNISED, CellReader
from importers.roster.header_words import dimensions
from importers.roster.heads import Head
from importers.roster.meanings import KEPT, Meaning, meanings
from importers.roster.reads import Plan, Reads
from importers.roster.regions import Region
from importers.roster.spellings import spellings
from importers.roster.told import Told
from importers.values import nothing_kind
from importers.values.text import compact

_NUMBER_OF_ROW = re.compile(r"[(（]?(\d{1,5}([-.]\d{1,4})*|[一二三四五六七八九十百]{1,4}|[①-⑳])[)）]?[.、,，]?")
_ENOUGH = 0.6
#: Where words fit a machine and its firm alike (在产), they speak of the firm.
_LAST = ("equipment",)
_FEW = 3
#: The share of odd words that a column of enumerated words may have: the words that fit are no accident.
_BEARABLE = 0.8
_SAMPLE = 200
#: Texts that a header promises and any word would satisfy: the values are held against their shape.
_SHAPED = {
    "enterprise.name": "firm",
    "enterprise.county": "county",
    "enterprise.township": "township",
    "enterprise.village": "village",
    "enterprise.park": "park",
    "enterprise.industry_code": "industry_code",
}
#: Names of persons: 法人 over the names of firms means something else.
_PERSONS = ("enterprise.legal_representative", "enterprise.contact_person")


def plan_columns(region: Region, told: Told, reader: CellReader) -> Plan:
    """Decide every column of a region."""
    cells = {head.key: column_cells(region, head.key) for head in region.heads}
    columns = [_chosen(region, head, cells[head.key], told, reader) for head in region.heads]
    columns = settle_beside(by_machines_named(join_angles(columns), region), region)
    issues = _name_by_values(region, columns, reader)
    settled = []
    measured = {one.key for one, beside in pairwise(columns) if beside.style == "unit"}
    for column in columns:
        checked, asked = _checked(column, cells[column.key], reader, region.card, column.key in measured)
        settled.append(checked)
        issues += asked
    return Plan(tuple(settled), tuple(issues))


def _name_by_values(region: Region, columns: list[Reads], reader: CellReader) -> list[Issue]:
    """A column of names whose head does not say so: it is read by its values, and asked about."""
    name = next((one for one in columns if one.key == region.name), None)
    if name is None or name.explained or any(one.path == "enterprise.name" for one in name.head.meanings):
        return []
    header = name.head.header
    message, fix = f"“{header}”这一列的内容是企业名称，已按企业名称读取", "请核对，并把表头改为“企业名称”"
    return [reader.issue("column.name_by_values", "question", message, fix, name.head_cell, "enterprise.name", header)]


def column_cells(region: Region, key: int) -> list[tuple[str, Cell]]:
    """The stating cells of a column with their addresses, each merged range once; nothings left out."""
    found: dict[tuple[int, int], Cell] = {}
    for line in region.stating:
        place = line.places.get(key)
        origin = region.view.grid.origin(*place) if place else None
        cell = region.view.grid.cells.get(origin) if origin else None
        if origin and cell and not cell.struck and not cell.error and nothing_kind(cell.text) not in ("empty", "ditto"):
            found.setdefault(origin, cell)
        if len(found) >= _SAMPLE:
            break
    return [(address(*origin), cell) for origin, cell in found.items()]


def _chosen(region: Region, head: Head, cells: list[tuple[str, Cell]], told: Told, reader: CellReader) -> Reads:
    """The column's meaning: as told; else the surest candidate whose values fit."""
    said = told.column(region.sheet, head.header, column_letter(head.place[1])) if told.columns else None
    if said:
        unit = said.unit or head.unit
        return Reads(head, None if said.meaning is KEPT else said.meaning, said.by, unit)
    if _beyond_second_name(region, head):
        return Reads(head, None, None, head.unit)
    if head.key == region.name:
        named = next((one for one in head.meanings if one.path == "enterprise.name"), None)
        return Reads(head, named or Meaning("value", "enterprise.name"), "lexicon")
    candidates = [one for one in _meanings_of(region, head) if one.path != "enterprise.name" and one.style != "kept"]
    if not _has_machines(region):
        candidates = [one for one in candidates if not (one.weak and one.section == "equipment")] or candidates
    candidates = by_values(head, cells, candidates, region.heads)
    unit = head.unit
    columns = [Reads(head, one, "lexicon", unit or _unit_of_line(region, one)) for one in candidates]
    if len(columns) == 1 and not candidates[0].weak and columns[0].style != "row_number":
        return columns[0]
    fits = [_fit(column, cells, reader) for column in columns]
    best = max(range(len(columns)), key=lambda at: (fits[at], columns[at].section not in _LAST, -at), default=None)
    if best is not None and fits[best] >= _ENOUGH:
        return columns[best]
    # Numbers of rows are silent, so whatever else stands in such a column would be lost.
    sure = [column for column in columns if column.meaning and not column.meaning.weak and column.style != "row_number"]
    strong = next(iter(sure), None)
    return strong or Reads(head, None, None, unit)


def _meanings_of(region: Region, head: Head) -> tuple[Meaning, ...]:
    """What a head can mean; a general word beside columns of a machine under the same group speaks of that machine."""
    if head.meanings or len(head.path) < 2 or head.words[-1].bare not in spellings().generic:
        return head.meanings
    above = head.places[:-1]
    beside = [one for one in region.heads if one.key != head.key and one.places[:-1] == above]
    surely = [one.meanings[0] for one in beside if one.meanings and not one.meanings[0].weak]
    if not any(one.section == "equipment" for one in surely) or any(one.section != "equipment" for one in surely):
        return ()
    return tuple(one for one in meanings(head.words[-1:], head.unit) if one.section == "equipment" and not one.weak)


def _beyond_second_name(region: Region, head: Head) -> bool:
    """Whether the column stands in a second roster beside this one: what it says is of other firms."""
    own = next((one for one in region.heads if one.key == region.name and one.path), None)
    if own is None or region.card or head.key <= own.key:
        return False
    again = (one.key for one in region.heads if one.key > own.key and one.path[-1:] == own.path[-1:])
    return any(key <= head.key and head.places != own.places for key in again)


def _has_machines(region: Region) -> bool:
    """Whether some column surely tells of machines, so that a general word beside it may speak of them."""
    return any(
        one.section == "equipment" and not one.weak and one.path != "equipment.abatement"
        for head in region.heads
        for one in head.meanings[:1]
    )


def _unit_of_line(region: Region, meaning: Meaning) -> str | None:
    """The unit that a line such as 单位：万元、台 gives to this column: the only one of its dimension."""
    due = spellings().dimensions.get(meaning.path or "")
    fitting = [unit for unit in region.furniture.units if due and due in dimensions(unit)]
    if due == "mass" and not _speaks_of_machines(region):
        return None
    return fitting[0] if len(fitting) == 1 else None


def _speaks_of_machines(region: Region) -> bool:
    """Whether 吨 in the line of units can only be a furnace's: 单位：吨、台; in 单位：万元、吨 it is of the output."""
    listed = [dimensions(unit) for unit in region.furniture.units]
    if any("count" in one for one in listed):
        return True
    yearly = any(
        spellings().dimensions.get(one.path or "") == "mass_per_year"
        for head in region.heads
        for one in head.meanings[:1]
    )
    return not yearly and not any("money" in one for one in listed)


def _fit(column: Reads, cells: list[tuple[str, Cell]], reader: CellReader) -> float:
    """The share of the stating cells that can be read so; 0 where nothing is stated."""
    if not cells:
        return 0.0 if column.meaning and column.meaning.weak else 1.0
    told = [cell for _, cell in cells if nothing_kind(cell.text) is None] if column.path in _SHAPED else []
    texts = told or [cell for _, cell in cells]
    return sum(_fitting(column, texts, reader)) / len(texts)


def _fitting(column: Reads, cells: list[Cell], reader: CellReader) -> list[bool]:
    """Whether each of the cells can be read so; equal cells are one, and asked about once."""
    fits = {id(cell): _fits(column, cell, reader) for cell in {id(cell): cell for cell in cells}.values()}
    return [fits[id(cell)] for cell in cells]


def _fits(column: Reads, cell: Cell, reader: CellReader) -> bool:
    text = compact(cell.text)
    if column.style == "row_number":
        return bool(_NUMBER_OF_ROW.fullmatch(text))
    if column.path in ("equipment.name", "equipment.kind") and column.style in ("words", "value"):
        return _fits_machine(column, cell, reader)
    if column.path in _PERSONS and (text.isdigit() or spellings().shapes["firm"].fullmatch(text)):
        return False
    shape = _SHAPED.get(column.path or "") if column.meaning and column.meaning.weak else None
    if shape:
        return nothing_kind(cell.text) is not None or bool(spellings().shapes[shape].fullmatch(text))
    if column.style == "count" and nothing_kind(cell.text) == "zero":
        return True
    heard = reader.hear(column, cell)
    return heard.states or not heard.issues or any(_recognised(issue.code) for issue in heard.issues)


def _fits_machine(column: Reads, cell: Cell, reader: CellReader) -> bool:
    heard = reader.hear(column, cell)
    if column.meaning and column.meaning.weak:
        return any({"kind", "capacity_t", "quantity"} & one.keys() for one in heard.machines) and bool(
            re.search(r"\D", compact(cell.text))
        )
    silent = nothing_kind(cell.text) in ("zero", "unknown", "below_detection")
    return silent or bool(heard.machines)


def _recognised(code: str) -> bool:
    return code in RECOGNISED or code.startswith("uscc.")


def _checked(
    column: Reads, cells: list[tuple[str, Cell]], reader: CellReader, card: bool, measured: bool
) -> tuple[Reads, list[Issue]]:
    """The column as it is kept, with the question that it raises as a whole, if any.

    `measured`: a column of units stands beside it, so that a number without one is asked about in its row.
    """
    if column.explained or column.style == "row_number" or not cells:
        return column, []
    if column.meaning is None or column.style == "kept":
        return column, [_not_understood(column, cells, reader)]
    distinct = {id(cell): reader.hear(column, cell) for cell in {id(cell): cell for _, cell in cells}.values()}
    heard = [distinct[id(cell)] for _, cell in cells]
    codes = [{issue.code for issue in one.issues} for one in heard]
    stated = [one.states for one in heard]
    unknown_unit = sum("value.unit_unknown" in found for found in codes)
    if unknown_unit and not any(stated) and not measured:
        return replace(column, kept=True), [_without_unit(column, cells, reader, card=card)]
    numbers = [cell for (_, cell), found in zip(cells, codes, strict=True) if "value.unit_unknown" not in found]
    lost = _fitting(column, numbers, reader).count(False)
    bearable = _BEARABLE if column.style in ("value", "paper") and column.field.enum else 1 - _ENOUGH
    if len(numbers) >= _FEW and lost < len(numbers) and _dated(column):
        return column, []
    if (len(numbers) >= _FEW and lost > bearable * len(numbers)) or (len(numbers) >= 2 and lost == len(numbers)):
        return replace(column, kept=True), [_misfit(column, cells, reader)]
    return column, []


def _dated(column: Reads) -> bool:
    """Whether its words surely ask for days: what is no day is asked cell by cell and costs none of the days beside."""
    if column.meaning is None or column.meaning.weak:
        return False
    return column.style == "act" or (column.style == "value" and column.field.type == "date")


def _place(column: Reads, cells: list[tuple[str, Cell]]) -> str:
    """Where a question about a whole column stands: at its head, or at its first value where it has none."""
    return column.head_cell if column.head.path else cells[0][0]


def _not_understood(column: Reads, cells: list[tuple[str, Cell]], reader: CellReader) -> Issue:
    header = column.head.header
    message = f"“{header}”这一列不知道是什么内容，已原样保留" if column.head.path else "这一列没有表头，已原样保留"
    fix = "请说明这一列对应哪个栏目；无关的可以不管"
    return reader.issue("column.not_understood", "question", message, fix, _place(column, cells), None, header)


def _without_unit(column: Reads, cells: list[tuple[str, Cell]], reader: CellReader, *, card: bool) -> Issue:
    header = column.head.header
    message = f"“{header}”只写了数字，没有写单位，未采用，已原样保留"
    fix = "请在表头写明单位，例如“产能（吨/年）”"
    place = cells[0][0] if card else _place(column, cells)
    return reader.issue("value.unit_unknown", "question", message, fix, place, column.path, header)


def _misfit(column: Reads, cells: list[tuple[str, Cell]], reader: CellReader) -> Issue:
    header = column.head.header
    sample = "、".join(dict.fromkeys(cell.text.strip()[:20] for _, cell in cells[:3]))
    message = f"“{header}”这一列的内容（{sample}）与表头不符，未采用，已原样保留"
    fix = "请核对表头与内容，或说明这一列对应哪个栏目"
    return reader.issue("column.values_misfit", "question", message, fix, _place(column, cells), column.path, header)
