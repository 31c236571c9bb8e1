"""Cells of which only a part states a fact: 企业名称：X in one cell, a title that names its firm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.domain.proposal import RosterIssue as Issue
from importers.facts import Fact, Facts
from importers.grid import Cell, Place, SheetGrid, address
from importers.reading import Record, Row, RowTexts
from importers.roster.sheet_rows import SheetRows

_LABELLED = re.compile(r"(?P<label>[^:：]{2,20})[:：]\s*(?P<said>.*)", re.DOTALL)
#: A second label in one cell: 企业名称：X    法定代表人：Y.
_AGAIN = re.compile(r"(?:\s{2,}|\n)[^:：\s]{2,12}[:：]")


class Labelled(NamedTuple):
    """A label and what stands behind it in the same cell."""

    label: str
    said: str


def label_and_value(text: str) -> Labelled | None:
    """企业名称：X taken apart; nothing where the cell holds no label, or several."""
    found = _LABELLED.fullmatch(text.strip())
    if found is None or _AGAIN.search(found["said"]):
        return None
    return Labelled("".join(found["label"].split()), found["said"].strip())


@dataclass(frozen=True)
class PartedRows(SheetRows):
    """A sheet on which some cells are read in part. `whole`: the sheet as it stands; `asked`: what that raises."""

    whole: SheetRows | None = None
    parts: tuple[Place, ...] = ()
    asked: tuple[Issue, ...] = ()


def parted(view: SheetRows, parts: Mapping[Place, str], *asked: Issue) -> SheetRows:
    """The same sheet with only these parts of these cells, and what has to be asked about that."""
    cells = dict(view.grid.cells)
    for place, part in parts.items():
        cells[place] = Cell(part, part, cells[place].error, cells[place].struck)
    grid = view.grid
    made = SheetGrid(grid.name, cells, grid.merges, grid.hidden, grid.hidden_rows, grid.hidden_columns)
    read = SheetRows.of(made)
    return PartedRows(read.grid, read.rows, read.merges, view, tuple(parts), asked)


def noted(view: SheetRows, asked: tuple[Issue, ...]) -> SheetRows:
    """The same sheet, with what has to be asked about what is read of it."""
    return PartedRows(view.grid, view.rows, view.merges, view, (), asked) if asked else view


def as_written(
    view: SheetRows, records: list[Record], rows: list[Row], issues: list[Issue]
) -> tuple[list[Record], list[Row], list[Issue]]:
    """What was read of a sheet in part, with the texts as they are written in its cells."""
    if not isinstance(view, PartedRows) or view.whole is None:
        return records, rows, issues
    whole = view.whole
    texts = {address(*place): whole.text(*place) for place in view.parts}
    return (
        [_whole_record(record, texts) for record in records],
        [replace(row, cells=RowTexts(whole.row(row.row))) for row in rows],
        [*view.asked, *(replace(one, raw=texts[one.cell]) if one.cell in texts and one.raw else one for one in issues)],
    )


def _whole_record(record: Record, texts: Mapping[str, str]) -> Record:
    return replace(
        record,
        enterprise=_whole(record.enterprise, texts),
        equipment=tuple(_whole(facts, texts) for facts in record.equipment),
        permits=tuple(_whole(facts, texts) for facts in record.permits),
        plan=_whole(record.plan, texts) if record.plan else None,
        actions=tuple(_whole(facts, texts) for facts in record.actions),
    )


def _whole(facts: Facts, texts: Mapping[str, str]) -> Facts:
    return {
        name: fact if (text := texts.get(fact.cell or "")) is None else Fact.written(fact.value, text, fact.cell)
        for name, fact in facts.items()
    }
